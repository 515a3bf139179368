package outreach

import (
	"context"
	"errors"

	"refbot/bot"
	"refbot/bot/broadcast"
	"refbot/bot/texts"
)

// approve is the second person's word.
func (x *visit) approve(ctx context.Context, id broadcast.ID, _ string) error {
	here := broadcast.Posted{Chat: x.home.ID, Message: x.Message}
	before, err := x.Desk.Store.Load(ctx, id)
	if err != nil {
		return errors.Join(err, x.toast(ctx, ""))
	}
	b, err := x.Desk.Approve(ctx, x.who, id, here)
	var refused *broadcast.Refusal
	switch {
	case err == nil:
		if err := x.toast(ctx, x.b.Approved); err != nil && bot.KindOf(err) != bot.TooLate {
			return err
		}
		return x.approved(ctx, b, before.Asked)
	case !errors.As(err, &refused):
		return err
	case refused.Why == broadcast.AtNight:
		return x.askNight(ctx, b, here)
	case refused.Why == broadcast.Outdated:
		return x.askAnew(ctx, b)
	}
	return x.toast(ctx, bot.Shorten(x.refused(refused), 200))
}

// askNight lets the message ask whether it shall go out at night.
func (x *visit) askNight(ctx context.Context, b *broadcast.Broadcast, here broadcast.Posted) error {
	if err := x.toast(ctx, x.b.NightToast); err != nil {
		return err
	}
	here.Night = true
	if _, err := x.Desk.Ask(ctx, b.ID, b.Version, []broadcast.Posted{here}); err != nil {
		return err
	}
	r, err := x.request(ctx, b, shown(b, "", x.Language))
	if err != nil {
		return err
	}
	return x.replace(ctx, r)
}

// askAnew shows the present text to somebody who pressed the button under an older one.
func (x *visit) askAnew(ctx context.Context, b *broadcast.Broadcast) error {
	if err := x.toast(ctx, x.b.Outdated); err != nil {
		return err
	}
	p, err := x.ask(ctx, b)
	if err != nil {
		return err
	}
	_, err = x.Desk.Ask(ctx, b.ID, b.Version, []broadcast.Posted{p})
	return err
}

// approved tells everybody who was asked, and the author.
func (x *visit) approved(ctx context.Context, b *broadcast.Broadcast, asked []broadcast.Posted) error {
	for _, p := range asked {
		t := x.textsOf(ctx, p.Chat)
		r := bot.Reply{Language: t.Code, HTML: x.done(t, b)}
		_ = x.Messenger.Edit(ctx, bot.Chat{ID: p.Chat}, p.Message, r) // a message that cannot be edited is no harm
	}
	if b.Author == x.who.ID {
		return nil
	}
	_, err := x.Messenger.Send(ctx, bot.Chat{ID: b.Author}, bot.Reply{HTML: x.done(x.textsOf(ctx, b.Author), b)}, 0)
	return away(err)
}

// done says who approved what, and when it goes out.
func (x *visit) done(t *texts.Catalog, b *broadcast.Broadcast) string {
	when := t.Broadcast.BeginsNow
	if b.Schedule != nil {
		when = t.Broadcast.BeginsAt(x.clock(b.Schedule.At))
	}
	return "✅ " + t.Broadcast.ApprovedBy(quoted(b, t.Code), mention(x.who.ID)) + " " + when
}

// textsOf are the texts in somebody's language.
func (x *visit) textsOf(ctx context.Context, person int64) *texts.Catalog {
	if person == x.who.ID {
		return x.t
	}
	return texts.For(x.speaks(ctx, person))
}

// giveBack returns a submitted broadcast to its author.
func (x *visit) giveBack(ctx context.Context, id broadcast.ID, _ string) error {
	_, err := x.returned(ctx, id)
	return err
}

func (x *visit) returned(ctx context.Context, id broadcast.ID) (*broadcast.Broadcast, error) {
	before, err := x.Desk.Store.Load(ctx, id)
	if err != nil {
		return nil, err
	}
	b, err := x.Desk.Return(ctx, x.who, id)
	if err != nil {
		return b, err
	}
	x.withdraw(ctx, before)
	t := x.textsOf(ctx, b.Author)
	r := bot.Reply{
		Language: t.Code, HTML: "↩️ " + t.Broadcast.Returned(quoted(b, t.Code), mention(x.who.ID)),
		Buttons: [][]bot.Button{row(data("open", id), t.Broadcast.Button.Open)},
	}
	_, err = x.Messenger.Send(ctx, bot.Chat{ID: b.Author}, r, 0)
	return b, away(err)
}

// away forgives that somebody has blocked the bot, or is gone.
func away(err error) error {
	if k := bot.KindOf(err); k == bot.Unreachable || k == bot.ChatGone {
		return nil
	}
	return err
}

// askReason asks an administrator why a broadcast shall go out in the quiet period.
func (x *visit) askReason(ctx context.Context, id broadcast.ID, _ string) error {
	if !x.who.Roles.May(bot.Admin) {
		return &broadcast.Refusal{Why: broadcast.NeedsAdmin}
	}
	return x.await(ctx, formReason, id, "", x.b.AskReason)
}

func (x *visit) takeReason(ctx context.Context, id broadcast.ID, _ string) error {
	b, err := x.Desk.Allow(ctx, x.who, id, x.Text)
	if err != nil {
		return err
	}
	x.Form = ""
	return x.show(ctx, b, "")
}
