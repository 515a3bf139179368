package language

import (
	"unicode"
	"unicode/utf8"
)

// toCyrillic maps Latin letters to the Cyrillic letters drawn the same way; toLatin is the way back. The
// Latin schwa stands for the Kazakh ә on many phones. Both count a letter as alike when what Fold makes of
// it is, so that folding never turns a word that mixes for real into one that does not.
var (
	toCyrillic = pairs("aаcсeеoоpрxхyуkкiіhһmмtтəәɵөëёAАBВCСEЕHНIІİІKКMМOОPРTТXХYУƏӘƟӨËЁ", 0)
	toLatin    = pairs("aаcсeеoоpрxхyуkкiіhһmмtтəәɵөëёAАBВCСEЕHНIІKКMМOОPРTТXХYУƏӘƟӨËЁ"+
		"yұyүkқYҰYҮKҚHҺeѐEЀ", 1)
)

// pairs reads a table of two letters each and maps the letter at index from to the other.
func pairs(table string, from int) map[rune]rune {
	letters := []rune(table)
	out := make(map[rune]rune, len(letters)/2)
	for i := 0; i < len(letters); i += 2 {
		out[letters[i+from]] = letters[i+1-from]
	}
	return out
}

// unmix brings every word that mixes Latin and Cyrillic letters to one script, when the letters of the
// other script are all look-alikes: «рефеpендум» with a Latin p, "сonstitution" with a Cyrillic с. Words
// that mix for real («USBкабель») stay as they are.
func unmix(s string) string {
	var out []byte
	copied := 0
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if !unicode.IsLetter(r) {
			i += n
			continue
		}
		end := i + wordLen(s[i:])
		if table := script(s[i:end]); table != nil {
			out = append(out, s[copied:i]...)
			for _, r := range s[i:end] {
				if v, ok := table[r]; ok {
					r = v
				}
				out = utf8.AppendRune(out, r)
			}
			copied = end
		}
		i = end
	}
	if copied == 0 {
		return s
	}
	return string(append(out, s[copied:]...))
}

// wordLen returns the length in bytes of the run of letters s begins with.
func wordLen(s string) int {
	for i, r := range s {
		if !unicode.IsLetter(r) {
			return i
		}
	}
	return len(s)
}

// script returns the table that brings a mixed word to one script, nil when nothing should change.
func script(word string) map[rune]rune {
	cyr, lat, cyrOnly, latOnly := 0, 0, 0, 0
	for _, r := range word {
		switch {
		case unicode.Is(unicode.Cyrillic, r):
			cyr++
			if _, ok := toLatin[r]; !ok {
				cyrOnly++
			}
		case unicode.Is(unicode.Latin, r):
			lat++
			if _, ok := toCyrillic[r]; !ok {
				latOnly++
			}
		}
	}
	switch {
	case cyr == 0 || lat == 0 || cyrOnly > 0 && latOnly > 0:
		return nil
	case cyrOnly > 0 || latOnly == 0 && cyr >= lat:
		return toCyrillic
	}
	return toLatin
}
