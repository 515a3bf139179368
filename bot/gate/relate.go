package gate

import (
	"slices"

	"refbot/knowledge/language"
)

// Words may stand in a statement and yet be told of something else there. What follows compares which name
// stands at which extreme, which office belongs to whom, and who reported what.

// poles compares the names at an extreme, «ниже всего в Алматы»: one that the statement has at the other
// extreme, or at none, is misplaced.
func (k *checker) poles(c *claim) {
	for _, u := range c.cues {
		if u.family != "sharp" || u.name != "highest" && u.name != "lowest" {
			continue
		}
		clause := c.clauses[c.words[u.from].clause]
		for i := clause.from; i < clause.to; i++ {
			w := &c.words[i]
			if !w.capital || w.Kind != language.Word || i >= u.from && i < u.to || w.opens && i == 0 || ours(w.Folded) || c.inCue(i, "body", "role", "say") || c.any(func(e *evidence) bool { return e.speaker.holdsAny(w) }) {
				continue
			}
			if k.held(c, w) && !c.any(func(e *evidence) bool { return e.atPole(u.name, w) }) {
				c.stop(Opposite, w.Text)
			}
		}
	}
}

// inCue reports whether word i belongs to a cue of one of the families.
func (r *reading) inCue(i int, families ...string) bool {
	return slices.ContainsFunc(r.cues, func(u cue) bool { return u.from <= i && i < u.to && slices.Contains(families, u.family) })
}

// atPole reports whether a name stands behind a word for an extreme and in front of the next such word, up to
// the end of the period.
func (e *evidence) atPole(name string, w *word) bool {
	for _, u := range e.text.cues {
		if u.family != "sharp" || u.name != name {
			continue
		}
		stretch := span{u.to, e.text.periods[e.text.words[u.from].period].to}
		for _, v := range e.text.cues {
			if v.family == "sharp" && (v.name == "highest" || v.name == "lowest") && v.from >= u.to {
				stretch.to = min(stretch.to, v.from)
			}
		}
		if e.text.holds(w, stretch) {
			return true
		}
		if before := (span{max(0, u.from-windowWords), u.from}); e.text.holds(w, before) {
			return true
		}
	}
	return false
}

// officeReach is how many words lie at most between an office and the name of who holds it.
const officeReach = 6

// offices asks that an office beside a person's name is that person's in the statement.
func (k *checker) offices(c *claim) {
	for _, u := range c.cues {
		if u.family != "role" || c.words[u.from].quoted {
			continue
		}
		for _, i := range [...]int{c.nameBehind(u), c.nameBefore(u)} {
			if i >= 0 && !c.any(func(e *evidence) bool { return e.holdsOffice(&c.words[i], u) }) {
				c.stop(Office, c.words[i].Text)
			}
		}
	}
}

// person reports a word that is written like a name and stands for no office or body.
func (c *claim) person(i int) bool {
	w := &c.words[i]
	return w.capital && w.Kind == language.Word && letters(w.Folded) > 2 && !w.quoted && !ours(w.Folded) && !c.inCue(i, "role", "body", "sharp", "plain") &&
		c.any(func(e *evidence) bool { return e.personal(w) })
}

// personal reports a word of a person's name: the speaker's, or one of two capital words in a row beside a word
// for saying.
func (e *evidence) personal(w *word) bool {
	if e.speaker.holdsAny(w) {
		return true
	}
	words := e.text.words
	for i := range words {
		if !words[i].capital || !e.text.holds(w, span{i, i + 1}) {
			continue
		}
		if i+1 < len(words) && e.text.firstName(i) || i > 0 && e.text.firstName(i-1) {
			return true
		}
	}
	return false
}

// firstName reports two capital words in a row in one clause that belong to no office, body or quotation.
func (r *reading) firstName(i int) bool {
	a, b := &r.words[i], &r.words[i+1]
	return a.capital && b.capital && a.Kind == language.Word && b.Kind == language.Word && a.clause == b.clause && a.period == b.period && !a.quoted && !b.quoted &&
		!r.inCue(i, "role", "body") && !r.inCue(i+1, "role", "body")
}

// nameBehind is the person's name that follows an office in its clause, -1 when there is none.
func (c *claim) nameBehind(u cue) int {
	clause := c.clauses[c.words[u.from].clause]
	for i := u.to; i < min(clause.to, u.to+officeReach); i++ {
		if c.inCue(i, "say", "role", "modal", "neg") || and(c.words[i].Folded, c.lang) {
			return -1
		}
		if c.person(i) {
			return i
		}
	}
	return -1
}

