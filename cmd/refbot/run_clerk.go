package main

import (
	"context"
	"time"

	"refbot/bot/redisstore"
	"refbot/knowledge/cluster"
)

// clerkLease is how long a dead clerk is waited for before another replica takes over.
const clerkLease = 8 * time.Second

// startClerk lets this replica stand for the office of keeping the journal in order for moderators.
func (p *Program) startClerk(context.Context) (func(), error) {
	clerk := redisstore.NewClerk(p.store.Moderation())
	clerk.Vector = func(question string) cluster.Vector { return cluster.Read(p.live.Load(), question) }
	clerk.Report = func(err error) { p.Log.Warn("the journal is not in order for moderators yet", "error", err) }
	office := redisstore.NewOffice(p.redis, "clerk", clerkLease)
	office.Report = func(_ bool, err error) {
		if err != nil {
			p.Log.Warn("who keeps the journal can't be agreed on", "error", err)
		}
	}
	return background(func(ctx context.Context) { office.Hold(ctx, clerk.Run) }), nil
}
