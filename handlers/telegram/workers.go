package telegram

import (
	"context"
	"log/slog"
	"sync"
	"sync/atomic"
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
	ShedAfter time.Duration // of waiting in the inbox: from then on inline queries are shed; 0: never
	Log       *slog.Logger
	// Lost, if set, hears of a private chat that a reply could not reach because the person blocked the bot.
	Lost func(ctx context.Context, chat int64)

	mu      sync.Mutex
	held    map[string]bot.Delivery
	weather weather
	load    load
	gate    *gate
}

const (
	// idle is how often an idle replica looks for the work of others.
	idle = 500 * time.Millisecond
	// leasePause is the least time between two calls of Lease: a crowd is handed out in batches.
	leasePause = 3 * time.Millisecond
)

// Run works until ctx ends, then finishes the updates in hand: at most grace longer.
func (w *Workers) Run(ctx context.Context, grace time.Duration) {
	w.held, w.gate = map[string]bot.Delivery{}, newGate(w.Limit)
	work, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	stop := context.AfterFunc(ctx, func() { time.AfterFunc(grace, cancel) })
	defer stop()
	go w.renew(work)

	var running sync.WaitGroup
	var busy atomic.Int32
	jobs := make(chan bot.Delivery, w.Limit)
	freed := make(chan struct{}, 1)
	for range w.Limit { // they stay, since what they do needs a deep stack
		running.Go(func() {
			for d := range jobs {
				w.mailbox(work, d, ctx.Done())
				busy.Add(-1)
				notify(freed)
			}
		})
	}
	for ctx.Err() == nil {
		began, free := time.Now(), w.Limit-int(busy.Load())
		ds := w.lease(ctx, free)
		for _, d := range ds {
			w.hold(d)
			busy.Add(1)
			jobs <- d
		}
		w.wait(ctx, len(ds) == free, int(busy.Load()) == w.Limit, freed)
		wait(ctx, leasePause-time.Since(began))
	}
	close(jobs)
	running.Wait()
}

func notify(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// wait returns when there may be something to lease: where the last time brought all that was asked for,
// more may be there as soon as somebody is free.
func (w *Workers) wait(ctx context.Context, more, full bool, freed <-chan struct{}) {
	wake := w.Inbox.Wake()
	if full {
		wake = nil
	}
	if !more {
		freed = nil
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

// lease takes up to n chats. While Telegram or Redis is away it takes none: they are safer in the inbox.
func (w *Workers) lease(ctx context.Context, n int) []bot.Delivery {
	wait(ctx, w.weather.until())
	if n <= 0 || ctx.Err() != nil {
		return nil
	}
	ds, err := w.Inbox.Lease(ctx, n)
	switch {
	case err == nil:
		w.weather.store(w.Log, nil)
	case ctx.Err() == nil:
		w.weather.store(w.Log, err)
		wait(ctx, retryMin)
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
			w.weather.store(w.Log, err)
		}
	}
}

// mailbox works through one chat until it is empty, is to be retried later, or refbot stops.
func (w *Workers) mailbox(ctx context.Context, d bot.Delivery, stopping <-chan struct{}) {
	for {
		next, err := w.one(ctx, d)
		w.release(d)
		if err != nil {
			w.Log.Warn("an update could not be settled, it will come again", "error", err)
		}
		if err != nil || next == nil {
			return
		}
		d = *next
		select {
		case <-stopping:
			if err := w.Inbox.Release(ctx, d, 0); err != nil {
				w.Log.Warn("a chat could not be handed back, its lease will end", "error", err)
			}
			return
		default:
			w.hold(d)
		}
	}
}
