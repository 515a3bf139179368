package knowledge

import (
	"slices"

	"refbot/knowledge/index"
)

// candidate is a statement with the parts of its score.
type candidate struct {
	at       int // in Pack.Statements
	score    float32
	counted  float32 // how much of the question stands around a number of the thing it asks to count
	meant    float32 // its factor for the person or place asked for
	lift     float32 // how much it is about the same facts as the best ones
	kin      float32 // what that adds to score
	listed   float32 // how like the question is to one it is listed for
	alike    float32 // what that adds to score, as a share
	match    index.Match
	evidence *index.Evidence // nil before [Engine.read]
	factors  *[]TraceValue   // nil unless the answer is explained
}

// reach of the ranking: how many matches of the index are looked at, and how many are kept.
const (
	looked = 32
	kept   = 10
)

// rank returns the statements that fit a question, best first, at most one language version of each. They
// are valid until u is cleared.
func (e *Engine) rank(u *understood) []candidate {
	u.full = u.weight()
	u.desk, u.reader = desks.Get().(*desk), e.index.Reader(u.query)
	matches := e.index.AppendSearch(u.desk.matches[:0], u.query, looked)
	u.desk.matches = matches
	candidates := u.desk.candidates[:len(matches)]
	wanted := e.wanted(u)
	for i, m := range matches {
		c := &candidates[i]
		*c = candidate{at: int(m.Doc), match: m, score: m.Score}
		if u.explain {
			c.factors = &[]TraceValue{}
		}
		e.weigh(u, wanted, c)
	}
	if u.near != nil {
		e.fuse(u, candidates)
	}
	e.lift(u.desk, candidates)
	candidates = e.oneVersion(u, candidates)
	e.promoteNewer(u, candidates)
	promoteListed(candidates)
	return candidates
}

// before reports whether a candidate comes before another: by its score, then by its number, which none
// shares with it.
func (c *candidate) before(d *candidate) bool {
	return c.score > d.score || c.score == d.score && c.at < d.at
}

// sort orders candidates. It sorts their places and moves each candidate once.
func (d *desk) sort(list []candidate) {
	var places [looked]int
	order := places[:0]
	for i := range list {
		order = append(order, i)
	}
	slices.SortFunc(order, func(i, j int) int {
		if list[i].before(&list[j]) {
			return -1
		}
		return 1
	})
	for to, from := range order {
		d.sorted[to] = list[from]
	}
	copy(list, d.sorted)
}

// foremost brings the n best candidates to the front, in order, and leaves the others in any.
func foremost(list []candidate, n int) []candidate {
	n = min(n, len(list))
	for i := range n {
		first := i
		for j := i + 1; j < len(list); j++ {
			if list[j].before(&list[first]) {
				first = j
			}
		}
		list[i], list[first] = list[first], list[i]
	}
	return list[:n]
}

// weigh applies what the index does not know: who speaks, when, and what the question asks about.
func (e *Engine) weigh(u *understood, wanted []wantedEntity, c *candidate) {
	t := &e.traits[c.at]
	c.times("kind", t.standing)
	c.times("era", e.eraFactor(u, c.at))
	if !u.past {
		c.times("recency", 1-ranks.recency*t.age)
		if t.replaced {
			c.times("replaced", ranks.replaced)
		}
		if t.preliminary {
			c.times("preliminary", ranks.preliminary)
		} else if t.settles {
			c.times("settles", ranks.settles)
		}
	}
	if u.now != 0 && t.until != 0 && u.now > t.until {
		c.times("expired", ranks.expired)
	}
	c.listed = e.listed(u, c.match.Doc)
	c.alike = ranks.listed * max(c.listed-listedLeast, 0) / (1 - listedLeast)
	c.times("asked alike", 1+c.alike)
	c.meant = e.entityFactor(u, wanted, c)
	c.times("entity", c.meant)
	if u.query.Asks.Valued() && c.match.Kind == 0 {
		c.times("no value", noValue(u.query.Asks))
	}
	if unit, ok := u.unit(); ok {
		c.counted = u.reader.Counted(unit, c.match.Doc)
		c.times("counted", 1+ranks.counted*c.counted)
	}
}

// listedLeast is from where on the likeness of the question to one that a statement is listed for counts.
const listedLeast = .3

// noValue is the factor of a statement without a value of the kind asked for.
func noValue(asks index.Asked) float32 {
	if asks == index.AsksHour {
		return ranks.noHour
	}
	return ranks.noValue
}

func (c *candidate) times(name string, factor float32) {
	if factor != 1 {
		c.score *= factor
		if c.factors != nil {
			*c.factors = append(*c.factors, TraceValue{Name: name, Value: float64(factor)})
		}
	}
}

// kindFactor is what a statement's kind counts.
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
func (e *Engine) eraFactor(u *understood, at int) float32 {
	t := &e.traits[at]
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
		if slices.Contains(e.yearsOf(at), year) {
			return ranks.yearNamed
		}
	}
	if t.past || t.early || len(u.years) == 0 {
		return 1
	}
	return ranks.yearOther
}

// oneVersion keeps one version of each statement, the one in the reader's language where there is one: all say the same.
func (e *Engine) oneVersion(u *understood, list []candidate) []candidate {
	seen := make([]int32, 0, looked) // groups, in the order of out
	out := list[:0]
	for _, c := range list {
		if slices.Contains(seen, e.group[c.at]) {
			continue
		}
		seen = append(seen, e.group[c.at])
		if e.pack.Statements[c.at].Language != u.lang {
			for _, at := range e.groups.of(e.group[c.at]) {
				if e.pack.Statements[at].Language == u.lang {
					c.at = int(at)
					break
				}
			}
		}
		out = append(out, c)
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
		if !e.traits[list[i].at].replaced {
			continue
		}
		for j := i + 1; j < len(list); j++ {
			if list[j].score < ranks.promote*list[i].score {
				break
			}
			if e.replaces(list[j].at, list[i].at) && list[j].match.Score >= ranks.promote*list[i].match.Score && list[j].meant >= list[i].meant {
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
	group := e.group[newer]
	return slices.ContainsFunc(e.newer[old], func(at int) bool { return e.group[at] == group })
}

// hit returns a candidate as people see it, without its best sentences.
func (e *Engine) hit(u *understood, c *candidate) Hit {
	return Hit{Statement: &e.pack.Statements[c.at], Score: float64(min(e.likeness(u, c), 1))}
}

// likeness is the score, but for what a question like it adds, against the highest the question could reach.
func (e *Engine) likeness(u *understood, c *candidate) float32 {
	if u.full == 0 {
		return 0
	}
	return c.score / (1 + c.alike) / u.full
}
