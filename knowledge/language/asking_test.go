package language

import "testing"

func TestAskingPartTakesOffHearsay(t *testing.T) {
	for s, want := range map[string]string{
		"Соседка говорит, что детям теперь за школу платить придётся, это правда?":       "детям теперь за школу платить придётся, это правда?",
		"Я учительница, родители спрашивают: почему в проекте у школы пропало слово?":    "почему в проекте у школы пропало слово?",
		"My neighbour says the president just gave himself more power, is it true?":      "the president just gave himself more power, is it true?",
		"Токаев сказал, что президент будет избираться на один срок?":                    "Токаев сказал, что президент будет избираться на один срок?",
		"что говорят люди, которые были наблюдателями на участках в тот день?":           "что говорят люди, которые были наблюдателями на участках в тот день?",
		"What did people say about the new constitution at the meetings in the regions?": "What did people say about the new constitution at the meetings in the regions?",
		"люди говорят": "люди говорят",
	} {
		if got := AskingPart(s); got != want {
			t.Errorf("%s: %s", s, got)
		}
	}
}
