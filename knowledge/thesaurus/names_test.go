package thesaurus

import (
	"slices"
	"testing"

	"refbot/knowledge/language"
)

func TestNamesWinOverShortBeginnings(t *testing.T) {
	th := Of([]Form{
		{Notion: "give", Language: language.Kazakh, Text: "бер*", Weight: commonWeight},
		{Notion: "berlin", Language: language.Kazakh, Text: "Берлин", Weight: 1, Name: true},
		{Notion: "vote", Language: language.Russian, Text: "голосов*", Weight: commonWeight},
		{Notion: "voting", Language: language.Russian, Text: "голосование", Weight: 1},
	})
	for _, c := range []struct {
		text string
		want []string
	}{
		{"Берлиндегі", []string{"berlin"}},
		{"Берлинге", []string{"berlin"}},
		{"берген", []string{"give"}},
		{"голосование", []string{"vote", "voting"}},
	} {
		var got []string
		for _, m := range th.Mentions(language.Tokenize(c.text)) {
			got = append(got, m.Notion)
		}
		if slices.Sort(got); !slices.Equal(got, c.want) {
			t.Errorf("%q names %v, want %v", c.text, got, c.want)
		}
	}
}
