package gate

import (
	"slices"
	"strings"

	"refbot/knowledge/language"
)

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
		if !slices.ContainsFunc(by, func(e *evidence) bool { return !e.saidByAnother(c) }) {
			c.stop(Speaker, "")
		}
	}
	k.said(c)
}

// saidByAnother reports that what a sentence tells is, in the statement, behind the name of somebody it does not name:
// «Нурлан Абдиров: трафареты готовятся».
func (e *evidence) saidByAnother(c *claim) bool {
	own, other := 0.0, 0.0
	for i, p := range e.text.periods {
		share := cover(c.reading, span{0, len(c.words)}, e.text, p)
		if i > 0 && e.text.isName(e.text.periods[i-1]) && !e.text.named(e.text.periods[i-1], c) {
			other = max(other, share)
		} else if !e.text.isName(p) {
			own = max(own, share)
		}
	}
	return other >= anotherLeast && other > own
}

// anotherLeast is the share of a sentence that has to stand behind another name.
const anotherLeast = .3

// isName reports a span that is a person's name and nothing else.
func (r *reading) isName(s span) bool {
	return s.to-s.from == 2 && r.firstName(s.from)
}

// named reports whether a sentence names the person a span names.
func (r *reading) named(s span, c *claim) bool {
	return slices.ContainsFunc(r.words[s.from:s.to], func(w word) bool { return c.spells(w.skeleton) })
}

// namesSpeaker reports whether the sentence names the speaker of a statement.
func (c *claim) namesSpeaker(e *evidence) bool {
	return slices.ContainsFunc(e.speaker.words, func(w word) bool { return letters(w.Folded) > 2 && c.spells(w.skeleton) })
}

// spells reports whether a word of the sentence spells a name.
func (c *claim) spells(skeleton string) bool {
	for i := range c.words {
		if c.words[i].capital && sameName(skeleton, c.words[i].skeleton) {
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
	for _, e := range by {
		if slices.ContainsFunc(e.speaker.words, func(o word) bool { return sameName(w.skeleton, o.skeleton) }) {
			return e
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
		if i := s.from - 1; c.personAt(i, s) && !c.any(func(e *evidence) bool { return e.speaks(&c.words[i]) }) {
			c.stop(Speaker, c.words[i].Text)
		}
		for i := max(0, s.from-sayReach); i < min(len(c.words), s.to+sayReach); i++ {
			w := &c.words[i]
			if c.voices(i, s) && c.voice(i) && !c.any(func(e *evidence) bool { return e.speaks(w) }) {
				c.stop(Speaker, w.Text)
			}
		}
	}
}

// personAt reports a person's name at word i, directly in front of a word for saying.
func (r *reading) personAt(i int, s cue) bool {
	return i > 0 && r.words[i].clause == r.words[s.from].clause && r.words[i].capital && r.words[i-1].capital && r.firstName(i-1) &&
		!r.inCue(i, "role", "body", "paper")
}

// voices reports whether who speaks may stand at word i of a word for saying: in its clause, in Kazakh in front
// of it, and not behind a "that", where the words said begin.
func (r *reading) voices(i int, s cue) bool {
	if r.words[i].clause != r.words[s.from].clause || r.lang == language.Kazakh && i > s.from {
		return false
	}
	if i >= s.to && r.subject(s) {
		return false
	}
	for j := s.to; j < i; j++ {
		if f := r.words[j].Folded; f == "that" || f == "что" || f == "о" || f == "об" || f == "of" || f == "about" {
			return false
		}
	}
	return true
}

// subject reports who speaks, a name or a noun, directly in front of a word for saying, in a language that says it first.
func (r *reading) subject(s cue) bool {
	at := s.from - 1
	return r.lang == language.English && at >= 0 && r.words[at].clause == r.words[s.from].clause && (r.words[at].capital || r.words[at].content)
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
	for _, r := range [...]*reading{e.speaker, e.bureau} {
		if r.holdsAny(w) {
			return true
		}
	}
	return slices.ContainsFunc(e.text.periods, func(p span) bool {
		return (p.from == 0 || e.text.sawIn(p, "say")) && e.text.holds(w, p)
	})
}

// holds reports whether a span has a word with a key of w.
func (r *reading) holds(w *word, s span) bool {
	for i := s.from; i < s.to; i++ {
		if common(&r.words[i], w, beginnings+lightly) || sameName(r.words[i].skeleton, w.skeleton) {
			return true
		}
	}
	return false
}

// holdsAny reports whether a text has a word with a key of w.
func (r *reading) holdsAny(w *word) bool { return r.holds(w, span{0, len(r.words)}) }

// means reports whether a span has a word with a key of w.
func (r *reading) means(w *word, s span) bool {
	for i := s.from; i < s.to; i++ {
		if share(&r.words[i], w) {
			return true
		}
	}
	return false
}

// share reports a common key.
func share(a, b *word) bool { return common(a, b, "") }

// common reports a common key without one of the marks in except.
func common(a, b *word, except string) bool {
	if a.mask&b.mask == 0 {
		return false
	}
	for _, x := range a.keys {
		if strings.IndexByte(except, x[0]) < 0 && slices.Contains(b.keys, x) {
			return true
		}
	}
	return false
}
