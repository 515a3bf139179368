package knowledge_test

import (
	"strings"
	"testing"

	"refbot/knowledge"
)

// TestCourtesiesInLongMessages asks long messages whose asking part holds a courtesy: what was said before it is
// carried over behind the words that were read.
func TestCourtesiesInLongMessages(t *testing.T) {
	engine := embedded(t)
	long := strings.Repeat("Вчера мы с соседями долго говорили о новой Конституции и о том, что будет дальше. ", 4)
	for _, asks := range []string{
		"Спасибо, а когда референдум?", "Хорошо, а помощь инвалидам на участке будет, понятно?", "Да или нет: сенат останется, ок?",
		"Когда на участке помощь будет инвалидам?", "Какой штраф за нет на бюллетене?", "Where do I find help with my ballot?",
		"Рақмет, референдум қашан болады?", "thanks, how can you help me vote, ok?",
	} {
		if a := engine.Ask(knowledge.Question{Text: long + asks}); a.Decision == "" {
			t.Errorf("%q: no verdict", asks)
		}
	}
}
