package thesaurus

import (
	"strings"
	"unicode/utf8"

	"refbot/knowledge/index"
	"refbot/knowledge/language"
)

// nameLeast is how many letters a name has that is found with any ending: stemmers cut names amiss.
const nameLeast = 5

// open lets a word of a name be found with any ending.
func (w *word) open(text string) {
	if folded := language.Fold(text); utf8.RuneCountInString(folded) >= nameLeast && !index.Latin(folded) {
		w.keys = append(w.keys, byPrefix+folded)
	}
}

// names reports whether one of a word's keys, but for short beginnings, is a form of a glossary.
func (t *Thesaurus) names(keys []string) bool {
	for _, k := range keys {
		if k[:1] == byPrefix && utf8.RuneCountInString(k) <= shortPrefix+1 {
			continue
		}
		for _, p := range t.first[k] {
			if pat := &t.patterns[p]; pat.weight == 1 && len(pat.words) == 1 {
				return true
			}
		}
	}
	return false
}

// shortPrefix is the length, in letters, up to which the beginning of a word says less than the whole.
const shortPrefix = 4

// beginsOnly reports whether a key is a short beginning that leaves more than half of a word open: «бер*»
// is found in «Берлин», which names a city if a glossary says so.
func beginsOnly(key string, token *language.Token) bool {
	prefix, open := strings.CutPrefix(key, byPrefix)
	letters := utf8.RuneCountInString(prefix)
	return open && letters <= shortPrefix && 2*letters < utf8.RuneCountInString(token.Folded)
}
