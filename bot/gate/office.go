package gate

import (
	"slices"

	"refbot/knowledge/language"
)

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

// sequence asks that what comes first does not come last.
func (k *checker) sequence(c *claim) {
	for _, u := range c.cues {
		if u.family != "then" {
			continue
		}
		for _, a := range c.cues {
			for _, b := range c.cues {
				if a.family == "role" && b.family == "role" && a.name != b.name && a.to <= u.from && b.from >= u.to && c.any(func(e *evidence) bool { return e.comes(b.name, a.name) }) {
					c.stop(Opposite, c.phrase(b.from, b.to))
				}
			}
		}
	}
}

// comes reports that a statement which tells an order names one office before another, and never after it.
func (e *evidence) comes(first, last string) bool {
	at := map[string][2]int{}
	for _, u := range e.text.cues {
		if u.family == "role" {
			x, ok := at[u.name]
			if !ok {
				x[0] = u.from
			}
			x[1] = u.from
			at[u.name] = x
		}
	}
	a, okA := at[first]
	b, okB := at[last]
	return okA && okB && e.text.saw("then") && a[1] < b[0]
}

// owners asks that what belongs to one office or body is not told of another: "the Archive of the President".
func (k *checker) owners(c *claim) {
	for i, u := range c.cues {
		if u.family != "role" && u.family != "body" {
			continue
		}
		w := c.owned(u)
		if w < 0 || c.inCue(w, "role", "body", "say", "sharp") {
			continue
		}
		if c.any(func(e *evidence) bool { return e.owns(&c.words[w], u) }) || !c.any(func(e *evidence) bool { return e.ownsOther(&c.words[w]) }) {
			continue
		}
		c.stop(Office, c.phrase(c.cues[i].from, c.cues[i].to))
	}
}

// owned is the word of meaning that an office or body directly owns, -1 when there is none.
func (r *reading) owned(u cue) int {
	if r.lang == language.Kazakh {
		if u.to < len(r.words) && r.words[u.to].content && !verbal(r.words[u.to].Folded) && r.words[u.to].clause == r.words[u.from].clause {
			return u.to
		}
		return -1
	}
	i, linked := u.from-1, r.lang == language.Russian
	for ; i >= 0 && u.from-i <= 2 && links[r.words[i].Folded]; i-- {
		linked = linked || r.words[i].Folded != "the"
	}
	if !linked {
		return -1
	}
	if i >= 0 && r.words[i].Kind == language.Word && letters(r.words[i].Folded) > 3 && r.words[i].clause == r.words[u.from].clause {
		return i
	}
	return -1
}

// links are the words between what is done or owned and who does or owns it.
var links = map[string]bool{"of": true, "the": true, "to": true, "by": true, "к": true, "ко": true, "за": true, "от": true, "на": true, "у": true}

// holders asks that what is given to one person is not told of another: «закреплена за Аидой Балаевой».
func (k *checker) holders(c *claim) {
	for i := 1; i < len(c.words); i++ {
		if !c.person(i) || c.person(i-1) || c.lang == language.Kazakh {
			continue
		}
		w := c.owned(cue{from: i, to: i + 1})
		if w < 0 || w == i-1 || c.inCue(w, "role", "body", "say") {
			continue
		}
		if c.any(func(e *evidence) bool { return e.gives(&c.words[w], &c.words[i]) }) {
			c.stop(Speaker, c.words[i].Text)
		}
	}
}

// leads asks that whoever is told to head something is not another person than the statement tells of.
func (k *checker) leads(c *claim) {
	for _, u := range c.cues {
		if u.family != "lead" {
			continue
		}
		name := c.leader(u, c.person)
		if name < 0 || !c.any(func(e *evidence) bool { return e.text.saw("lead") }) {
			continue
		}
		if c.any(func(e *evidence) bool { return e.ledBy(&c.words[name]) }) {
			continue
		}
		c.stop(Name, c.words[name].Text)
	}
}

// leader is the person's name nearest to a word for heading in its clause, -1 when there is none; in Kazakh it stands in
// front.
func (r *reading) leader(u cue, person func(int) bool) int {
	clause := r.clauses[r.words[u.from].clause]
	best := -1
	for i := clause.from; i < clause.to; i++ {
		if i >= u.from && r.lang == language.Kazakh || !person(i) {
			continue
		}
		if best < 0 || max(u.from-i, i-u.from) < max(u.from-best, best-u.from) {
			best = i
		}
	}
	return best
}

// ledBy reports whether a statement tells that a person heads something, or tells of no other who does.
func (e *evidence) ledBy(name *word) bool {
	others := false
	for _, u := range e.text.cues {
		if u.family != "lead" {
			continue
		}
		at := e.text.leader(u, func(i int) bool {
			return i+1 < len(e.text.words) && e.text.firstName(i) || i > 0 && e.text.firstName(i-1)
		})
		if at < 0 {
			continue
		}
		if e.text.holds(name, span{max(0, at-1), min(len(e.text.words), at+2)}) {
			return true
		}
		others = true
	}
	return !others
}

// gives reports that a statement links a word to a person's name, and never to this one.
func (e *evidence) gives(w, name *word) bool {
	found := false
	for i := 0; i+1 < len(e.text.words); i++ {
		if !e.text.firstName(i) {
			continue
		}
		at := e.text.owned(cue{from: i, to: i + 1})
		if at < 0 || at == i-1 || !e.text.holds(w, span{at, at + 1}) {
			continue
		}
		if e.text.holds(name, span{i, i + 2}) {
			return false
		}
		found = true
	}
	return found
}

// owns reports that a statement has a word owned by an office or body.
func (e *evidence) owns(w *word, u cue) bool {
	return slices.ContainsFunc(e.text.cues, func(v cue) bool {
		at := e.text.owned(v)
		return v.family == u.family && v.name == u.name && at >= 0 && e.text.holds(w, span{at, at + 1})
	})
}

// ownsOther reports that a statement has a word owned by some office or body.
func (e *evidence) ownsOther(w *word) bool {
	return slices.ContainsFunc(e.text.cues, func(v cue) bool {
		if v.family != "role" && v.family != "body" {
			return false
		}
		at := e.text.owned(v)
		return at >= 0 && e.text.holds(w, span{at, at + 1})
	})
}
