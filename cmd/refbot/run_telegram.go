package main

import (
	"context"
	"net/url"
	"runtime"
	"sync/atomic"
	"time"

	"refbot/bot"
	"refbot/bot/redisstore"
	"refbot/bot/texts"
	"refbot/handlers/telegram"
)

const (
	callTime = 30 * time.Second // of one call to the Bot API
	pollTime = time.Minute      // of one that waits for updates
)

// startTelegram finds out who the bot is and puts together what answers.
func (p *Program) startTelegram(ctx context.Context) (func(), error) {
	p.api = telegram.NewClient(p.token, p.apiURL, callTime, p.Config.Limits.Chats)
	stop := p.api.Close
	p.api.Observe(p.metrics)
	var err error
	if p.me, err = telegram.Introduce(ctx, p.api, p.Log); err != nil {
		return stop, err
	}
	if err := telegram.Describe(ctx, p.api); err != nil {
		p.Log.Warn("the command menu could not be set", "error", err)
	}
	p.outbox = &bot.Outbox{
		Budget: bot.ObserveBudget(redisstore.NewLimiter(p.redis, p.sealer), p.metrics), Rates: rates(p.Config.Limits),
		Report: func(err error) { p.Log.Debug("the rate budget is not shared", "error", err) },
	}
	p.metrics.watch(func(m *metricsParts) { m.quiet = p.outbox.Quiet })
	messenger := bot.ObserveMessenger(telegram.NewSender(p.api, p.outbox), p.metrics)
	p.room = p.newRoom(messenger)
	p.reviewers = p.newReview(messenger)
	p.dashboard = p.newDashboard(p.room, p.reviewers)
	p.workers = &telegram.Workers{
		Inbox: telegram.ObserveInbox(p.inbox, p.metrics), Me: p.me, Limit: p.Config.Limits.Chats, Lease: lease, ShedAfter: p.Config.Limits.ShedAfter, Log: p.Log, Lost: p.unsubscribe,
		Assistant: &bot.Assistant{
			Knowledge: p.live, Store: bot.ObserveStore(p.store, p.metrics), Messenger: messenger, Observer: p.metrics,
			Username: p.me.Username, Now: p.Now, Guard: &bot.Guard{Patience: patience(p.Config.Limits)}, Staff: p.staff, Desk: p.room,
			Wishes: p.store, News: p.store, Control: p.control, Doorkeeper: p.dashboard, Review: p.reviewers,
			Kept:     texts.Kept(p.Config.Keep),
			Thinking: make(chan struct{}, max(1, runtime.GOMAXPROCS(0)/2)), Recent: &bot.Recent{}, Phraser: p.phraser(messenger), Near: p.near, Ears: p.ears(),
		},
	}
	return stop, nil
}

// startGauge watches how many chats wait.
func (p *Program) startGauge(context.Context) (func(), error) {
	p.gauge = &telegram.Gauge{Most: p.Config.Limits.InboxChats, Log: p.Log, Waiting: func(ctx context.Context) (int, error) {
		d, err := p.inbox.Depth(ctx)
		return d.Due + d.InWork, err
	}}
	return background(p.gauge.Run), nil
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
	poller := &telegram.Poller{API: client, Inbox: telegram.ObserveDoor(p.inbox, telegram.ByPolling, p.metrics), Busy: p.workers.Busy, Full: p.gauge.Full, Log: p.Log}
	office := redisstore.NewOffice(p.redis, "poller", pollLease)
	office.Report = p.reportPolling()
	stop := background(func(ctx context.Context) { office.Hold(ctx, poller.Run) })
	return func() { stop(); client.Close() }, nil
}

// officeSilence is how long trouble with the office is not told again.
const officeSilence = 30 * time.Second

// reportPolling logs who polls. While Redis is away the office is asked for every few seconds in vain, which
// is told now and then: until it answers, nobody may poll.
func (p *Program) reportPolling() func(held bool, err error) {
	var told atomic.Int64 // Unix nanoseconds
	return func(held bool, err error) {
		now := time.Now().UnixNano()
		switch {
		case err == nil && held:
			p.Log.Info("this replica polls Telegram")
		case err != nil && now-told.Load() > int64(officeSilence):
			told.Store(now)
			p.Log.Warn("this replica polls no more until Redis answers", "error", err)
		}
	}
}

func (p *Program) startWebhook(ctx context.Context) (func(), error) {
	hook := &telegram.Webhook{Secret: p.Config.Webhook.Secret.Reveal(), Inbox: telegram.ObserveDoor(p.inbox, telegram.ByWebhook, p.metrics), Busy: p.workers.Busy, Full: p.gauge.Full, Log: p.Log}
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
