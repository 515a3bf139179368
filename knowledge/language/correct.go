package language

import (
	"bytes"
	"fmt"
	"maps"
	"math"
	"slices"
	"unicode/utf8"

	"github.com/blevesearch/vellum"

	"refbot/knowledge/language/recent"
)

// Corrector mends words that are not in a vocabulary with words that are: one slip of a finger in a word of
// four letters or more, two from eight letters. Swapping neighbours counts as one slip. It is immutable and
// safe for concurrent use.
type Corrector struct {
	fst *vellum.FST // folded word → frequency
	met *recent.Words[string]
}

// remembered is how many words a corrector remembers.
const remembered = 16384

// Bounds of correction, in letters.
const (
	correctFrom    = 4  // the shortest word that is mended
	correctTwoFrom = 8  // the shortest word with two slips
	correctTo      = 40 // longer words are no slips of a finger
)

// NewCorrector builds a corrector over folded words with their frequencies. Words with a frequency below 1
// are left out. The words are not kept; 10,000 words take about 100 KB.
func NewCorrector(words map[string]int) (*Corrector, error) {
	var buf bytes.Buffer
	b, err := vellum.New(&buf, nil)
	if err != nil {
		return nil, fmt.Errorf("language: new corrector: %w", err)
	}
	for _, w := range slices.Sorted(maps.Keys(words)) {
		if n := words[w]; n > 0 && w != "" {
			if err := b.Insert([]byte(w), uint64(n)); err != nil {
				return nil, fmt.Errorf("language: new corrector: insert: %w", err)
			}
		}
	}
	if err := b.Close(); err != nil {
		return nil, fmt.Errorf("language: new corrector: close: %w", err)
	}
	fst, err := vellum.Load(buf.Bytes())
	if err != nil {
		return nil, fmt.Errorf("language: new corrector: load: %w", err)
	}
	return &Corrector{fst, recent.New[string](remembered)}, nil
}

// Known reports whether a folded word is in the vocabulary.
func (c *Corrector) Known(folded string) bool { return c.Frequency(folded) > 0 }

// Frequency returns how often the vocabulary has a folded word, 0 when it has not.
func (c *Corrector) Frequency(folded string) int {
	n, ok, err := c.fst.Get([]byte(folded))
	if err != nil || !ok {
		return 0
	}
	return int(n)
}

// Correct returns the word of the vocabulary that was probably meant, and whether there is one; else the
// word itself and false. Known words, short words and words with digits are never changed. A word the
// caller knows from elsewhere, a name for one, should not be given to it.
func (c *Corrector) Correct(folded string) (string, bool) {
	letters := utf8.RuneCountInString(folded)
	if letters < correctFrom || letters > correctTo || hasDigit(folded) || c.Known(folded) {
		return folded, false
	}
	best, met := c.met.Get(folded)
	if !met {
		best = c.nearest(folded, 1)
		if best == "" && letters >= correctTwoFrom {
			best = c.nearest(folded, 2)
		}
		c.met.Put(folded, best)
	}
	if best == "" {
		return folded, false
	}
	return best, true
}

// nearest returns the likeliest word within the given number of slips, "" when there is none.
func (c *Corrector) nearest(folded string, slips int) string {
	best, bestScore := "", math.Inf(-1)
	it, err := c.fst.Search(newAutomaton(folded, slips), nil, nil)
	for ; err == nil; err = it.Next() {
		key, n := it.Current()
		if slipCost([]rune(folded), []rune(string(key))) > slipMost*float64(utf8.RuneCountInString(folded)) {
			continue
		}
		if score := likelihood(folded, string(key), int(n)); score > bestScore {
			best, bestScore = string(key), score
		}
	}
	return best
}

// hasDigit reports a decimal digit.
func hasDigit(s string) bool {
	for i := range len(s) {
		if s[i] >= '0' && s[i] <= '9' {
			return true
		}
	}
	return false
}
