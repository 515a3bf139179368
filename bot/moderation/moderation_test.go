package moderation

import (
	"testing"
	"time"

	"refbot/bot"
	"refbot/knowledge"
	"refbot/knowledge/evaluation"
)

func TestWorth(t *testing.T) {
	at := time.Date(2026, 3, 15, 9, 0, 0, 0, time.UTC)
	sure := bot.Entry{Ref: "AAAAAAAAAAAA", At: at, Decision: knowledge.DecideAnswer, Confidence: .9}
	for name, test := range map[string]struct {
		change func(*bot.Entry)
		want   Why
	}{
		"a sure answer":         {func(*bot.Entry) {}, ""},
		"not helpful":           {func(e *bot.Entry) { e.Feedback = bot.NotHelpful }, Disliked},
		"not sure":              {func(e *bot.Entry) { e.Confidence = .3 }, Unsure},
		"stopped by the gate":   {func(e *bot.Entry) { e.Phrasing = &bot.Phrasing{Ending: bot.Stopped} }, Held},
		"an abstention":         {func(e *bot.Entry) { e.Decision, e.Confidence = knowledge.DecideAbstain, .3 }, ""},
		"a disliked abstention": {func(e *bot.Entry) { e.Decision, e.Feedback = knowledge.DecideAbstain, bot.NotHelpful }, Disliked},
		"already ruled on":      {func(e *bot.Entry) { e.Feedback, e.Review = bot.NotHelpful, &bot.Review{Ruling: Wrong} }, ""},
	} {
		e := sure
		test.change(&e)
		why, urgency := Worth(&e)
		if why != test.want || urgency < 0 || urgency >= 1 {
			t.Errorf("%s: worth %q, %v, want %q", name, why, urgency, test.want)
		}
	}
	drawn := 0
	for range 5000 {
		e := sure
		e.Ref = bot.NewRef()
		if why, _ := Worth(&e); why == ByChance {
			drawn++
		}
	}
	if drawn < 50 || drawn > 200 {
		t.Errorf("%d of 5,000 are in the sample, want about 100", drawn)
	}
	a, b := sure, sure
	a.Feedback, b.Feedback, b.At = bot.NotHelpful, bot.NotHelpful, at.Add(time.Hour)
	_, older := Worth(&a)
	if _, newer := Worth(&b); newer <= older {
		t.Error("of two disliked answers the newer one comes first")
	}
}

func TestCheck(t *testing.T) {
	for _, r := range []bot.Review{{Ruling: Right}, {Ruling: Better, Better: []string{"s001"}}, {Ruling: Spam, Note: "advertising"}} {
		if err := Check(r); err != nil {
			t.Errorf("%+v: %v", r, err)
		}
	}
	for _, r := range []bot.Review{{}, {Ruling: "good"}, {Ruling: Better}, {Ruling: Right, Better: []string{"s001"}}, {Ruling: Better, Better: make([]string, MaxBetter+1)}} {
		if Check(r) == nil {
			t.Errorf("%+v is taken", r)
		}
	}
}

func TestRuled(t *testing.T) {
	entry := bot.Entry{Ref: "AAAAAAAAAAAA", Question: "когда референдум?", Language: "ru", Decision: knowledge.DecideAnswer, Statements: []string{"s001", "s002"}}
	for name, test := range map[string]struct {
		review   *bot.Review
		ok       bool
		expected knowledge.Decision
		relevant string
	}{
		"none":    {nil, false, "", ""},
		"right":   {&bot.Review{Ruling: Right}, true, knowledge.DecideAnswer, "s001"},
		"better":  {&bot.Review{Ruling: Better, Better: []string{"s009"}}, true, knowledge.DecideAnswer, "s009"},
		"abstain": {&bot.Review{Ruling: Abstain}, true, knowledge.DecideAbstain, ""},
		"wrong":   {&bot.Review{Ruling: Wrong}, false, "", ""},
		"needs":   {&bot.Review{Ruling: Needs}, false, "", ""},
		"spam":    {&bot.Review{Ruling: Spam}, false, "", ""},
	} {
		e := entry
		e.Review = test.review
		q, ok := Ruled(&Question{Entry: e})
		if ok != test.ok || q.Expected != test.expected && ok || test.relevant != "" && q.Relevant[test.relevant] != evaluation.Full {
			t.Errorf("%s: %+v, %v", name, q, ok)
		}
	}
}

func TestNeedle(t *testing.T) {
	for _, test := range []struct {
		text, question string
		want           bool
	}{
		{"", "anything", true},
		{"құрылтай", "Курылтай деген не?", true},
		{"не деген", "Құрылтай деген не?", true},
		{"ЗАРПЛАТА депутат", "Какая зарплата у депутатов", true},
		{"пенсия", "Какая зарплата у депутатов", false},
		{"ещё", "еще раз", true},
	} {
		if got := NewNeedle(test.text).In(test.question); got != test.want {
			t.Errorf("%q in %q: %v", test.text, test.question, got)
		}
	}
}

func TestHistogram(t *testing.T) {
	var s Stats
	for i := range 1000 {
		s.Latency[Step(time.Duration(i+1)*time.Millisecond)]++
	}
	for p, want := range map[float64]time.Duration{.5: 500 * time.Millisecond, .95: 950 * time.Millisecond, 1: time.Second} {
		got := s.Latency.Percentile(p)
		if off := float64(got-want) / float64(want); off < -.12 || off > .12 {
			t.Errorf("percentile %v is %v, want about %v", p, got, want)
		}
	}
	if Step(0) != 0 || Step(time.Hour) != Steps-1 || (&Histogram{}).Percentile(.5) != 0 {
		t.Error("the ends of the histogram")
	}
}

func TestStatsAdd(t *testing.T) {
	a := Stats{Questions: 1, Topics: map[string]int{"date": 1}}
	b := Stats{Questions: 2, Topics: map[string]int{"date": 1, "law": 3}, Decisions: map[knowledge.Decision]int{knowledge.DecideAnswer: 2}}
	a.Add(&b)
	if top := a.TopTopics(1); a.Questions != 3 || len(top) != 1 || top[0] != (Counted{"law", 3}) || a.Share(knowledge.DecideAnswer) < .6 {
		t.Errorf("%+v", a)
	}
}

func FuzzClusterID(f *testing.F) {
	for _, text := range []string{"C1", "C0", "C", "C4294967295", "C4294967296", "c1", "C-1", "C01"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if n := ClusterID(text).Number(); n != 0 && string(NewClusterID(n)) != text {
			t.Errorf("%q is %d, which is %q", text, n, NewClusterID(n))
		}
	})
}

func FuzzNeedle(f *testing.F) {
	f.Add("құрылтай деген", "Курылтай деген не?")
	f.Fuzz(func(t *testing.T, text, question string) {
		needle := NewNeedle(text)
		needle.In(question)
		if len(text) < MaxNeedle && !needle.In(text) {
			t.Errorf("%q does not hold itself", text)
		}
	})
}
