package knowledge_test

import (
	"context"
	"testing"

	"refbot/bot"
	"refbot/knowledge"
	"refbot/knowledge/evaluation"
	"refbot/knowledge/reform2026"
)

// TestHeldOut asks questions about statements that no development question has for its answer. They were
// written before the verdict was fitted and no weight is fitted on them, but their failures were read when the rule
// on appointments was made. The floors lie a few questions below what was measured.
func TestHeldOut(t *testing.T) {
	report := measured(t, "testdata/heldout.jsonl")
	if report.Success < .86 || report.NDCG < .87 || report.TrueAbstain < .75 || report.FalseRefusal > .05 {
		t.Errorf("below the floor; failed: %v", report.Faults)
	}
}

// TestEveryday asks in everyday words, written without sight of the engine. The verdict has learnt from most of them since, but not
// from those whose ids begin with u, t, r or p; the floors lie a few questions below what was measured.
func TestEveryday(t *testing.T) {
	report := measured(t, "testdata/everyday.jsonl")
	if report.Success < .78 || report.MRR < .88 || report.TrueAbstain < .6 || report.FalseRefusal > .12 {
		t.Errorf("below the floor; failed: %v", report.Faults)
	}
}

// TestBasic asks for the main facts in many wordings. They were written without sight of the engine; the lists of questions in the
// starter pack and the verdict have learnt from them since.
func TestBasic(t *testing.T) {
	report := measured(t, "testdata/basic.jsonl")
	if report.Success < .9 || report.MRR < .92 || report.FalseRefusal > .06 {
		t.Errorf("below the floor; failed: %v", report.Faults)
	}
}

// measured asks the starter pack a set of questions.
func measured(t *testing.T, path string) *evaluation.Report {
	t.Helper()
	pack, err := reform2026.Pack()
	if err != nil {
		t.Fatal(err)
	}
	questions, err := evaluation.LoadQuestions(path)
	if err != nil {
		t.Fatal(err)
	}
	engine := embedded(t)
	report := evaluation.Run(context.Background(), evaluation.WithVersions(questions, pack),
		func(q knowledge.Question) (knowledge.Answer, string) {
			a := engine.Ask(q)
			reply := bot.Compose(engine, a)
			a.Hits = reply.Statements
			return a, bot.PlainText(reply)
		}, nil)
	t.Logf("success %.3f, MRR@10 %.3f, nDCG@10 %.3f, true abstentions %.3f, false refusals %.3f",
		report.Success, report.MRR, report.NDCG, report.TrueAbstain, report.FalseRefusal)
	return report
}

func TestMistypedCommandsHaveNoLanguage(t *testing.T) {
	engine := embedded(t)
	for _, c := range []struct{ text, before, want string }{
		{"/хелп", "", "ru"},
		{"/srart", "", "ru"},
		{"/хелп", "Құрылтай деген не?", "kk"},
		{"/srart", "what is the Kurultai?", "en"},
		{"/көмек", "", "kk"},
	} {
		q := knowledge.Question{Text: c.text}
		if c.before != "" {
			q.Previous = []string{c.before}
		}
		if a := engine.Ask(q); string(a.Language) != c.want {
			t.Errorf("%q after %q: replies in %s, want %s", c.text, c.before, a.Language, c.want)
		}
	}
}
