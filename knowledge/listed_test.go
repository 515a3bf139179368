package knowledge_test

import (
	"slices"
	"testing"

	"refbot/knowledge"
	"refbot/knowledge/reform2026"
)

// TestListedQuestionsAreAnswered asks every question that the starter pack lists beside a statement: its statement answers it,
// but where a newer one gives the value or the question wishes for advice.
func TestListedQuestionsAreAnswered(t *testing.T) {
	pack, err := reform2026.Pack()
	if err != nil {
		t.Fatal(err)
	}
	e := embedded(t)
	asked := map[string]bool{}
	all, right := 0, 0
	for i := range pack.Statements {
		s := &pack.Statements[i]
		for _, question := range s.Aliases {
			if !s.Kind.CarriesAnswer() || asked[question] {
				continue
			}
			asked[question] = true
			all++
			a := e.Ask(knowledge.Question{Text: question})
			if slices.ContainsFunc(a.Hits, func(h knowledge.Hit) bool { return h.Statement.Key == s.Key }) {
				right++
			} else {
				t.Logf("%s: %s, %s %v", s.ID, question, a.Decision, cited(a))
			}
		}
	}
	t.Logf("%d of %d", right, all)
	if 1000*right < 980*all {
		t.Errorf("%d of %d listed questions are answered by their statements", right, all)
	}
}
