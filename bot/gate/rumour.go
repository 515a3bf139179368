package gate

import (
	"slices"
)

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
	if c.saw("sharp", "deny") || slices.ContainsFunc(c.negated, func(n negation) bool { return !c.inBan(n) }) {
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

// inBan reports a negation that is a ban: who tells of one as of a fact may repeat a rumour.
func (r *reading) inBan(n negation) bool {
	return slices.ContainsFunc(r.cues, func(u cue) bool { return u.family == "neg" && u.name == "ban" && u.from == n.at })
}

// refutes reports a clause that a statement tells only where it calls it false.
func (e *evidence) refutes(c *claim, mine span) bool {
	with, without := 0.0, 0.0
	for _, text := range e.near {
		for _, p := range text.periods {
			called, rest := text.calledFalse(p)
			if called.to > called.from {
				with = max(with, c.coverSaid(mine, e, text, called))
			}
			if rest.to > rest.from && len(text.negatedIn(rest)) == 0 {
				without = max(without, c.coverSaid(mine, e, text, rest))
			}
		}
	}
	return with >= nearly && with >= without+clearly
}

// calledFalse parts a sentence into what it calls false, up to the clause of that word and on through a "that" behind
// it, and the rest.
func (r *reading) calledFalse(p span) (called, rest span) {
	end := p.from
	for _, u := range r.cues {
		if u.family == "sharp" && u.name == "deny" && u.from >= p.from && u.from < p.to {
			end = max(end, r.clauses[r.words[u.from].clause].to)
		}
	}
	for end > p.from && end < p.to && that(r.words[end].Folded) {
		end = r.clauses[r.words[end].clause].to
	}
	return span{p.from, end}, span{end, p.to}
}

// that reports a word that begins what somebody said.
func that(folded string) bool {
	return folded == "что" || folded == "будто" || folded == "якобы" || folded == "о" || folded == "that" || folded == "as"
}

// coverSaid is the share of the words of meaning of a clause, but for the speaker's name and office, that a span has.
func (c *claim) coverSaid(mine span, e *evidence, r *reading, s span) float64 {
	total, held := 0, 0
	for i := mine.from; i < mine.to; i++ {
		w := &c.words[i]
		if !w.content && w.Value == "" || w.capital && (e.speaker.holdsAny(w) || e.bureau.holdsAny(w)) || c.inCue(i, "say") {
			continue
		}
		total++
		if r.means(w, s) {
			held++
		}
	}
	if total == 0 {
		return 0
	}
	return float64(held) / float64(total)
}
