package broadcast

import (
	"fmt"
	"slices"
	"time"
)

// moves are the guarded transitions: from a state to those it may turn into. A broadcast that was sent goes
// back to Sending when a person wants those whose fate is unknown to get it again.
var moves = map[State][]State{
	Draft:     {Submitted, Canceled},
	Submitted: {Draft, Approved, Canceled},
	Approved:  {Draft, Scheduled, Sending, Canceled},
	Scheduled: {Draft, Sending, Expired, Canceled},
	Sending:   {Paused, Finished, Canceled},
	Paused:    {Sending, Canceled},
	Finished:  {Sending},
}

// PauseReason says why a broadcast is paused, in [Broadcast.Pause].
type PauseReason string

// The reasons to pause.
const (
	PauseHand    PauseReason = "hand"    // somebody pressed the button
	PauseErrors  PauseReason = "errors"  // more than 5 % of the canary failed
	PauseContent PauseReason = "content" // Telegram refuses the text, the buttons or the file
	PauseToken   PauseReason = "token"   // the token is wrong or was revoked
	PauseQuiet   PauseReason = "quiet"   // the quiet period has begun
)

// The actions of the audit.
const (
	ActOpen     = "open"
	ActEdit     = "edit"
	ActSubmit   = "submit"
	ActReturn   = "return"
	ActApprove  = "approve"
	ActSchedule = "schedule"
	ActStart    = "start"
	ActPause    = "pause"
	ActResume   = "resume"
	ActFinish   = "finish"
	ActCancel   = "cancel"
	ActExpire   = "expire"
	ActOverride = "override"
	ActResend   = "resend"
	ActCorrect  = "correct"
	ActRecall   = "recall"
)

// MoveError is a transition that is not allowed: somebody else was faster, or the button is an old one.
type MoveError struct{ From, To State }

func (e *MoveError) Error() string { return fmt.Sprintf("broadcast: from %s to %s", e.From, e.To) }

// Move takes the broadcast to another state and writes the audit line. by is 0 for the program itself. The
// error is a *MoveError, and nothing has changed.
func (b *Broadcast) Move(to State, action string, by int64, why string, now time.Time) error {
	if !slices.Contains(moves[b.State], to) {
		return &MoveError{b.State, to}
	}
	switch to {
	case Draft:
		b.Approval = nil
	case Sending:
		if b.Started.IsZero() {
			b.Started = now
		}
		b.Pause, b.Ended = "", time.Time{}
	case Paused:
		b.Pause = why
	case Finished, Canceled, Expired:
		b.Ended = now
	}
	b.State = to
	b.note(action, by, why, now)
	return nil
}

// note writes a line of the audit.
func (b *Broadcast) note(action string, by int64, why string, now time.Time) {
	b.Audit = append(b.Audit, Event{At: now.UTC(), By: by, Action: action, Why: why})
}

// Open reports whether the text and the audience may still change.
func (s State) Open() bool {
	return s == Draft || s == Submitted || s == Approved || s == Scheduled
}

// Over reports whether nothing more happens by itself.
func (s State) Over() bool { return s == Finished || s == Canceled || s == Expired }
