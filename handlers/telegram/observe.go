package telegram

import (
	"context"
	"time"

	"refbot/bot"
)

// Observer is told what passes the doors and what becomes of it, for metrics. It is told no text, no id
// and no name. Its methods return at once and may be called from many goroutines.
type Observer interface {
	// Received tells of an update a door has stored.
	Received(d Door, k UpdateKind)
	// Settled tells what became of an update that was handed out.
	Settled(h How)
	// Took tells how long a stage took.
	Took(s bot.Stage, d time.Duration)
	// Called tells how a call of the Bot API ended: "" is well, CallCanceled that nobody waited for it.
	Called(method string, failure bot.Kind, took time.Duration)
}

// Door is a way updates come in.
type Door string

// The doors.
const (
	ByWebhook Door = "webhook"
	ByPolling Door = "polling"
)

// UpdateKind is a kind of update: one of AllowedUpdates, or OtherUpdate.
type UpdateKind string

// OtherUpdate is a kind refbot does not ask for.
const OtherUpdate UpdateKind = "other"

// How says what became of an update that was handed out.
type How string

// What can become of an update.
const (
	HowDone      How = "done"      // it is over and removed
	HowRetried   How = "retried"   // it failed and is handed out again
	HowReleased  How = "released"  // it waits for Telegram or Redis, or for another replica
	HowBuried    How = "buried"    // it failed for good and lies among the dead letters
	HowUnsettled How = "unsettled" // that could not be stored: it comes again when its lease is over
)

// ObserveDoor returns the inbox for a door, which tells o of the updates that come through it.
func ObserveDoor(in bot.Inbox, d Door, o Observer) bot.Inbox { return &observedDoor{in, d, o} }

type observedDoor struct {
	bot.Inbox
	door Door
	o    Observer
}

func (d *observedDoor) Put(ctx context.Context, updates []bot.Update) error {
	err := d.Inbox.Put(ctx, updates)
	if err == nil {
		for _, u := range updates {
			d.o.Received(d.door, KindOf(u.Data))
		}
	}
	return err
}

// KindOf reads the kind of an update from its envelope, as the inbox holds it.
func KindOf(data []byte) UpdateKind {
	raw, _, err := unseal(data)
	if err != nil {
		return OtherUpdate
	}
	u, err := decode(raw)
	switch {
	case err != nil:
		return OtherUpdate
	case u.Message != nil:
		return "message"
	case u.Edited != nil:
		return "edited_message"
	case u.Callback != nil:
		return "callback_query"
	case u.Inline != nil:
		return "inline_query"
	case u.Member != nil:
		return "my_chat_member"
	}
	return OtherUpdate
}

// ObserveInbox returns the inbox for Workers, which tells o how long updates wait and what becomes of them.
func ObserveInbox(in bot.Inbox, o Observer) bot.Inbox { return &observedInbox{in, o} }

type observedInbox struct {
	bot.Inbox
	o Observer
}

func (in *observedInbox) Lease(ctx context.Context, n int) ([]bot.Delivery, error) {
	ds, err := in.Inbox.Lease(ctx, n)
	for _, d := range ds {
		in.handedOut(d)
	}
	return ds, err
}

func (in *observedInbox) Done(ctx context.Context, d bot.Delivery) (*bot.Delivery, error) {
	next, err := in.Inbox.Done(ctx, d)
	return in.next(d, next, HowDone, err)
}

// Finish also counts as the stage that records: it is the round trip that stores the session.
func (in *observedInbox) Finish(ctx context.Context, d bot.Delivery, o bot.Outcome) (*bot.Delivery, error) {
	started := time.Now()
	next, err := in.Inbox.Finish(ctx, d, o)
	in.o.Took(bot.StageRecord, time.Since(started))
	return in.next(d, next, HowDone, err)
}

func (in *observedInbox) Bury(ctx context.Context, d bot.Delivery, why error) (*bot.Delivery, error) {
	next, err := in.Inbox.Bury(ctx, d, why)
	return in.next(d, next, HowBuried, err)
}

func (in *observedInbox) Retry(ctx context.Context, d bot.Delivery, pause time.Duration) error {
	return in.settled(HowRetried, in.Inbox.Retry(ctx, d, pause))
}

func (in *observedInbox) Release(ctx context.Context, d bot.Delivery, pause time.Duration) error {
	return in.settled(HowReleased, in.Inbox.Release(ctx, d, pause))
}

// next notes the end of one update and the start of the one that follows it.
func (in *observedInbox) next(d bot.Delivery, next *bot.Delivery, h How, err error) (*bot.Delivery, error) {
	if in.settled(h, err) == nil && h == HowDone {
		in.took(bot.StageTotal, d)
	}
	if next != nil {
		in.handedOut(*next)
	}
	return next, err
}

func (in *observedInbox) settled(h How, err error) error {
	if err != nil {
		h = HowUnsettled
	}
	in.o.Settled(h)
	return err
}

// handedOut notes how long an update has waited, the first time its turn comes.
func (in *observedInbox) handedOut(d bot.Delivery) {
	if d.Tries == 1 {
		in.took(bot.StageWait, d)
	}
}

// took notes the time since an update came to its door, which another machine's clock may have told.
func (in *observedInbox) took(s bot.Stage, d bot.Delivery) {
	if _, at, err := unseal(d.Data); err == nil {
		in.o.Took(s, max(0, time.Since(at)))
	}
}
