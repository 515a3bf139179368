package outreach

import (
	"context"

	"refbot/bot"
	"refbot/bot/broadcast"
	"refbot/bot/markup"
	"refbot/knowledge/language"
)

// showBegun shows how a broadcast that was begun is doing.
func (x *visit) showBegun(ctx context.Context, b *broadcast.Broadcast) error {
	r, err := x.status(ctx, b)
	if err != nil {
		return err
	}
	return x.replace(ctx, r)
}

func (x *visit) status(ctx context.Context, b *broadcast.Broadcast) (bot.Reply, error) {
	p, err := x.Desk.Progress(ctx, b.ID)
	if err != nil {
		return bot.Reply{}, err
	}
	v := view{t: x.t, zone: x.zone(), now: x.Desk.Now(), tally: p.Tally, up: p.Up, down: p.Down}
	return v.board(b), nil
}

// cancel ends it: a draft, or one that is on its way.
func (x *visit) cancel(ctx context.Context, id broadcast.ID, _ string) error {
	b, err := x.canceled(ctx, id)
	if err != nil {
		return err
	}
	return x.showBegun(ctx, b)
}

func (x *visit) canceled(ctx context.Context, id broadcast.ID) (*broadcast.Broadcast, error) {
	before, err := x.Desk.Store.Load(ctx, id)
	if err != nil {
		return nil, err
	}
	b, err := x.Desk.Cancel(ctx, x.who, id)
	if err == nil {
		x.withdraw(ctx, before)
	}
	return b, err
}

func (x *visit) pause(ctx context.Context, id broadcast.ID, _ string) error {
	b, err := x.Desk.Pause(ctx, x.who, id)
	if err != nil {
		return err
	}
	return x.showBegun(ctx, b)
}

func (x *visit) resume(ctx context.Context, id broadcast.ID, _ string) error {
	b, err := x.Desk.Resume(ctx, x.who, id)
	if err != nil {
		return err
	}
	return x.showBegun(ctx, b)
}

// again sends it once more to those of whom nobody knows whether they have it.
func (x *visit) again(ctx context.Context, id broadcast.ID, _ string) error {
	b, _, err := x.Desk.Resend(ctx, x.who, id)
	if err != nil {
		return err
	}
	return x.showBegun(ctx, b)
}

// fix begins a correction of what was sent.
func (x *visit) fix(ctx context.Context, id broadcast.ID, _ string) error {
	return x.correct(ctx, id, false)
}

// recall begins the deletion of what was sent.
func (x *visit) recall(ctx context.Context, id broadcast.ID, _ string) error {
	return x.correct(ctx, id, true)
}

func (x *visit) correct(ctx context.Context, id broadcast.ID, recall bool) error {
	b, err := x.Desk.Correct(ctx, x.who, id, recall)
	if err != nil {
		return err
	}
	return x.show(ctx, b, "")
}

// csv sends the figures as a table.
func (x *visit) csv(ctx context.Context, id broadcast.ID, _ string) error {
	r, err := x.Desk.Report(ctx, id)
	if err != nil {
		return err
	}
	_, err = x.Messenger.Send(ctx, x.home, bot.Reply{
		Language: x.Language, Parts: []bot.Part{bot.Text(x.b.Table)},
		File: &bot.File{Name: "broadcast-" + string(id) + ".csv", Data: r.CSV},
	}, 0)
	return err
}

// quoted names a broadcast by its first words, as HTML.
func quoted(b *broadcast.Broadcast, l language.Code) string {
	return "«" + markup.Escape(caption(b, l)) + "»"
}
