package gate

import (
	"slices"

	"refbot/knowledge/language"
)

// sharp asks for every word with an opposite, every office and body in what the sentence cites.
func (k *checker) sharp(c *claim) {
	for i, cu := range c.cues {
		var reason Reason
		switch cu.family {
		case "sharp":
			reason = Opposite
		case "role", "body":
			reason = Office
			if k.loose && !known[cu.name] {
				continue
			}
		default:
			continue
		}
		switch {
		case c.words[cu.from].quoted || c.saidOtherwise(cu) || cu.family == "sharp" && c.partOfName(cu):
		case (soft[cu.name] || k.loose && cu.family == "sharp") && !c.anyOf(i, c.vouching):
			if c.any(func(e *evidence) bool { return e.opposes(cu.name) }) {
				c.blame(reason, c.anyOf(i, c.cited), c.phrase(cu.from, cu.to))
			}
		case !c.anyOf(i, c.vouching):
			c.blame(reason, c.anyOf(i, c.cited), c.phrase(cu.from, cu.to))
		case cu.family == "sharp" && !c.denied(cu) && c.allDenied(cu):
			c.stop(Negation, c.phrase(cu.from, cu.to))
		case cu.family == "sharp" && !c.any(func(e *evidence) bool { return !e.turned(c.reading, cu) }):
			c.stop(Opposite, c.phrase(cu.from, cu.to))
		}
	}
}

// saidOtherwise reports a sharp word that other checks compare: what is not permitted is banned, and "up to 18:00" is a
// deadline.
func (c *claim) saidOtherwise(u cue) bool {
	return u.name == "permit" && c.denied(u) ||
		u.name == "some" && u.to < len(c.words) && c.words[u.to].Kind == language.Number || // "some 10,000"
		u.name == "at-most" && c.any(func(e *evidence) bool { return e.cues["bound:until"] || e.cues["sharp:no-later"] })
}

// partOfName reports a cue within the name of a body: the Central Election Commission elects nobody.
func (r *reading) partOfName(u cue) bool {
	return slices.ContainsFunc(r.cues, func(o cue) bool {
		return o.family == "body" && o.from <= u.from && u.to <= o.to && o.to-o.from > u.to-u.from
	})
}

// leading is how far from the beginning of a sentence an institution stands that tells what the sentence says.
const leading = 3

// anyOf reports whether one of the statements has cue i, or another reading of the same words. An office that
// only the statement's head names belongs to the speaker: the sentence has to say so.
func (c *claim) anyOf(i int, list []*evidence) bool {
	for _, o := range c.cues {
		if o.from != c.cues[i].from || o.family != c.cues[i].family {
			continue
		}
		name := o.family + ":" + o.name
		for _, e := range list {
			if e.cues[name] || e.office[name] && (o.family == "sharp" || c.says() || c.namesSpeaker(e) || e.Speaker == "" && c.cues[i].from <= leading) {
				return true
			}
		}
	}
	return false
}

// says reports a word for saying; «заявление» is a paper too.
func (c *claim) says() bool {
	return slices.ContainsFunc(c.cues, func(u cue) bool { return u.family == "say" && !c.inCue(u.from, "paper") })
}

// known are the offices and bodies that every language names by words of their own.
var known = map[string]bool{
	"president": true, "vice-president": true, "prime-minister": true, "cec": true, "constitutional-court": true, "supreme-court": true,
	"kurultai": true, "majilis": true, "senate": true, "mfa": true, "osce": true, "maslikhat": true,
}

// denied reports a "not" at a cue: «а не наравне».
func (r *reading) denied(u cue) bool {
	return slices.ContainsFunc(r.negated, func(n negation) bool {
		return n.at >= u.from-1 && n.at <= u.to && r.words[n.at].clause == r.words[u.from].clause && !slices.ContainsFunc(r.cues, func(c cue) bool {
			return c.family == "neg" && c.name != "not" && c.from == n.at
		})
	})
}

// allDenied reports a word that statements use with a "not" only.
func (c *claim) allDenied(u cue) bool {
	found := false
	for _, e := range c.vouching {
		for _, text := range e.near {
			for _, v := range text.cues {
				if v.family == u.family && v.name == u.name {
					if !text.denied(v) {
						return false
					}
					found = true
				}
			}
		}
	}
	return found
}

