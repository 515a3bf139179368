// Package growth makes a large collection out of a small one, so that speed and memory can be measured
// at sizes no official source has reached.
//
// The passages are real ones first. Those beyond are real ones mixed: the words of one passage, some of
// them replaced by words of another in its language, shuffled within reach of a clause, and a few coined
// from the beginning of one word and the end of another, because a real collection that grows keeps
// bringing words nobody has seen.
package growth

import (
	"math/rand/v2"
	"strings"

	"refbot/knowledge/benchmark/contender"
	"refbot/knowledge/language"
)

const (
	foreign = .3  // share of words taken from another passage
	coined  = .02 // share of words made of two
	clause  = 8   // words within which the order is shuffled
)

// Grow returns n passages: those of base in order, then mixed ones. A smaller n gives a prefix of a
// larger one for the same seed. It returns no more than base holds where base is empty.
func Grow(base []contender.Passage, n int, seed uint64) []contender.Passage {
	if n <= len(base) || len(base) == 0 {
		return base[:min(n, len(base))]
	}
	rng := rand.New(rand.NewPCG(seed, 0x6772))
	byLanguage := map[language.Code][]int{}
	for i := range base {
		byLanguage[base[i].Language] = append(byLanguage[base[i].Language], i)
	}
	grown := append(make([]contender.Passage, 0, n), base...)
	for len(grown) < n {
		first := &base[rng.IntN(len(base))]
		alike := byLanguage[first.Language]
		second := &base[alike[rng.IntN(len(alike))]]
		grown = append(grown, contender.Passage{
			Title: first.Title, Language: first.Language, Text: mix(rng, first.Text, second.Text),
		})
	}
	return grown
}

// mix returns the words of one text with some of another's.
func mix(rng *rand.Rand, text, other string) string {
	words, others := strings.Fields(text), strings.Fields(other)
	for i := range words {
		switch p := rng.Float64(); {
		case len(others) == 0:
		case p < coined:
			words[i] = coin(words[i], others[rng.IntN(len(others))])
		case p < coined+foreign:
			words[i] = others[rng.IntN(len(others))]
		}
	}
	for from := 0; from < len(words); from += clause {
		part := words[from:min(from+clause, len(words))]
		rng.Shuffle(len(part), func(i, j int) { part[i], part[j] = part[j], part[i] })
	}
	return strings.Join(words, " ")
}

// coin joins the first half of one word and the second half of another; short words stay.
func coin(word, other string) string {
	a, b := []rune(word), []rune(other)
	if len(a) < 6 || len(b) < 6 {
		return word
	}
	return string(a[:len(a)/2]) + string(b[len(b)/2:])
}
