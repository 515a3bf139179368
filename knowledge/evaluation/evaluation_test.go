package evaluation

import (
	"bytes"
	"context"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"refbot/knowledge"
	"refbot/knowledge/index"
)

func load(t *testing.T) []Question {
	t.Helper()
	questions, err := LoadQuestions("testdata/questions.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	return questions
}

func hits(ids ...string) []knowledge.Hit {
	var list []knowledge.Hit
	for i, id := range ids {
		list = append(list, knowledge.Hit{Statement: &knowledge.Statement{ID: id}, Score: 1 / float64(i+1)})
	}
	return list
}

// fixed answers the questions of testdata, the typed one of q1 wrongly.
func fixed(q knowledge.Question) (knowledge.Answer, string) {
	switch q.Text {
	case "какя явка":
		return knowledge.Answer{Decision: knowledge.DecideAbstain, Confidence: .4, Ranked: hits("s2", "s1")}, "не знаю"
	case "who won the lottery":
		return knowledge.Answer{Decision: knowledge.DecideAbstain, Confidence: .9}, "nobody said"
	}
	return knowledge.Answer{Decision: knowledge.DecideAnswer, Confidence: .8, Hits: hits("s1"), Ranked: hits("s1")}, "Явка 73,12 %"
}

func TestLoadQuestionsNamesEveryFault(t *testing.T) {
	path := filepath.Join(t.TempDir(), "bad.jsonl")
	bad := `{"id":"a","turns":["x"],"expected":"answer"}` + "\n" + `{"id":"a","turns":["x"],"expected":"answer"}` + "\n" +
		`{"id":"b","turns":[],"expected":"answer"}` + "\n\n" + `{"id":"c","turns":["x"],"expected":"perhaps"}` + "\n" +
		`{"id":"d","turns":["x"],"expected":"answer","must_mention":["("]}` + "\n" + `{`
	if err := os.WriteFile(path, []byte(bad), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := LoadQuestions(path)
	if err == nil {
		t.Fatal("a faulty set loads")
	}
	for _, want := range []string{":2: id", ":3: ", ":5: ", ":6: ", ":7: "} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q is not named in:\n%v", want, err)
		}
	}
}

func TestRunReports(t *testing.T) {
	calls := 0
	r := Run(context.Background(), load(t), fixed, func(done, total int) { calls++ })
	if calls != 3 || r.Questions != 3 {
		t.Fatalf("%d questions, %d calls of progress", r.Questions, calls)
	}
	near(t, "success", r.Success, 2./3)
	near(t, "recall@1", r.Recall1, .5)
	near(t, "recall@5", r.Recall5, 1)
	near(t, "MRR", r.MRR, .75)
	near(t, "true abstentions", r.TrueAbstain, 1)
	near(t, "false refusals", r.FalseRefusal, .5)
	for _, s := range r.ByStyle {
		if s.Name == "typo" && (s.Pairs != 1 || s.Clean != 1 || s.Dirty != 0) {
			t.Errorf("typed against clean: %+v", s)
		}
	}
	if len(r.Faults) != 1 || r.Faults[0] != (Failed{"q1", WrongVerdict, knowledge.DecideAbstain}) {
		t.Errorf("faults %v", r.Faults)
	}
	var b strings.Builder
	if err := r.Print(&b); err != nil || !strings.Contains(b.String(), "66.7 %") {
		t.Errorf("printed (%v):\n%s", err, b.String())
	}
}

func TestRunStopsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if r := Run(ctx, load(t), fixed, nil); r.Questions != 0 {
		t.Errorf("asked %d questions after the end", r.Questions)
	}
}

func TestJudge(t *testing.T) {
	q := load(t)[0]
	for _, c := range []struct {
		decision knowledge.Decision
		cites    string
		reply    string
		want     Fault
	}{
		{knowledge.DecideAnswer, "s1", "73,12", NoFault},
		{knowledge.DecideAnswer, "s1", "73\u00a012", NoFault},
		{knowledge.DecideAnswer, "s2", "73,12", WrongSource},
		{knowledge.DecideAnswer, "s1", "73", Missing},
		{knowledge.DecideNeutral, "s1", "73,12", WrongVerdict},
	} {
		a := knowledge.Answer{Decision: c.decision, Hits: hits(c.cites)}
		if got := Judge(&q, &a, c.reply); got != c.want {
			t.Errorf("%+v: %q", c, got)
		}
	}
	q = load(t)[1]
	if got := Judge(&q, &knowledge.Answer{Decision: knowledge.DecideAbstain}, "won 5"); got != Forbidden {
		t.Errorf("a forbidden reply is %q", got)
	}
}

