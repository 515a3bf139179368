package outreach

import (
	"context"
	"strconv"
	"time"

	"refbot/bot"
	"refbot/bot/broadcast"
)

// moments is the menu of when it goes out.
func (x *visit) moments(ctx context.Context, id broadcast.ID, _ string) error {
	b, err := x.Desk.Store.Load(ctx, id)
	if err != nil {
		return err
	}
	now := x.Desk.Now()
	morning := broadcast.Morning(x.campaign(), now)
	r := bot.Reply{Language: x.Language, Parts: []bot.Part{bot.Text(x.b.AskMoment(x.zone().String(), x.clock(now)))}}
	r.Buttons = append(r.Buttons, row(data("at", id, "now"), chosen(b.Schedule == nil, x.b.Button.AtOnce)))
	for _, t := range []time.Time{now.Add(time.Hour).Truncate(30 * time.Minute), morning, morning.Add(3 * time.Hour), morning.Add(9 * time.Hour)} {
		if broadcast.Night(x.campaign(), t) {
			continue
		}
		on := b.Schedule != nil && b.Schedule.At.Equal(t)
		r.Buttons = append(r.Buttons, row(data("at", id, strconv.FormatInt(t.Unix(), 10)), chosen(on, x.clock(t))))
	}
	if b.Schedule != nil {
		var late []bot.Button
		for _, d := range []time.Duration{30 * time.Minute, broadcast.DefaultTooLate, 6 * time.Hour} {
			on := b.Schedule.TooLate == d
			late = append(late, bot.Button{Text: chosen(on, x.b.Late(int(d.Minutes()))), Data: data("late", id, strconv.Itoa(int(d.Minutes())))})
		}
		r.Buttons = append(r.Buttons, late)
		r.Parts = append(r.Parts, bot.Text(x.b.AskLate))
	}
	r.Buttons = append(r.Buttons, row(data("view", id, ""), x.b.Button.Ready))
	x.Form = formTime + ":" + string(id) + ":"
	return x.replace(ctx, r)
}

// schedule sets the moment of a button.
func (x *visit) schedule(ctx context.Context, id broadcast.ID, at string) error {
	if at == "now" {
		return x.setMoment(ctx, id, nil)
	}
	unix, err := strconv.ParseInt(at, 10, 64)
	if err != nil || unix < 0 || unix > 1<<40 {
		return nil //nolint:nilerr // foreign callback data
	}
	return x.setMoment(ctx, id, &broadcast.Schedule{At: time.Unix(unix, 0).UTC(), TooLate: broadcast.DefaultTooLate})
}

// takeTime reads a moment that was typed.
func (x *visit) takeTime(ctx context.Context, id broadcast.ID, _ string) error {
	t, ok := broadcast.ParseTime(x.Text, x.zone(), x.Desk.Now())
	if !ok {
		form := x.Form
		err := x.say(ctx, x.b.BadTime)
		x.Form = form
		return err
	}
	x.Form = ""
	return x.setMoment(ctx, id, &broadcast.Schedule{At: t.UTC(), TooLate: broadcast.DefaultTooLate})
}

// setMoment changes the schedule, and with it withdraws an approval: another time may be a bad one.
func (x *visit) setMoment(ctx context.Context, id broadcast.ID, s *broadcast.Schedule) error {
	b, err := x.edit(ctx, id, "schedule", func(b *broadcast.Broadcast) error {
		b.Schedule = s
		return nil
	})
	if err != nil {
		return err
	}
	x.Form = ""
	if x.Kind == bot.Pressed {
		return x.redraw(ctx, b, "")
	}
	return x.show(ctx, b, "")
}

func (x *visit) tooLate(ctx context.Context, id broadcast.ID, minutes string) error {
	n, err := strconv.Atoi(minutes)
	if err != nil || n < 1 || n > 24*60 {
		return nil //nolint:nilerr // foreign callback data
	}
	_, err = x.edit(ctx, id, "schedule", func(b *broadcast.Broadcast) error {
		if b.Schedule == nil {
			return &broadcast.Refusal{Why: broadcast.BadState, State: b.State}
		}
		b.Schedule.TooLate = time.Duration(n) * time.Minute
		return nil
	})
	if err != nil {
		return err
	}
	return x.moments(ctx, id, "")
}
