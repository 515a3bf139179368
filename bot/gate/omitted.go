package gate

import (
	"slices"

	"refbot/knowledge/language"
)

// drawn is the share of a statement's clause that a sentence must take over for what is left out to matter.
const drawn = .6

// dropped looks for clauses the sentence draws on whose "not" or "only" it leaves out.
func (k *checker) dropped(c *claim) {
	for _, e := range c.vouching {
		for _, text := range e.near {
			for _, s := range text.clauses {
				if text.leftOut(c, s) {
					c.stop(Negation, text.phrase(s.from, s.to))
				}
				if text.sawIn(s, "modal", "only") && len(text.negatedIn(s)) == 0 && !c.saw("modal", "only") && !c.saw("adj", "1:times") &&
					text.meaning(s) > 1 && cover(text, s, c.reading, span{0, len(c.words)}) >= drawn {
					c.stop(Modal, text.phrase(s.from, s.to))
				}
			}
		}
	}
	if len(c.negated) == 0 && c.any(func(e *evidence) bool { return e.deniesAll(c) }) {
		c.stop(Negation, "")
	}
}

// Shares of a clause's words that a clause of the sentence must have for its negations to be missed: all of
// them, or one of several.
const (
	drawnOnce = drawn
	drawnMore = .8
)

// leftOut reports that a clause of the sentence takes over clause s of a statement but not its negation.
func (r *reading) leftOut(c *claim, s span) bool {
	negations := len(r.negatedIn(s))
	words := r.meaning(s)
	if negations == 0 || words == 0 {
		return false
	}
	mine, share := c.like(r, s)
	kept := len(c.negatedIn(mine))
	switch {
	case kept >= negations, words == 1 && (share < 1 || c.meaning(mine) > 2), share < drawnOnce, kept > 0 && share < drawnMore:
		return false
	}
	if r.contrast(s) || r.sawIn(s, "sharp", "deny") && c.saw("sharp", "deny") { // called false in other words
		return false
	}
	return c.touches(r, s) && !c.deniesToo(r, s) && !r.saidPlainly(c, mine, s, share)
}

// contrast reports a Kazakh clause that only says what is not so, in front of the one that says what is: «тең емес, қатар».
func (r *reading) contrast(s span) bool {
	return r.lang == language.Kazakh && r.words[s.to-1].Folded == "емес" && s.to < len(r.words) && r.words[s.to].period == r.words[s.from].period
}

// deniesToo reports a negation of the sentence, in whatever clause, of what a clause of a statement denies.
func (c *claim) deniesToo(r *reading, s span) bool {
	for _, n := range r.negatedIn(s) {
		if !slices.ContainsFunc(c.negated, func(m negation) bool { return shares(r, n.scope, c.reading, m.scope) }) {
			return false
		}
	}
	return true
}

// like returns the clause of the sentence that takes over most of a clause, and how much of it.
func (c *claim) like(r *reading, s span) (best span, share float64) {
	for _, m := range c.clauses {
		if x := cover(r, s, c.reading, m); x > share {
			best, share = m, x
		}
	}
	return best, share
}

// wholeLeast is how many words of meaning a negated clause has that a sentence may not take over as a whole.
const wholeLeast = 3

// saidPlainly reports a clause without a negation of which a clause of the sentence takes over as many words as of
// negated clause s, a share. Where it takes over all of that, the other clause has to be about the same.
func (r *reading) saidPlainly(c *claim, mine, s span, share float64) bool {
	words := r.meaning(s)
	for _, p := range r.clauses {
		plain := cover(r, p, c.reading, mine)
		if len(r.negatedIn(p)) > 0 || plain < drawn || plain*float64(r.meaning(p)) < share*float64(words) {
			continue
		}
		if share < 1 || words < wholeLeast || cover(r, s, r, p) > alike {
			return true
		}
	}
	return false
}

// touches reports whether the sentence speaks of what a negation in a clause turns round: of most of its words,
// or of all the clause says besides.
func (c *claim) touches(text *reading, s span) bool {
	whole := span{0, len(c.words)}
	for _, n := range text.negatedIn(s) {
		share := cover(text, n.scope, c.reading, whole)
		if text.meaning(n.scope) == 0 || share > alike || share >= alike && text.lang == language.Kazakh {
			return true
		}
		before, behind := span{s.from, n.scope.from}, span{n.scope.to, s.to}
		if text.meaning(before)+text.meaning(behind) > 1 && text.whole(before, c.reading) && text.whole(behind, c.reading) {
			return true
		}
	}
	return false
}

// whole reports whether another text has all words of a span.
func (r *reading) whole(s span, other *reading) bool {
	return r.meaning(s) == 0 || cover(r, s, other, span{0, len(other.words)}) == 1
}

// Most of a clause, and clearly more of it than of any other, stands in a clause of the statement.
const (
	nearly  = .6
	clearly = .15
)

// deniesAll reports a clause of the sentence that is told in the statement only with a "not".
func (e *evidence) deniesAll(c *claim) bool {
	for _, mine := range c.clauses {
		if c.meaning(mine) < 2 {
			continue
		}
		with, without := 0.0, 0.0
		for _, text := range e.near {
			for _, s := range text.clauses {
				share := cover(c.reading, mine, text, s)
				if len(text.negatedIn(s)) == 0 {
					without = max(without, share)
				} else if c.touches(text, s) {
					with = max(with, share)
				}
			}
		}
		if with >= nearly && with >= without+clearly {
			return true
		}
	}
	return false
}

// meaning counts the words of meaning and the values of a span.
func (r *reading) meaning(s span) int {
	n := 0
	for i := s.from; i < s.to; i++ {
		if r.words[i].content || r.words[i].Value != "" {
			n++
		}
	}
	return n
}
