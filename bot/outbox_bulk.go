package bot

import (
	"context"
	"slices"
	"time"
)

// ticket is a bulk message that waits for its slot.
type ticket struct {
	ctx  context.Context //nolint:containedctx // of the one who waits: nothing is booked for who has gone
	chat Chat
	got  chan Slot // buffered
	err  error     // valid once got is closed
}

// bulkSlot waits for a slot and for every silence Telegram asked for.
func (o *Outbox) bulkSlot(ctx context.Context, chat Chat) error {
	for {
		slot, err := o.reserve(ctx, chat)
		if err != nil {
			return err
		}
		if err := pause(ctx, slot.Wait); err != nil {
			return err
		}
		if slot.Booked {
			return o.untilQuiet(ctx, chat.ID)
		}
	}
}

// untilQuiet waits until nothing forbids a bulk message to the chat.
func (o *Outbox) untilQuiet(ctx context.Context, chat int64) error {
	for {
		o.mu.Lock()
		wait := o.silence(time.Now(), chat)
		o.mu.Unlock()
		if wait <= 0 {
			return nil
		}
		if err := pause(ctx, wait+afterYou); err != nil {
			return err
		}
	}
}

// pause waits for d, or returns an error of kind Unavailable when ctx ends.
func pause(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return &Error{Op: "wait to send", Kind: Unavailable, Err: ctx.Err()}
	}
}

// reserve asks for a slot; those who ask while a booking is on its way share the next one.
func (o *Outbox) reserve(ctx context.Context, chat Chat) (Slot, error) {
	t := &ticket{ctx: ctx, chat: chat, got: make(chan Slot, 1)}
	o.mu.Lock()
	o.waiting = append(o.waiting, t)
	if !o.flying {
		o.flying = true
		go o.book(context.WithoutCancel(ctx))
	}
	o.mu.Unlock()
	select {
	case slot, ok := <-t.got:
		if !ok {
			return Slot{}, t.err
		}
		return slot, nil
	case <-ctx.Done():
		return Slot{}, &Error{Op: "wait to send", Kind: Unavailable, Err: ctx.Err()}
	}
}

// book books slots until nobody waits for one. Whoever comes when everything is booked keeps their place.
func (o *Outbox) book(ctx context.Context) {
	for batch := o.next(); len(batch) > 0; batch = o.next() {
		chats := make([]Chat, len(batch))
		for i, t := range batch {
			chats[i] = t.chat
		}
		replies := o.replies.Swap(0)
		limited, cancel := context.WithTimeout(ctx, 5*time.Second)
		slots, err := o.Budget.Reserve(limited, o.Rates, chats, int(replies))
		cancel()
		if err != nil {
			o.replies.Add(replies)
		}
		var full []*ticket
		var wait time.Duration
		for i, t := range batch {
			switch {
			case err != nil:
				t.err = err
				close(t.got)
			case slots[i].Full:
				full, wait = append(full, t), slots[i].Wait
			default:
				t.got <- slots[i]
			}
		}
		if len(full) > 0 {
			o.mu.Lock()
			o.waiting = append(full, o.waiting...)
			o.mu.Unlock()
			time.Sleep(wait)
		}
	}
}

// next takes the tickets of one booking.
func (o *Outbox) next() []*ticket {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.waiting = slices.DeleteFunc(o.waiting, func(t *ticket) bool { return t.ctx.Err() != nil })
	n := min(len(o.waiting), MaxReserve)
	batch := slices.Clone(o.waiting[:n])
	o.waiting = o.waiting[n:]
	o.flying = n > 0
	return batch
}
