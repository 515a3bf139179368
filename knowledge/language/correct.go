package language

import (
	"unicode/utf8"
)

// Corrector mends words that are not in a vocabulary with words that are. It is safe for concurrent use.
type Corrector struct {
	words map[string]int
}

// NewCorrector builds a corrector over folded words with their frequencies.
func NewCorrector(words map[string]int) (*Corrector, error) { return &Corrector{words: words}, nil }

// Known reports whether a folded word is in the vocabulary.
func (c *Corrector) Known(folded string) bool { return c.words[folded] > 0 }

// Correct returns the word of the vocabulary that was probably meant, and whether there is one.
func (c *Corrector) Correct(folded string) (string, bool) {
	if c.Known(folded) || utf8.RuneCountInString(folded) < 4 {
		return folded, false
	}
	return folded, false
}
