package redisstore

import (
	"context"
	"runtime"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"
)

// flights takes the calls of many goroutines to Redis in common round trips. A call goes at once while none
// is under way, and with the next one otherwise: nobody waits for company, and a crowd shares what a round
// trip costs both sides, which is system calls and the disk write Redis answers after.
//
// In a crowd several flights are under way, each of them full, so that Redis finds the next ones when it has dealt with
// one. It reads 16 KB from each connection, carries those commands out and writes to the disk once: several flights of
// about that size share a disk write, where one of many times that size has many.
type flights struct {
	db redis.UniversalClient

	mu      sync.Mutex
	out     int // under way and not late
	waiting *flight
	crowded time.Time // until then it counts as crowded
}

const (
	// flightCrowd is how many calls in a hurry in one flight make a crowd, for flightCrowded. Then up to flightsOut are
	// under way, and all but the first leave with at least flightSeats calls.
	flightCrowd   = 8
	flightCrowded = 10 * time.Millisecond
	flightsOut    = 4
	flightSeats   = 24
	// flightLate is when a round trip makes room for another: a node of a cluster that does not answer
	// must not hold up those that do.
	flightLate = 50 * time.Millisecond
	// flightTime bounds a flight. It carries the calls of many, so it does not end with any of their contexts.
	flightTime = 10 * time.Second
)

// flight is one round trip.
type flight struct {
	leaving bool // somebody is about to carry it
	hurry   int  // how many calls are in a hurry
	calls   []call
	results []*redis.Cmd // valid once landed is closed
	landed  chan struct{}
}

// run is the function run in company. When ctx ends first, it is not known whether the calls were carried
// out.
func (f *flights) run(ctx context.Context, calls ...call) []*redis.Cmd {
	return f.travel(ctx, false, calls)
}

// hurry is run for what must not wait for those under way, such as the record of a reply that is sent: it
// lies before Redis when the disk write is done. In a crowd, sharing is quicker.
func (f *flights) hurry(ctx context.Context, calls ...call) []*redis.Cmd {
	return f.travel(ctx, true, calls)
}

func (f *flights) travel(ctx context.Context, hurry bool, calls []call) []*redis.Cmd {
	if ctx.Err() != nil {
		return abandoned(ctx, calls)
	}
	carrier, first := f.board(hurry, calls)
	select {
	case <-carrier.landed:
		return carrier.results[first : first+len(calls)]
	case <-ctx.Done():
		return abandoned(ctx, calls)
	}
}

// board books seats in the flight that waits; the calls' results are those from first on.
func (f *flights) board(hurry bool, calls []call) (carrier *flight, first int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.waiting == nil {
		f.waiting = &flight{landed: make(chan struct{})}
	}
	carrier, first = f.waiting, len(f.waiting.calls)
	carrier.calls = append(carrier.calls, calls...)
	if hurry {
		carrier.hurry += len(calls)
	}
	f.start()
	return carrier, first
}

// start has the waiting flight leave if there is one and room for it. The caller holds the lock.
func (f *flights) start() {
	if f.waiting == nil || f.waiting.leaving {
		return
	}
	full, crowd := len(f.waiting.calls) >= flightSeats, time.Now().Before(f.crowded)
	if f.out == 0 || f.waiting.hurry > 0 && (crowd && full && f.out < flightsOut || !crowd && f.out == 1) {
		f.out++
		f.waiting.leaving = true
		go f.fly()
	}
}

// fly carries the waiting flight.
func (f *flights) fly() {
	carrier := f.depart()
	late := time.AfterFunc(flightLate, f.makeRoom)
	ctx, cancel := context.WithTimeout(context.Background(), flightTime)
	defer cancel()
	carrier.results = run(ctx, f.db, carrier.calls...)
	if late.Stop() {
		f.makeRoom()
	}
	close(carrier.landed)
}

// depart closes the doors of the waiting flight.
func (f *flights) depart() *flight {
	f.mu.Lock()
	quick := f.waiting.hurry > 0 && time.Now().After(f.crowded)
	f.mu.Unlock()
	if !quick {
		runtime.Gosched() // whoever is about to board does
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	carrier := f.waiting
	f.waiting = nil
	if carrier.hurry >= flightCrowd {
		f.crowded = time.Now().Add(flightCrowded)
	}
	return carrier
}

func (f *flights) makeRoom() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.out--
	f.start()
}

// abandoned are the results of calls nobody waits for any more.
func abandoned(ctx context.Context, calls []call) []*redis.Cmd {
	results := make([]*redis.Cmd, len(calls))
	for i := range results {
		results[i] = redis.NewCmd(ctx)
		results[i].SetErr(ctx.Err())
	}
	return results
}
