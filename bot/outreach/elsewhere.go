package outreach

import (
	"context"

	"refbot/bot"
	"refbot/bot/broadcast"
	"refbot/bot/texts"
	"refbot/knowledge/language"
)

// What somebody does elsewhere, such as on the dashboard, and others have to hear of in Telegram. Everything
// else is done with Room.Desk alone.

// Edit is [broadcast.Desk.Edit]; messages that ask for the approval of what it was lose their button.
func (r *Room) Edit(ctx context.Context, who broadcast.Actor, id broadcast.ID, what string, f func(*broadcast.Broadcast) error) (*broadcast.Broadcast, error) {
	return r.elsewhere(ctx, who).edit(ctx, id, what, f)
}

// Submit is [broadcast.Desk.Submit]; it asks everybody who may approve it, again where it was submitted already, and
// returns how many they are.
func (r *Room) Submit(ctx context.Context, who broadcast.Actor, id broadcast.ID) (*broadcast.Broadcast, int, error) {
	return r.elsewhere(ctx, who).submitted(ctx, id)
}

// Approve is [broadcast.Desk.ApproveSeen]; the author, and those who were asked, hear of it.
func (r *Room) Approve(ctx context.Context, who broadcast.Actor, id broadcast.ID, seen string, night bool) (*broadcast.Broadcast, error) {
	before, err := r.Desk.Store.Load(ctx, id)
	if err != nil {
		return nil, err
	}
	b, err := r.Desk.ApproveSeen(ctx, who, id, seen, night)
	if err != nil {
		return b, err
	}
	return b, r.elsewhere(ctx, who).approved(ctx, b, before.Asked)
}

// Return is [broadcast.Desk.Return]; the author hears of it.
func (r *Room) Return(ctx context.Context, who broadcast.Actor, id broadcast.ID) (*broadcast.Broadcast, error) {
	return r.elsewhere(ctx, who).returned(ctx, id)
}

// Cancel is [broadcast.Desk.Cancel]; messages that ask for approval lose their button.
func (r *Room) Cancel(ctx context.Context, who broadcast.Actor, id broadcast.ID) (*broadcast.Broadcast, error) {
	return r.elsewhere(ctx, who).canceled(ctx, id)
}

// Test sends the broadcast to who asks, exactly as subscribers get it, in every language it is written in.
func (r *Room) Test(ctx context.Context, who broadcast.Actor, id broadcast.ID) error {
	b, err := r.Desk.Store.Load(ctx, id)
	if err != nil || b.Recall {
		return err
	}
	return r.elsewhere(ctx, who).sample(ctx, b)
}

func (r *Room) elsewhere(ctx context.Context, who broadcast.Actor) *visit {
	return r.seat(who, r.speaks(ctx, who.ID))
}

// seat is the visit of somebody who has not written to the bot just now.
func (r *Room) seat(who broadcast.Actor, l language.Code) *visit {
	t := texts.For(l)
	v := &bot.Visit{Event: bot.Event{Kind: bot.Commanded}, Roles: who.Roles, Language: l, Engine: r.Desk.Knowledge.Load()}
	return &visit{Room: r, Visit: v, t: t, b: &t.Broadcast, who: who, home: bot.Chat{ID: who.ID}}
}
