package knowledge

import "slices"

// A long message tells a story around its question, and no statement holds the story's words. Where the message as a whole
// leads to a statement but its words do not vouch for it, a stretch of it may.

// Of a message of longMessage words at least, the stretches of windowWords words of which the statements it leads to hold most
// are asked by themselves, windowTried of them, that begin windowStep words apart at least.
const (
	longMessage = 16
	windowWords = 10
	windowStep  = 2
	windowTried = 2
	windowHeld  = .4 // share of a stretch that a statement holds at least
)

// windowChance is the least chance of an answer to a stretch: the best of several is sure less often.
const windowChance = .6

// windowLeads is how many statements that the whole message leads to may answer a stretch of it.
const windowLeads = 3

// windowed returns what was found for the stretch of a long message that one of the statements the whole message leads to
// answers best, or what was found for the whole.
func (e *Engine) windowed(whole *found, q Question) *found {
	tokens := whole.u.tokens[:whole.u.typed]
	if whole.answer.Decision != DecideAbstain || len(tokens) < longMessage {
		return whole
	}
	leads := e.carriers(whole.candidates, windowLeads)
	var wanted []int32
	for _, at := range leads {
		wanted = append(wanted, e.group[whole.candidates[at].at])
	}
	best := whole
	for _, from := range e.stretches(whole, leads) {
		stretch := tokens[from:min(from+windowWords, len(tokens))]
		u := e.understand(Question{
			Text: whole.u.text[stretch[0].Start:stretch[len(stretch)-1].End], Language: whole.u.lang, Now: q.Now, Near: q.Near,
		})
		u.explain = whole.u.explain
		part := e.find(u)
		at := e.carriers(part.candidates, 1)
		if part.answer.Decision == DecideAnswer && part.chance >= windowChance && part.chance > best.chance &&
			len(at) > 0 && slices.Contains(wanted, e.group[part.candidates[at[0]].at]) {
			best.forget(whole)
			best = part
		} else {
			part.u.clear()
		}
	}
	if best != whole {
		best.answer.Understood, best.answer.Alone = whole.answer.Understood, whole.answer.Alone
		whole.u.clear()
	}
	return best
}

// stretches returns where the stretches of a message begin of which one of the statements it leads to holds the largest
// share, the largest first.
func (e *Engine) stretches(whole *found, leads []int) []int {
	u := whole.u
	words := u.typed
	var starts []int
	var shares []float64
	for from := 0; from == 0 || from+windowWords < words+windowStep; from += windowStep {
		to := min(from+windowWords, words, u.own)
		share := 0.0
		for _, at := range leads {
			share = max(share, e.heldWithin(u, &whole.candidates[at], from, to))
		}
		starts, shares = append(starts, from), append(shares, share)
	}
	var best []int
	for range min(windowTried, len(starts)) {
		at := 0
		for i := range shares {
			if shares[i] > shares[at] {
				at = i
			}
		}
		if shares[at] < windowHeld {
			break
		}
		best = append(best, starts[at])
		shares[at] = -1
	}
	return best
}

// heldWithin is the share of some words of a message that a statement holds.
func (e *Engine) heldWithin(u *understood, c *candidate, from, to int) float64 {
	var held, all float64
	for i := from; i < to; i++ {
		g := &u.query.Groups[i]
		weight := float64(g.Weight * g.IDF)
		all += weight
		held += weight * e.held(u, c, i)
	}
	return held / max(all, .01)
}

// forget gives back what a question that is not answered was ranked on, unless it is the whole message.
func (f *found) forget(whole *found) {
	if f != whole {
		f.u.clear()
	}
}
