package main

import (
	"context"
	"net/url"
	"runtime"
	"time"

	"refbot/bot"
	"refbot/bot/redisstore"
	"refbot/handlers/telegram"
)

const (
	callTime = 30 * time.Second // of one call to the Bot API
	pollTime = time.Minute      // of one that waits for updates
	bulkAway = 2 * bot.MaxReserve
)

// startTelegram finds out who the bot is and puts together what answers.
func (p *Program) startTelegram(ctx context.Context) (func(), error) {
	p.api = telegram.NewClient(p.token, p.apiURL, callTime, p.Limits.Chats)
	bulk := telegram.NewClient(p.token, p.apiURL, callTime, bulkAway)
	stop := func() { p.api.Close(); bulk.Close() }
	p.api.Observe(p.metrics)
	bulk.Observe(p.metrics)
	var err error
	if p.me, err = telegram.Introduce(ctx, p.api, p.Log); err != nil {
		return stop, err
	}
	if err := telegram.Describe(ctx, p.api); err != nil {
		p.Log.Warn("the command menu could not be set", "error", err)
	}
	p.outbox = &bot.Outbox{
		Budget: bot.ObserveBudget(redisstore.NewLimiter(p.redis, p.sealer), p.metrics), Rates: p.Limits.Rates,
		Report: func(err error) { p.Log.Debug("the rate budget is not shared", "error", err) },
	}
	p.metrics.watch(func(m *metricsParts) { m.quiet = p.outbox.Quiet })
	sender := telegram.NewSender(p.api, bulk, p.outbox)
	p.workers = &telegram.Workers{
		Inbox: telegram.ObserveInbox(p.inbox, p.metrics), Me: p.me, Limit: p.Limits.Chats, Lease: lease, ShedAfter: p.Limits.ShedAfter, Log: p.Log,
		Assistant: &bot.Assistant{
			Knowledge: p.live, Store: bot.ObserveStore(p.store, p.metrics), Messenger: bot.ObserveMessenger(sender, p.metrics), Observer: p.metrics,
			Username: p.me.Username, Now: time.Now, Guard: &bot.Guard{Patience: p.Limits.Patience}, Staff: p.staff,
			Thinking: make(chan struct{}, max(1, runtime.GOMAXPROCS(0)/2)), Phraser: p.phraser(sender),
		},
	}
	return stop, nil
}

func (p *Program) startOutbox(context.Context) (func(), error) {
	return background(p.outbox.Run), nil
}

func (p *Program) startWorkers(context.Context) (func(), error) {
	return background(func(ctx context.Context) { p.workers.Run(ctx, grace) }), nil
}

// startDoor opens the webhook, or lets this replica stand for the poller's office.
func (p *Program) startDoor(ctx context.Context) (func(), error) {
	if p.Config.Webhook.Enabled() {
		return p.startWebhook(ctx)
	}
	client := telegram.NewClient(p.token, p.apiURL, pollTime, 2)
	client.Observe(p.metrics)
	poller := &telegram.Poller{API: client, Inbox: telegram.ObserveDoor(p.inbox, telegram.ByPolling, p.metrics), Busy: p.workers.Busy, Log: p.Log}
	office := redisstore.NewOffice(p.redis, "poller", pollLease)
	office.Report = func(held bool, err error) {
		switch {
		case err != nil:
			p.Log.Warn("who polls can't be agreed on", "error", err)
		case held:
			p.Log.Info("this replica polls Telegram")
		}
	}
	stop := background(func(ctx context.Context) { office.Hold(ctx, poller.Run) })
	return func() { stop(); client.Close() }, nil
}

func (p *Program) startWebhook(ctx context.Context) (func(), error) {
	hook := &telegram.Webhook{Secret: p.Config.Webhook.Secret.Reveal(), Inbox: telegram.ObserveDoor(p.inbox, telegram.ByWebhook, p.metrics), Busy: p.workers.Busy, Log: p.Log}
	p.status.open(p.metrics.watchDoor(hook))
	err := telegram.Register(ctx, p.api, p.Config.Webhook.URL, hook.Secret, p.Log)
	return hook.Close, err
}

// webhookPath is where Telegram knocks; "" without a webhook.
func (p *Program) webhookPath() string {
	if !p.Config.Webhook.Enabled() {
		return ""
	}
	u, err := url.Parse(p.Config.Webhook.URL)
	if err != nil || u.Path == "" {
		return "/"
	}
	return u.Path
}
