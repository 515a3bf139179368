package redisstore

import (
	"context"
	"strings"
	"testing"
	"time"

	"refbot/bot"
	"refbot/bot/redisstore/redistest"
)

// shared is what replicas share beside the store and the inbox, on every kind of Redis.
var shared = []struct {
	name string
	run  func(*testing.T, *env)
}{
	{"bulk is spread evenly", testBulkPace},
	{"bulk is not booked far ahead", testBookAhead},
	{"replies push bulk back", testRepliesFirst},
	{"a chat has a budget of its own", testChatBudget},
	{"a wait is shared", testPostpone},
	{"an office has one holder", testOffice},
	{"an office is taken over", testTakeOffice},
	{"an office is left at once", testLeaveOffice},
	{"roles", testRoles},
}

func TestSharedMini(t *testing.T) {
	for _, c := range shared {
		t.Run(c.name, func(t *testing.T) { c.run(t, newEnv(t, redistest.StartMini(t).URL())) })
	}
}

func TestSharedServer(t *testing.T)  { testShared(t, redistest.StartServer(t).URL()) }
func TestSharedCluster(t *testing.T) { testShared(t, redistest.StartCluster(t).URL()) }

func testShared(t *testing.T, url string) {
	for _, c := range shared {
		t.Run(c.name, func(t *testing.T) {
			e := newEnv(t, url)
			for _, key := range []string{limitAll, rolesGiven, rolesAudit, "rb:{office:test}:holder"} {
				must(t, e.db.Del(t.Context(), key).Err())
			}
			c.run(t, e)
		})
	}
}

// people are private chats.
func people(from, n int) []bot.Chat {
	chats := make([]bot.Chat, n)
	for i := range chats {
		chats[i].ID = int64(from + i)
	}
	return chats
}

func reserve(t *testing.T, l *Limiter, r bot.Rates, chats []bot.Chat, replies int) []bot.Slot {
	t.Helper()
	slots, err := l.Reserve(t.Context(), r, chats, replies)
	must(t, err)
	return slots
}

func testBulkPace(t *testing.T, e *env) {
	one, two, r := NewLimiter(e.db, e.sealer), NewLimiter(e.db, e.sealer), bot.DefaultRates(false)
	r.Ahead = 0
	first := reserve(t, one, r, people(1, 25), 0)
	second := reserve(t, two, r, people(101, 25), 0)
	if first[0].Wait > 50*time.Millisecond || !first[0].Booked {
		t.Errorf("the first message waits %v", first[0].Wait)
	}
	rate := 30 * headroom
	between := time.Duration(float64(time.Second) / rate)
	for i := 1; i < 25; i++ {
		if gap := first[i].Wait - first[i-1].Wait; gap < between-time.Millisecond || gap > between+time.Millisecond {
			t.Errorf("%v between two messages, want %v", gap, between)
		}
	}
	if got, want := second[24].Wait, 49*between; got > want+time.Millisecond || got < want-time.Second {
		t.Errorf("the 50. message of two replicas waits %v, want at most %v", got, want)
	}
	if second[0].Wait < first[24].Wait-time.Second/2 {
		t.Errorf("the second replica starts after %v, when the first has %v booked", second[0].Wait, first[24].Wait)
	}
}

func testBookAhead(t *testing.T, e *env) {
	l, r := NewLimiter(e.db, e.sealer), bot.DefaultRates(false)
	booked := 0
	for _, s := range reserve(t, l, r, people(1, 25), 0) {
		switch {
		case s.Booked && s.Wait <= r.Ahead:
			booked++
		case !s.Full || s.Wait < r.Ahead/2 || s.Wait > r.Ahead:
			t.Errorf("%+v", s)
		}
	}
	if booked < 9 || booked > 10 {
		t.Errorf("%d messages are booked within %v", booked, r.Ahead)
	}
}

