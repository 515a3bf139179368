package broadcast

import (
	_ "embed"
	"strings"
	"sync"

	"refbot/knowledge/language"
)

//go:embed advice.txt
var adviceList string

// phrase is a turn of phrase: folded words, those that end in * stand for a beginning.
type phrase struct {
	written string
	words   []string
}

// maxBetween is how many other words may stand between two of a phrase.
const maxBetween = 2

var advicePhrases = sync.OnceValue(func() map[language.Code][]phrase {
	list := map[language.Code][]phrase{}
	for line := range strings.Lines(adviceList) {
		code, written, ok := strings.Cut(strings.TrimSpace(line), " ")
		if l := language.Code(code); ok && l.Valid() {
			p := phrase{written: strings.TrimSuffix(written, "*")}
			for _, word := range strings.Fields(written) {
				stem, open := strings.CutSuffix(word, "*")
				if stem = language.Fold(stem); open {
					stem += "*"
				}
				p.words = append(p.words, stem)
			}
			list[l] = append(list[l], p)
		}
	}
	return list
})

// Advice finds a turn of phrase that sounds like telling people how to vote; "" when there is none. The lists
// of all languages are tried: people mix them.
func Advice(plain string) string {
	tokens := language.Tokenize(plain)
	for _, l := range language.Codes() {
		for _, p := range advicePhrases()[l] {
			for i := range tokens {
				if p.startsAt(tokens, i) {
					return p.written
				}
			}
		}
	}
	return ""
}

func (p phrase) startsAt(tokens []language.Token, i int) bool {
	for n, word := range p.words {
		found := false
		for gap := 0; gap <= maxBetween && i+gap < len(tokens); gap++ {
			if found = matches(word, tokens[i+gap].Folded); found {
				i += gap + 1
				break
			}
			if n == 0 {
				break
			}
		}
		if !found {
			return false
		}
	}
	return true
}

func matches(word, folded string) bool {
	if stem, open := strings.CutSuffix(word, "*"); open {
		return strings.HasPrefix(folded, stem)
	}
	return word == folded
}
