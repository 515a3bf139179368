package broadcast

import (
	"strconv"
	"strings"
	"time"

	"refbot/knowledge"
)

// Night is when people are not to be woken without need: from 22 to 9 o'clock, local time.
const (
	nightFrom  = 22
	nightUntil = 9
)

// DefaultTooLate is how late a scheduled broadcast may start before it expires.
const DefaultTooLate = 2 * time.Hour

// Night reports whether it is night in the campaign's time zone.
func Night(c *knowledge.Campaign, t time.Time) bool {
	h := t.In(Zone(c)).Hour()
	return h >= nightFrom || h < nightUntil
}

// Morning is the next time at which the night is over.
func Morning(c *knowledge.Campaign, t time.Time) time.Time {
	local := t.In(Zone(c))
	morning := time.Date(local.Year(), local.Month(), local.Day(), nightUntil, 0, 0, 0, local.Location())
	if !morning.After(t) {
		morning = morning.AddDate(0, 0, 1)
	}
	return morning
}

// Zone is the campaign's time zone; UTC where it has none.
func Zone(c *knowledge.Campaign) *time.Location {
	if c.TimeZone == nil {
		return time.UTC
	}
	return c.TimeZone
}

// When is the moment at which the broadcast would go out if it was approved at t.
func (b *Broadcast) When(t time.Time) time.Time {
	if b.Schedule != nil && b.Schedule.At.After(t) {
		return b.Schedule.At
	}
	return t
}

// Due is the transition that time brings about: a scheduled broadcast starts, or expires when it is too late;
// one that is being sent pauses when the quiet period begins. "" when there is none. Whoever acts on it moves
// the broadcast with action and why, in the name of the program.
func (b *Broadcast) Due(c *knowledge.Campaign, now time.Time) (to State, action, why string) {
	quiet := c.Quiet(now) && b.Override == ""
	switch {
	case b.State == Sending && quiet:
		return Paused, ActPause, string(PauseQuiet)
	case b.State != Scheduled || b.Schedule == nil || now.Before(b.Schedule.At):
		return "", "", ""
	case quiet:
		return Expired, ActExpire, string(PauseQuiet)
	case now.After(b.Schedule.At.Add(b.Schedule.TooLate)):
		return Expired, ActExpire, ""
	}
	return Sending, ActStart, ""
}

// ParseTime reads a moment as staff type it, in the campaign's time zone: "18:30" is the next time it is that
// late, "15.03 18:30" and "15.03.2026 18:30" name the day; a day without a year is the next such day.
func ParseTime(text string, zone *time.Location, now time.Time) (time.Time, bool) {
	now = now.In(zone)
	words := strings.Fields(strings.NewReplacer(",", " ").Replace(text))
	if len(words) == 0 || len(words) > 2 {
		return time.Time{}, false
	}
	clock, err := time.Parse("15:04", words[len(words)-1])
	if err != nil {
		return time.Time{}, false
	}
	year, month, day, fixed := now.Year(), now.Month(), now.Day(), false
	if len(words) == 2 {
		var ok bool
		if year, month, day, fixed, ok = parseDay(words[0], year); !ok {
			return time.Time{}, false
		}
	}
	at := func(year, day int) time.Time {
		return time.Date(year, month, day, clock.Hour(), clock.Minute(), 0, 0, zone)
	}
	t := at(year, day)
	switch {
	case t.Day() != day: // 31.02
		return time.Time{}, false
	case t.After(now) || fixed:
		return t, t.After(now)
	case len(words) == 1:
		return at(year, day+1), true
	}
	t = at(year+1, day)
	return t, t.Day() == day
}

// parseDay reads "15.03" or "15.03.2026".
func parseDay(s string, thisYear int) (year int, month time.Month, day int, fixed, ok bool) {
	parts := strings.Split(strings.TrimSuffix(s, "."), ".")
	if len(parts) < 2 || len(parts) > 3 {
		return 0, 0, 0, false, false
	}
	n := []int{0, 0, thisYear}
	for i, p := range parts {
		v, err := strconv.Atoi(p)
		if err != nil || v < 1 {
			return 0, 0, 0, false, false
		}
		n[i] = v
	}
	if n[1] > 12 || n[0] > 31 || n[2] < 2000 || n[2] > 2200 {
		return 0, 0, 0, false, false
	}
	return n[2], time.Month(n[1]), n[0], len(parts) == 3, true
}
