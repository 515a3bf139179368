package language

import (
	"github.com/kljensen/snowball/english"
	"github.com/kljensen/snowball/russian"
)

// Stem returns the index key of a word that went through [Fold]: Snowball for Russian and English, the
// suffix stripper of this package for Kazakh. Another code leaves the word as it is. Kazakh stems are
// stable: Stem(Stem(w)) == Stem(w).
func Stem(folded string, c Code) string {
	switch c {
	case Kazakh:
		return stemKazakh(folded)
	case Russian:
		return russian.Stem(folded, true)
	case English:
		return english.Stem(folded, true)
	}
	return folded
}
