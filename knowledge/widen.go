package knowledge

// countedAs are the notions by whose number a thing is told as well: a commission of 130 people has 130 members,
// a parliament of 145 deputies 145 seats.
var countedAs = map[string]string{
	"member": "person-word", "participant": "person-word", "citizen": "person-word", "deputy-mp": "seat", "seat": "deputy-mp",
}

// countedAsWell is the weight of such a notion.
const countedAsWell = .5

// widen lets the thing to be counted be found by what is counted as well.
func (e *Engine) widen(u *understood) {
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
