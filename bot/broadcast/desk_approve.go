package broadcast

import (
	"context"
	"slices"
	"strings"
	"time"
)

// Submit asks others to approve the draft. The caller tells them, and notes with Ask where.
func (d *Desk) Submit(ctx context.Context, who Actor, id ID) (*Broadcast, error) {
	return d.change(ctx, id, func(b *Broadcast) error {
		if len(b.Content) == 0 {
			return &Refusal{Why: NoText}
		}
		if err := d.timely(ctx, b); err != nil {
			return err
		}
		if _, ok := b.Reach(); !ok && b.Corrects == "" {
			return &Refusal{Why: Nobody}
		}
		b.Asked = nil
		return b.Move(Submitted, ActSubmit, who.ID, "", d.Now())
	})
}

// timely refuses what would go out in the quiet period, or should have gone out already.
func (d *Desk) timely(ctx context.Context, b *Broadcast) error {
	now, c := d.Now(), d.campaign()
	if s := b.Schedule; s != nil && now.After(s.At.Add(s.TooLate)) {
		return &Refusal{Why: Late, Until: s.At.Add(s.TooLate)}
	}
	if b.Override == "" && c.Quiet(b.When(now)) {
		return &Refusal{Why: Quiet, Until: c.QuietUntil}
	}
	return d.recallable(ctx, b)
}

// Ask notes the messages that show an approver exactly this version.
func (d *Desk) Ask(ctx context.Context, id ID, version int64, posted []Posted) (*Broadcast, error) {
	return d.change(ctx, id, func(b *Broadcast) error {
		if b.State != Submitted || b.Version != version {
			return &Refusal{Why: Outdated}
		}
		for _, p := range posted {
			b.Asked = append(slices.DeleteFunc(b.Asked, p.same), p)
		}
		return nil
	})
}

// Return gives a submitted broadcast back to its author. Who returns it has not changed it.
func (d *Desk) Return(ctx context.Context, who Actor, id ID) (*Broadcast, error) {
	return d.change(ctx, id, func(b *Broadcast) error {
		b.Asked = nil
		return b.Move(Draft, ActReturn, who.ID, "", d.Now())
	})
}

// Approve is the second person's word, given under the message posted, which must be one of those that show
// exactly this version. Without a schedule the broadcast begins at once. Where it would go out at night, the
// message must have said so.
func (d *Desk) Approve(ctx context.Context, who Actor, id ID, posted Posted) (*Broadcast, error) {
	return d.approve(ctx, who, id, func(b *Broadcast) (saw, night bool) {
		i := slices.IndexFunc(b.Asked, posted.same)
		return i >= 0, i >= 0 && b.Asked[i].Night
	})
}

// ApproveSeen is Approve for who has read the broadcast elsewhere than in a message: seen is the [Broadcast.Print]
// of what they read, and night says that they were asked whether it shall go out at night, and want that.
func (d *Desk) ApproveSeen(ctx context.Context, who Actor, id ID, seen string, night bool) (*Broadcast, error) {
	return d.approve(ctx, who, id, func(b *Broadcast) (bool, bool) { return b.Print() == seen, night })
}

// approve approves what seen says that they saw; night is whether they want it at night.
func (d *Desk) approve(ctx context.Context, who Actor, id ID, seen func(*Broadcast) (saw, night bool)) (*Broadcast, error) {
	return d.change(ctx, id, func(b *Broadcast) error {
		now := d.Now().UTC()
		saw, night := seen(b)
		if err := d.mayApprove(ctx, who, b, saw); err != nil {
			return err
		}
		if !night && b.Corrects == "" && Night(d.campaign(), b.When(now)) {
			return &Refusal{Why: AtNight}
		}
		if err := b.Move(Approved, ActApprove, who.ID, "", now); err != nil {
			return err
		}
		b.Approval = &Approval{By: who.ID, At: now}
		if b.Schedule != nil {
			return b.Move(Scheduled, ActSchedule, 0, b.Schedule.At.Format(time.RFC3339), now)
		}
		return b.Move(Sending, ActStart, 0, "", now)
	})
}

func (d *Desk) mayApprove(ctx context.Context, who Actor, b *Broadcast, saw bool) error {
	switch {
	case b.State != Submitted:
		return &Refusal{Why: BadState, State: b.State}
	case b.wroteIt(who.ID) && !(d.Alone && who.admin()):
		return &Refusal{Why: SamePerson}
	case !saw:
		return &Refusal{Why: Outdated}
	}
	doubts, err := d.Doubts(ctx, b)
	if err != nil {
		return err
	}
	if !who.admin() && slices.ContainsFunc(doubts, func(x Doubt) bool { return x.Kind == DoubtAdvice }) {
		return &Refusal{Why: NeedsAdmin}
	}
	return d.timely(ctx, b)
}

// wroteIt reports whether somebody had a hand in the text or the audience: they are no second person.
func (b *Broadcast) wroteIt(person int64) bool {
	return b.Author == person || slices.ContainsFunc(b.Audit, func(e Event) bool {
		return e.By == person && e.Action == ActEdit
	})
}

// MayApprove reports whether a person could approve this broadcast, as far as that depends on who they are.
func (d *Desk) MayApprove(who Actor, b *Broadcast) bool {
	return !b.wroteIt(who.ID) || d.Alone && who.admin()
}

// Allow lets a broadcast go out in the quiet period: an administrator's word, with a reason for the audit.
func (d *Desk) Allow(ctx context.Context, who Actor, id ID, why string) (*Broadcast, error) {
	return d.change(ctx, id, func(b *Broadcast) error {
		why = strings.Join(strings.Fields(why), " ")
		switch {
		case !who.admin():
			return &Refusal{Why: NeedsAdmin}
		case why == "":
			return &Refusal{Why: NoText}
		case b.State.Over():
			return &Refusal{Why: BadState, State: b.State}
		}
		b.Override = why
		b.note(ActOverride, who.ID, why, d.Now())
		return nil
	})
}
