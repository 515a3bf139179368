package gate

import (
	"testing"

	"refbot/knowledge/language"
)

func TestPlainWordsBringNoFact(t *testing.T) {
	for _, c := range []struct {
		word string
		code language.Code
		want bool
	}{
		{"касаются", language.Russian, true},
		{"соответственно", language.Russian, true},
		{"подписал", language.Russian, false},
		{"бесплатно", language.Russian, false},
		{"moreover", language.English, true},
		{"contains", language.English, true},
		{"free", language.English, false},
		{"signed", language.English, false},
		{"сондықтан", language.Kazakh, false}, // a cause is a fact
		{"мәтін", language.Kazakh, true},
		{"тегін", language.Kazakh, false},
		{"касаются", language.English, false},
		{"касаются", "", false},
	} {
		folded := language.Fold(c.word)
		if got := plainWord(folded, language.Stem(folded, c.code), c.code); got != c.want {
			t.Errorf("%s (%s): %v", c.word, c.code, got)
		}
	}
}
