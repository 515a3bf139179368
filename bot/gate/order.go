package gate

import (
	"slices"

	"refbot/knowledge/language"
)

// What follows what: the ends of ranges, parts of a number, hours and their days, dates of once and of now.

// rangeGap is how many words stand at most between the ends of a range.
const rangeGap = 2

// order asks that two times or dates which follow each other in the statement do not change places («с 20:00 до
// 7:00»), and that the ends of a range belong together.
func (k *checker) order(c *claim) {
	for i := 1; i < len(c.amounts); i++ {
		a, b := c.amounts[i-1], c.amounts[i]
		kind := kindOf(a.value)
		if a.value == b.value || kind != kindOf(b.value) || kind != "t" && kind != "d" || b.from-a.to > rangeGap || c.meaning(span{a.to, b.from}) > 0 {
			continue
		}
		if c.any(func(e *evidence) bool { return e.follows(a.value, b.value) }) {
			continue
		}
		if c.any(func(e *evidence) bool { return e.follows(b.value, a.value) || e.ranges(a.value, b.value) }) {
			c.stop(Binding, c.phrase(a.from, b.to))
		}
	}
}

// follows reports whether b comes next after a among the values of its kind.
func (e *evidence) follows(a, b string) bool {
	last := ""
	for _, x := range e.text.amounts {
		if kindOf(x.value) != kindOf(a) {
			continue
		}
		if (last == a || sameValue(last, a)) && (x.value == b || sameValue(x.value, b)) {
			return true
		}
		last = x.value
	}
	return false
}

// ranges reports whether the statement has one of the two values as the end of another range.
func (e *evidence) ranges(a, b string) bool {
	list := e.text.amounts
	for i := 1; i < len(list); i++ {
		x, y := list[i-1], list[i]
		if kindOf(x.value) == kindOf(a) && kindOf(y.value) == kindOf(a) && y.from-x.to <= rangeGap && (sameOr(x.value, a) || sameOr(y.value, b)) {
			return true
		}
	}
	return false
}

func sameOr(a, b string) bool { return a == b || sameValue(a, b) }

// subsets asks that a number told to be part of another one, "80 of them", follows that one in the statement.
func (k *checker) subsets(c *claim) {
	for i := 1; i < len(c.amounts); i++ {
		a, b := c.amounts[i-1], c.amounts[i]
		if kindOf(a.value) != "n" || kindOf(b.value) != "n" || a.unit != "" || b.unit != "" || c.words[a.from].period != c.words[b.from].period || !c.sawIn(span{a.to, b.to + 3}, "part") {
			continue
		}
		if c.any(func(e *evidence) bool { return e.text.has(a.value) && e.text.has(b.value) }) && !c.any(func(e *evidence) bool { return e.partOf(a.value, b.value) }) {
			c.stop(Binding, c.phrase(b.from, b.to))
		}
	}
}

// partOf reports whether b stands behind a in one sentence of the statement.
func (e *evidence) partOf(a, b string) bool {
	for i, x := range e.text.amounts {
		for _, y := range e.text.amounts[i+1:] {
			if x.value == a && y.value == b && e.text.words[x.from].period == e.text.words[y.from].period {
				return true
			}
		}
	}
	return false
}

// has reports whether a text has an amount of a value.
func (r *reading) has(value string) bool {
	return slices.ContainsFunc(r.amounts, func(a amount) bool { return a.value == value })
}

// eras asks that of two dates, one of which holds no more, the one is not told for the other: "it used to be celebrated
// on 30 August".
func (k *checker) eras(c *claim) {
	for _, a := range c.amounts {
		if kindOf(a.value) != "d" {
			continue
		}
		was := c.sawIn(c.clauses[c.words[a.from].clause], "was")
		if !was && !c.saw("was") {
			if !c.saw("past") && c.any(func(e *evidence) bool { return e.ofEra(a.value, true) && !e.ofEra(a.value, false) }) {
				c.stop(OldAsNew, c.phrase(a.from, a.to))
			}
			continue
		}
		if c.any(func(e *evidence) bool { return e.ofEra(a.value, !was) && !e.ofEra(a.value, was) && e.text.saw("was") }) {
			c.stop(Binding, c.phrase(a.from, a.to))
		}
	}
}

