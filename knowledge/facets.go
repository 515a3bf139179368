package knowledge

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"unicode/utf8"

	"refbot/knowledge/index"
	"refbot/knowledge/language"
)

// Facet is something a question speaks of, under a name that does not depend on its language, its spelling or
// the version of the knowledge.
type Facet struct {
	Name   string
	Weight float64 // above 0
}

// How much a facet weighs beside a notion, whose weight is the square root of its idf: a rare word must not drown
// what else a question says. Rounded from what does well both on data/reform-dev (`refbot eval --clusters`) and on
// questions without an answer (package cluster's tests). Statements near a question tell what it is about as far
// as they hold its words.
const (
	facetWord      = .5 // a word no list knows: no other language shares it
	facetBeginning = .5 // of that, its first letters, whatever its ending
	facetAsked     = 1. // the kind of value asked for
	facetNear      = .7 // a statement near the question
	facetHolding   = .7 // more for one that holds all its words
	nearest        = 3  // statements
	nearLeast      = .5 // of the score of the nearest
	beginning      = 5  // letters
)

// Facets returns what a question speaks of: the notions of its words, which languages share; words that are in
// no list, by their skeleton; numbers and dates; the kind of value it asks for; and the statements nearest to it,
// which join words that no list does. The heaviest come first.
func (e *Engine) Facets(q Question) []Facet {
	u := e.understand(q)
	defer u.clear()
	var f facets
	for i := range u.query.Groups {
		f.read(&u.query.Groups[i])
	}
	if len(f) == 0 {
		return nil
	}
	if u.query.Asks != index.AsksAnything {
		f.add("a:"+strconv.Itoa(int(u.query.Asks)), facetAsked)
	}
	f.near(e, u)
	slices.SortFunc(f, func(a, b Facet) int {
		return cmp.Or(cmp.Compare(b.Weight, a.Weight), cmp.Compare(a.Name, b.Name))
	})
	return f
}

type facets []Facet

// add notes a facet; of one that is named twice the heavier counts.
func (f *facets) add(name string, weight float64) {
	for i := range *f {
		if x := &(*f)[i]; x.Name == name {
			x.Weight = max(x.Weight, weight)
			return
		}
	}
	*f = append(*f, Facet{name, weight})
}

// read adds the facets of a word.
func (f *facets) read(g *index.Group) {
	weight := float64(g.Weight) * math.Sqrt(float64(g.IDF))
	switch {
	case g.Stop || weight <= 0:
	case g.Token.Value != "":
		f.add("v:"+g.Token.Value, weight)
	case len(g.Notions) > 0:
		weight /= math.Sqrt(float64(len(g.Notions))) // a word counts once, whatever it may mean
		for _, notion := range g.Notions {
			f.add("n:"+notion, weight)
		}
	default:
		f.word(g.Token.Folded, weight)
	}
}

// near adds the statements nearest to the question.
func (f *facets) near(e *Engine, u *understood) {
	list := e.rank(u)
	if len(list) == 0 || u.full == 0 {
		return
	}
	weight := facetNear + facetHolding*float64(list[0].match.Words/u.full)
	for i := range list[:min(nearest, len(list))] {
		if near := float64(list[i].score / list[0].score); near >= nearLeast {
			f.add("d:"+key(&e.pack.Statements[list[i].at]), weight*near)
		}
	}
}

// word adds a word that no list knows: which language's stem it has nobody knows either.
func (f *facets) word(folded string, weight float64) {
	weight *= facetWord
	a := language.Skeleton(language.Stem(folded, language.Russian))
	b := language.Skeleton(language.Stem(folded, language.Kazakh))
	if a != b {
		f.add("s:"+b, weight/math.Sqrt2)
		weight /= math.Sqrt2
	}
	f.add("s:"+a, weight)
	if utf8.RuneCountInString(a) >= beginning {
		f.add("c:"+string([]rune(a)[:beginning]), facetBeginning*weight)
	}
}
