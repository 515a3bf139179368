package telegram

import (
	"context"
	"errors"
	"math/rand/v2"
	"sync"
	"time"

	"refbot/bot"
)

// pace says how a Sender waits.
type pace struct {
	typing time.Duration // how long work may take before the typing action is shown
	first  time.Duration // after the first failure; twice as long after each further one
	most   time.Duration // between two tries
	tries  int           // before an update is given back, to be handled again later
	stay   time.Duration // a silence Telegram asks for is waited out up to this
}

var defaultPace = pace{
	typing: 300 * time.Millisecond, first: 200 * time.Millisecond, most: 5 * time.Second, tries: 4, stay: 1500 * time.Millisecond,
}

// delivery is one reply on its way.
type delivery struct {
	chat  bot.Chat
	begun bool // a part of it has arrived: it must not begin again from the start, and waits as long as it takes
	moved bool // the group has become a supergroup on the way
	// repeatable calls do no harm when a crash repeats them.
	repeatable bool
}

// deliver calls until it is known what became of the call. It tries again only what was not carried out:
// when Telegram could not be reached, answered 5xx, or asked to wait; and once under a group's new id.
func (s *Sender) deliver(ctx context.Context, d *delivery, call func(ctx context.Context, chat int64) error) error {
	for failures := 0; ; {
		err := s.outbox.Permit(ctx, bot.Urgent, d.chat)
		asked := err != nil
		if !asked && !d.repeatable {
			err = enterGate(ctx)
		}
		if err == nil {
			err = call(ctx, d.chat.ID)
		}
		var e *bot.Error
		if !errors.As(err, &e) {
			return err
		}
		switch e.Kind {
		case bot.RateLimited:
			if !asked {
				refused(ctx, s.outbox, d.chat, e.After)
			}
			if !d.begun && e.After > s.pace.stay {
				return err
			}
			if asked {
				stepOut(ctx)
				wait(ctx, e.After)
			}
		case bot.Unavailable:
			if failures++; failures >= s.pace.tries && !d.begun || asked {
				return err
			}
			stepOut(ctx)
			wait(ctx, s.pace.after(failures))
		case bot.Migrated:
			if d.moved {
				return err
			}
			d.chat.ID, d.moved = e.NewChat, true
		default:
			return err
		}
		if ctx.Err() != nil {
			return err
		}
	}
}

// refused shares a 429 with all replicas. That the store does not answer must not hold up the message.
func refused(ctx context.Context, o *bot.Outbox, chat bot.Chat, after time.Duration) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	o.Refused(ctx, chat, after)
}

// insist tries a call that is no message and needs no permission.
func (s *Sender) insist(ctx context.Context, call func(context.Context) error) error {
	for failures := 1; ; failures++ {
		err := call(ctx)
		var e *bot.Error
		if !errors.As(err, &e) || e.Kind != bot.Unavailable && e.Kind != bot.RateLimited ||
			failures >= s.pace.tries || e.After > s.pace.stay || ctx.Err() != nil {
			return err
		}
		wait(ctx, max(e.After, s.pace.after(failures)))
	}
}

// after is the pause after so many failures in a row, half of it by chance, so that many do not come back
// at the same moment.
func (p pace) after(failures int) time.Duration {
	d := min(p.first<<min(failures-1, 20), p.most)
	return d/2 + rand.N(d/2+1)
}

// wait waits, or returns early when ctx ends.
func wait(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-t.C:
	}
}

// recent remembers the last few thousand of something.
type recent struct {
	mu          sync.Mutex
	now, before map[string]struct{}
}

const maxRecent = 4096

func (r *recent) add(s string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.now == nil || len(r.now) >= maxRecent {
		r.before, r.now = r.now, map[string]struct{}{}
	}
	r.now[s] = struct{}{}
}

func (r *recent) has(s string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	_, now := r.now[s]
	_, before := r.before[s]
	return now || before
}
