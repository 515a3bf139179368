package telegram

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"refbot/bot"
)

const (
	// maxTries is how often an update may fail by its own fault before it is set aside.
	maxTries = 3
	// maxDeaths is how often it may be handed out in vain, because the process or Redis went away while
	// it was handled: a few times is bad luck, more often it is to blame.
	maxDeaths = 10
	retryMin  = time.Second
	retryMax  = 30 * time.Second

	// Telegram takes an answer to a query for this long.
	inlineLife   = 30 * time.Second
	callbackLife = 150 * time.Second
)

// one handles an update and settles it: done, again later, or set aside.
func (w *Workers) one(ctx context.Context, d bot.Delivery) (*bot.Delivery, error) {
	ev, ok := w.read(d)
	if !ok {
		return w.Inbox.Done(ctx, d)
	}
	if d.Tries > maxDeaths {
		return w.bury(ctx, d, ev, &bot.Error{Op: "handle an update", Kind: bot.Internal, Err: errors.New("nobody ever came to its end")})
	}
	work, passage := w.gate.through(ctx)
	defer passage.end()
	o, err := w.handle(work, ev)
	switch {
	case err == nil:
		w.weather.clear(d.Mailbox)
		return w.Inbox.Finish(ctx, d, o)
	case ev.Kind == bot.Inline && bot.KindOf(err) != bot.Internal: // whoever types on asks again
		return w.Inbox.Done(ctx, d)
	}
	passage.end()
	return w.failed(ctx, d, ev, err)
}

// read opens a delivery; false for one that asks nothing of the bot, or not any more.
func (w *Workers) read(d bot.Delivery) (bot.Event, bool) {
	raw, at, err := unseal(d.Data)
	if err != nil {
		return bot.Event{}, false
	}
	age := time.Since(at)
	if d.Tries == 1 {
		w.load.note(age)
	}
	ev, ok := Parse(raw, w.Me)
	if ev.At.IsZero() {
		ev.At = at
	}
	ev.Late = ev.Kind == bot.Pressed && age > callbackLife
	if ev.Kind == bot.Inline && (age > inlineLife || w.Busy()) {
		return bot.Event{}, false
	}
	return ev, ok
}

// handle turns a panic into an error of the one update that caused it.
func (w *Workers) handle(ctx context.Context, ev bot.Event) (o bot.Outcome, err error) {
	defer func() {
		if r := recover(); r != nil {
			w.Log.Error("handling an update panicked", "stack", string(debug.Stack()))
			err = &bot.Error{Op: "handle an update", Kind: bot.Internal, Err: fmt.Errorf("panic of type %T", r)}
		}
	}()
	return w.Assistant.Respond(ctx, ev)
}

// failed decides what becomes of an update that could not be handled.
func (w *Workers) failed(ctx context.Context, d bot.Delivery, ev bot.Event, err error) (*bot.Delivery, error) {
	var e *bot.Error
	errors.As(err, &e)
	kind := bot.KindOf(err)
	switch {
	case ctx.Err() != nil: // out of time: the next one finishes it
		return nil, w.handBack(ctx, d)
	case kind == bot.RateLimited:
		return nil, w.Inbox.Release(ctx, d, e.After)
	case kind == bot.Unavailable, kind == bot.StoreDown, kind == bot.Unauthorized:
		return nil, w.Inbox.Release(ctx, d, w.weather.worse(w.Log, d.Mailbox, e))
	case kind == bot.Unknown:
		w.Log.Warn("a reply may not have arrived", "error", err)
		if err := w.Assistant.Doubt(ctx, ev); err != nil {
			w.Log.Warn("nor could that be said", "error", err)
		}
		return w.Inbox.Done(ctx, d)
	case hopeless(kind):
		if kind == bot.Unreachable && !ev.Chat.Group && w.Lost != nil {
			w.Lost(ctx, ev.Chat.ID)
		}
		return w.Inbox.Done(ctx, d)
	case d.Tries < maxTries:
		w.Log.Warn("an update failed and is tried again", "error", err, "tries", d.Tries)
		return nil, w.Inbox.Retry(ctx, d, min(retryMin<<d.Tries, retryMax))
	}
	return w.bury(ctx, d, ev, err)
}

// handBack gives a chat back when there is no time left.
func (w *Workers) handBack(ctx context.Context, d bot.Delivery) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
	defer cancel()
	return w.Inbox.Release(ctx, d, 0)
}

// hopeless are failures that repeating cannot mend: nobody is there, or nobody waits any more.
func hopeless(k bot.Kind) bool {
	switch k {
	case bot.Unreachable, bot.ChatGone, bot.Migrated, bot.TooLate:
		return true
	}
	return false
}

// bury sets a poisonous update aside, raises the alarm, and tells the person.
func (w *Workers) bury(ctx context.Context, d bot.Delivery, ev bot.Event, err error) (*bot.Delivery, error) {
	w.Log.Error("an update failed for good and was set aside", "error", err, "tries", d.Tries)
	if err := w.apologise(ctx, ev, err); err != nil {
		w.Log.Warn("could not apologise", "error", err)
	}
	return w.Inbox.Bury(ctx, d, err)
}

// apologise does so without trusting what has failed before.
func (w *Workers) apologise(ctx context.Context, ev bot.Event, cause error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic of type %T", r)
		}
	}()
	return w.Assistant.Apologise(ctx, ev, cause)
}
