package language

import (
	"github.com/kljensen/snowball/english"
	"github.com/kljensen/snowball/russian"
)

// longestWord is the length in bytes above which a run of letters is noise.
const longestWord = 128

// Stem returns the index key of a word that went through [Fold]: Snowball for Russian and English, the
// suffix stripper of this package for Kazakh. Another code leaves the word as it is. Kazakh stems are
// stable: Stem(Stem(w)) == Stem(w). A word longer than any real one is left as it is.
func Stem(folded string, c Code) string {
	if len(folded) > longestWord {
		return folded
	}
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
