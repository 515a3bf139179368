package knowledge

import "refbot/knowledge/index"

// wantedEntity is a person, an office or a place that a question names.
type wantedEntity struct {
	group int // of the query
	kind  EntityKind
}

// wanted returns the persons, offices and places of a question.
func (e *Engine) wanted(u *understood) []wantedEntity {
	var list []wantedEntity
	for i := range u.query.Groups[:u.own] {
		if kind := e.entityOf(&u.query.Groups[i]); kind != NoEntity {
			list = append(list, wantedEntity{i, kind})
		}
	}
	return list
}

// entityFactor compares the persons, offices and places of a question with a statement. A question
// for somebody's words wants that person or office to speak, not to be spoken of.
func (e *Engine) entityFactor(u *understood, wanted []wantedEntity, c *candidate) float32 {
	factor := float32(1)
	says := len(wanted) > 0 && u.reading.Saw("say")
	for _, w := range wanted {
		kind, found := w.kind, e.index.Find(u.query, w.group, c.match.Doc)
		if !says && found.By >= 0 && found.Fields&^saidBy == 0 && e.notSaidBy(u, &u.query.Groups[w.group]) {
			factor *= ranks.saidBy
		}
		if kind == Body {
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
