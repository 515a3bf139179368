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
		for i := mine.from; i < mine.to; i++ {
			if c.words[i].Value != "" && c.any(func(e *evidence) bool { return e.valueless(c, mine, i) }) {
				c.stop(Binding, c.words[i].Text)
			}
		}
	}
}

// valueWords is how many words of meaning stand beside a value that may belong elsewhere.
const valueWords = 3

// valueless reports that a clause of a statement tells all a part of a sentence does but for value i, which stands in clauses
// that tell half of it at most.
func (e *evidence) valueless(c *claim, mine span, i int) bool {
	words, full, with := 0, false, 0
	for _, s := range e.text.clauses {
		n, own := 0, false
		words = 0
		for j := mine.from; j < mine.to; j++ {
			if j == i || !c.tells(e, j) {
				continue
			}
			if words++; e.text.means(&c.words[j], s) {
				n++
			}
		}
		for j := s.from; j < s.to; j++ {
			own = own || e.text.words[j].Value == c.words[i].Value || sameValue(e.text.words[j].Value, c.words[i].Value)
		}
		if own {
			with = max(with, n)
		} else {
			full = full || n == words
		}
	}
	return words >= valueWords && full && with > 0 && 2*with <= words
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
