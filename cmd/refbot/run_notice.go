package main

import (
	"context"
	"time"

	"refbot/bot"
	"refbot/bot/notice"
	"refbot/bot/redisstore"
	"refbot/handlers/telegram"
)

// noticeLease is how long a replica that tells people is waited for before another takes over.
const noticeLease = 8 * time.Second

// startControl lets this replica go by what administrators switch.
func (p *Program) startControl(ctx context.Context) (func(), error) {
	p.control = &bot.Control{Store: p.store, Report: func(err error) {
		p.Log.Warn("what is switched cannot be read; what was read last holds", "error", err)
	}}
	if err := p.control.Look(ctx); err != nil {
		p.control.Report(err)
	}
	return background(p.control.Run), nil
}

// startNotices lets this replica stand for the office of telling people of answers that have appeared.
func (p *Program) startNotices(context.Context) (func(), error) {
	client := telegram.NewClient(p.token, p.apiURL, callTime, 1)
	client.Observe(p.metrics)
	teller := &notice.Teller{
		Wishes: p.store, Store: p.store, Ledger: p.store, Carrier: telegram.NewCarrier(client, p.outbox),
		Live: p.live, Number: p.served.Load, Changed: p.changed, Now: p.Now,
		Held:   func() bool { return p.control.Load().Suspended },
		Report: func(err error) { p.Log.Warn("somebody could not be told of an answer", "error", err) },
		Observe: func(n notice.Pass) {
			p.Log.Info("people were told of answers", "told", n.Told, "unknown", n.Unknown, "gone", n.Gone, "later", n.Later, "waiting", n.Waiting)
		},
	}
	office := redisstore.NewOffice(p.redis, "teller", noticeLease)
	office.Report = func(_ bool, err error) {
		if err != nil {
			p.Log.Warn("who tells people of answers can't be agreed on", "error", err)
		}
	}
	stop := background(func(ctx context.Context) { office.Hold(ctx, teller.Run) })
	return func() { stop(); client.Close() }, nil
}

// changed lists the statements that say something else in one published version than in another. Of a version that is
// not kept any more nothing is known: then nobody is told of corrections.
func (p *Program) changed(ctx context.Context, from, to int64) ([]string, error) {
	if from == to {
		return nil, nil
	}
	before, err := p.library.Pack(ctx, from)
	if bot.KindOf(err) == bot.StoreDown {
		return nil, err
	}
	if err != nil {
		return nil, nil //nolint:nilerr // it is gone, or cannot be read any more
	}
	return notice.Material(before, p.live.Load().Pack()), nil
}
