package gate

import (
	_ "embed"
	"strings"

	"refbot/knowledge/language"
)

// plain.txt lists words that bring no fact of their own.
//
//go:embed plain.txt
var plainList string

// plainWords are those words of one language, by their stems; open are beginnings that any ending may follow.
type plainWords struct{ stems, open map[string]bool }

var plainLists = readPlain(plainList)

// readPlain reads lines "language: word, word*": a * stands for any ending. Lines that begin with # are comments.
func readPlain(list string) map[language.Code]*plainWords {
	out := map[language.Code]*plainWords{}
	for _, code := range language.Codes() {
		out[code] = &plainWords{map[string]bool{}, map[string]bool{}}
	}
	for line := range strings.Lines(list) {
		name, words, _ := strings.Cut(strings.TrimSpace(line), ": ")
		p := out[language.Code(name)]
		if p == nil {
			continue
		}
		for _, w := range strings.Split(words, ", ") {
			if stem, open := strings.CutSuffix(w, "*"); open {
				p.open[language.Fold(stem)] = true
			} else {
				p.stems[language.Stem(language.Fold(w), language.Code(name))] = true
			}
		}
	}
	return out
}

// plainWord reports whether a folded word of a language with that stem brings no fact of its own: «касается», «мәселе»,
// "moreover". A sentence may use such words freely.
func plainWord(folded, stem string, c language.Code) bool {
	p := plainLists[c]
	if p == nil {
		return false
	}
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
