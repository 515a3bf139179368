package broadcast

const (
	// canaryLeast and canaryPart: the first messages go to 1 % of the audience, or to 50 people where
	// that is more. With fewer than 50, one misfortune would decide.
	canaryLeast, canaryPart = 50, 100
	// errorsMost is the share of errors, in percent, beyond which sending stops until a person has looked.
	errorsMost = 5
)

// CanarySize is how many people of an audience get a broadcast before the others do.
func CanarySize(total int) int { return min(total, max(canaryLeast, total/canaryPart)) }

// Sound judges what has come of sending since it was judged last: false when more than 5 % were errors. With
// enough false it waits until as many as a canary have been sent to, so that it does not judge by the first few.
func Sound(now, judged Tally, enough bool) bool {
	settled, errors := now.Settled()-judged.Settled(), now.Errors()-judged.Errors()
	if !enough && settled < canaryLeast {
		return true
	}
	return errors*100 <= errorsMost*settled
}
