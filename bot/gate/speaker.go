package gate

import "refbot/knowledge/language"

// speaker ties a claim to who made it: where a sentence names a speaker, it may rest only on what that speaker
// said.
func (k *checker) speaker(c *claim) {
	if !c.saw("say") {
		return
	}
	var by []*evidence
	for _, e := range c.cited {
		if e.Speaker != "" && c.namesSpeaker(e) {
			by = append(by, e)
		}
	}
	if len(by) > 0 {
		c.vouching = by
		k.parts(c, by)
	}
	k.said(c)
}

// namesSpeaker reports whether the sentence names the speaker of a statement.
func (c *claim) namesSpeaker(e *evidence) bool {
	for _, r := range e.speakers() {
		for i := range r.words {
			if letters(r.words[i].Folded) > 2 && c.spells(r.words[i].Folded) {
				return true
			}
		}
	}
	return false
}

// speakers are the readings of the speaker's name in all languages.
func (e *evidence) speakers() []*reading {
	var list []*reading
	for i := range e.texts {
		list = append(list, e.heads[3*i+1])
	}
	return list
}

// spells reports whether a word of the sentence spells a name.
func (c *claim) spells(folded string) bool {
	s := language.Skeleton(folded)
	for i := range c.words {
		if c.words[i].capital && sameName(s, language.Skeleton(c.words[i].Folded)) {
			return true
		}
	}
	return false
}

// parts compares clause by clause where several speakers are named: the numbers of a clause that names one
// of them have to be that one's.
func (k *checker) parts(c *claim, by []*evidence) {
	if len(by) < 2 {
		return
	}
	current := (*evidence)(nil)
	for i := range c.words {
		w := &c.words[i]
		if e := speakerAt(by, w); e != nil {
			current = e
		}
		if w.Value != "" && current != nil && !current.values[w.Value] && !current.saidOn(w.Kind, w.Value) {
			c.stop(Speaker, w.Text)
		}
	}
}

func speakerAt(by []*evidence, w *word) *evidence {
	if !w.capital || letters(w.Folded) < 3 {
		return nil
	}
	s := language.Skeleton(w.Folded)
	for _, e := range by {
		for _, r := range e.speakers() {
			for i := range r.words {
				if sameName(s, language.Skeleton(r.words[i].Folded)) {
					return e
				}
			}
		}
	}
	return nil
}

// sayReach is how many words lie at most between who says it and the word for saying.
const sayReach = 4

// said asks that whoever stands beside a word for saying is the one who said it: the statement's speaker or
// office, or somebody whose words the statement reports.
func (k *checker) said(c *claim) {
	for _, s := range c.cues {
		if s.family != "say" {
			continue
		}
		for i := max(0, s.from-sayReach); i < min(len(c.words), s.to+sayReach); i++ {
			w := &c.words[i]
			if w.period == c.words[s.from].period && c.voice(i) && !c.any(func(e *evidence) bool { return e.speaks(w) }) {
				c.stop(Speaker, w.Text)
			}
		}
	}
}

// voice reports a word that names who may speak: a person, an office or a body.
func (c *claim) voice(i int) bool {
	w := &c.words[i]
	if !w.capital || w.Kind != language.Word || w.opens && i > 0 {
		return false
	}
	for _, u := range c.cues {
		if (u.family == "role" || u.family == "body") && u.from <= i && i < u.to {
			return u.name != "parliament" && u.name != "kurultai" && u.name != "member"
		}
	}
	return false
}

// speaks reports whether a word stands in the speaker or office of a statement, or beside a word for saying
// in its text.
func (e *evidence) speaks(w *word) bool {
	for i := range e.texts {
		for _, r := range e.heads[3*i+1 : 3*i+3] {
			if r.holds(w, span{0, len(r.words)}) {
				return true
			}
		}
	}
	for _, r := range e.texts {
		for _, p := range r.periods {
			if (r.sawIn(p, "say") || p.from == 0) && r.holds(w, p) {
				return true
			}
		}
	}
	return false
}

// holds reports whether a span has a word with a key of w.
func (r *reading) holds(w *word, s span) bool {
	for i := s.from; i < s.to; i++ {
		if share(strong(r.words[i].keys), strong(w.keys)) || sameName(language.Skeleton(r.words[i].Folded), language.Skeleton(w.Folded)) {
			return true
		}
	}
	return false
}

// share reports a common key.
func share(a, b []string) bool {
	for _, x := range a {
		for _, y := range b {
			if x == y {
				return true
			}
		}
	}
	return false
}