// bygone asks that an office or body of which a statement speaks only where it tells of another year, "under the Constitution
// of 1995", or of what was before, is not told of as if it were of today.
func (k *checker) bygone(c *claim) {
	if c.saw("past") || c.saw("was") || c.saw("swap") || c.saw("sharp", "abolish") {
		return
	}
	for _, u := range c.cues {
		if u.family != "body" && u.family != "role" || c.words[u.from].quoted {
			continue
		}
		if len(c.vouching) > 0 && !c.any(func(e *evidence) bool { return !e.onlyThen(c, u) }) {
			c.stop(OldAsNew, c.phrase(u.from, u.to))
		}
	}
}

// onlyThen reports whether a statement speaks of an office or body, and only of what was before, of what something else stands
// instead of, or in sentences that name a year before its own which the claim does not name.
func (e *evidence) onlyThen(c *claim, u cue) bool {
	if e.office[u.family+":"+u.name] { // who speaks, speaks now
		return false
	}
	found := false
	for _, v := range e.text.cues {
		if v.family != u.family || v.name != u.name {
			continue
		}
		found = true
		if clause := e.text.clauses[e.text.words[v.from].clause]; u.family == "body" && (e.text.sawIn(clause, "was") || e.text.insteadOf(v)) {
			continue
		}
		p := e.text.periods[e.text.words[v.from].period]
		if !slices.ContainsFunc(e.text.words[p.from:p.to], func(w word) bool {
			return w.Kind == language.Year && !e.Date.IsZero() && w.Value < "y:"+e.Date.Format("2006") &&
				!slices.ContainsFunc(c.words, func(x word) bool { return x.Value == w.Value })
		}) {
			return false
		}
	}
	return found
}

// insteadOf reports what something else takes the place of: «Курултай вместо Парламента», «Парламенттің орнына».
func (r *reading) insteadOf(u cue) bool {
	return slices.ContainsFunc(r.cues, func(v cue) bool {
		return v.family == "swap" && (r.lang == language.Kazakh && v.from == u.to || r.lang != language.Kazakh && v.to == u.from)
	})
}

// ofEra reports whether a statement gives a date where it tells how things were, or where it does not.
func (e *evidence) ofEra(date string, was bool) bool {
	return slices.ContainsFunc(e.text.amounts, func(a amount) bool {
		return (a.value == date || sameValue(a.value, date)) && e.text.sawIn(e.text.clauses[e.text.words[a.from].clause], "was") == was
	})
}

// dateReach is how many words lie at most between a time and its date.
const dateReach = 2

// dates asks that a time of day stands beside the date it stands beside in the statement.
func (k *checker) dates(c *claim) {
	for _, a := range c.amounts {
		if kindOf(a.value) != "t" {
			continue
		}
		days := c.daysOf(a)
		if len(days) != 1 {
			continue
		}
		told, held := false, false
		for _, e := range c.vouching {
			for _, b := range e.text.amounts {
				if b.value != a.value {
					continue
				}
				others := e.text.daysOf(b)
				told = told || len(others) > 0
				held = held || len(others) == 0 || slices.ContainsFunc(others, func(d string) bool { return d == days[0] || sameValue(d, days[0]) })
			}
		}
		if told && !held {
			c.stop(Binding, c.phrase(a.from, a.to))
		}
	}
}

// daysOf lists the dates beside a time of day.
func (r *reading) daysOf(t amount) []string {
	var list []string
	for _, a := range r.amounts {
		if kindOf(a.value) == "d" && r.words[a.from].clause == r.words[t.from].clause && a.from-t.to <= dateReach && t.from-a.to <= dateReach {
			list = append(list, a.value)
		}
	}
	return list
}
