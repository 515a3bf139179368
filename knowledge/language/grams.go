package language

import "unicode/utf8"

// Grams returns the character n-grams of a folded word with a mark at both ends, so that a gram at the
// start of a word differs from the same letters inside it: Grams("бап", 3) is "_ба", "бап", "ап_".
// A word shorter than n-1 letters gives one gram, the whole word with its marks; n below 1 gives none.
func Grams(folded string, n int) []string {
	if folded == "" || n < 1 {
		return nil
	}
	w := "_" + folded + "_"
	count := utf8.RuneCountInString(w)
	if count <= n {
		return []string{w}
	}
	out := make([]string, 0, count-n+1)
	end := 0
	for range n {
		end += runeLen(w[end:])
	}
	for start := 0; ; {
		out = append(out, w[start:end])
		if end == len(w) {
			return out
		}
		start += runeLen(w[start:])
		end += runeLen(w[end:])
	}
}

// runeLen returns the length in bytes of the first character of s.
func runeLen(s string) int {
	_, n := utf8.DecodeRuneInString(s)
	return n
}
