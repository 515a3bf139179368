package redisstore

import (
	"context"
	"crypto/rand"
	"fmt"
	"time"

	"github.com/redis/go-redis/v9"
)

// Office is work that one replica does at a time, such as polling: a lease in Redis, by Redis' clock, under
// rb:{office:<name>}:holder (a hash of holder, until, and term, which counts the holders).
//
// The holder stops by its own clock a moment before its lease ends, counted from before it asked, so that
// the next one never starts earlier, however late answers come. What is polled is safe beyond that: an
// update is stored before it is confirmed, and stored once, whoever brings it.
type Office struct {
	// Report, if set, hears who holds the office now, and of trouble with Redis.
	Report func(held bool, err error)

	db    redis.UniversalClient
	key   string
	who   string
	lease time.Duration
}

// NewOffice names an office; a holder that dies is replaced within 4/3 of the lease.
func NewOffice(db redis.UniversalClient, name string, lease time.Duration) *Office {
	return &Office{db: db, key: "rb:{office:" + name + "}:holder", who: rand.Text(), lease: lease}
}

var officeScript = load("office")

// Hold runs work whenever this replica holds the office, until ctx ends. The context of work ends with
// the term; Hold waits until work has returned before it leaves the office to others.
func (o *Office) Hold(ctx context.Context, work func(ctx context.Context)) {
	for ctx.Err() == nil {
		asked := time.Now()
		held, wait, err := o.ask(ctx)
		if held {
			o.report(true, nil)
			o.serve(ctx, asked, work)
			o.report(false, nil)
			continue
		}
		if err != nil && ctx.Err() == nil {
			o.report(false, err)
		}
		if err != nil || wait > o.lease/3 {
			wait = o.lease / 3 // the holder may leave early
		}
		rest(ctx, wait+time.Millisecond)
	}
}

func (o *Office) report(held bool, err error) {
	if o.Report != nil {
		o.Report(held, err)
	}
}

// serve runs work for as long as the lease can be kept, and leaves the office.
func (o *Office) serve(ctx context.Context, since time.Time, work func(ctx context.Context)) {
	term, end := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		work(term)
	}()
	o.keep(term, done, since)
	end()
	<-done
	left, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
	defer cancel()
	_ = run(left, o.db, call{officeScript, []string{o.key}, []any{o.who, 0}})[0].Err() // else the lease ends by itself
}

// keep renews the lease until work is done or the lease cannot be kept.
func (o *Office) keep(ctx context.Context, done <-chan struct{}, since time.Time) {
	margin := o.lease / 8
	tick := time.NewTicker(o.lease / 4)
	defer tick.Stop()
	for {
		last := time.NewTimer(time.Until(since.Add(o.lease - margin)))
		select {
		case <-ctx.Done():
		case <-done:
		case <-last.C:
		case <-tick.C:
			last.Stop()
			asked := time.Now()
			limited, cancel := context.WithDeadline(ctx, since.Add(o.lease-margin))
			held, _, err := o.ask(limited)
			cancel()
			if held {
				since = asked
				continue
			}
			if err != nil {
				o.report(true, err)
				continue
			}
		}
		last.Stop()
		return
	}
}

// ask asks for the office or keeps it; wait is how long somebody else has it.
func (o *Office) ask(ctx context.Context) (held bool, wait time.Duration, err error) {
	c := call{officeScript, []string{o.key}, []any{o.who, o.lease.Milliseconds()}}
	reply, err := run(ctx, o.db, c)[0].Int64Slice()
	if err == nil && len(reply) != 2 {
		err = fmt.Errorf("a script answered with something else than a term")
	}
	if err != nil {
		return false, 0, failed("ask for the office", err)
	}
	return reply[0] > 0, time.Duration(reply[1]) * time.Millisecond, nil
}