func TestRunFileComparesWithAnother(t *testing.T) {
	r := Run(context.Background(), load(t), fixed, nil)
	var file bytes.Buffer
	if err := r.WriteRun(&file); err != nil {
		t.Fatal(err)
	}
	lines, err := ReadRun(&file)
	if err != nil || len(lines) != 3 || lines[2].Statements[0].ID != "s1" {
		t.Fatalf("%v %+v", err, lines)
	}
	if c := r.Compare(lines); c.Same != 3 || len(c.Won)+len(c.Lost)+c.Missing != 0 {
		t.Errorf("against itself: %+v", c)
	}
	lines[2].Decision = knowledge.DecideAbstain
	c := r.Compare(lines[1:])
	if len(c.Won) != 1 || c.Won[0].ID != "q3" || c.Missing != 1 {
		t.Errorf("won %+v, missing %d", c.Won, c.Missing)
	}
	var b strings.Builder
	if err := c.Print(&b); err != nil || !strings.Contains(b.String(), `+ q3 "ал қатысу?": wrong verdict`) {
		t.Errorf("%v\n%s", err, b.String())
	}
	if _, err := ReadRun(strings.NewReader("{}\n")); err == nil {
		t.Error("a line without an id is read")
	}
}

func TestMetrics(t *testing.T) {
	grades := map[string]int{"a": 2, "b": 1}
	near(t, "perfect nDCG", ndcg([]string{"a", "b", "c"}, grades), 1)
	near(t, "nDCG", ndcg([]string{"c", "a"}, grades), (2/math.Log2(3))/(2+1/math.Log2(3)))
	near(t, "nDCG of nothing", ndcg(nil, nil), 0)
	near(t, "reciprocal rank", reciprocalRank([]string{"b", "a"}, grades, 2, 10), .5)
	near(t, "recall", recallAt([]string{"b", "x"}, grades, 10), .5)
	near(t, "AUC", auc([]float64{.9, .5}, []float64{.5, .1}), .875)
	near(t, "AUC of nothing", auc(nil, nil), .5)
	near(t, "median", percentile([]time.Duration{3e6, 1e6, 2e6}, .5), 2)
	near(t, "p99", percentile([]time.Duration{3e6, 1e6, 2e6}, .99), 3)
}

func near(t *testing.T, name string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > 1e-9 {
		t.Errorf("%s is %v, want %v", name, got, want)
	}
}

func TestBEIR(t *testing.T) {
	b, err := LoadBEIR("testdata/beir")
	if err != nil {
		t.Fatal(err)
	}
	r := RunBEIR(context.Background(), b, index.Options{}, nil)
	if r.Questions != 2 || r.Passages != 3 || r.NDCG != 1 || r.MRR != 1 || r.Recall1 != 1 || r.AUC != 1 {
		t.Errorf("%+v", r)
	}
	var run, report strings.Builder
	if err := r.WriteRun(&run); err != nil || strings.Count(run.String(), "\n") != 3 {
		t.Errorf("%v\n%s", err, run.String())
	}
	if err := r.Print(&report); err != nil || !strings.Contains(report.String(), "AUC 1.000") {
		t.Errorf("%v\n%s", err, report.String())
	}
	if _, err := LoadBEIR(t.TempDir()); err == nil {
		t.Error("an empty folder loads")
	}
}

func TestFacts(t *testing.T) {
	questions := []Question{
		{ID: "1", Relevant: map[string]int{"a": 2}},
		{ID: "2", Relevant: map[string]int{"a": 2, "b": 2}},
		{ID: "3", Relevant: map[string]int{"b": 2, "c": 1}},
		{ID: "4", Relevant: map[string]int{"c": 2}},
		{ID: "5"},
	}
	f := Facts(questions)
	if f[0] != f[1] || f[1] != f[2] || f[2] == f[3] || f[3] == f[4] {
		t.Errorf("facts %v", f)
	}
}

