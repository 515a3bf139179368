package main

import (
	"context"
	"time"

	"refbot/bot"
	"refbot/bot/broadcast"
	"refbot/bot/outreach"
	"refbot/bot/redisstore"
	"refbot/handlers/links"
)

const (
	watchEvery = 2 * time.Second // how often staff see how a broadcast goes; edits of a chat go at one a second
	watchLease = 8 * time.Second // a dead watcher is replaced within 4/3 of it
)

// newRoom puts together where staff write to subscribers.
func (p *Program) newRoom(messenger bot.Messenger) *outreach.Room {
	keeper := p.store.Broadcasts()
	desk := &broadcast.Desk{
		Store: keeper, Audience: keeper, Ledger: keeper, Opinions: keeper, Knowledge: p.live, Links: links.New(), Username: p.me.Username,
		Now: p.Now, Alone: p.Config.Staff.SelfApproval,
	}
	return &outreach.Room{Desk: desk, Staff: p.staff, Memory: p.store, Messenger: messenger}
}

// startWatcher lets this replica stand for the office of showing staff how broadcasts go.
func (p *Program) startWatcher(context.Context) (func(), error) {
	watcher := &outreach.Watcher{Room: p.room, Every: watchEvery, Report: func(err error) {
		p.Log.Warn("staff cannot be shown how a broadcast goes", "error", err)
	}}
	office := redisstore.NewOffice(p.redis, "watcher", watchLease)
	office.Report = func(_ bool, err error) {
		if err != nil {
			p.Log.Warn("who watches broadcasts can't be agreed on", "error", err)
		}
	}
	return background(func(ctx context.Context) { office.Hold(ctx, watcher.Run) }), nil
}
