package knowledge

import "refbot/knowledge/language"

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
			weight = .4
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
