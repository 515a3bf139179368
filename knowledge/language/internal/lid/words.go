package lid

import (
	"strings"
	"unicode"
)

// Words appends the words of a text to dst in lower case: runs of letters, apostrophes between or behind
// letters included, because Latin spellings of Kazakh and Russian use them.
func Words(dst []string, text string) []string {
	text = strings.ToLower(text)
	start := -1
	for i, r := range text {
		if unicode.IsLetter(r) || r == '\'' && start >= 0 {
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
