package bot

import (
	"context"
	"sync"
	"sync/atomic"
	"time"
)

// Traffic says how urgent a message is.
type Traffic uint8

// The kinds of traffic.
const (
	Urgent Traffic = iota // somebody waits for it: a reply
	Bulk                  // nobody waits for it: a message of a broadcast, a notice to people who asked
)

// Rates are Telegram's limits on messages, see https://core.telegram.org/bots/faq#broadcasting-to-users.
type Rates struct {
	PerSecond      int  // bulk messages over all chats
	ChatBurst      int  // messages to one person before one a second holds
	GroupPerMinute int  // messages to one group
	Paid           bool // bulk goes out with allow_paid_broadcast, which Telegram charges in Stars
	// Ahead is how far ahead bulk is booked; 0 sets no bound. What is booked is not pushed back by the replies
	// that come meanwhile, so it is what a rush of replies may overshoot by, and more than a few round trips.
	Ahead time.Duration
}

// DefaultRates are Telegram's figures: 30 messages a second, 1,000 when they are paid for.
func DefaultRates(paid bool) Rates {
	r := Rates{PerSecond: 30, ChatBurst: 5, GroupPerMinute: 20, Paid: paid, Ahead: 300 * time.Millisecond}
	if paid {
		r.PerSecond = 1000
	}
	return r
}

// Budget keeps what all replicas share of the limits. Errors are *Error of kind StoreDown.
type Budget interface {
	// Reserve books a bulk message for each of at most MaxReserve chats, in one round trip, after
	// taking replies, the urgent messages sent meanwhile, off the budget.
	Reserve(ctx context.Context, r Rates, chats []Chat, replies int) ([]Slot, error)
	// Exchange takes replies off the budget and tells what the replicas share.
	Exchange(ctx context.Context, r Rates, replies int) (Shared, error)
	// Postpone lets nothing go to the chat, or nowhere when chat.ID is 0, until d is over.
	Postpone(ctx context.Context, chat Chat, d time.Duration) error
}

// MaxReserve is how many slots are booked at once.
const MaxReserve = 25

// Slot is what a chat got from Reserve.
type Slot struct {
	Booked bool
	Full   bool          // not booked, because everything is booked as far ahead as may be
	Wait   time.Duration // until the message may go; when not booked, until asking again makes sense
}

// Shared is what one replica learns from the others.
type Shared struct {
	Wait time.Duration // until anything may go out; 0 for now
	Bulk bool          // bulk went out in the last seconds, so replies must be reported
}

// Outbox says when a message may go out. A reply is held back by nothing but Telegram's own word, a 429,
// and costs no round trip; bulk goes in booked slots, which replies push back.
type Outbox struct {
	Budget Budget
	Rates  Rates
	Report func(error) // hears of trouble with the budget that stopped nothing; may be nil

	replies atomic.Int64 // sent and not yet taken off the budget
	bulk    atomic.Bool  // as of the last Exchange

	mu      sync.Mutex
	until   time.Time           // of a 429 that concerns everything
	chats   map[int64]time.Time // of those that concern one chat
	recent  map[int64]pace      // urgent messages of the last seconds by chat
	waiting []*ticket
	flying  bool
}

const (
	exchangeIdle = time.Second            // how often replicas exchange while no bulk goes out
	exchangeBusy = 200 * time.Millisecond // and while some does
	afterYou     = 300 * time.Millisecond // the start replies have over bulk when a 429 is over
)

// Permit returns when a message may go to the chat. For an urgent one it returns at once: with nil, or
// with an error of kind RateLimited whose After is how long Telegram wants silence. Bulk waits.
func (o *Outbox) Permit(ctx context.Context, t Traffic, chat Chat) error {
	if t == Bulk {
		return o.bulkSlot(ctx, chat)
	}
	now := time.Now()
	o.mu.Lock()
	defer o.mu.Unlock()
	if wait := o.silence(now, chat.ID); wait > 0 {
		return &Error{Op: "wait for Telegram", Kind: RateLimited, After: wait}
	}
	o.note(now, chat.ID)
	o.replies.Add(1)
	return nil
}

// silence is how long nothing may go to a chat. The caller holds the lock.
func (o *Outbox) silence(now time.Time, chat int64) time.Duration {
	wait := max(0, o.until.Sub(now))
	if until, held := o.chats[chat]; held {
		if until.After(now) {
			return max(wait, until.Sub(now))
		}
		delete(o.chats, chat)
	}
	return wait
}

// Refused tells what a 429 asked for. Telegram does not say whom it concerns: a group, or a person who
// was just sent more than the limit, is held back alone, everything else concerns all chats.
func (o *Outbox) Refused(ctx context.Context, chat Chat, after time.Duration) {
	now := time.Now()
	o.mu.Lock()
	one := chat.Group || o.recent[chat.ID].ahead(now) >= time.Duration(o.Rates.ChatBurst-1)*time.Second
	if one {
		if o.chats == nil {
			o.chats = map[int64]time.Time{}
		}
		o.chats[chat.ID] = latest(o.chats[chat.ID], now.Add(after))
	} else {
		o.until, chat = latest(o.until, now.Add(after)), Chat{}
	}
	o.mu.Unlock()
	o.report(o.Budget.Postpone(ctx, chat, after))
}

// Quiet is how long nothing at all may go out.
func (o *Outbox) Quiet() time.Duration {
	o.mu.Lock()
	defer o.mu.Unlock()
	return max(0, time.Until(o.until))
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func (o *Outbox) report(err error) {
	if err != nil && o.Report != nil {
		o.Report(err)
	}
}

// Run exchanges with the other replicas until ctx ends: replies sent, and what a 429 told one of them.
func (o *Outbox) Run(ctx context.Context) {
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-timer.C:
		}
		o.exchange(ctx)
		pause := exchangeIdle
		if o.bulk.Load() {
			pause = exchangeBusy
		}
		timer.Reset(pause)
	}
}

func (o *Outbox) exchange(ctx context.Context) {
	replies := 0
	if n := o.replies.Swap(0); o.bulk.Load() { // without bulk nobody needs to know
		replies = int(n)
	}
	shared, err := o.Budget.Exchange(ctx, o.Rates, replies)
	if err != nil {
		if ctx.Err() == nil {
			o.report(err)
		}
		return
	}
	o.bulk.Store(shared.Bulk)
	o.mu.Lock()
	defer o.mu.Unlock()
	now := time.Now()
	o.until = latest(o.until, now.Add(shared.Wait))
	for chat, p := range o.recent {
		if p.ahead(now) <= 0 {
			delete(o.recent, chat)
		}
	}
	for chat, until := range o.chats {
		if until.Before(now) {
			delete(o.chats, chat)
		}
	}
}

// pace says when a chat's messages would be over had they gone at one a second.
type pace time.Time

func (p pace) ahead(now time.Time) time.Duration { return time.Time(p).Sub(now) }

// note books an urgent message to a chat. The caller holds the lock.
func (o *Outbox) note(now time.Time, chat int64) {
	if o.recent == nil {
		o.recent = map[int64]pace{}
	}
	o.recent[chat] = pace(latest(time.Time(o.recent[chat]), now).Add(time.Second))
}
