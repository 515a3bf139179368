package knowledge

import (
	"slices"

	"refbot/knowledge/index"
)

// candidate is a statement with the parts of its score.
type candidate struct {
	at       int // in Pack.Statements
	score    float32
	match    index.Match
	evidence index.Evidence
	counted  float32 // how much of the question stands around a number of the thing it asks to count
	lift     float32 // how much it is about the same facts as the best ones
	kin      float32 // what that adds to score
	factors  []TraceValue
}

// reach of the ranking: how many matches of the index are looked at, and how many are kept.
const (
	looked = 80
	kept   = 10
)

// rank returns the statements that fit a question, best first, at most one language version of each.
func (e *Engine) rank(u *understood) []candidate {
	matches := e.index.Search(u.query, looked)
	candidates := make([]candidate, 0, len(matches))
	for _, m := range matches {
		c := candidate{at: int(m.Doc), match: m, score: m.Score, evidence: e.index.Evidence(u.query, m.Doc)}
		e.weigh(u, &c)
		candidates = append(candidates, c)
	}
	sortCandidates(candidates)
	e.lift(candidates)
	candidates = e.oneVersion(u, candidates)
	e.promoteNewer(u, candidates)
	return candidates
}

func sortCandidates(list []candidate) {
	slices.SortStableFunc(list, func(a, b candidate) int {
		switch {
		case a.score > b.score:
			return -1
		case a.score < b.score:
			return 1
		}
		return a.at - b.at
	})
}

// weigh applies what the index does not know: who speaks, when, and what the question asks about.
func (e *Engine) weigh(u *understood, c *candidate) {
	s, t := &e.pack.Statements[c.at], &e.traits[c.at]
	c.times("kind", kindFactor(s.Kind))
	c.times("era", eraFactor(u, t))
	if !u.past {
		c.times("recency", 1-ranks.recency*t.age)
		if len(t.newer) > 0 {
			c.times("replaced", ranks.replaced)
		}
		if t.preliminary {
			c.times("preliminary", ranks.preliminary)
		}
	}
	if u.now != 0 && !s.ValidUntil.IsZero() && u.now > s.ValidUntil.AddDate(0, 0, 1).Unix() {
		c.times("expired", ranks.expired)
	}
	if s.Language == u.lang {
		c.times("language", ranks.language)
	}
	c.times("entity", e.entityFactor(u, c))
	if unit, ok := u.unit(); ok && c.evidence.Groups[unit].By >= 0 {
		c.counted = e.index.Counted(u.query, unit, c.match.Doc)
		c.times("counted", 1+ranks.counted*c.counted)
	}
}

func (c *candidate) times(name string, factor float32) {
	if factor != 1 {
		c.score *= factor
		c.factors = append(c.factors, TraceValue{Name: name, Value: float64(factor)})
	}
}

func kindFactor(k Kind) float32 {
	switch k {
	case Official, Document:
		return 1
	case Foreign:
		return ranks.foreign
	}
	return ranks.lesser
}

// eraFactor prefers the campaign's own statements, or, where the question asks for the past, those
// about the years it names.
func eraFactor(u *understood, t *trait) float32 {
	if !u.past {
		switch {
		case t.past:
			return ranks.past
		case t.early:
			return ranks.early
		}
		return 1
	}
	for _, year := range u.years {
		if slices.Contains(t.years, year) {
			return ranks.yearNamed
		}
	}
	if t.past || t.early || len(u.years) == 0 {
		return 1
	}
	return ranks.yearOther
}

// oneVersion keeps the best version of each statement, in the reader's language where the versions
// fit alike.
func (e *Engine) oneVersion(u *understood, list []candidate) []candidate {
	seen := map[string]int{}
	out := list[:0]
	for _, c := range list {
		s := &e.pack.Statements[c.at]
		first, met := seen[key(s)]
		if !met {
			seen[key(s)] = len(out)
			out = append(out, c)
			continue
		}
		if s.Language == u.lang && e.pack.Statements[out[first].at].Language != u.lang {
			out[first].at, out[first].evidence = c.at, c.evidence
		}
	}
	return out
}

// promoteNewer puts the statement that gives the newer value before the one it replaces, if it fits
// the question nearly as well.
func (e *Engine) promoteNewer(u *understood, list []candidate) {
	if u.past {
		return
	}
	for i := range list {
		for j := i + 1; j < len(list); j++ {
			if list[j].score < ranks.promote*list[i].score {
				break
			}
			if e.replaces(list[j].at, list[i].at) && list[j].match.Score >= ranks.promote*list[i].match.Score {
				c := list[j]
				c.score = list[i].score
				copy(list[i+1:j+1], list[i:j])
				list[i] = c
				break
			}
		}
	}
}

// replaces reports whether a statement, in any of its language versions, gives the newer value of another.
func (e *Engine) replaces(newer, old int) bool {
	name := key(&e.pack.Statements[newer])
	return slices.ContainsFunc(e.traits[old].newer, func(at int) bool { return key(&e.pack.Statements[at]) == name })
}

// hit returns a candidate as people see it.
func (e *Engine) hit(u *understood, c *candidate) Hit {
	s := &e.pack.Statements[c.at]
	return Hit{Statement: s, Score: float64(min(e.likeness(u, c), 1)), Best: e.best(u, c.at)}
}

// likeness is the score against the highest the question could reach.
func (e *Engine) likeness(u *understood, c *candidate) float32 {
	most := u.weight()
	if most == 0 {
		return 0
	}
	return c.score / most
}
