package main

import (
	"context"
	"time"

	"refbot/bot/broadcast"
	"refbot/handlers/telegram"
	"refbot/knowledge"
)

// bulkAway is how many messages of a broadcast are under way at once: with Telegram 100 ms away, 30 a second
// need three of them, and the 1,000 a second of a paid broadcast all.
const bulkAway = 48

// bulkGrace is how long those are waited for when refbot is told to stop; who answers later is unknown.
const bulkGrace = 5 * time.Second

// startCourier delivers broadcasts, beside the couriers of other replicas. It stops before the outbox does,
// when what it has under way has ended.
func (p *Program) startCourier(context.Context) (func(), error) {
	bulk := telegram.NewClient(p.token, p.apiURL, callTime, bulkAway)
	bulk.Observe(p.metrics)
	keeper := p.store.Broadcasts()
	p.metrics.watch(func(m *metricsParts) {
		m.mail = func(ctx context.Context) ([]mail, error) { return inTheMail(ctx, keeper, keeper) }
	})
	courier := &broadcast.Courier{
		Store: keeper, Ledger: keeper, Audience: keeper, Carrier: telegram.NewCarrier(bulk, p.outbox),
		Campaign: func() *knowledge.Campaign { return &p.live.Load().Pack().Campaign },
		Now:      p.Now, Log: p.Log, Observer: courierMetrics{p.metrics}, Parallel: bulkAway, Grace: bulkGrace,
	}
	stop := background(courier.Run)
	return func() { stop(); bulk.Close() }, nil
}

// inTheMail counts what waits to be sent.
func inTheMail(ctx context.Context, store broadcast.Store, ledger broadcast.Ledger) ([]mail, error) {
	active, err := store.Active(ctx)
	if err != nil {
		return nil, err
	}
	list := make([]mail, len(active))
	for i, b := range active {
		tally, err := ledger.Tally(ctx, b.ID)
		if err != nil {
			return nil, err
		}
		list[i] = mail{b.State, tally.Queued}
	}
	return list, nil
}

// unsubscribe takes somebody out of the audience who has blocked the bot; /start brings them back.
func (p *Program) unsubscribe(ctx context.Context, chat int64) {
	if err := p.store.Broadcasts().Remove(ctx, chat); err != nil {
		p.Log.Warn("somebody who cannot be reached stays in the audience", "error", err)
	}
}
