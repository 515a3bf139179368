package main

import (
	"context"
	"net"
	"net/http"
	"net/url"
	"strconv"

	"refbot/bot/outreach"
	"refbot/bot/review"
	"refbot/config"
	"refbot/handlers/dashboard"
)

// newDashboard puts the staff's pages together.
func (p *Program) newDashboard(room *outreach.Room, reviewers *review.Room) *dashboard.Server {
	m := p.store.Moderation()
	s := &dashboard.Server{
		Base: p.dashboardURL(), Sessions: p.store, Staff: p.staff, Memory: p.store,
		Journal: m, Clusters: m, Audit: p.store.Audit(), Library: p.library, Broadcasts: room.Desk, Colleagues: room, Reviewers: reviewers, Control: p.control, Live: p.live,
		Settings: shownSettings(p.Config), LLM: p.Config.LLM.Enabled(), Now: p.Now, Log: p.Log,
	}
	s.Observe = p.metrics.page(s.Patterns())
	return s
}

// startDashboard opens the pages.
func (p *Program) startDashboard(context.Context) (func(), error) {
	handler := p.dashboard.Handler()
	p.status.desk.Store(&handler)
	return func() { p.status.desk.Store(new(http.Handler)) }, nil
}

// dashboardURL is how staff reach the pages: as set, or where Telegram reaches the webhook, or on this machine.
func (p *Program) dashboardURL() *url.URL {
	if p.Config.Dashboard != "" {
		if u, err := url.Parse(p.Config.Dashboard); err == nil {
			return u
		}
	}
	if u, err := url.Parse(p.Config.Webhook.URL); err == nil && p.Config.Webhook.Enabled() {
		return &url.URL{Scheme: u.Scheme, Host: u.Host}
	}
	host, port, err := net.SplitHostPort(p.status.addr)
	if ip := net.ParseIP(host); err == nil && (host == "" || ip != nil && ip.IsUnspecified()) {
		host = "localhost"
	}
	return &url.URL{Scheme: "http", Host: net.JoinHostPort(host, port)}
}

// shownSettings are limits and retention, as the page of settings lists them.
func shownSettings(c config.Config) []dashboard.Setting {
	return []dashboard.Setting{
		{Name: "REFBOT_KEEP_SESSION", Value: c.Keep.Session.String()},
		{Name: "REFBOT_KEEP_PROFILE", Value: c.Keep.Profile.String()},
		{Name: "REFBOT_KEEP_JOURNAL", Value: c.Keep.Journal.String()},
		{Name: "REFBOT_KEEP_DEAD_LETTERS", Value: c.Keep.DeadLetters.String()},
		{Name: "REFBOT_CHATS", Value: strconv.Itoa(c.Limits.Chats)},
		{Name: "REFBOT_PERSON_BURST", Value: strconv.Itoa(c.Limits.Burst)},
		{Name: "REFBOT_PERSON_PER_MINUTE", Value: strconv.Itoa(c.Limits.PerMinute)},
		{Name: "REFBOT_SHED_AFTER", Value: c.Limits.ShedAfter.String()},
		{Name: "TELEGRAM_BULK_PER_SECOND", Value: strconv.Itoa(rates(c.Limits).PerSecond)},
	}
}
