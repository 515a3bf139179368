package gate

import (
	"slices"
	"strings"

	"refbot/knowledge/language"
)

// status keeps drafts drafts and replaced values in the past.
func (k *checker) status(c *claim) {
	draft, old, holds := true, true, false
	for _, e := range c.vouching {
		draft = draft && e.Status == Draft && (e.Proposes || e.proposesIn(c))
		old = old && e.Status == Replaced
		holds = holds || e.Status == InForce
	}
	if draft && (!k.marked(c, "draft") || c.inForce()) {
		c.stop(DraftAsLaw, "")
	}
	if c.former() && !c.saw("past") {
		c.stop(OldAsNew, "")
	}
	if old && (!k.marked(c, "past") && !c.ofTheDay() && !c.dated() && !c.saw("sharp", "preliminary") || c.saw("now") && !c.saw("sharp", "preliminary")) {
		c.stop(OldAsNew, "")
	}
	c.early()
	if !holds || draft || old {
		return
	}
	k.outdated(c)
}

// early stops an "already" for what a statement says is still to come.
func (c *claim) early() {
	if !c.saw("already") || c.any(func(e *evidence) bool { return e.cues["already:already"] }) {
		return
	}
	if c.any(func(e *evidence) bool {
		p, _ := e.nearest(c.reading, span{0, len(c.words)})
		return e.text.sawIn(p, "coming")
	}) {
		c.stop(Opposite, "")
	}
}

// former reports a sentence that rests on nothing but a constitution of another year, "the Constitution of 1995", and does
// not name the year.
func (c *claim) former() bool {
	for _, e := range c.vouching {
		year := e.constitutionOf()
		if year == "" || slices.ContainsFunc(c.words, func(w word) bool { return w.Value == year }) {
			return false
		}
	}
	return len(c.vouching) > 0
}

// constitutionOf is the year, as a token's value, of the constitution whose text a statement is; "" for other statements
// and for the constitution of the statement's own year.
func (e *evidence) constitutionOf() string {
	year, named := "", false
	for _, w := range e.bureau.words {
		switch {
		case w.Kind == language.Year:
			year = w.Value
		case strings.HasPrefix(w.Folded, "конституция") && !strings.HasPrefix(w.Folded, "конституциял"), w.Folded == "constitution":
			named = true
		}
	}
	if !named || e.saidOn(language.Year, year) {
		return ""
	}
	return year
}

// ofTheDay reports that the sentence calls what it tells a draft and says of which day: whoever reads it takes it for
// no more than that.
func (c *claim) ofTheDay() bool {
	return c.saw("draft") && !c.saw("force") && c.any(func(e *evidence) bool {
		return slices.ContainsFunc(c.words, func(w word) bool { return w.Value != "" && e.saidOn(w.Kind, w.Value) })
	})
}

// dated reports that the sentence says as of which day it tells what it tells: the day of the statement, or one shortly before
// it that the statement names. The day of a vote that is still to come says nothing of the kind.
func (c *claim) dated() bool {
	return c.any(func(e *evidence) bool {
		return slices.ContainsFunc(c.words, func(w word) bool {
			return w.Kind == language.Date && (e.saidOn(w.Kind, w.Value) || e.values[w.Value] && e.shortlyBefore(w.Value))
		})
	})
}

// daysBefore is how many days old what is told of on a day may be.
const daysBefore = 3

// shortlyBefore reports a day, with or without its year, that lies shortly before the one a statement was made on.
func (e *evidence) shortlyBefore(value string) bool {
	if e.Date.IsZero() {
		return false
	}
	for days := 1; days <= daysBefore; days++ {
		if date := e.Date.AddDate(0, 0, -days).Format("2006-01-02"); strings.HasSuffix(date, strings.TrimPrefix(value, "d:")) {
			return true
		}
	}
	return false
}

// marked reports whether the sentence, or one before it that cites the same statement, says what it is.
func (k *checker) marked(c *claim, family string) bool {
	if c.saw(family) {
		return true
	}
	for i := range k.claims {
		o := &k.claims[i]
		if o == c {
			return false
		}
		if o.saw(family) && o.cited[0] == c.cited[0] {
			return true
		}
	}
	return false
}

// inForce reports words that say a draft holds already, which its statement does not say.
func (c *claim) inForce() bool {
	return c.saw("force") && !c.any(func(e *evidence) bool { return e.cues["force:force"] })
}

// outdated finds values that only a replaced statement gives, in a sentence that does not say so.
func (k *checker) outdated(c *claim) {
	if c.saw("past") {
		return
	}
	for _, a := range c.amounts {
		held, only := false, true
		for _, e := range c.vouching {
			if e.values[a.value] {
				held, only = true, only && e.Status == Replaced
			}
		}
		if held && only {
			c.stop(OldAsNew, c.phrase(a.from, a.to))
		}
	}
}

// proposesIn reports whether a sentence of a statement that a claim rests on speaks of a draft or its articles.
func (e *evidence) proposesIn(c *claim) bool {
	found := false
	for _, mine := range c.clauses {
		p, share := e.nearest(c.reading, mine)
		if c.meaning(mine) < 2 || share < alike {
			continue
		}
		if found = true; e.proposesThere(p) {
			return true
		}
	}
	if found {
		return false
	}
	p, share := e.nearest(c.reading, span{0, len(c.words)})
	return share == 0 || e.proposesThere(p)
}

// proposesThere reports whether a sentence of a statement speaks of a draft or its articles.
func (e *evidence) proposesThere(p span) bool {
	return e.text.sawIn(p, "draft") || e.text.sawIn(p, "force") ||
		slices.ContainsFunc(e.text.words[p.from:p.to], func(w word) bool { return w.Kind == language.Article })
}

// nearest is the sentence of a statement that has most of the words of a span, and how many of them.
func (e *evidence) nearest(r *reading, s span) (best span, share float64) {
	for _, p := range e.text.periods {
		if x := cover(r, s, e.text, p); x > share {
			best, share = p, x
		}
	}
	return best, share
}