// actions are sharp words that are done to something: what is done to it may not change places.
var actions = map[string]bool{
	"adopt": true, "reject": true, "appoint": true, "dismiss": true, "elect": true, "dissolve": true, "abolish": true, "restore": true,
	"postpone": true, "suspend": true,
}

// opposites are sharp words that turn a sentence round when one stands for the other.
var opposites = map[string]string{
	"adopt": "reject", "valid": "invalid", "in-favour": "against", "open": "close", "begin": "end", "more": "less",
	"at-least": "at-most", "appoint": "dismiss", "keep": "abolish", "temporary": "permanent", "free": "paid", "sooner": "later", "highest": "lowest", "first": "last", "create": "dissolve",
	"higher-education": "secondary-education",
}

// further are opposites beside the first, where a soft word has several.
var further = map[string][]string{"keep": {"end", "dissolve"}}

// opposes reports a statement that speaks of an opposite of a sharp word.
func (e *evidence) opposes(name string) bool {
	return e.cues["sharp:"+opposite(name)] || slices.ContainsFunc(further[name], func(o string) bool { return e.cues["sharp:"+o] })
}

// opposite returns the cue that turns another round, "" where there is none.
func opposite(name string) string {
	if o := opposites[name]; o != "" {
		return o
	}
	for a, b := range opposites {
		if b == name {
			return a
		}
	}
	return ""
}

// soft are sharp words that plain speech adds («с 12 февраля» begins): they are refused only where the
// statement speaks of their opposite.
var soft = map[string]bool{
	"begin": true, "end": true, "open": true, "close": true, "more": true, "less": true, "first": true, "last": true,
	"keep": true, "create": true, "sooner": true, "later": true, "approx": true,
}

// turned reports whether the words around a sharp word stand around its opposite in the statement, or around
// another action, and none of them around the word itself.
func (e *evidence) turned(r *reading, u cue) bool {
	other := opposite(u.name)
	if other == "" && !actions[u.name] {
		return false
	}
	if e.othersSubject(r, u, other) {
		return true
	}
	own := r.around(u)
	mine, theirs := 0, 0
	for _, v := range e.text.cues {
		rival := v.name == other || actions[u.name] && actions[v.name]
		if v.family != "sharp" || v.name != u.name && !rival {
			continue
		}
		for key := range e.text.around(v) {
			switch {
			case !own[key]:
			case v.name == u.name:
				mine++
			default:
				theirs++
			}
		}
	}
	return theirs > 0 && mine == 0
}

// othersSubject reports that what stands in front of an action stands in front of a rival action in the statement,
// and never in front of the same one.
func (e *evidence) othersSubject(r *reading, u cue, other string) bool {
	if !actions[u.name] {
		return false
	}
	own := r.infront(u)
	mine, theirs := false, false
	for _, v := range e.text.cues {
		if v.family != "sharp" {
			continue
		}
		switch {
		case v.name == u.name:
			mine = mine || anyIn(own, e.text.infront(v))
		case v.name == other || actions[v.name]:
			theirs = theirs || anyIn(own, e.text.infront(v))
		}
	}
	return theirs && !mine
}

// infront returns the keys of the words in front of a cue in its clause, back to an "and".
func (r *reading) infront(u cue) map[string]bool {
	out := map[string]bool{}
	for i := u.from - 1; i >= r.clauses[r.words[u.from].clause].from && !and(r.words[i].Folded, r.lang); i-- {
		r.addMeaning(out, i)
	}
	return out
}

// around returns the keys of the words and values beside a cue, in its clause and up to an "and".
func (r *reading) around(u cue) map[string]bool {
	out := map[string]bool{}
	clause := r.clauses[r.words[u.from].clause]
	for i := u.from - 1; i >= max(clause.from, u.from-windowWords) && !and(r.words[i].Folded, r.lang); i-- {
		r.addMeaning(out, i)
	}
	for i := u.to; i < min(clause.to, u.to+windowWords) && !and(r.words[i].Folded, r.lang); i++ {
		r.addMeaning(out, i)
	}
	return out
}

func (r *reading) addMeaning(to map[string]bool, i int) {
	if r.words[i].content || r.words[i].Value != "" {
		addKeys(to, &r.words[i])
	}
}
