package gate

import (
	_ "embed"
	"strings"

	"refbot/knowledge/language"
)

// plain.txt lists words that bring no fact of their own: a sentence may use them freely.
//
//go:embed plain.txt
var plainList string

// plainWords are those words of one language.
type plainWords struct {
	stems map[string]bool
	open  map[string]bool // beginnings of words
}

// readPlain reads lines "language: word, word*": a * stands for any ending. Lines that begin with # are comments.
func readPlain(list string) map[language.Code]*plainWords {
	out := map[language.Code]*plainWords{}
	for _, code := range language.Codes() {
		out[code] = &plainWords{map[string]bool{}, map[string]bool{}}
	}
	for line := range strings.Lines(list) {
		name, words, _ := strings.Cut(strings.TrimSpace(line), ": ")
		code := language.Code(name)
		if out[code] == nil {
			continue
		}
		for _, w := range strings.Split(words, ", ") {
			if stem, open := strings.CutSuffix(w, "*"); open {
				out[code].open[language.Fold(stem)] = true
			} else {
				out[code].stems[language.Stem(language.Fold(w), code)] = true
			}
		}
	}
	return out
}

// has reports whether a folded word with that stem is plain.
func (p *plainWords) has(folded, stem string) bool {
	if p.stems[stem] || p.open[folded] {
		return true
	}
	for i := range folded {
		if i > 0 && p.open[folded[:i]] {
			return true
		}
	}
	return false
}
