package broadcast

import (
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"time"

	"refbot/bot"
	"refbot/knowledge"
)

// Carrier makes the calls of a courier, each of them once. Errors are *bot.Error; what Telegram says of a rate is
// shared with all replicas before a call returns.
type Carrier interface {
	// Permit waits until the shared budget has room for a message to the chat, and replies do not need it.
	Permit(ctx context.Context, to bot.Chat) error
	// Send returns the id of the message.
	Send(ctx context.Context, to bot.Chat, r bot.Reply) (message int, err error)
	Edit(ctx context.Context, to bot.Chat, message int, r bot.Reply) error
	Delete(ctx context.Context, to bot.Chat, message int) error
}

// Observer is told what couriers do, for metrics. It is told no text and no id. Its methods return at once and
// may be called from many goroutines.
type Observer interface {
	// Settled tells that it is known what became of a recipient.
	Settled(o Outcome)
	// Moved tells that the program, not a person, took a broadcast to another state, and why it was paused.
	Moved(to State, why PauseReason)
}

// Courier delivers. Every replica has one; they share the work through the ledger, and the rate through the
// budget behind their carriers. One of them leads the work on a broadcast: it freezes the audience, sends to
// the canary, judges errors and notes the end. All of them look for what staff have decided several times a
// second, so that a pause holds everywhere within one.
//
// The fields up to Log are required.
type Courier struct {
	Store    Store
	Ledger   Ledger
	Audience Audience
	Carrier  Carrier
	Campaign func() *knowledge.Campaign // of this moment
	Log      *slog.Logger

	Observer Observer         // nil: nobody watches
	Now      func() time.Time // nil: time.Now
	Parallel int              // messages under way at once; 0: 48, which a budget of 30 a second never needs
	Lease    time.Duration    // after which a dead worker's recipients are taken over; 0: 10 s
	Grace    time.Duration    // for messages under way when refbot is told to stop; 0: 10 s

	name string
	hard context.Context // of calls under way: ends when the grace is over
	runs map[ID]*run
}

const (
	glance      = 300 * time.Millisecond // how often a courier looks for what staff have decided
	askPatience = 5 * time.Second        // for one request to the store
	changeTries = 8                      // of a change that somebody else was faster than
)

// Run delivers until ctx ends. It returns once the messages under way have ended, and what was claimed and not
// sent was given back.
func (c *Courier) Run(ctx context.Context) {
	c.fill()
	hard, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	c.hard = hard
	tick := time.NewTicker(glance)
	defer tick.Stop()
	for ctx.Err() == nil {
		c.look(ctx)
		select {
		case <-ctx.Done():
		case <-tick.C:
		}
	}
	timer := time.AfterFunc(c.Grace, cancel)
	defer timer.Stop()
	for _, r := range c.runs {
		r.stop()
	}
	for _, r := range c.runs {
		<-r.done
	}
}

func (c *Courier) fill() {
	c.name, c.runs = rand.Text()[:12], map[ID]*run{}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Observer == nil {
		c.Observer = unobserved{}
	}
	if c.Parallel <= 0 {
		c.Parallel = 48
	}
	if c.Lease <= 0 {
		c.Lease = 10 * time.Second
	}
	if c.Grace <= 0 {
		c.Grace = 10 * time.Second
	}
}

// look brings what this replica does in line with what staff and the clock want.
func (c *Courier) look(ctx context.Context) {
	ask, cancel := context.WithTimeout(ctx, askPatience)
	defer cancel()
	active, err := c.Store.Active(ask)
	if err != nil {
		if ctx.Err() == nil {
			c.Log.Warn("broadcasts can't be read, sending waits", "error", err)
		}
		return
	}
	sending := map[ID]*Broadcast{}
	for _, b := range active {
		if to, _, _ := b.Due(c.Campaign(), c.Now()); to != "" {
			c.due(ask, b.ID)
			continue // the next look sees what has become of it
		}
		if b.State == Sending {
			sending[b.ID] = b
		}
	}
	for id, r := range c.runs {
		if _, on := sending[id]; !on {
			r.stop()
		}
		select {
		case <-r.done:
			delete(c.runs, id)
		default:
		}
	}
	for id, b := range sending {
		if c.runs[id] == nil {
			c.runs[id] = c.start(ctx, b)
		}
	}
}

// due does what the clock wants.
func (c *Courier) due(ctx context.Context, id ID) {
	c.change(ctx, id, func(b *Broadcast) (State, string, string) { return b.Due(c.Campaign(), c.Now()) })
}

// pause pauses a broadcast in the name of the program.
func (c *Courier) pause(ctx context.Context, id ID, why PauseReason) {
	c.change(ctx, id, func(*Broadcast) (State, string, string) { return Paused, ActPause, string(why) })
}

// change takes a broadcast to another state, unless it is "" or somebody has been faster. What fails is tried
// again by whoever looks next.
func (c *Courier) change(ctx context.Context, id ID, next func(*Broadcast) (to State, action, why string)) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), askPatience)
	defer cancel()
	for range changeTries {
		b, err := c.Store.Load(ctx, id)
		if err != nil {
			c.Log.Warn("a broadcast can't be read", "error", err)
			return
		}
		to, action, why := next(b)
		if to == "" || b.Move(to, action, 0, why, c.Now()) != nil {
			return
		}
		err = c.Store.Save(ctx, b)
		if err == nil {
			c.Log.Info("a broadcast has moved", "broadcast", b.ID, "to", to, "why", why)
			c.Observer.Moved(to, PauseReason(why))
			return
		}
		if !errors.Is(err, ErrConflict) {
			c.Log.Warn("a broadcast can't be saved", "error", err)
			return
		}
	}
}

// pauseAll pauses whatever is being sent: the trouble is not with one message.
func (c *Courier) pauseAll(ctx context.Context, why PauseReason) {
	active, err := c.Store.Active(ctx)
	if err != nil {
		c.Log.Warn("broadcasts can't be read", "error", err)
	}
	for _, b := range active {
		if b.State == Sending {
			c.pause(ctx, b.ID, why)
		}
	}
}

type unobserved struct{}

func (unobserved) Settled(Outcome)          {}
func (unobserved) Moved(State, PauseReason) {}

// wait waits, or returns early when ctx ends.
func wait(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-t.C:
	}
}
