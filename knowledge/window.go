package knowledge

// A long message tells a story around its question, and no statement holds the story's words. Where the message as a whole
// leads to a statement but its words do not vouch for it, a stretch of it may.

// Of a message of longMessage words at least, stretches of windowWords words are looked at, one every windowStep words.
const (
	longMessage = 16
	windowWords = 12
	windowStep  = 4
)

// windowChance is the least chance of an answer to a stretch: the best of several is sure less often.
const windowChance = .6

// windowed returns what was found for the stretch of a long message that the statement the whole message leads to answers
// best, or what was found for the whole.
func (e *Engine) windowed(whole *found, q Question) *found {
	tokens := whole.u.tokens
	if whole.answer.Decision != DecideAbstain || len(tokens) < longMessage {
		return whole
	}
	places := e.carriers(whole.candidates, 1)
	if len(places) == 0 {
		return whole
	}
	wanted := e.group[whole.candidates[places[0]].at]
	best := whole
	for from := 0; from < len(tokens); from += windowStep {
		to := min(from+windowWords, len(tokens))
		u := e.understand(Question{
			Text: whole.u.text[tokens[from].Start:tokens[to-1].End], Language: whole.u.lang, Now: q.Now, Near: q.Near,
		})
		u.explain = whole.u.explain
		part := e.find(u)
		at := e.carriers(part.candidates, 1)
		if part.answer.Decision == DecideAnswer && part.chance >= windowChance && part.chance > best.chance &&
			len(at) > 0 && e.group[part.candidates[at[0]].at] == wanted {
			best.forget(whole)
			best = part
		} else {
			part.u.clear()
		}
		if to == len(tokens) {
			break
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
