package broadcast

import (
	"context"
	"time"
)

// RecallWithin is how long after it was sent a message can be deleted.
const RecallWithin = 48 * time.Hour

// Cancel ends a broadcast before it is complete.
func (d *Desk) Cancel(ctx context.Context, who Actor, id ID) (*Broadcast, error) {
	return d.move(ctx, who, id, Canceled, ActCancel, "")
}

// Pause holds a broadcast that is being sent.
func (d *Desk) Pause(ctx context.Context, who Actor, id ID) (*Broadcast, error) {
	return d.move(ctx, who, id, Paused, ActPause, string(PauseHand))
}

// Resume goes on with a paused one.
func (d *Desk) Resume(ctx context.Context, who Actor, id ID) (*Broadcast, error) {
	return d.change(ctx, id, func(b *Broadcast) error {
		if c := d.campaign(); b.Override == "" && c.Quiet(d.Now()) {
			return &Refusal{Why: Quiet, Until: c.QuietUntil}
		}
		return b.Move(Sending, ActResume, who.ID, "", d.Now())
	})
}

func (d *Desk) move(ctx context.Context, who Actor, id ID, to State, action, why string) (*Broadcast, error) {
	return d.change(ctx, id, func(b *Broadcast) error { return b.Move(to, action, who.ID, why, d.Now()) })
}

// Resend sends a finished broadcast again to those of whom nobody knows whether they have it. It returns how
// many they are.
func (d *Desk) Resend(ctx context.Context, who Actor, id ID) (*Broadcast, int, error) {
	tally, err := d.Ledger.Tally(ctx, id)
	if err != nil {
		return nil, 0, err
	}
	if tally.Unknown == 0 {
		return nil, 0, &Refusal{Why: Nothing}
	}
	b, err := d.change(ctx, id, func(b *Broadcast) error {
		if c := d.campaign(); b.Override == "" && c.Quiet(d.Now()) {
			return &Refusal{Why: Quiet, Until: c.QuietUntil}
		}
		b.Reported, b.Boards = time.Time{}, nil
		return b.Move(Sending, ActResend, who.ID, "", d.Now())
	})
	if err != nil {
		return b, 0, err
	}
	n, err := d.Ledger.Requeue(ctx, id)
	return b, n, err
}

// Correct begins a draft that changes the messages another broadcast has sent, and, with recall, deletes them.
// It needs an approval like any other.
func (d *Desk) Correct(ctx context.Context, who Actor, id ID, recall bool) (*Broadcast, error) {
	old, err := d.Store.Load(ctx, id)
	if err != nil {
		return nil, err
	}
	if old.Started.IsZero() || old.Corrects != "" || old.State == Sending {
		return nil, &Refusal{Why: BadState, State: old.State}
	}
	action := ActCorrect
	if recall {
		action = ActRecall
		if deadline := old.RecallUntil(); d.Now().After(deadline) {
			return nil, &Refusal{Why: Late, Until: deadline}
		}
	}
	return d.follow(ctx, who, old, action, func(b *Broadcast) { b.Corrects, b.Recall = old.ID, recall })
}

// RecallUntil is until when all its messages can be deleted; the zero time when none was sent.
func (b *Broadcast) RecallUntil() time.Time {
	if b.Started.IsZero() {
		return time.Time{}
	}
	return b.Started.Add(RecallWithin)
}

// recallable refuses a recall that comes too late for the first of the messages.
func (d *Desk) recallable(ctx context.Context, b *Broadcast) error {
	if !b.Recall {
		return nil
	}
	old, err := d.Store.Load(ctx, b.Corrects)
	if err != nil {
		return err
	}
	if deadline := old.RecallUntil(); d.Now().After(deadline) {
		return &Refusal{Why: Late, Until: deadline}
	}
	return nil
}

// Posted notes the messages that show how the sending goes.
func (d *Desk) Posted(ctx context.Context, id ID, boards []Posted) (*Broadcast, error) {
	return d.change(ctx, id, func(b *Broadcast) error {
		b.Boards = append(b.Boards, boards...)
		return nil
	})
}

// Reported notes that staff have the report.
func (d *Desk) Reported(ctx context.Context, id ID) error {
	_, err := d.change(ctx, id, func(b *Broadcast) error {
		b.Reported = d.Now().UTC()
		return nil
	})
	return err
}
