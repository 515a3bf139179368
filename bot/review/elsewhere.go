package review

import (
	"context"

	"refbot/bot"
	"refbot/bot/library"
	"refbot/bot/texts"
)

// What somebody does on the dashboard and others have to hear of in Telegram. Everything else is done with
// Room.Library alone.

// Submit is [library.Desk.Submit]; it asks everybody who may publish it, again where it was submitted already, and
// returns how many they are.
func (r *Room) Submit(ctx context.Context, who library.Actor, id library.ID) (*library.Proposal, int, error) {
	return r.elsewhere(ctx, who).submitted(ctx, id)
}

// Publish is [library.Desk.Publish]; it closes the cluster the proposal was written for, and the author hears of it.
func (r *Room) Publish(ctx context.Context, who library.Actor, id library.ID) (library.Version, error) {
	p, err := r.Library.Load(ctx, id)
	if err != nil {
		return library.Version{}, err
	}
	x := r.elsewhere(ctx, who)
	v, err := x.published(ctx, p)
	if err != nil {
		return v, err
	}
	return v, x.tellPublished(ctx, p)
}

// Return is [library.Desk.Return]; the author hears of it.
func (r *Room) Return(ctx context.Context, who library.Actor, id library.ID, why string) (*library.Proposal, error) {
	p, err := r.Library.Return(ctx, who, id, bot.Shorten(why, maxWhy))
	if err != nil {
		return p, err
	}
	return p, r.elsewhere(ctx, who).tellReturned(ctx, p, why)
}

// elsewhere is the visit of somebody who has not written to the bot just now.
func (r *Room) elsewhere(ctx context.Context, who library.Actor) *visit {
	v := &bot.Visit{Event: bot.Event{Kind: bot.Commanded}, Roles: who.Roles, Engine: r.Knowledge.Load()}
	x := &visit{Room: r, Visit: v, who: who, home: bot.Chat{ID: who.ID}}
	x.t = texts.For(x.speaks(ctx, who.ID))
	v.Language, x.r = x.t.Code, &x.t.Review
	return x
}
