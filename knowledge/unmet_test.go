package knowledge_test

import (
	"testing"

	"refbot/knowledge"
)

// TestVotesOfOneSideAreNoTurnout asks for figures of places of which only the turnout is known.
func TestVotesOfOneSideAreNoTurnout(t *testing.T) {
	e := embedded(t)
	for question, want := range map[string]knowledge.Decision{
		"Сколько процентов пришло в Шымкенте?":             knowledge.DecideAnswer,
		"Сколько процентов в Шымкенте проголосовали «за»?": knowledge.DecideAbstain,
		"Сколько в Алматы проголосовали против?":           knowledge.DecideAbstain,
		"kyzylorda how many voted no":   knowledge.DecideAbstain,
		"Сколько проголосовали против?": knowledge.DecideAnswer,
	} {
		if a := e.Ask(knowledge.Question{Text: question}); a.Decision != want {
			t.Errorf("%q: %s, want %s", question, a.Decision, want)
		}
	}
}
