package knowledge

import "refbot/knowledge/index"

// temporary access for tuning
func Scratch() map[string]*float32 {
	r := &ranks
	return map[string]*float32{"recency": &r.recency, "replaced": &r.replaced, "prelim": &r.preliminary, "language": &r.language, "lesser": &r.lesser,
		"past": &r.past, "early": &r.early, "yearNamed": &r.yearNamed, "yearOther": &r.yearOther, "speaks": &r.speaks, "otherSpeaker": &r.otherSpeaker, "spokenOf": &r.spokenOf,
		"placeMissing": &r.placeMissing, "personMissing": &r.personMissing, "promote": &r.promote, "cite": &r.cite, "kin": &r.kin, "alike": &r.alike, "kinTail": &r.kinTail}
}

func (e *Engine) Retune(t index.Tuning) { e.index = e.index.Retune(t) }
func Tuning0() index.Tuning             { return tuning() }

func (e *Engine) Gaps(q Question, rel map[string]int) (out []string) {
	u := e.understand(q)
	for i := range u.query.Groups[:u.own] {
		g := &u.query.Groups[i]
		if g.Stop {
			continue
		}
		ok := false
		for id, gr := range rel {
			if gr < 2 {
				continue
			}
			at, have := e.ids[id]
			if have && e.index.Evidence(u.query, uint32(at)).Groups[i].By >= 0 && g.Variants[e.index.Evidence(u.query, uint32(at)).Groups[i].By].Weight > .5 {
				ok = true
			}
		}
		if !ok {
			w := g.Token.Folded
			for _, n := range g.Notions {
				w += "/" + n
			}
			if g.Light {
				w += "(light)"
			}
			out = append(out, w)
		}
	}
	return
}
