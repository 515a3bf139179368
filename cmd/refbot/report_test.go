package main

import (
	"bytes"
	"context"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"refbot/knowledge"
	"refbot/knowledge/evaluation"
	"refbot/knowledge/reform2026"
)

// TestReport measures the embedded knowledge base on testdata/questions.jsonl and compares with
// testdata/report.golden, so that whatever a change wins or loses is seen in review. Times are left
// out: they differ from machine to machine.
func TestReport(t *testing.T) {
	engine := embeddedEngine(t)
	report := evaluation.Run(context.Background(), evaluation.WithVersions(loadQuestions(t), engine.Pack()), (&phrasedRun{engine: engine}).respond, nil)
	report.P50, report.P99 = 0, 0
	var got bytes.Buffer
	if err := report.Print(&got); err != nil {
		t.Fatal(err)
	}
	const golden = "testdata/report.golden"
	if *update {
		if err := os.WriteFile(golden, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got.String()); diff != "" {
		t.Errorf("the report moved; read the difference, and accept it with -update (-want +got):\n%s", diff)
	}
}

// TestQuestionLabels holds the labels to the knowledge base: they name statements that exist, and
// grade every language version of a statement alike.
func TestQuestionLabels(t *testing.T) {
	engine := embeddedEngine(t)
	for _, q := range loadQuestions(t) {
		if (q.Expected == knowledge.DecideAnswer) != (len(q.Relevant) > 0) {
			t.Errorf("%s expects %s with %d relevant statements", q.ID, q.Expected, len(q.Relevant))
		}
		for id, grade := range q.Relevant {
			s, ok := engine.Statement(id)
			if !ok {
				t.Errorf("%s: there is no statement %s", q.ID, id)
				continue
			}
			for _, version := range engine.Versions(s.Key) {
				if q.Relevant[version.ID] != grade {
					t.Errorf("%s grades %s %d, but its version %s %d", q.ID, id, grade, version.ID, q.Relevant[version.ID])
				}
			}
		}
	}
}

func embeddedEngine(t *testing.T) *knowledge.Engine {
	t.Helper()
	pack, err := reform2026.Pack()
	if err != nil {
		t.Fatal(err)
	}
	engine, err := knowledge.Build(pack)
	if err != nil {
		t.Fatal(err)
	}
	return engine
}

func loadQuestions(t *testing.T) []evaluation.Question {
	t.Helper()
	questions, err := evaluation.LoadQuestions("testdata/questions.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	return questions
}
