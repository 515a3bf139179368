package redisstore

import (
	"slices"
	"strings"
	"testing"
	"time"

	"refbot/bot"
	"refbot/bot/gate"
)

func testPhrasing(t *testing.T, e *env) {
	p := NewPhrasing(e.db, e.sealer, QuotaLimits{Calls: 2, Tokens: 1000, Day: 6, PersonDay: 3})
	now := time.Unix(1_770_000_000, 0)
	p.now = func() time.Time { return now }
	take := func(person int64, tokens int, want bot.Ending) bot.Grant {
		t.Helper()
		g, ending, err := p.Take(t.Context(), person, tokens)
		must(t, err)
		if ending != want {
			t.Fatalf("took %d tokens for %d: %q, want %q", tokens, person, ending, want)
		}
		return g
	}
	a := take(1, 400, "")
	b := take(2, 400, "")
	take(3, 1, bot.Busy) // two at once
	must(t, p.Settle(t.Context(), a, 900))
	must(t, p.Settle(t.Context(), a, 900)) // a repeated call changes nothing
	take(3, 1, bot.Busy)                   // 1,300 tokens this minute
	must(t, p.Settle(t.Context(), b, 0))
	now = now.Add(time.Minute)
	must(t, p.Settle(t.Context(), take(1, 1, ""), 1))
	must(t, p.Settle(t.Context(), take(1, 1, ""), 1))
	take(1, 1, bot.PersonLimit)
	must(t, p.Settle(t.Context(), take(2, 1, ""), 1))
	must(t, p.Settle(t.Context(), take(2, 1, ""), 1))
	take(3, 1, bot.UsedUp)
	now = now.Add(24 * time.Hour)
	take(1, 1, "")
	for _, key := range e.keys(t, "rb:{llm}:*") {
		if ttl := e.db.PTTL(t.Context(), key).Val(); ttl <= 0 {
			t.Errorf("%s stays for ever", key)
		}
	}
}

func testPhrases(t *testing.T, e *env) {
	p := NewPhrasing(e.db, e.sealer, QuotaLimits{})
	const name = "а когда референдум?"
	if got, err := p.Remembered(t.Context(), name); err != nil || got != nil {
		t.Fatal(got, err)
	}
	want := []gate.Sentence{{Text: "Референдум пройдёт 15 марта.", Statements: []int{1}}}
	must(t, p.Remember(t.Context(), name, want))
	got, err := p.Remembered(t.Context(), name)
	must(t, err)
	if !slices.EqualFunc(got, want, func(a, b gate.Sentence) bool { return a.Text == b.Text }) {
		t.Errorf("%+v", got)
	}
	keys := e.keys(t, "rb:phrase:*")
	if len(keys) != 1 || strings.Contains(keys[0], "референдум") || strings.Contains(e.db.Get(t.Context(), keys[0]).Val(), "15") {
		t.Errorf("not sealed: %q", keys)
	}
	other := NewPhrasing(e.db, newSealer(t, 2), QuotaLimits{})
	if got, err := other.Remembered(t.Context(), name); err != nil || got != nil {
		t.Errorf("another key reads %v, %v", got, err)
	}
}

func testSiren(t *testing.T, e *env) {
	p := NewPhrasing(e.db, e.sealer, QuotaLimits{})
	for i, want := range []bool{true, false, false} {
		if first, err := p.Sound(t.Context(), "unavailable", time.Hour); err != nil || first != want {
			t.Errorf("call %d: %v %v", i, first, err)
		}
	}
}
