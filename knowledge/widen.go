package knowledge

// countedAs are the notions by whose number a thing is told as well: a commission of 130 people has 130 members,
// a parliament of 145 deputies 145 seats.
var countedAs = map[string]string{
	"member": "person-word", "participant": "person-word", "citizen": "person-word", "deputy-mp": "seat", "seat": "deputy-mp",
}

// countedAsWell is the weight of such a notion.
const countedAsWell = .5

// relatedWeight is the weight of a related term of the glossary.
const relatedWeight = .6

// widen lets words be found by the terms related to theirs, and the thing to be counted by what is counted as well.
func (e *Engine) widen(u *understood) {
	for i := range u.query.Groups {
		for _, notion := range u.query.Groups[i].Notions {
			for _, other := range e.related[notion] {
				e.index.Widen(u.query, i, other, relatedWeight)
			}
		}
	}
	unit, ok := u.unit()
	if !ok {
		return
	}
	for _, notion := range u.query.Groups[unit].Notions {
		if other := countedAs[notion]; other != "" {
			e.index.Widen(u.query, unit, other, countedAsWell)
		}
	}
}
