package main

import (
	"context"
	"errors"

	"refbot/bot"
	"refbot/bot/redisstore"
	"refbot/config"
)

// startStore connects to Redis, or starts one, and makes sure that the data key is the right one
// before anything is read or written.
func (p *Program) startStore(ctx context.Context) (func(), error) {
	start := p.startRedis
	if p.Config.Store.Embedded() {
		start = p.startEmbedded
	}
	stop, err := start(ctx)
	if err != nil {
		return stop, err
	}
	p.redis.AddHook(p.metrics.watchRedis())
	if err := p.claim(ctx); err != nil {
		return stop, err
	}
	p.store = redisstore.New(p.redis, p.sealer, retention(p.Config.Keep))
	p.store.MailboxSize, p.store.Replicas = p.Config.Limits.InboxChat, p.Config.Store.Replicas
	p.store.Report = func(err error) { p.Log.Warn("trouble with Redis", "error", err) }
	p.inbox = p.store.Inbox(lease)
	p.metrics.watch(func(m *metricsParts) { m.depth = p.inbox.Depth })
	p.staff = bot.NewStaff(p.store, fixedRoles(p.Config.Staff))
	p.status.watch(func(ctx context.Context) error { return p.redis.Ping(ctx).Err() })
	return stop, nil
}

// claim waits for Redis. Meanwhile /readyz says that refbot is not ready.
func (p *Program) claim(ctx context.Context) error {
	for {
		err := redisstore.Wait(ctx, p.redis, func(err error) { p.Log.Warn("waiting for Redis", "error", err) })
		if err != nil {
			return err
		}
		err = redisstore.ClaimKey(ctx, p.redis, p.sealer)
		if errors.Is(err, redisstore.ErrWrongKey) {
			return wrongKey()
		}
		if bot.KindOf(err) != bot.StoreDown || ctx.Err() != nil {
			return err
		}
	}
}

func (p *Program) startRedis(context.Context) (func(), error) {
	db, err := redisstore.Connect(p.Config.Store.RedisURL.Reveal())
	if err != nil {
		return nil, err
	}
	p.redis = db
	p.sealer, err = newSealer(p.Config.Store, nil)
	return func() { _ = db.Close() }, err
}

func (p *Program) startEmbedded(ctx context.Context) (func(), error) {
	var err error
	if p.sealer, err = newSealer(p.Config.Store, redisstore.LocalKey); err != nil {
		return nil, err
	}
	if p.embedded, err = redisstore.StartEmbedded(ctx, p.Config.Store.DataDir); err != nil {
		return nil, err
	}
	if !p.embedded.Durable {
		p.Log.Warn("everything is kept in memory and nothing survives the exit", "reason", p.embedded.Why)
	}
	p.redis = p.embedded.DB
	return func() { _ = p.embedded.Close() }, nil
}

// fixedRoles are the roles the settings give.
func fixedRoles(s config.Staff) map[int64]bot.Roles {
	roles := map[int64]bot.Roles{}
	for role, people := range map[bot.Role][]int64{bot.Admin: s.Admins, bot.Outreach: s.Outreach, bot.Moderator: s.Moderators} {
		for _, person := range people {
			roles[person] = append(roles[person], role)
		}
	}
	return roles
}
