package knowledge

import "slices"

// A long message tells a story around its question, and no statement holds the story's words. Where the message as a whole
// leads to a statement but its words do not vouch for it, a stretch of it may.

// Of a message of longMessage words at least, stretches of windowWords words are looked at, one every windowStep words, but
// no more than about windowMost.
const (
	longMessage = 16
	windowWords = 10
	windowStep  = 2
	windowMost  = 40
)

// windowChance is the least chance of an answer to a stretch: the best of several is sure less often.
const windowChance = .6

// windowLeads is how many statements that the whole message leads to may answer a stretch of it.
const windowLeads = 3

// windowed returns what was found for the stretch of a long message that one of the statements the whole message leads to
// answers best, or what was found for the whole.
func (e *Engine) windowed(whole *found, q Question) *found {
	tokens := whole.u.tokens
	if whole.answer.Decision != DecideAbstain || len(tokens) < longMessage {
		return whole
	}
	var wanted []int32
	for _, at := range e.carriers(whole.candidates, windowLeads) {
		wanted = append(wanted, e.group[whole.candidates[at].at])
	}
	best := whole
	step := max(windowStep, len(tokens)/windowMost)
	for from := 0; from == 0 || from+windowWords < len(tokens)+step; from += step {
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

// forget gives back what a question that is not answered was ranked on, unless it is the whole message.
func (f *found) forget(whole *found) {
	if f != whole {
		f.u.clear()
	}
}
