package telegram

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"

	"refbot/bot"
)

// Workers take updates from the inbox and hand them to the Assistant: each chat in order, up to
// Limit chats at once.
type Workers struct {
	Inbox     bot.Inbox
	Assistant *bot.Assistant
	Me        Identity
	Limit     int           // chats worked on at once, at least 1
	Lease     time.Duration // of the inbox; leases are renewed three times as often
	Log       *slog.Logger

	mu   sync.Mutex
	held map[string]bot.Delivery
}

const (
	maxTries = 3
	idle     = 500 * time.Millisecond // how often an idle replica looks for work of others
	retryMin = time.Second
	retryMax = 30 * time.Second
)

// Run works until ctx ends, then finishes the updates in hand: at most grace longer.
func (w *Workers) Run(ctx context.Context, grace time.Duration) {
	w.held = map[string]bot.Delivery{}
	work, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	stop := context.AfterFunc(ctx, func() { time.AfterFunc(grace, cancel) })
	defer stop()
	go w.renew(work)

	var running sync.WaitGroup
	slots := make(chan struct{}, w.Limit)
	freed := make(chan struct{}, 1)
	for ctx.Err() == nil {
		leased := w.lease(ctx, cap(slots)-len(slots))
		for _, d := range leased {
			w.hold(d)
		}
		for _, d := range leased {
			slots <- struct{}{}
			running.Go(func() {
				w.mailbox(work, d, ctx.Done())
				<-slots
				notify(freed)
			})
		}
		w.wait(ctx, len(slots) == cap(slots), freed)
	}
	running.Wait()
}

func notify(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// wait returns when there may be something to lease.
func (w *Workers) wait(ctx context.Context, full bool, freed <-chan struct{}) {
	wake := w.Inbox.Wake()
	if full {
		wake = nil
	}
	t := time.NewTimer(idle)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-wake:
	case <-freed:
	case <-t.C:
	}
}

func (w *Workers) lease(ctx context.Context, n int) []bot.Delivery {
	if n <= 0 {
		return nil
	}
	ds, err := w.Inbox.Lease(ctx, n)
	if err != nil && ctx.Err() == nil {
		w.Log.Warn("cannot take updates from the inbox", "error", err)
		sleep(ctx, retryMin)
	}
	return ds
}

func (w *Workers) hold(d bot.Delivery) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.held[d.Mailbox] = d
}

func (w *Workers) release(d bot.Delivery) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.held, d.Mailbox)
}

// renew keeps the leases of everything in hand.
func (w *Workers) renew(ctx context.Context) {
	tick := time.NewTicker(w.Lease / 3)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		w.mu.Lock()
		held := make([]bot.Delivery, 0, len(w.held))
		for _, d := range w.held {
			held = append(held, d)
		}
		w.mu.Unlock()
		if err := w.Inbox.Renew(ctx, held); err != nil && ctx.Err() == nil {
			w.Log.Warn("cannot renew leases", "error", err)
		}
	}
}

// mailbox works through one chat until it is empty, is to be retried later, or refbot stops.
func (w *Workers) mailbox(ctx context.Context, d bot.Delivery, stopping <-chan struct{}) {
	defer w.release(d)
	for {
		next, err := w.one(ctx, d)
		if err != nil {
			w.Log.Warn("cannot finish an update, it will come again", "error", err)
			return
		}
		if next == nil {
			return
		}
		d = *next
		w.hold(d)
		select {
		case <-stopping:
			if err := w.Inbox.Retry(ctx, d, 0); err != nil {
				w.Log.Warn("cannot hand a chat back, its lease will end", "error", err)
			}
			return
		default:
		}
	}
}

// one handles an update and settles it: done, again later, or buried after maxTries.
func (w *Workers) one(ctx context.Context, d bot.Delivery) (*bot.Delivery, error) {
	ev, ok := Parse(d.Data, w.Me)
	if !ok {
		return w.Inbox.Done(ctx, d)
	}
	err := w.handle(ctx, ev)
	var e *bot.Error
	switch {
	case err == nil:
		return w.Inbox.Done(ctx, d)
	case errors.As(err, &e) && e.Retry() && (e.Kind == bot.RateLimited || d.Tries < maxTries):
		return nil, w.Inbox.Retry(ctx, d, max(e.After, min(retryMin<<min(d.Tries, 5), retryMax)))
	case settled(bot.KindOf(err)):
		return w.Inbox.Done(ctx, d)
	case d.Tries < maxTries:
		return nil, w.Inbox.Retry(ctx, d, retryMin)
	}
	w.Log.Error("an update failed for good and was set aside", "error", err, "tries", d.Tries)
	if err := w.Assistant.Apologise(ctx, ev, err); err != nil {
		w.Log.Warn("could not apologise", "error", err)
	}
	return w.Inbox.Bury(ctx, d)
}

// settled are failures that repeating cannot mend: nobody is there, or it may have arrived already.
func settled(k bot.Kind) bool {
	switch k {
	case bot.Unreachable, bot.ChatGone, bot.Migrated, bot.Unknown, bot.TooLate:
		return true
	}
	return false
}

// handle turns a panic into an error of the one update that caused it.
func (w *Workers) handle(ctx context.Context, ev bot.Event) (err error) {
	defer func() {
		if r := recover(); r != nil {
			w.Log.Error("handling an update panicked", "stack", string(debug.Stack()))
			err = &bot.Error{Op: "handle an update", Kind: bot.Internal, Err: fmt.Errorf("panic of type %T", r)}
		}
	}()
	return w.Assistant.Handle(ctx, ev)
}
