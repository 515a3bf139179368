package moderation

import (
	"strings"

	"refbot/knowledge/language"
)

// Needle is what a filter by text looks for: words folded as the engine folds them, so that case, Kazakh
// letters and look-alikes do not matter.
type Needle []string

// MaxNeedle bounds the text of a filter, in bytes; the rest is not looked for.
const MaxNeedle = 200

// NewNeedle reads the text of a filter; nil when it holds no word.
func NewNeedle(text string) Needle {
	if len(text) > MaxNeedle {
		text = strings.ToValidUTF8(text[:MaxNeedle], "")
	}
	return strings.Fields(language.Fold(text))
}

// In reports whether a question holds all words, in any order; the beginning or any other part of a word is
// enough.
func (n Needle) In(question string) bool {
	if len(n) == 0 {
		return true
	}
	folded := language.Fold(question)
	for _, word := range n {
		if !strings.Contains(folded, word) {
			return false
		}
	}
	return true
}