// nameBefore is the person's name that stands in front of a comma and an office, -1 when there is none.
func (c *claim) nameBefore(u cue) int {
	clause := c.clauses[c.words[u.from].clause]
	if u.from > clause.from+2 || clause.from == 0 || c.words[clause.from-1].period != c.words[u.from].period {
		return -1
	}
	if i := clause.from - 1; c.person(i) {
		return i
	}
	return -1
}

// holdsOffice reports whether a person has an office in a statement: its speaker, or within reach in its text.
func (e *evidence) holdsOffice(w *word, u cue) bool {
	name := u.family + ":" + u.name
	if e.speaker.holdsAny(w) && e.bureauSaw(u) {
		return true
	}
	for i := range e.text.words {
		if !e.text.holds(w, span{i, i + 1}) {
			continue
		}
		for _, v := range e.text.cues {
			if v.family+":"+v.name == name && v.from <= i+officeReach && v.to >= i-officeReach && e.text.words[v.from].period == e.text.words[i].period {
				return true
			}
		}
	}
	return false
}

func (e *evidence) bureauSaw(u cue) bool {
	return e.bureau.saw(u.family, u.name) || slices.ContainsFunc(e.near, func(r *reading) bool { return r.saw(u.family, u.name) })
}

// reported compares who reported something where a statement has several people speak: a sentence that names one
// of them does not rest on what another one said.
func (k *checker) reported(c *claim) {
	if !c.saw("say") || len(c.vouching) != 1 {
		return
	}
	e := c.vouching[0]
	p, share := e.nearest(c.reading, span{0, len(c.words)})
	if share < drawn || !e.text.sawIn(p, "say") {
		return
	}
	for i := range c.words {
		if !c.person(i) || !c.bySay(i) || e.text.holds(&c.words[i], p) {
			continue
		}
		if other := e.otherVoice(p); other >= 0 {
			c.stop(Speaker, e.text.words[other].Text)
		}
	}
}

// bySay reports whether a word stands near a word for saying.
func (c *claim) bySay(i int) bool {
	return slices.ContainsFunc(c.cues, func(u cue) bool {
		return u.family == "say" && u.from-i <= sayReach && i-u.to <= sayReach
	})
}

// otherVoice is a person's name beside a word for saying in a period, -1 when there is none.
func (e *evidence) otherVoice(p span) int {
	for _, u := range e.text.cues {
		if u.family != "say" || u.from < p.from || u.from >= p.to {
			continue
		}
		for i := max(p.from, u.from-sayReach); i+1 < min(p.to, u.to+sayReach); i++ {
			if e.text.firstName(i) {
				return i
			}
		}
	}
	return -1
}

// refuted asks that what a statement calls false, a rumour or a mistake is not told as true.
func (k *checker) refuted(c *claim) {
	if c.saw("sharp", "deny") || len(c.negated) > 0 {
		return
	}
	for _, mine := range c.clauses {
		if c.meaning(mine) < 3 {
			continue
		}
		if len(c.vouching) > 0 && !c.any(func(e *evidence) bool { return !e.refutes(c, mine) }) {
			c.stop(Negation, c.phrase(mine.from, mine.to))
		}
	}
}

// refutes reports a clause that a statement tells only in a sentence that calls it false.
func (e *evidence) refutes(c *claim, mine span) bool {
	with, without := 0.0, 0.0
	for _, text := range e.near {
		for _, p := range text.periods {
			share := cover(c.reading, mine, text, p)
			if text.sawIn(p, "sharp", "deny") {
				with = max(with, share)
			} else {
				without = max(without, share)
			}
		}
	}
	return with >= nearly && with >= without+clearly
}

// attributes asks that a sharp word stands with what it is said of: where the statement tells of the rest of the
// clause without it, and of it elsewhere, it is misplaced.
func (k *checker) attributes(c *claim) {
	for _, u := range c.cues {
		if u.family != "sharp" || soft[u.name] || c.words[u.from].quoted {
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
		if slices.ContainsFunc(r.words[s.from:s.to], func(o word) bool { return share(w.keys, o.keys) }) {
			n++
		}
	}
	return n
}
