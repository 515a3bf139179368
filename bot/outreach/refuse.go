package outreach

import (
	"errors"

	"refbot/bot/broadcast"
	"refbot/bot/markup"
)

// refused says in a sentence why something is not done.
func (x *visit) refused(r *broadcast.Refusal) string {
	switch r.Why {
	case broadcast.BadState:
		return x.b.BadState(x.b.States[string(r.State)])
	case broadcast.Quiet:
		text := x.b.Quiet(x.clock(r.Until))
		if x.who.Roles.May("admin") {
			text += " " + x.b.QuietAdmin
		}
		return text
	case broadcast.Late:
		return x.b.TooLate(x.clock(r.Until))
	case broadcast.BadText:
		return x.badText(r)
	}
	return x.b.Refusals[string(r.Why)]
}

func (x *visit) badText(r *broadcast.Refusal) string {
	if r.Over > 0 {
		return x.b.TooLong(r.Over)
	}
	var fault *markup.Error
	if !errors.As(r.Fault, &fault) {
		return x.b.TelegramRefuses
	}
	return x.b.Faults[string(fault.Problem)](fault.Tag, fault.Near) + " " + x.b.SendAgain
}
