package thesaurus

import (
	"strings"
	"unicode/utf8"

	"refbot/knowledge/index"
	"refbot/knowledge/language"
)

// nameLeast is how many letters a name has that is found with any ending: stemmers cut names amiss.
const nameLeast = 5

// withEndings adds to the keys of a name's word the one that finds it with any ending.
func withEndings(keys []string, text string) []string {
	if folded := language.Fold(text); utf8.RuneCountInString(folded) >= nameLeast && !index.Latin(folded) {
		return append(keys, byPrefix+folded)
	}
	return keys
}

// names reports whether one of a word's keys, but for short beginnings, is a form of a glossary.
func (t *Thesaurus) names(keys []int32) bool {
	for _, k := range keys {
		if letters := t.begins[k]; letters > 0 && letters <= shortPrefix {
			continue
		}
		for _, p := range t.firsts(k) {
			if pat := &t.patterns[p]; pat.weight == 1 && pat.words == 1 {
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
func (t *Thesaurus) beginsOnly(key int32, token *language.Token) bool {
	letters := int(t.begins[key])
	return letters > 0 && letters <= shortPrefix && 2*letters < utf8.RuneCountInString(token.Folded)
}

// lettersOfPrefix counts the letters of a key that is the beginning of a word; 0 for any other.
func lettersOfPrefix(key string) int {
	prefix, open := strings.CutPrefix(key, byPrefix)
	if !open {
		return 0
	}
	return utf8.RuneCountInString(prefix)
}
