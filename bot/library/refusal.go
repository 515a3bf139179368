package library

import (
	"errors"

	"refbot/bot"
	"refbot/knowledge"
)

// Reason says why the desk does not do what it was asked to.
type Reason string

// The reasons.
const (
	BadState   Reason = "state"      // the proposal is in Refusal.State: somebody else was faster, or the button is an old one
	NotYours   Reason = "role"       // the person has no role for it
	SecondOnly Reason = "second"     // who wrote it does not publish it
	Faulty     Reason = "faulty"     // Refusal.Problems keep it from being served
	NoChange   Reason = "no_change"  // the knowledge base says that already
	OldVersion Reason = "old"        // the version is not kept any more
	NoSuch     Reason = "no_such"    // there is no statement or proposal of this name
	TooLarge   Reason = "too_large"  // the knowledge base would be larger than may be
	WentWrong  Reason = "went_wrong" // the engine could not be built: nothing was published
)

// Refusal is an answer for a person, not a failure.
type Refusal struct {
	Why      Reason
	State    State
	Problems []knowledge.Problem
}

func (r *Refusal) Error() string { return "library: refused: " + string(r.Why) }

// Refused gives the refusal in an error, nil where it is something else.
func Refused(err error) *Refusal {
	var r *Refusal
	errors.As(err, &r)
	return r
}

// isAway reports whether an error is that of a store that does not answer, which ends by itself.
func isAway(err error) bool { return bot.KindOf(err) == bot.StoreDown }