func TestFitSeparatesWhatCanBeSeparated(t *testing.T) {
	var examples []Example
	for i := range 40 {
		answer := i%2 == 0
		examples = append(examples, Example{
			ID: string(rune('a' + i)), Fact: string(rune('a' + i)), Answer: answer, HeldOut: !answer && i%4 == 1,
			Evidence: []knowledge.TraceValue{{Name: "bias", Value: 1}, {Name: "share", Value: count(answer)*.5 + float64(i%5)*.1}},
		})
	}
	v := CrossValidate(examples)
	if v.AUC < .99 || v.Answers < .9 || v.HeldOut < .75 {
		t.Errorf("%+v", v)
	}
	w := FitWeights(examples)
	var b strings.Builder
	if err := w.Write(&b); err != nil || w["share"] <= 0 || !strings.Contains(b.String(), `"share"`) {
		t.Errorf("%v %v", err, w)
	}
}

func FuzzReadRun(f *testing.F) {
	f.Add(`{"id":"q1","decision":"answer","ranked":[{"id":"s1","score":1}]}`)
	f.Fuzz(func(t *testing.T, text string) {
		lines, err := ReadRun(strings.NewReader(text))
		if err == nil {
			for _, l := range lines {
				if l.ID == "" {
					t.Fatal("a line without an id is read")
				}
			}
		}
	})
}

func TestWithVersionsGradesEveryVersion(t *testing.T) {
	pack := &knowledge.Pack{Statements: []knowledge.Statement{
		{ID: "a", Key: "a"}, {ID: "a-kk", Key: "a"}, {ID: "b", Key: "b"},
	}}
	for _, labels := range []map[string]int{{"a": 2}, {"a-kk": 2}, {"a": 2, "a-kk": 2}} {
		q := Question{ID: "q", Turns: []string{"?"}, Relevant: labels, Expected: knowledge.DecideAnswer}
		q = WithVersions([]Question{q}, pack)[0]
		answer := knowledge.Answer{
			Decision: knowledge.DecideAnswer,
			Hits:     []knowledge.Hit{{Statement: &pack.Statements[1]}},
			Ranked:   []knowledge.Hit{{Statement: &pack.Statements[1]}, {Statement: &pack.Statements[2]}},
		}
		if fault := Judge(&q, &answer, ""); fault != NoFault {
			t.Errorf("labels %v: fault %s", labels, fault)
		}
		near(t, "nDCG", NewReport([]Outcome{{Question: q, Answer: answer}}).NDCG, 1)
	}
}

func TestCrossValidateAnswersAsksEveryQuestionOnce(t *testing.T) {
	var questions []Question
	pack := &knowledge.Pack{}
	for _, word := range strings.Fields("река гора степь озеро лес море город мост поле ветер солнце камень") {
		pack.Statements = append(pack.Statements, knowledge.Statement{
			ID: word, Key: word, Language: "ru", Kind: knowledge.Official, Title: word, Text: word + " и закон", Date: time.Unix(0, 0),
		})
		questions = append(questions, Question{
			ID: word, Lang: "ru", Turns: []string{"что такое " + word}, Relevant: map[string]int{word: 2}, Expected: knowledge.DecideAnswer,
		})
	}
	build := func(without map[string]bool) (*knowledge.Engine, error) { return knowledge.Build(pack) }
	engines := map[*knowledge.Engine]bool{}
	respond := func(e *knowledge.Engine) Responder {
		engines[e] = true
		return func(q knowledge.Question) (knowledge.Answer, string) { return e.Ask(q), "" }
	}
	reports, err := CrossValidateAnswers(context.Background(), respond, Set{questions[:4], build}, Set{questions[4:], build})
	if err != nil || len(reports) != 2 || reports[0].Questions != 4 || reports[1].Questions != len(questions)-4 || len(engines) != 2*folds {
		t.Fatalf("%v, %d engines, %v", reports, len(engines), err)
	}
}

func TestOneFactInTwoSetsIsOneFact(t *testing.T) {
	facts := factsOf([]Set{
		{Questions: []Question{{ID: "a", Relevant: map[string]int{"s1": 2}}, {ID: "b"}}},
		{Questions: []Question{{ID: "c", Relevant: map[string]int{"s2": 2}}, {ID: "d", Relevant: map[string]int{"s1": 2}}}},
	})
	if facts[0][0] != facts[1][1] || facts[0][0] == facts[1][0] {
		t.Errorf("facts %v", facts)
	}
}
