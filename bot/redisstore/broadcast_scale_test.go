package redisstore

import (
	"context"
	"log/slog"
	"os"
	"runtime"
	"sync/atomic"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"refbot/bot"
	"refbot/bot/broadcast"
	"refbot/bot/redisstore/redistest"
	"refbot/knowledge"
	"refbot/knowledge/language"
)

// instant is a Telegram that answers at once.
type instant struct{ sent atomic.Int64 }

func (c *instant) Permit(context.Context, bot.Chat) error { return nil }
func (c *instant) Send(context.Context, bot.Chat, bot.Reply) (int, error) {
	return int(c.sent.Add(1)), nil
}
func (c *instant) Edit(context.Context, bot.Chat, int, bot.Reply) error { return nil }
func (c *instant) Delete(context.Context, bot.Chat, int) error          { return nil }

const (
	// mostBytes is what a recipient may cost Redis in a ledger, keys and all.
	mostBytes = 120
	// mostGrowth is how much more memory a hundred times as many recipients may take in the bot, in bytes.
	mostGrowth = 50 << 20
)

// TestLedgerScale sends to few and to many with a courier, and measures what a recipient costs Redis and how much more
// memory the many take in the bot. REFBOT_SLOW=1 sends to 10,000 and to 1,000,000, which takes some minutes:
//
//	REFBOT_SLOW=1 go test ./bot/redisstore -run TestLedgerScale -v -timeout 30m
func TestLedgerScale(t *testing.T) {
	sizes := []int{300, 6000}
	if os.Getenv("REFBOT_SLOW") == "1" {
		sizes = []int{10_000, 1_000_000}
	}
	e := newEnv(t, redistest.StartServer(t, "appendfsync no").URL())
	var peaks []uint64
	for _, n := range sizes {
		e.emptied(t)
		e.subscribeMany(t, n)
		r, trips := e.store.Broadcasts(), &RoundTrips{}
		e.db.AddHook(trips)
		peak, took := e.deliver(t, r, n)
		ledger, audience := e.bytes(t, "rb:{l*"), e.bytes(t, "rb:{a*")
		each := float64(ledger) / float64(n)
		t.Logf("%8d recipients: %6.0f a second, %.3f round trips each; Redis: %.1f bytes each in the ledger, %.1f in the audience; peak heap of the bot %.1f MB",
			n, float64(n)/took.Seconds(), float64(trips.Count())/float64(n), each, float64(audience)/float64(n), float64(peak)/(1<<20))
		if n >= 5000 && each > mostBytes {
			t.Errorf("a recipient costs %.1f bytes in Redis, more than %d", each, mostBytes)
		}
		peaks = append(peaks, peak)
	}
	if peaks[1] > peaks[0]+mostGrowth {
		t.Errorf("the bot's memory grows from %d to %d bytes", peaks[0], peaks[1])
	}
}

// subscribeMany fills the audience.
func (e *env) subscribeMany(t *testing.T, n int) {
	t.Helper()
	var calls []call
	for i := range n {
		calls = append(calls, e.store.subscribe(broadcast.Subscriber{
			Chat: 5_000_000_000 + int64(i)*7, Language: language.Codes()[i%3], Region: "almaty", Since: time.Now(),
		}))
		if len(calls) == 1000 || i == n-1 {
			must(t, firstError(run(t.Context(), e.db, calls...)))
			calls = calls[:0]
		}
	}
}

// deliver sends a broadcast and tells the largest heap in use meanwhile.
func (e *env) deliver(t *testing.T, r *Broadcasts, n int) (peak uint64, took time.Duration) {
	t.Helper()
	b := draft(name, time.Now())
	b.State, b.Fallback, b.Override = broadcast.Scheduled, language.Russian, "a test"
	b.Schedule = &broadcast.Schedule{At: time.Now(), TooLate: time.Hour}
	must(t, r.Save(t.Context(), b))
	carrier := &instant{}
	courier := &broadcast.Courier{
		Store: r, Ledger: r, Audience: r, Carrier: carrier,
		Campaign: func() *knowledge.Campaign { return &knowledge.Campaign{} }, Log: slog.New(slog.DiscardHandler),
	}
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { defer close(done); courier.Run(ctx) }()
	runtime.GC()
	began := time.Now()
	for state := broadcast.Scheduled; state != broadcast.Finished; time.Sleep(50 * time.Millisecond) {
		now, err := r.Load(t.Context(), name)
		must(t, err)
		state = now.State
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		peak = max(peak, m.HeapInuse)
	}
	took = time.Since(began)
	stop()
	<-done
	if tally := e.tally(t); carrier.sent.Load() != int64(n) || tally != (broadcast.Tally{Sent: n}) {
		t.Errorf("%d sent, %+v", carrier.sent.Load(), tally)
	}
	return peak, took
}

// bytes sums what keys take in Redis.
func (e *env) bytes(t *testing.T, pattern string) (sum int64) {
	t.Helper()
	db := e.db.(*redis.Client)
	for cursor := uint64(0); ; {
		keys, next, err := db.Scan(t.Context(), cursor, pattern, 1000).Result()
		must(t, err)
		pipe := db.Pipeline()
		var cmds []*redis.IntCmd
		for _, key := range keys {
			cmds = append(cmds, pipe.MemoryUsage(t.Context(), key, 0)) // 0: every element is looked at
		}
		if len(cmds) > 0 {
			_, err = pipe.Exec(t.Context())
			must(t, err)
		}
		for _, cmd := range cmds {
			sum += cmd.Val()
		}
		if cursor = next; cursor == 0 {
			return sum
		}
	}
}
