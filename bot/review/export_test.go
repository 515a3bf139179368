package review

import "time"

// ReadDay is readDay as a day is written.
func ReadDay(text string, now time.Time) (string, bool) {
	day, ok := readDay(text, now)
	return day.Format(time.DateOnly), ok
}
