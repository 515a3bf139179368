package knowledge

import (
	"slices"

	"refbot/knowledge/index"
	"refbot/knowledge/language"
)

// inTitle are the fields that say what a statement is about.
const inTitle = index.Fields(1<<index.Title | 1<<index.Alias | 1<<index.Speaker | 1<<index.Office)

// gather reads the evidence of a ranked question.
func (e *Engine) gather(u *understood, list []candidate) evidence {
	x := evidence{fBias: 1}
	carriers := e.carriers(list, 3)
	if len(carriers) == 0 {
		x[fUnknown], x[fUnspoken], x[fSilent] = 1, 1, 1
		return x
	}
	e.read(u, list, carriers)
	top := closest(list, carriers)
	var all, rarest, rarestHeld float64
	content := 0
	for i := range u.query.Groups[:u.own] {
		g := &u.query.Groups[i]
		weight := float64(g.Weight * g.IDF)
		all += weight
		here, best := e.held(u, top, i), 0.0
		for _, at := range carriers {
			best = max(best, e.held(u, &list[at], i))
		}
		x[fShare] += weight * here
		x[fTop3] += weight * best
		if weight > rarest {
			rarest, rarestHeld = weight, here
		}
		if g.Stop {
			continue
		}
		content++
		if here > 0 && !g.Light {
			x[fHeld] = min(x[fHeld]+1./5, 1)
		}
		x.noteFound(g, &top.evidence.Groups[i], weight)
		if best == 0 && !g.Light {
			x[fAbsent] = min(x[fAbsent]+1./3, 1)
		}
		e.missing(&x, g, weight, here, best)
		if best == 0 && e.placeNamed(u, i) {
			x[fPlace]++
		}
	}
	if e.onlyNames(u, top) {
		x[fName] = 1
	}
	x[fTerm], x[fStranger] = e.termsLacking(u, list, carriers)
	x[fEven], x[fEvenTop] = e.even(u, list, carriers, top)
	x[fDense] = e.dense(u, list, carriers)
	x[fField] = e.fieldShare(u)
	x[fRarest] = rarest * (1 - rarestHeld)
	for _, f := range []int{fShare, fTop3, fRarest, fSilent, fUnspoken, fUnknown, fTitle, fGuess} {
		x[f] /= max(all, .01)
	}
	x[fWordy] = (1 - x[fShare]) * min(max(float64(content-fewest)/many, 0), 1)
	e.gatherTop(u, list, carriers, top, &x)
	if content <= 2 {
		x[fFew] = 1
	}
	return x
}

// noteFound adds how the best statement holds a word.
func (x *evidence) noteFound(g *index.Group, found *index.Found, weight float64) {
	if found.By < 0 {
		if !g.Light {
			x[fLacks] = min(x[fLacks]+1./3, 1)
		}
		return
	}
	if found.Fields&inTitle != 0 {
		x[fTitle] += weight
	}
	if g.Variants[found.By].Via == index.Likely {
		x[fGuess] += weight
	}
}

// A question of more than fewest words with a subject is wordy, one of many more altogether.
const (
	fewest = 6
	many   = 10
)

// missing adds a word the best statements lack.
func (e *Engine) missing(x *evidence, g *index.Group, weight, here, best float64) {
	named := len(g.Notions) > 0
	if here == 0 {
		switch {
		case g.Token.Value != "":
			x[fNumber]++
		case e.entityOf(g) != NoEntity:
			x[fEntity]++
		}
		if named {
			x[fSilent] += weight
		}
	}
	switch {
	case best > 0:
	case named:
		x[fUnspoken] += weight
	case !g.Known:
		x[fUnknown] += weight
	}
}

// gatherTop adds what the best statement shows by itself.
func (e *Engine) gatherTop(u *understood, list []candidate, carriers []int, top *candidate, x *evidence) {
	x[fScore] = float64(e.likeness(u, top))
	if last := list[min(len(list), kept)-1]; top.score > 0 {
		x[fMargin] = 1 - float64(last.score/top.score)
	}
	if top.score > 0 {
		x[fNear] = float64(top.match.Near / top.match.Score)
		x[fKin] = float64(top.kin / top.score)
	}
	for _, at := range carriers {
		x[fListed] = max(x[fListed], float64(list[at].listed))
		x[fFocus] = max(x[fFocus], float64(e.focus(u, list[at].at)))
	}
	if unit, ok := u.unit(); ok {
		if !slices.ContainsFunc(carriers, func(at int) bool { return list[at].evidence.Groups[unit].By >= 0 }) {
			x[fUnit] = 1
		}
		if !slices.ContainsFunc(carriers, func(at int) bool {
			return list[at].counted > 0 && list[at].score >= ranks.alike*list[carriers[0]].score
		}) && top.counted == 0 {
			x[fUncounted] = 1
		}
	}
	if u.query.Asks.Valued() {
		if top.match.Kind > 0 {
			x[fKind] = 1
		} else {
			x[fNoKind] = 1
		}
	}
}

// placeNamed reports whether a word of the question names a place: one of the glossary or a country.
func (e *Engine) placeNamed(u *understood, i int) bool {
	return e.entityOf(&u.query.Groups[i]) == Place || u.reading.At[i] == "country"
}

// unit returns the word that says what is to be counted: the one behind «сколько» or "how many", or, where none
// stands there, the one before («учаске нешеу»).
func (u *understood) unit() (at int, ok bool) {
	if u.query.Asks != index.AsksNumber {
		return 0, false
	}
	asked, before := false, -1
	for i := range u.query.Groups[:u.own] {
		g := &u.query.Groups[i]
		switch {
		case language.QuestionWord(g.Token.Folded):
			asked = true
		case asked && index.Measure(g.Token.Folded):
			return 0, false // "how long": of what, the question does not say
		case g.Stop || g.Token.Kind != language.Word:
		case asked:
			return i, true
		default:
			before = i
		}
	}
	return max(before, 0), asked && before >= 0
}

// fieldShare is the share of the question's weight, what it carries over included, on words of the field.
func (e *Engine) fieldShare(u *understood) float64 {
	var field, all float64
	for i := range u.query.Groups {
		g := &u.query.Groups[i]
		weight := float64(g.Weight * g.IDF)
		all += weight
		if e.ofField(g) {
			field += weight
		}
	}
	return field / max(all, .01)
}

// ofField reports whether a word belongs to the pack's glossary.
func (e *Engine) ofField(g *index.Group) bool {
	for _, notion := range g.Notions {
		if e.field[notion] {
			return true
		}
	}
	return false
}

// closest returns the candidate whose own words fit best: the first one may owe its place to its date.
func closest(list []candidate, carriers []int) *candidate {
	best := &list[carriers[0]]
	for _, at := range carriers {
		if list[at].match.Score > best.match.Score {
			best = &list[at]
		}
	}
	return best
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