func testRepliesFirst(t *testing.T, e *env) {
	l, r := NewLimiter(e.db, e.sealer), bot.DefaultRates(false)
	if s, err := l.Exchange(t.Context(), r, 0); err != nil || s.Bulk {
		t.Errorf("bulk before any: %+v %v", s, err)
	}
	reserve(t, l, r, people(1, 1), 0)
	shared, err := l.Exchange(t.Context(), r, 15)
	must(t, err)
	if !shared.Bulk || shared.Wait != 0 {
		t.Errorf("shared %+v while bulk goes out", shared)
	}
	if wait := reserve(t, l, r, people(2, 1), 15)[0].Wait; wait < 700*time.Millisecond || wait > 1100*time.Millisecond {
		t.Errorf("bulk waits %v for 30 replies", wait)
	}
	if wait := reserve(t, l, r, people(3, 1), 100_000)[0].Wait; wait > 2100*time.Millisecond {
		t.Errorf("bulk waits %v: replies must not stop it for long", wait)
	}
}

func testChatBudget(t *testing.T, e *env) {
	l, r := NewLimiter(e.db, e.sealer), bot.DefaultRates(true)
	booked := func(c bot.Chat, n int) (count int, wait time.Duration) {
		chats := make([]bot.Chat, n)
		for i := range chats {
			chats[i] = c
		}
		for _, s := range reserve(t, l, r, chats, 0) {
			if s.Booked {
				count++
			} else {
				wait = s.Wait
			}
		}
		return count, wait
	}
	if n, wait := booked(bot.Chat{ID: 901}, 9); n != 5 || wait > time.Second {
		t.Errorf("%d messages to a person at once, then %v; want 5, then at most a second", n, wait)
	}
	if n, wait := booked(bot.Chat{ID: -902, Group: true}, 15); n != 10 || wait > 3*time.Second {
		t.Errorf("%d messages to a group at once, then %v; want 10, then at most three seconds", n, wait)
	}
	if n, _ := booked(bot.Chat{ID: 903}, 1); n != 1 {
		t.Error("one chat holds back another")
	}
}

func testPostpone(t *testing.T, e *env) {
	ctx, r := t.Context(), bot.DefaultRates(true)
	one, two := NewLimiter(e.db, e.sealer), NewLimiter(e.db, e.sealer)
	must(t, one.Postpone(ctx, bot.Chat{ID: 904}, 20*time.Second))
	slots := reserve(t, two, r, people(904, 2), 0)
	if slots[0].Booked || slots[0].Wait < 19*time.Second || !slots[1].Booked {
		t.Errorf("one chat is to wait 20 s: %+v", slots)
	}
	must(t, one.Postpone(ctx, bot.Chat{}, 30*time.Second))
	must(t, one.Postpone(ctx, bot.Chat{}, 10*time.Second)) // the longer one counts
	if s := reserve(t, two, r, people(906, 1), 0)[0]; s.Booked || s.Wait < 29*time.Second {
		t.Errorf("all are to wait 30 s: %+v", s)
	}
	if s, err := two.Exchange(ctx, r, 0); err != nil || s.Wait < 29*time.Second || s.Wait > 30*time.Second {
		t.Errorf("the other replica learns %+v, %v", s, err)
	}
	for _, key := range []string{limitAll, one.chatKey(904)} {
		if ttl := e.db.PTTL(ctx, key).Val(); ttl <= 0 {
			t.Errorf("%s stays for ever", key)
		}
	}
}

func TestLimiterNamesNobody(t *testing.T) {
	e := newEnv(t, redistest.StartMini(t).URL())
	l := NewLimiter(e.db, e.sealer)
	reserve(t, l, bot.DefaultRates(false), people(777001, 3), 0)
	for _, key := range e.db.Keys(context.Background(), "*").Val() {
		if strings.Contains(key, "777001") {
			t.Errorf("the key %s names a chat", key)
		}
	}
}

func BenchmarkReserve(b *testing.B) {
	db, err := Connect(redistest.StartServer(b).URL())
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	sealer, err := NewSealer(make([]byte, KeySize))
	if err != nil {
		b.Fatal(err)
	}
	l, from := NewLimiter(db, sealer), 0
	for b.Loop() {
		if _, err := l.Reserve(b.Context(), bot.DefaultRates(true), people(from, bot.MaxReserve), 0); err != nil {
			b.Fatal(err)
		}
		from += bot.MaxReserve
	}
}
