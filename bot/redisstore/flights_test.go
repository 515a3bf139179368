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

// TestFlightsOfACrowd: a crowd has several flights under way, all but the first of them full, and so many at most.
func TestFlightsOfACrowd(t *testing.T) {
	f, b, trips := flightsBehind(t)
	var all sync.WaitGroup
	board := func(n int) {
		for range n {
			all.Go(func() { must(t, f.hurry(t.Context(), echo("x"))[0].Err()) })
		}
	}
	waits := func(calls int) {
		t.Helper()
		for began := time.Now(); ; time.Sleep(time.Millisecond) {
			f.mu.Lock()
			n, out := 0, f.out
			if f.waiting != nil && !f.waiting.leaving {
				n = len(f.waiting.calls)
			}
			f.mu.Unlock()
			if n == calls {
				return
			}
			if time.Since(began) > 10*time.Second {
				t.Fatalf("%d calls wait with %d flights under way, want %d", n, out, calls)
			}
		}
	}
	f.crowded, f.out = time.Now().Add(time.Hour), 1
	board(flightSeats - 1)
	waits(flightSeats - 1)
	if n := trips.Count(); n != 0 {
		t.Errorf("%d flights left with free seats beside another", n)
	}
	board(1) // the last seat: it leaves, and is held up
	for trips.Count() == 0 {
		time.Sleep(time.Millisecond)
	}
	f.mu.Lock()
	f.out = flightsOut + 1 // the one held up makes room when it is late
	f.mu.Unlock()
	board(2 * flightSeats)
	waits(2 * flightSeats)
	if n := trips.Count(); n != 1 {
		t.Errorf("%d flights, though as many as may be were under way", n)
	}
	f.makeRoom() // one has landed
	close(b.opened)
	all.Wait()
	if n := trips.Count(); n != 2 {
		t.Errorf("%d round trips", n)
	}
}
