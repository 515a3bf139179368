package knowledge

// A follow-up carries the words of earlier questions over, at these shares of their weight, the
// last question first.
var carriedShares = []float32{.5, .2}

// A question with this many words of its own stands by itself unless it points back.
const ownSubject = 4

// carry completes a follow-up with the words of the questions before it.
func (e *Engine) carry(u *understood, previous []string) {
	previous = previous[max(0, len(previous)-MaxTurns):]
	if len(previous) == 0 || !e.pointsBack(u) {
		return
	}
	for i, share := range carriedShares {
		at := len(previous) - 1 - i
		if at < 0 {
			return
		}
		earlier := e.understand(Question{Text: previous[at]})
		if courtesy(earlier.reading) {
			continue
		}
		u.query.Carry(earlier.query, share)
		u.past = u.past || earlier.past
		if i == 0 {
			u.carried = earlier.text
		}
	}
	if u.carried != "" {
		u.repairs = append(u.repairs, Repair{"follow-up", u.text, u.carried + " → " + u.text})
	}
}

// pointsBack reports whether a question leans on the one before: it links to it («а», "and", «ол») or
// names too little to be understood alone.
func (e *Engine) pointsBack(u *understood) bool {
	content := 0
	for i := range u.query.Groups {
		if !u.query.Groups[i].Stop {
			content++
		}
	}
	if content < 3 {
		return true
	}
	linked := len(u.tokens) > 0 && u.reading.At[0] == "follow"
	return content < ownSubject && u.reading.Saw("follow") || linked && content <= ownSubject+2
}
