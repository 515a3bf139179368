package redisstore

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"refbot/bot/redisstore/redistest"
)

// barrier holds up the first round trip of a client until it is opened.
type barrier struct {
	held   atomic.Bool
	opened chan struct{}
}

func (b *barrier) DialHook(next redis.DialHook) redis.DialHook          { return next }
func (b *barrier) ProcessHook(next redis.ProcessHook) redis.ProcessHook { return next }
func (b *barrier) ProcessPipelineHook(next redis.ProcessPipelineHook) redis.ProcessPipelineHook {
	return func(ctx context.Context, cmds []redis.Cmder) error {
		if !b.held.Swap(true) {
			<-b.opened
		}
		return next(ctx, cmds)
	}
}

func echo(text string) call { return call{args: []any{"echo", text}} }

// flightsBehind returns flights whose first one is held up, and their round trips.
func flightsBehind(t *testing.T) (*flights, *barrier, *RoundTrips) {
	t.Helper()
	e := newEnv(t, redistest.StartMini(t).URL())
	trips, b := &RoundTrips{}, &barrier{opened: make(chan struct{})}
	e.db.AddHook(trips)
	e.db.AddHook(b)
	return &flights{db: e.db}, b, trips
}

// TestFlightsShare: who comes while a flight is under way takes the next, together, and everybody gets
// their own answers.
func TestFlightsShare(t *testing.T) {
	f, b, trips := flightsBehind(t)
	f.out = 1 // one is under way
	var all sync.WaitGroup
	for i := range 50 {
		all.Go(func() {
			want := []string{string(rune('A' + i)), string(rune('a' + i))}
			for n, got := range f.run(t.Context(), echo(want[0]), echo(want[1])) {
				if text, err := got.Text(); err != nil || text != want[n] {
					t.Errorf("%q, %v instead of %q", text, err, want[n])
				}
			}
		})
	}
	for boarded := 0; boarded < 100; time.Sleep(time.Millisecond) {
		f.mu.Lock()
		if f.waiting != nil {
			boarded = len(f.waiting.calls)
		}
		f.mu.Unlock()
	}
	close(b.opened)
	f.makeRoom() // it has landed
	all.Wait()
	if n := trips.Count(); n != 1 {
		t.Errorf("100 calls took %d round trips", n)
	}
}

// TestFlightsDoNotHoldAnybodyUp: a flight that does not land makes room, who is in a hurry does not even
// wait for that, and who stops waiting leaves.
func TestFlightsDoNotHoldAnybodyUp(t *testing.T) {
	f, b, trips := flightsBehind(t)
	leaves, cancel := context.WithCancel(t.Context())
	lost := make(chan error)
	go func() { lost <- f.run(leaves, echo("x"))[0].Err() }()
	for trips.Count() == 0 {
		time.Sleep(time.Millisecond)
	}
	must(t, f.hurry(t.Context(), echo("y"))[0].Err())
	must(t, f.run(t.Context(), echo("z"))[0].Err())
	cancel()
	if err := <-lost; !errors.Is(err, context.Canceled) {
		t.Errorf("who stopped waiting got %v", err)
	}
	if err := f.run(leaves, echo("x"))[0].Err(); !errors.Is(err, context.Canceled) || trips.Count() != 3 {
		t.Errorf("boarded when it was too late: %v, %d round trips", err, trips.Count())
	}
	close(b.opened)
}
