package gate

// A sentence may take who does it from one sentence of the statement and what is done from another: every word of it
// stands there, and nobody said it.

// Of the words a part of a sentence has in common with a statement, of which there are blendWords at least, most have to stand
// in one sentence of it: but for blendOut of them, or blendShare.
const (
	blendWords = 4
	blendOut   = 2
	blendShare = .75
)

// blend asks that what a part of a sentence tells stands in one sentence of a statement. Names and offices of the
// speaker and words of the title belong to all of it.
func (k *checker) blend(c *claim) {
	for _, mine := range c.parts() {
		if !c.any(func(e *evidence) bool { return !e.blended(c, mine) }) {
			c.stop(Unsupported, c.phrase(mine.from, mine.to))
		}
	}
}

// blended reports a part of a sentence whose words lie apart in the statement.
func (e *evidence) blended(c *claim, mine span) bool {
	held, best := 0, 0
	for _, p := range append([]span{{0, len(e.text.words)}}, e.text.periods...) {
		n := 0
		for i := mine.from; i < mine.to; i++ {
			if c.tells(e, i) && e.text.means(&c.words[i], p) {
				n++
			}
		}
		if held == 0 {
			if held = n; held < blendWords {
				return false
			}
			continue
		}
		best = max(best, n)
	}
	return held-best >= blendOut && float64(best) < blendShare*float64(held)
}

// tells reports a word that tells something of its own, not who speaks nor what a statement is about.
func (c *claim) tells(e *evidence, i int) bool {
	w := &c.words[i]
	return (w.content || w.Value != "") && !w.plain && !ours(w.Folded) && !c.inCue(i, "say") &&
		!e.speaker.holdsAny(w) && !e.bureau.holdsAny(w) && !e.title.holdsAny(w)
}

// parts cuts the clauses of a reading at every "and".
func (r *reading) parts() []span {
	var list []span
	for _, s := range r.clauses {
		from := s.from
		for i := s.from; i < s.to; i++ {
			if and(r.words[i].Folded, r.lang) {
				list = append(list, span{from, i})
				from = i + 1
			}
		}
		list = append(list, span{from, s.to})
	}
	return list
}
