package broadcast

import "time"

// Refusal is why the desk does not do what it was asked to. It is an answer for a person, not a failure.
type Refusal struct {
	Why   Reason
	State State     // BadState: where the broadcast stands
	Until time.Time // Quiet: when the quiet period ends; Late: when it was too late
	Fault error     // BadText: a *markup.Error, or nil when the text is too long
	Over  int       // BadText: by how many UTF-16 units it is too long
}

// Reason tells refusals apart.
type Reason string

// The reasons.
const (
	BadState   Reason = "state"       // the broadcast is not where this is possible
	SamePerson Reason = "same_person" // who wrote or changed it cannot approve it
	NeedsAdmin Reason = "needs_admin" // only an administrator may
	Outdated   Reason = "outdated"    // the message with the button shows another text than the present one
	Quiet      Reason = "quiet"       // the quiet period
	AtNight    Reason = "night"       // it is night, and nobody has said yet that it shall go out all the same
	Late       Reason = "late"        // the moment has passed
	NoText     Reason = "no_text"     // there is nothing to send
	BadText    Reason = "bad_text"    // Telegram would refuse it
	Nobody     Reason = "nobody"      // it is written in no language of those it is for
	Nothing    Reason = "nothing"     // nobody to resend it to
)

func (r *Refusal) Error() string { return "refused: " + string(r.Why) }
