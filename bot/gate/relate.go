package gate

import (
	"slices"

	"refbot/knowledge/language"
)

// Words may stand in a statement and yet be told of something else there. What follows compares what a sharp word is
// said of, what takes whose place, and which country's office speaks.

// attributes asks that a sharp word stands with what it is said of: where the statement tells of the rest of the
// clause without it, and of it elsewhere, it is misplaced.
func (k *checker) attributes(c *claim) {
	for _, u := range c.cues {
		if u.family != "sharp" || soft[u.name] || papers[u.name] || c.words[u.from].quoted || c.saidOtherwise(u) || c.sawIn(c.clauses[c.words[u.from].clause], "say") {
			continue
		}
		mine := c.part(u)
		if c.meaning(mine) < 4 || !c.any(func(e *evidence) bool { return e.same }) {
			continue
		}
		if !c.any(func(e *evidence) bool { return !e.elsewhere(c, mine, u) }) {
			c.stop(Opposite, c.phrase(u.from, u.to))
		}
	}
}

// papers are sharp words for what one brings along: they stand wherever a sentence has room for them.
var papers = map[string]bool{"proxy": true, "passport": true, "notary": true, "driver": true}

// part is what stands around a cue in its clause up to an "and".
func (r *reading) part(u cue) span {
	s := r.clauses[r.words[u.from].clause]
	for i := s.from; i < s.to; i++ {
		switch {
		case !and(r.words[i].Folded, r.lang):
		case i < u.from:
			s.from = i + 1
		case i >= u.to:
			s.to = i
		}
	}
	return s
}

// elsewhere reports that a sentence of a statement tells of a clause but for a sharp word, which stands in another
// sentence that has at most half as many of the clause's words.
func (e *evidence) elsewhere(c *claim, mine span, u cue) bool {
	with, without, total := 0, 0, c.heldIn(mine, u, e.text, span{0, len(e.text.words)})
	for _, p := range e.text.periods {
		n := c.heldIn(mine, u, e.text, p)
		if e.text.sawIn(p, u.family, u.name) {
			if e.text.meaning(p) <= n+1 { // but for the word itself, the clause says all of it
				return false
			}
			with = max(with, n)
		} else {
			without = max(without, n)
		}
	}
	return without >= with+2 && 2*with <= without && 5*without >= 3*total
}

// heldIn counts the words of meaning and the values of a clause, but for a cue's own, that a span of another text has.
func (c *claim) heldIn(mine span, u cue, r *reading, s span) int {
	n := 0
	for i := mine.from; i < mine.to; i++ {
		w := &c.words[i]
		if i >= u.from && i < u.to || !w.content && w.Value == "" {
			continue
		}
		if r.means(w, s) {
			n++
		}
	}
	return n
}

// swaps asks that of what takes the place of something else, the one is not told for the other.
func (k *checker) swaps(c *claim) {
	for _, u := range c.cues {
		if u.family != "swap" {
			continue
		}
		gone, _ := c.sides(u)
		if c.any(func(e *evidence) bool { return e.swapped(gone) }) {
			c.stop(Opposite, c.phrase(u.from, u.to))
		}
	}
}

// exchanges asks that of two quoted words one of which was changed into the other, the one is not told for the other:
// where a sentence says it the way the statement does, they come in the same order.
func (k *checker) exchanges(c *claim) {
	mine := quoted(c.Text)
	if len(mine) != 2 || !c.saw("exchange") || c.saw("swap") {
		return
	}
	first, second := language.Fold(mine[0]), language.Fold(mine[1])
	for _, e := range c.vouching {
		if !e.same || !e.text.saw("exchange") || e.text.saw("swap") {
			continue
		}
		theirs := quoted(e.Text)
		for i := range theirs {
			theirs[i] = language.Fold(theirs[i])
		}
		a, b := slices.Index(theirs, first), slices.Index(theirs, second)
		if a >= 0 && b >= 0 && b < a {
			c.stop(Opposite, mine[0])
		}
	}
}

// times asks that what a statement says happens twice is not told to happen once.
func (k *checker) times(c *claim) {
	for _, u := range c.cues {
		if u.family != "times" || u.to >= len(c.words) {
			continue
		}
		own := map[string]bool{}
		for _, i := range [...]int{u.from - 1, u.to} {
			if i >= 0 && c.words[i].content && c.words[i].clause == c.words[u.from].clause {
				c.addMeaning(own, i)
			}
		}
		same, other := false, false
		for _, e := range c.vouching {
			for _, v := range e.text.cues {
				if v.family == "times" && anyIn(own, e.text.around(v)) {
					same, other = same || v.name == u.name, other || v.name != u.name
				}
			}
		}
		if other && !same {
			c.stop(Number, c.phrase(u.from, u.to))
		}
	}
}

// swapReach is how many words to either side of "instead of" are compared.
const swapReach = 3

// sides returns the keys of what goes and of what comes in its place.
func (r *reading) sides(u cue) (gone, came map[string]bool) {
	before, behind := map[string]bool{}, map[string]bool{}
	clause := r.clauses[r.words[u.from].clause]
	for i := max(clause.from, u.from-swapReach); i < u.from; i++ {
		addKeys(before, &r.words[i])
	}
	for i := u.to; i < min(clause.to, u.to+swapReach); i++ {
		addKeys(behind, &r.words[i])
	}
	if r.lang == language.Kazakh {
		return before, behind
	}
	return behind, before
}

// swapped reports that in the statement comes what goes in the sentence.
func (e *evidence) swapped(gone map[string]bool) bool {
	for _, text := range e.near {
		for _, v := range text.cues {
			if v.family != "swap" {
				continue
			}
			went, arrived := text.sides(v)
			if only(gone, arrived, went) && !only(gone, went, arrived) {
				return true
			}
		}
	}
	return false
}

// only reports a key that is in a and in b and not in c.
func only(a, b, c map[string]bool) bool {
	for k := range a {
		if b[k] && !c[k] {
			return true
		}
	}
	return false
}

// abroad asks that what another country's office said is told of that country.
func (k *checker) abroad(c *claim) {
	for _, e := range c.vouching {
		for _, u := range e.bureau.cues {
			if u.family != "country" || slices.ContainsFunc(e.bureau.words, func(w word) bool { return ours(w.Folded) }) {
				continue
			}
			if !c.saw("country", u.name) || slices.ContainsFunc(c.words, func(w word) bool { return ours(w.Folded) }) && !slices.ContainsFunc(e.text.words, func(w word) bool { return ours(w.Folded) }) {
				c.stop(Name, e.bureau.phrase(u.from, u.to))
			}
		}
	}
}
