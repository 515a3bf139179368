package outreach

import (
	"bytes"
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
	tally, err := x.Desk.Ledger.Tally(ctx, b.ID)
	if err != nil {
		return bot.Reply{}, err
	}
	v := view{t: x.t, zone: x.zone(), now: x.Desk.Now(), tally: tally}
	if v.up, v.down, err = x.Opinions.Presses(ctx, b.ID); err != nil {
		return bot.Reply{}, err
	}
	return v.board(b), nil
}

// cancel ends it: a draft, or one that is on its way.
func (x *visit) cancel(ctx context.Context, id broadcast.ID, _ string) error {
	before, err := x.Desk.Store.Load(ctx, id)
	if err != nil {
		return err
	}
	b, err := x.Desk.Cancel(ctx, x.who, id)
	if err != nil {
		return err
	}
	x.withdraw(ctx, before)
	return x.showBegun(ctx, b)
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
	b, err := x.Desk.Store.Load(ctx, id)
	if err != nil {
		return err
	}
	rows, err := broadcast.Tabulate(ctx, x.Desk.Ledger, b)
	if err != nil {
		return err
	}
	var table bytes.Buffer
	if err := broadcast.WriteCSV(&table, rows); err != nil {
		return err
	}
	_, err = x.Messenger.Send(ctx, x.home, bot.Reply{
		Language: x.Language, Parts: []bot.Part{bot.Text(x.b.Table)},
		File: &bot.File{Name: "broadcast-" + string(id) + ".csv", Data: table.Bytes()},
	}, 0)
	return err
}

// quoted names a broadcast by its first words, as HTML.
func quoted(b *broadcast.Broadcast, l language.Code) string {
	return "«" + markup.Escape(caption(b, l)) + "»"
}
