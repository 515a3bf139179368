package knowledge

import "refbot/knowledge/index"

// Factors of what the question names and the statement is silent about.
const (
	namedFactor    = 1.15 // the person or office asked for speaks
	otherSpeaker   = .6   // somebody's words are asked for, and somebody else speaks
	placeMissing   = .6
	personMissing  = .8
	saysInTextOnly = .85
)

// entityFactor compares the persons, offices and places of a question with a statement. A question
// for somebody's words wants that person or office to speak, not to be spoken of.
func (e *Engine) entityFactor(u *understood, c *candidate) float32 {
	factor := float32(1)
	says := u.reading.Saw("say")
	for i := range u.query.Groups[:u.own] {
		g, found := &u.query.Groups[i], &c.evidence.Groups[i]
		kind := e.entityOf(g)
		if kind == NoEntity || kind == Body {
			continue
		}
		speaks := found.Fields.Has(index.Speaker) || found.Fields.Has(index.Office)
		switch {
		case says && speaks:
			factor *= namedFactor
		case found.By < 0 && kind == Place:
			factor *= placeMissing
		case found.By < 0 && says:
			factor *= otherSpeaker
		case found.By < 0:
			factor *= personMissing
		case says && kind != Place:
			factor *= saysInTextOnly
		}
	}
	return factor
}

// entityOf returns what a word of the question names.
func (e *Engine) entityOf(g *index.Group) EntityKind {
	for _, notion := range g.Notions {
		if kind := e.entities[notion]; kind != NoEntity {
			return kind
		}
	}
	return NoEntity
}
