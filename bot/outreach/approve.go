package outreach

import (
	"context"
	"errors"

	"refbot/bot"
	"refbot/bot/broadcast"
	"refbot/bot/markup"
	"refbot/knowledge/language"
)

// test sends the broadcast to who presses, exactly as subscribers get it.
func (x *visit) test(ctx context.Context, id broadcast.ID, _ string) error {
	b, err := x.Desk.Store.Load(ctx, id)
	if err != nil {
		return errors.Join(err, x.toast(ctx, ""))
	}
	if b.Recall {
		return x.toast(ctx, x.b.NothingToShow)
	}
	if err := x.toast(ctx, x.b.Tested); err != nil {
		return err
	}
	return x.sample(ctx, b)
}

// sample sends what subscribers get, in every language it is written in.
func (x *visit) sample(ctx context.Context, b *broadcast.Broadcast) error {
	for _, l := range language.Codes() {
		if _, written := b.Content[l]; !written {
			continue
		}
		r, _ := b.Reply(l)
		if _, err := x.Messenger.Send(ctx, x.home, r, 0); err != nil {
			return x.unsent(err)
		}
	}
	return nil
}

// submit asks everybody who may approve it, and asks again where it was submitted already.
func (x *visit) submit(ctx context.Context, id broadcast.ID, _ string) error {
	b, asked, err := x.submitted(ctx, id)
	if err != nil {
		return err
	}
	if err := x.redraw(ctx, b, ""); err != nil {
		return err
	}
	if asked == 0 {
		return x.say(ctx, x.b.NobodyApproves)
	}
	return x.say(ctx, x.b.Asked(asked))
}

func (x *visit) submitted(ctx context.Context, id broadcast.ID) (*broadcast.Broadcast, int, error) {
	b, err := x.Desk.Submit(ctx, x.who, id)
	var refused *broadcast.Refusal
	if errors.As(err, &refused) && refused.State == broadcast.Submitted {
		b, err = x.Desk.Store.Load(ctx, id)
	}
	if err != nil {
		return b, 0, err
	}
	asked, err := x.askAll(ctx, b)
	return b, asked, err
}

// askAll shows the exact text to everybody who may approve it, and returns how many they are.
func (x *visit) askAll(ctx context.Context, b *broadcast.Broadcast) (int, error) {
	people, err := x.Staff.Everybody(ctx, bot.Outreach, bot.Admin)
	if err != nil {
		return 0, err
	}
	var posted []broadcast.Posted
	for _, person := range people {
		roles, err := x.Staff.Roles(ctx, person)
		if err != nil {
			return 0, err
		}
		other := x.as(ctx, person, roles)
		if !x.Desk.MayApprove(other.who, b) {
			continue
		}
		p, err := other.ask(ctx, b)
		switch bot.KindOf(err) {
		case "":
			posted = append(posted, p)
		case bot.Unreachable, bot.ChatGone: // never wrote to the bot, or blocked it
		default:
			return 0, err
		}
	}
	if len(posted) == 0 {
		return 0, nil
	}
	_, err = x.Desk.Ask(ctx, b.ID, b.Version, posted)
	return len(posted), err
}

// as is the visit of another member of staff.
func (x *visit) as(ctx context.Context, person int64, roles bot.Roles) *visit {
	l := x.Language
	if person != x.who.ID {
		l = x.speaks(ctx, person)
	}
	return x.seat(broadcast.Actor{ID: person, Roles: roles}, l)
}

// ask shows somebody the exact text in all its languages, and with the last one the button.
func (x *visit) ask(ctx context.Context, b *broadcast.Broadcast) (broadcast.Posted, error) {
	last := shown(b, "", x.Language)
	for _, l := range language.Codes() {
		m, written := b.Content[l]
		file := m.Photo != "" || m.Document != ""
		if !written || b.Recall || l == last && !file {
			continue
		}
		r, _ := b.Reply(l)
		r.Buttons = harmless(r.Buttons)
		if _, err := x.Messenger.Send(ctx, x.home, r, 0); err != nil {
			return broadcast.Posted{}, err
		}
	}
	r, err := x.request(ctx, b, last)
	if err != nil {
		return broadcast.Posted{}, err
	}
	id, err := x.Messenger.Send(ctx, x.home, r, 0)
	return broadcast.Posted{Chat: x.home.ID, Message: id, Night: x.goesByNight(b)}, err
}

// request is the message with the button of approval.
func (x *visit) request(ctx context.Context, b *broadcast.Broadcast, l language.Code) (bot.Reply, error) {
	info, err := x.info(ctx, b)
	if err != nil {
		return bot.Reply{}, err
	}
	c := &x.b.Button
	approve := c.Approve
	if x.goesByNight(b) {
		info += "\n🌙 " + markup.Escape(x.b.NightAsk(x.clock(b.When(x.Desk.Now()))))
		approve = c.ApproveAtNight
	}
	r := bot.Reply{Language: x.Language, HTML: x.body(b, l, markup.Escape(x.b.PleaseApprove)+"\n"+info)}
	if message, ok := b.Reply(l); ok && !b.Recall {
		r.Buttons = harmless(message.Buttons)
	}
	r.Buttons = append(r.Buttons, row(data("approve", b.ID), approve),
		row(data("test", b.ID), c.Test, data("back", b.ID), c.Return))
	return r, nil
}

func (x *visit) goesByNight(b *broadcast.Broadcast) bool {
	return b.Corrects == "" && broadcast.Night(x.campaign(), b.When(x.Desk.Now()))
}

// withdraw takes the button from the messages that asked for the approval of what was changed.
func (x *visit) withdraw(ctx context.Context, before *broadcast.Broadcast) {
	for _, p := range before.Asked {
		t := x.textsOf(ctx, p.Chat)
		// A message that cannot be edited keeps a button that no longer approves anything.
		_ = x.Messenger.Edit(ctx, bot.Chat{ID: p.Chat}, p.Message, bot.Reply{
			Language: t.Code, HTML: "✏️ " + t.Broadcast.Withdrawn(quoted(before, t.Code)),
		})
	}
}
