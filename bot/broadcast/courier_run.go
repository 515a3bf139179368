package broadcast

import (
	"context"
	"time"
)

// run is a replica's work on one broadcast, from when it is being sent until it is paused or over.
type run struct {
	c     *Courier
	b     *Broadcast
	since time.Time
	stop  context.CancelFunc
	done  chan struct{}

	task  chan struct{} // closed when the task in hand has ended; nil when there is none
	leads bool
}

const (
	// pulse is how often a run renews its lead and looks at the counts. A lead that is not renewed for
	// leadLease goes to another replica.
	pulse     = 500 * time.Millisecond
	leadLease = 5 * time.Second
	// settleIn is how long a broadcast is being sent at least: who sends the unknown ones again first
	// moves the broadcast and then queues the lines.
	settleIn = 2 * time.Second
	// rejudge is after how many lines without too many errors the counting begins anew, so that late
	// trouble does not drown in early success.
	rejudge = 1000
)

func (c *Courier) start(ctx context.Context, b *Broadcast) *run {
	ctx, cancel := context.WithCancel(ctx)
	r := &run{c: c, b: b, since: time.Now(), stop: cancel, done: make(chan struct{})}
	go func() {
		defer close(r.done)
		r.loop(ctx)
	}()
	return r
}

// loop goes on until ctx ends; then it waits for the task in hand and leaves the lead to others.
func (r *run) loop(ctx context.Context) {
	tick := time.NewTicker(pulse)
	defer tick.Stop()
	for ctx.Err() == nil {
		r.step(ctx)
		select {
		case <-ctx.Done():
		case <-tick.C:
		case <-r.task:
			r.task = nil
		}
	}
	if r.task != nil {
		<-r.task
	}
	if r.leads {
		left, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
		defer cancel()
		_, _ = r.c.Ledger.Lead(left, r.b.ID, r.c.name, 0) // else the lease ends by itself
	}
}

// step looks how far the ledger is, and does what comes next.
func (r *run) step(ctx context.Context) {
	ask, cancel := context.WithTimeout(ctx, askPatience)
	defer cancel()
	term, err := r.c.Ledger.Lead(ask, r.b.ID, r.c.name, leadLease)
	r.leads = err == nil && term.Leads
	switch {
	case err != nil:
	case term.Stage == Unfrozen && term.Leads:
		r.begin(func() { r.freeze(ctx) })
	case term.Stage == Canary && term.Leads:
		err = r.canary(ctx)
	case term.Stage == Open:
		r.begin(func() { r.c.shift(r.b, everybody).work(ctx) })
		if term.Leads {
			err = r.judge(ask, term.Judged)
		}
	}
	if err != nil && ctx.Err() == nil {
		r.c.Log.Warn("the ledger does not answer, sending waits", "error", err)
	}
}

// begin starts a task beside the loop, unless one is in hand.
func (r *run) begin(task func()) {
	if r.task != nil {
		return
	}
	done := make(chan struct{})
	r.task = done
	go func() {
		defer close(done)
		task()
	}()
}

// freeze writes the ledger.
func (r *run) freeze(ctx context.Context) {
	segment, reached := r.b.Reach()
	var err error
	switch {
	case r.b.Corrects != "":
		err = r.c.Ledger.Inherit(ctx, r.b.ID, r.b.Corrects, nil)
	case reached:
		err = r.c.Ledger.Freeze(ctx, r.b.ID, segment, nil)
	default:
		err = r.c.Ledger.SetStage(ctx, r.b.ID, Open, Tally{})
	}
	if err != nil && ctx.Err() == nil {
		r.c.Log.Warn("the audience could not be frozen, it is tried again", "error", err)
		wait(ctx, time.Second)
	}
}

// canary sends to the first few, and lets everybody send when that went well. Another leader may have begun it.
func (r *run) canary(ctx context.Context) error {
	if r.task != nil {
		return nil
	}
	tally, err := r.c.Ledger.Tally(ctx, r.b.ID)
	if err != nil {
		return err
	}
	if missing := CanarySize(tally.Total()) - tally.Settled(); missing > 0 {
		r.begin(func() { r.c.shift(r.b, missing).work(ctx) })
		return nil
	}
	if err := r.c.Ledger.SetStage(ctx, r.b.ID, Open, tally); err != nil {
		return err
	}
	if tally.Queued > 0 && !Sound(tally, Tally{}, true) {
		r.c.pause(ctx, r.b.ID, PauseErrors)
		r.stop()
		return nil
	}
	r.begin(func() { r.c.shift(r.b, everybody).work(ctx) })
	return nil
}

// judge ends the broadcast when all are settled, and pauses it when too many failed.
func (r *run) judge(ctx context.Context, judged Tally) error {
	tally, err := r.c.Ledger.Tally(ctx, r.b.ID)
	if err != nil {
		return err
	}
	switch {
	case tally.Queued == 0:
		if time.Since(r.since) > settleIn {
			r.c.change(ctx, r.b.ID, func(*Broadcast) (State, string, string) { return Finished, ActFinish, "" })
		}
	case !Sound(tally, judged, false):
		err = r.c.Ledger.SetStage(ctx, r.b.ID, Open, tally)
		r.c.pause(ctx, r.b.ID, PauseErrors)
		r.stop()
	case tally.Settled()-judged.Settled() >= rejudge:
		err = r.c.Ledger.SetStage(ctx, r.b.ID, Open, tally)
	}
	return err
}
