package main

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"refbot/bot"
	"refbot/bot/moderation"
	"refbot/bot/redisstore"
	"refbot/knowledge"
)

// TestJournalExportQuestions has moderators rule on answers, exports that as a question set, and runs it.
func TestJournalExportQuestions(t *testing.T) {
	a := newArchive(t)
	engine, err := buildEngine(&World{Getenv: func(string) string { return "" }}, "")
	if err != nil {
		t.Fatal(err)
	}
	answered := func(question string, r bot.Review) {
		t.Helper()
		answer := engine.Ask(knowledge.Question{Text: question})
		e := a.enter(7, question, 0)
		e.Decision, e.Statements = answer.Decision, nil
		for _, h := range answer.Hits {
			e.Statements = append(e.Statements, h.Statement.ID)
		}
		if err := a.store.Record(t.Context(), 7, bot.Session{}, nil, &e); err != nil {
			t.Fatal(err)
		}
		m := a.store.Moderation()
		if err := redisstore.NewClerk(m).Catchup(t.Context()); err != nil {
			t.Fatal(err)
		}
		if _, err := m.Rule(t.Context(), 424242, e.Ref, r); err != nil {
			t.Fatal(err)
		}
	}
	answered("когда референдум?", bot.Review{Ruling: moderation.Right})
	answered("какой будет зарплата депутатов курултая", bot.Review{Ruling: moderation.Right, Note: "ответа нет"})
	answered("купи слона", bot.Review{Ruling: moderation.Spam})
	a.enter(7, "без решения", 0)

	file := filepath.Join(t.TempDir(), "reviewed.jsonl")
	if _, err := a.export("--questions", file); err != nil {
		t.Fatal(err)
	}
	var out, errs bytes.Buffer
	w := &World{Stdout: &out, Stderr: &errs, Getenv: func(string) string { return "" }}
	if err := evalCommand(t.Context(), w, []string{"--questions", file, "--json"}); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), `"questions":2`) || !strings.Contains(out.String(), `"success":1`) {
		t.Errorf("the report on two right answers:\n%.1500s", out.String())
	}
	text, err := a.export()
	if err != nil || !strings.Contains(text, `"ruling":"spam"`) || strings.Contains(text, "424242") {
		t.Errorf("%v: the export tells who ruled, or not what:\n%s", err, text)
	}
	for _, args := range [][]string{{"--questions", file, "--out", file}, {"--format", "questions"}} {
		if _, err := a.export(args...); err == nil {
			t.Errorf("%q is taken", args)
		}
	}
}
