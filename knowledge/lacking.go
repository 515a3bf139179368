package knowledge

import (
	"slices"

	"refbot/knowledge/index"
	"refbot/knowledge/language"
)

// even is the share of the question's notions that none of the best statements names, each counting the
// same however rare, and the share the best one lacks.
func (e *Engine) even(u *understood, list []candidate, carriers []int, top *candidate) (none, first float64) {
	var all float64
	seen := map[string]bool{}
	for i := range u.query.Groups[:u.own] {
		g := &u.query.Groups[i]
		if g.Stop || g.Token.Kind == language.Word && u.filler(i) {
			continue
		}
		if len(g.Notions) > 0 && e.field[g.Notions[0]] {
			if seen[g.Notions[0]] {
				continue
			}
			seen[g.Notions[0]] = true
		}
		weight := 1.0
		if g.Light {
			weight = evenLight
		}
		best := 0.0
		for _, at := range carriers {
			best = max(best, e.held(u, &list[at], i))
		}
		all += weight
		none += weight * (1 - best)
		first += weight * (1 - e.held(u, top, i))
	}
	return none / max(all, .01), first / max(all, .01)
}

// dense is the largest share of the question's words, each counting the same however rare, that one sentence of one of the
// best statements holds.
func (e *Engine) dense(u *understood, list []candidate, carriers []int) float64 {
	weights := make([]float32, u.own)
	var all, most float32
	for i := range weights {
		g := &u.query.Groups[i]
		switch {
		case g.Stop || g.Token.Kind == language.Word && u.filler(i):
		case g.Light:
			weights[i] = evenLight
		default:
			weights[i] = 1
		}
		all += weights[i]
	}
	for _, at := range carriers {
		most = max(most, u.reader.Densest(list[at].match.Doc, weights))
	}
	return float64(most / max(all, .01))
}

// evenLight is what a word without a subject counts where words count the same.
const evenLight = .4

// onlyNames reports whether a statement names the person, place or body of a question and holds nothing
// else of it, though something else is asked.
func (e *Engine) onlyNames(u *understood, c *candidate) bool {
	named, lacks := false, false
	for i := range u.query.Groups[:u.own] {
		g := &u.query.Groups[i]
		if g.Stop || g.Light {
			continue
		}
		switch here := e.held(u, c, i) >= onlyNamesHeld; {
		case here && e.entityOf(g) == NoEntity:
			return false
		case here:
			named = true
		default:
			lacks = true
		}
	}
	return named && lacks
}

// onlyNamesHeld is from where a word counts as held.
const onlyNamesHeld = .5

// termsLacking is the share of the question's weight on words of terms of several words that none of the best
// statements names, and of those that no statement names: their words may stand in it for other things.
func (e *Engine) termsLacking(u *understood, list []candidate, carriers []int) (here, anywhere float64) {
	groups := u.query.Groups[:u.own]
	var all, lacking, strange float32
	for i := range groups {
		weight := groups[i].Weight * groups[i].IDF
		all += weight
		if groups[i].Stop { // «во сколько» is no term of its own
			continue
		}
		absent, unheard := false, false
		for _, notion := range groups[i].Notions {
			if !e.field[notion] || e.entities[notion] != NoEntity || !ofSeveral(groups, i, notion) {
				continue
			}
			unheard = unheard || e.index.Lookup(index.Notion, notion) == 0
			absent = absent || !slices.ContainsFunc(carriers, func(at int) bool { return e.index.Names(list[at].match.Doc, notion) })
		}
		if absent {
			lacking += weight
		}
		if unheard {
			strange += weight
		}
	}
	return float64(lacking / max(all, .01)), float64(strange / max(all, .01))
}

// ofSeveral reports whether a notion is named by a word of the question and one beside it.
func ofSeveral(groups []index.Group, i int, notion string) bool {
	return i > 0 && slices.Contains(groups[i-1].Notions, notion) ||
		i+1 < len(groups) && slices.Contains(groups[i+1].Notions, notion)
}
