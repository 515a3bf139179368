package broadcast

const (
	// canaryLeast and canaryPart: the first messages go to 1 % of the audience, or to 50 people where
	// that is more. With fewer than 50, one misfortune would decide.
	canaryLeast, canaryPart = 50, 100
	// errorsMost is the share of errors, in percent, beyond which sending stops until a person has looked.
	errorsMost = 5
	// crash is how many lines at most one replica has begun at a time.
	crash = 50
)

// CanarySize is how many people of an audience get a broadcast before the others do.
func CanarySize(total int) int { return min(total, max(canaryLeast, total/canaryPart)) }

// Sound judges what has come of sending since it was judged last: false when more than 5 % were errors. The canary
// is judged strictly. Later it waits until as many as a canary were sent to, and does not count what one crash
// may have left unknown.
func Sound(now, judged Tally, strictly bool) bool {
	settled, failed, unknown := now.Settled()-judged.Settled(), now.Failed-judged.Failed, now.Unknown-judged.Unknown
	if !strictly {
		if settled < canaryLeast {
			return true
		}
		unknown = max(0, unknown-crash)
	}
	return (failed+unknown)*100 <= errorsMost*settled
}
