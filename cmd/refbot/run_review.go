package main

import (
	"context"

	"refbot/bot"
	"refbot/bot/redisstore"
	"refbot/bot/review"
)

// newReview puts together where moderators review questions.
func (p *Program) newReview(messenger bot.Messenger) *review.Room {
	m := p.store.Moderation()
	return &review.Room{
		Journal: m, Queue: m, Clusters: m, Library: p.library, Knowledge: p.live, Digests: p.store, Staff: p.staff, Memory: p.store, Messenger: messenger, Now: p.Now,
	}
}

// startDigests lets this replica stand for the office of sending moderators their daily digest.
func (p *Program) startDigests(context.Context) (func(), error) {
	office := redisstore.NewOffice(p.redis, "digests", noticeLease)
	office.Report = func(_ bool, err error) {
		if err != nil {
			p.Log.Warn("who sends digests can't be agreed on", "error", err)
		}
	}
	return background(func(ctx context.Context) {
		office.Hold(ctx, func(ctx context.Context) {
			p.reviewers.RunDigests(ctx, func(err error) { p.Log.Warn("a digest could not be sent", "error", err) })
		})
	}), nil
}
