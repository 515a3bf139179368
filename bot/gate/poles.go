package gate

import (
	"slices"

	"refbot/knowledge/language"
)

// poles compares the names at an extreme, «ниже всего в Алматы»: one that the statement has at the other
// extreme, or at none, is misplaced.
func (k *checker) poles(c *claim) {
	for _, u := range c.cues {
		if u.family != "sharp" || u.name != "highest" && u.name != "lowest" || !c.any(func(e *evidence) bool { return e.cues["sharp:"+opposite(u.name)] }) {
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

// superlatives asks for every word behind "the most" in what the sentence cites: plain or not, it ranks.
func (k *checker) superlatives(c *claim) {
	for _, u := range c.cues {
		if u.family != "most" || u.to >= len(c.words) || c.words[u.from].quoted {
			continue
		}
		if w := &c.words[u.to]; w.Value == "" && !c.inCue(u.to, "sharp") && !c.any(func(e *evidence) bool { return e.has(w.keys, lightly) }) {
			c.stop(Evaluation, c.phrase(u.from, u.to+1))
		}
	}
}
