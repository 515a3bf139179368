package knowledge

import "refbot/knowledge/index"

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
			factor *= ranks.speaks
		case found.By < 0 && kind == Place:
			factor *= ranks.placeMissing
		case found.By < 0 && says:
			factor *= ranks.otherSpeaker
		case found.By < 0:
			factor *= ranks.personMissing
		case says && kind != Place:
			factor *= ranks.spokenOf
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
