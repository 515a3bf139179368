package language

import (
	"unicode"
	"unicode/utf8"
)

// toCyrillic maps Latin letters to the Cyrillic letters drawn the same way; toLatin is the way back.
// The Latin schwa stands for the Kazakh ә on many phones.
var (
	toCyrillic = map[rune]rune{
		'a': 'а', 'c': 'с', 'e': 'е', 'o': 'о', 'p': 'р', 'x': 'х', 'y': 'у', 'k': 'к', 'i': 'і', 'h': 'һ',
		'm': 'м', 't': 'т', 'ə': 'ә', 'ɵ': 'ө', 'ë': 'ё',
		'A': 'А', 'B': 'В', 'C': 'С', 'E': 'Е', 'H': 'Н', 'I': 'І', 'K': 'К', 'M': 'М', 'O': 'О', 'P': 'Р',
		'T': 'Т', 'X': 'Х', 'Y': 'У', 'Ə': 'Ә', 'Ɵ': 'Ө', 'Ë': 'Ё',
	}
	toLatin = invert(toCyrillic)
)

func invert(m map[rune]rune) map[rune]rune {
	out := make(map[rune]rune, len(m))
	for k, v := range m {
		out[v] = k
	}
	return out
}

// unmix brings every word that mixes Latin and Cyrillic letters to one script, when the letters of the
// other script are all look-alikes: «рефеpендум» with a Latin p, "сonstitution" with a Cyrillic с. Words
// that mix for real («IT-компания» without the hyphen) stay as they are.
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
