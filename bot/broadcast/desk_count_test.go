package broadcast_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"refbot/bot/broadcast"
	"refbot/knowledge/language"
)

// slowAudience takes its time to count.
type slowAudience struct {
	broadcast.Audience
	takes time.Duration
	asked int
}

func (a *slowAudience) Count(context.Context, broadcast.Segment, func(done, total int)) (map[language.Code]int, error) {
	a.asked++
	time.Sleep(a.takes)
	return map[language.Code]int{language.Russian: a.asked}, nil
}

func TestOnlySlowCountsAreKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		audience := &slowAudience{takes: time.Millisecond}
		d := &broadcast.Desk{Audience: audience}
		b := &broadcast.Broadcast{Fallback: "ru", Content: map[language.Code]broadcast.Message{"ru": {Text: "x"}}}
		count := func() int {
			t.Helper()
			by, err := d.Count(t.Context(), b, nil)
			if err != nil {
				t.Fatal(err)
			}
			n := by[language.Russian]
			by[language.Russian] = -1 // a caller's own copy
			return n
		}
		for want := 1; want <= 2; want++ {
			if n := count(); n != want {
				t.Errorf("a quick count is %d, want %d", n, want)
			}
		}
		audience.takes = time.Second
		if first, second := count(), count(); first != 3 || second != 3 {
			t.Errorf("a slow count is %d, then %d", first, second)
		}
		b.Segment.Topics = []string{"results"}
		if n := count(); n != 4 {
			t.Errorf("another segment is %d", n)
		}
		time.Sleep(time.Minute)
		if n := count(); n != 5 {
			t.Errorf("a minute later it is %d", n)
		}
	})
}
