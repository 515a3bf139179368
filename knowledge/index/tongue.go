package index

import (
	"strings"
	"unicode"

	"refbot/knowledge/language"
)

// Telling the language of a document: what share of its Cyrillic letters only Kazakh has settles it,
// and how many bytes of its text are read where it does not.
const (
	kazakhShare = .04
	readBytes   = 240
)

// languageOf identifies the language of a document by its longest part. Words in Latin letters are
// stemmed as English ones whatever it is.
func languageOf(d *Document) language.Code {
	longest := ""
	for i := range d.Parts {
		if len(d.Parts[i].Text) > len(longest) {
			longest = d.Parts[i].Text
		}
	}
	cyrillic, kazakh := 0, 0
	for _, r := range longest {
		switch {
		case r >= 0x400 && r < 0x460:
			cyrillic++
			if r == 'і' || r == 'І' {
				kazakh++
			}
		case r >= 0x490 && r < 0x500:
			cyrillic++
			kazakh++
		}
	}
	switch {
	case cyrillic == 0:
		return language.English
	case float64(kazakh) > kazakhShare*float64(cyrillic):
		return language.Kazakh
	}
	return language.Identify(beginning(longest, readBytes)).Code
}

// beginning returns the whole words among the first n bytes of a text.
func beginning(text string, n int) string {
	if len(text) <= n {
		return text
	}
	if end := strings.LastIndexFunc(text[:n], unicode.IsSpace); end > 0 {
		return text[:end]
	}
	return text
}
