package knowledge

import "math"

// evidence is what the verdict weighs, by name, in the order of the model's weights.
type evidence [features]float64

// The features of the verdict between answer and abstain.
const (
	fBias     = iota
	fShare    // share of the question's weight the best statement covers
	fTop3     // share the three best cover together
	fScore    // score against the highest the question could reach
	fRarest   // whether the rarest word of the question is covered, weighted by its part of the whole
	fUnspoken // share of the weight of words whose notion nobody spoke of
	fUnknown  // share of the weight of words no list knows and no statement holds
	fEntity   // persons, offices and places the best statement does not name
	fNumber   // numbers and dates it does not name
	fKind     // it holds the kind of value asked for
	fFew      // one or two words only
	fField    // share of words of the field
	features
)

var featureNames = [features]string{
	"bias", "share", "top3", "score", "rarest", "unspoken", "unknown", "entity", "number", "kind", "few", "field",
}

// weigh returns the model's chance that an answer is right.
func (m *model) chance(x *evidence) float64 {
	var sum float64
	for i, w := range m {
		sum += w * x[i]
	}
	return 1 / (1 + math.Exp(-sum))
}

type model [features]float64

// gather reads the evidence of a ranked question.
func (e *Engine) gather(u *understood, list []candidate) evidence {
	x := evidence{fBias: 1}
	carriers := e.carriers(list, 3)
	if len(carriers) == 0 {
		return x
	}
	top := &list[carriers[0]]
	var all, covered, covered3, unspoken, unknown, field, rarest, rarestAll float64
	content := 0
	for i := range u.query.Groups[:u.own] {
		g := &u.query.Groups[i]
		weight := float64(g.Weight * g.IDF)
		all += weight
		if !g.Stop {
			content++
		}
		here, best := held(top, i, g), 0.0
		for _, at := range carriers {
			best = max(best, held(&list[at], i, g))
		}
		covered += weight * here
		covered3 += weight * best
		if weight > rarestAll {
			rarestAll, rarest = weight, here
		}
		for _, notion := range g.Notions {
			if e.field[notion] {
				field += weight
				break
			}
		}
		if best == 0 && !g.Stop {
			if len(g.Notions) > 0 {
				unspoken += weight
			} else if !g.Known {
				unknown += weight
			}
			switch {
			case g.Token.Value != "":
				x[fNumber]++
			case e.entityOf(g) != NoEntity:
				x[fEntity]++
			}
		}
	}
	if all > 0 {
		x[fShare], x[fTop3] = covered/all, covered3/all
		x[fUnspoken], x[fUnknown], x[fField] = unspoken/all, unknown/all, field/all
		x[fRarest] = (1 - rarest) * rarestAll / all
	}
	x[fScore] = float64(e.likeness(u, top))
	if top.match.Kind > 0 {
		x[fKind] = 1
	}
	if content <= 2 {
		x[fFew] = 1
	}
	return x
}

// carriers returns the places of the n best candidates that may carry an answer.
func (e *Engine) carriers(list []candidate, n int) []int {
	var places []int
	for i := range list {
		if e.pack.Statements[list[i].at].Kind.CarriesAnswer() {
			if places = append(places, i); len(places) == n {
				break
			}
		}
	}
	return places
}
