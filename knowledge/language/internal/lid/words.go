package lid

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Words appends the words of a text to dst in lower case: runs of letters, apostrophes between or behind
// letters included, because Latin spellings of Kazakh and Russian use them.
func Words(dst []string, text string) []string { return Cut(dst, strings.ToLower(text)) }

// Cut is [Words] with letters as they stand.
func Cut(dst []string, text string) []string {
	start := -1
	for i, r := range text {
		if Letter(r) || r == '\'' && start >= 0 {
			if start < 0 {
				start = i
			}
			continue
		}
		if start >= 0 {
			dst = append(dst, text[start:i])
		}
		start = -1
	}
	if start >= 0 {
		dst = append(dst, text[start:])
	}
	return dst
}

// Letter is unicode.IsLetter, quick about ASCII and the Cyrillic letters of our languages.
func Letter(r rune) bool {
	switch {
	case r < utf8.RuneSelf:
		return r|0x20 >= 'a' && r|0x20 <= 'z'
	case r >= 0x400 && r < 0x482 || r >= 0x48a && r < 0x530:
		return true
	}
	return unicode.IsLetter(r)
}
