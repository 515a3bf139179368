package knowledge

import "slices"

// A further statement is cited only if it adds to those cited already: a headline that answers needs
// no company, an old value none where the new one is given.

// titleSays is the share of the question's weight a title must hold, with a value of the kind asked for,
// to answer by itself.
const titleSays = .9

// adds reports whether a statement adds to those already cited. best is the highest score that the
// question's own words give a statement that may carry an answer.
func (e *Engine) adds(u *understood, cited []*candidate, c *candidate, best float32) bool {
	switch {
	case c.match.Score < ranks.citeWords*best:
		return false
	case c.match.Kind == 0 && cited[0].match.Kind > 0: // it lacks the number or time asked for
		return false
	case c.counted == 0 && cited[0].counted > 0: // its numbers count other things
		return false
	case cited[0].match.Score >= best && !e.firstReadable(u, cited, c) && e.titleAnswers(u, cited[0].at):
		return false
	}
	for _, d := range cited {
		if !u.past && e.replaces(d.at, c.at) {
			if e.readOne(u, c); !e.holdsMore(u, c, d) {
				return false
			}
		}
	}
	return true
}

// firstReadable reports whether a statement is in the reader's language and none cited before it is.
func (e *Engine) firstReadable(u *understood, cited []*candidate, c *candidate) bool {
	return e.pack.Statements[c.at].Language == u.lang &&
		!slices.ContainsFunc(cited, func(d *candidate) bool { return e.pack.Statements[d.at].Language == u.lang })
}

// titleAnswers reports whether the title of a statement gives the number or time asked for, in the
// question's words, for good.
func (e *Engine) titleAnswers(u *understood, at int) bool {
	if !u.query.Asks.Valued() {
		return false
	}
	covers := u.reader.Covers(uint32(at))
	if len(covers) <= len(e.sentences(at)) || e.traits[at].preliminary {
		return false
	}
	if unit, ok := u.unit(); ok && !u.reader.TitleCounts(unit, uint32(at)) {
		return false
	}
	return covers[0] >= titleSays*u.full
}

// weight is the weight of all words of the question.
func (u *understood) weight() float32 {
	var sum float32
	for i := range u.query.Groups {
		sum += u.query.Groups[i].Weight * u.query.Groups[i].IDF
	}
	return sum
}

// holdsMore reports whether a statement holds a word of the question that another lacks.
func (e *Engine) holdsMore(u *understood, c, than *candidate) bool {
	for i := range u.query.Groups[:u.own] {
		if g := &u.query.Groups[i]; !g.Stop && e.held(u, c, i) > e.held(u, than, i) {
			return true
		}
	}
	return false
}
