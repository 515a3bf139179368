package texts

import (
	"fmt"
	"time"
)

// Kept says how long each kind of data about a person is kept.
type Kept struct {
	Session     time.Duration // last questions, since the last message
	Profile     time.Duration // a chosen language, since the last message
	Journal     time.Duration // redacted questions, since they were asked
	DeadLetters time.Duration // messages that could not be handled, since they were given up
}

const day = 24 * time.Hour

// inDays gives a length of time as a number of days, or of hours where it is no number of days.
func inDays(d time.Duration) (n int, days bool) {
	if d%day == 0 {
		return int(d / day), true
	}
	return int((d + time.Hour - 1) / time.Hour), false
}

// spanRussian is for use after verbs: «сутки», «180 дней», «36 часов».
func spanRussian(d time.Duration) string {
	switch n, days := inDays(d); {
	case days && n == 1:
		return "сутки"
	case days:
		return fmt.Sprintf("%d %s", n, plural(n, "день", "дня", "дней"))
	default:
		return fmt.Sprintf("%d %s", n, plural(n, "час", "часа", "часов"))
	}
}

func spanKazakh(d time.Duration) string {
	switch n, days := inDays(d); {
	case days && n == 1:
		return "бір тәулік"
	case days:
		return fmt.Sprintf("%d күн", n)
	default:
		return fmt.Sprintf("%d сағат", n)
	}
}

func spanEnglish(d time.Duration) string {
	n, days := inDays(d)
	unit := "hour"
	if days {
		unit = "day"
	}
	if n == 1 {
		return "one " + unit
	}
	return fmt.Sprintf("%d %ss", n, unit)
}
