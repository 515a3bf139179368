package gate

import (
	"slices"
	"strings"

	"refbot/knowledge/language"
)

// closing asks that a Kazakh sentence whose last words deny is not told without the "not": a clause of the answer with
// words that stand in no other sentence of the statement.
func (k *checker) closing(c *claim) {
	if len(c.negated) > 0 {
		return
	}
	if c.lang != language.Kazakh {
		if len(c.vouching) > 0 && !c.any(func(e *evidence) bool { return !e.forbids(c) }) {
			c.stop(Negation, "")
		}
		return
	}
	if len(c.vouching) > 0 && !c.any(func(e *evidence) bool { return !e.closes(c) }) {
		c.stop(Negation, "")
	}
}

// forbids reports a clause of the statement that says "cannot" of what the claim says, and alone has words of it.
func (e *evidence) forbids(c *claim) bool {
	for _, u := range e.text.cues {
		if u.family != "neg" || u.name != "cannot" || e.text.words[u.from].quoted || !shares(e.text, e.text.scope(u), c.reading, span{0, len(c.words)}) {
			continue
		}
		mine, alone := e.text.clauses[e.text.words[u.from].clause], 0
		for i := range c.words {
			w := &c.words[i]
			if w.content && e.text.holds(w, mine) && !slices.ContainsFunc(e.text.clauses, func(o span) bool { return o != mine && e.text.holds(w, o) }) {
				alone++
			}
		}
		if alone >= 2 {
			return true
		}
	}
	return false
}

// closingWords is how far from the end of a sentence the verb stands that decides it.
const closingWords = 1

// closes reports a sentence of the statement that ends in a "not" and alone has words of the claim.
func (e *evidence) closes(c *claim) bool {
	for _, p := range e.text.periods {
		if !slices.ContainsFunc(e.text.negated, func(n negation) bool {
			return n.at < p.to && n.at >= p.to-1-closingWords && shares(e.text, n.scope, c.reading, span{0, len(c.words)})
		}) {
			continue
		}
		alone := 0
		for i := range c.words {
			w := &c.words[i]
			if w.content && e.text.open(w, p) && !slices.ContainsFunc(e.text.periods, func(o span) bool { return o != p && e.text.holds(w, o) }) {
				alone++
			}
		}
		if alone >= 1 {
			return true
		}
	}
	return false
}

// open reports a word in a clause of a sentence that has no verb of its own at its end, or in the last clause.
func (r *reading) open(w *word, p span) bool {
	for i := p.from; i < p.to; {
		s := r.clauses[r.words[i].clause]
		if (s.to >= p.to || !verbal(r.words[s.to-1].Folded)) && r.holds(w, s) {
			return true
		}
		i = max(s.to, i+1)
	}
	return false
}

// verbal reports the ending of a Kazakh verb that closes a clause.
func verbal(folded string) bool {
	for _, ending := range [...]string{"ды", "ди", "ты", "ти", "ып", "ип", "са", "се", "ган", "ген", "кан", "кен", "йды", "йди", "жок", "емес"} {
		if strings.HasSuffix(folded, ending) {
			return true
		}
	}
	return false
}
