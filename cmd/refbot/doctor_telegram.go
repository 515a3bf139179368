package main

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"time"

	"refbot/bot"
	"refbot/handlers/telegram"
)

const (
	telegramServer = "https://api.telegram.org"
	// manyPending is how many updates may wait at Telegram before somebody should look why.
	manyPending = 500
	// hookTrouble is how long ago the last failed call of the webhook still matters.
	hookTrouble = time.Hour
	// clockDoubt and clockBroken bound how wrong a clock may be: a callback query lives 150 seconds.
	clockDoubt  = 3 * time.Second
	clockBroken = time.Minute
)

// checkTelegram asks who the bot is, how its webhook stands, and what time it is there.
func (d *doctor) checkTelegram(ctx context.Context) []finding {
	if d.settings.Demo() {
		return []finding{well("token", "none is set: refbot shows the demo")}
	}
	api := telegram.NewClient(d.settings.Telegram.Token.Reveal(), d.settings.Telegram.APIURL, doctorPatience, 1)
	defer api.Close()
	list := []finding{checkToken(ctx, api)}
	if list[0].Status != broken {
		list = append(list, d.checkWebhook(ctx, api)...)
		list = append(list, checkClock(ctx, cmp.Or(d.settings.Telegram.APIURL, telegramServer)))
	}
	return list
}

func checkToken(ctx context.Context, api *telegram.Client) finding {
	var me struct {
		Username string `json:"username"`
		Inline   bool   `json:"supports_inline_queries"`
	}
	err := api.Call(ctx, "getMe", struct{}{}, &me)
	switch bot.KindOf(err) {
	case "":
	case bot.Unauthorized:
		return fail("token", "copy it from @BotFather (/mybots, API Token) into TELEGRAM_BOT_TOKEN", "Telegram does not know it")
	case bot.RateLimited:
		return warn("token", "wait a little and run this again", "Telegram asks to wait: %s", cause(err))
	default:
		return fail("token", "check the network, and TELEGRAM_API_URL if you set it", "Telegram cannot be asked: %s", cause(err))
	}
	if !me.Inline {
		return warn("token", "send /setinline to @BotFather so that people can ask in any chat", "it is @%s, whose inline queries are off", me.Username)
	}
	return well("token", "it is @%s", me.Username)
}

// hookInfo is https://core.telegram.org/bots/api#webhookinfo, as far as it matters here.
type hookInfo struct {
	URL       string   `json:"url"`
	Pending   int      `json:"pending_update_count"`
	ErrorDate int64    `json:"last_error_date"`
	Error     string   `json:"last_error_message"`
	Allowed   []string `json:"allowed_updates"`
}

// checkWebhook tells whether Telegram brings updates the way the settings say. Only hosts are shown: the
// path of a webhook may be secret.
func (d *doctor) checkWebhook(ctx context.Context, api *telegram.Client) []finding {
	var info hookInfo
	if err := api.Call(ctx, "getWebhookInfo", struct{}{}, &info); err != nil {
		return []finding{fail("webhook", "check the network and run this again", "Telegram cannot be asked: %s", cause(err))}
	}
	list := []finding{d.registered(info)}
	if since := time.Since(time.Unix(info.ErrorDate, 0)); info.URL != "" && info.Error != "" && since < hookTrouble {
		list = append(list, warn("webhook", "see that the address is reachable from outside, over HTTPS, and passes requests on to HTTP_ADDR",
			"%s ago Telegram could not deliver: %s", span(since), info.Error))
	}
	if info.Pending >= manyPending {
		list = append(list, warn("updates", "start refbot, or more replicas of it: Telegram keeps updates for 24 hours", "%d wait at Telegram", info.Pending))
	}
	return list
}

// registered compares the webhook Telegram calls with the one that is set.
func (d *doctor) registered(info hookInfo) finding {
	want := d.settings.Webhook.URL
	missing := slices.DeleteFunc(telegram.AllowedUpdates(), func(kind string) bool { return slices.Contains(info.Allowed, kind) })
	switch {
	case want == "" && info.URL == "":
		return well("webhook", "none is registered, as long polling needs it; %d updates wait", info.Pending)
	case want == "":
		return warn("webhook", "refbot removes it when it starts; make sure that no other program serves this bot, or set WEBHOOK_URL",
			"one is registered at %s, and refbot is set to poll", hostOf(info.URL))
	case info.URL == "":
		return warn("webhook", "refbot registers it when it starts; start it, if it runs see its log", "none is registered yet")
	case info.URL != want:
		return warn("webhook", "refbot replaces it when it starts; make sure that no other program serves this bot",
			"another one is registered, at %s", hostOf(info.URL))
	case len(info.Allowed) > 0 && len(missing) > 0:
		return warn("webhook", "restart refbot, which asks for them", "Telegram is not asked to bring %v", missing)
	}
	return well("webhook", "registered at %s; %d updates wait", hostOf(info.URL), info.Pending)
}

func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return "an address that is none"
	}
	return u.Host
}

// checkClock compares this machine's clock with that of a web server, which tells whole seconds.
func checkClock(ctx context.Context, server string) finding {
	req, err := http.NewRequestWithContext(ctx, http.MethodHead, server, http.NoBody)
	if err != nil {
		return warn("clock", "check TELEGRAM_API_URL", "Telegram's clock cannot be asked")
	}
	asked := time.Now()
	resp, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		return warn("clock", "check the network and run this again", "Telegram's clock cannot be asked")
	}
	_ = resp.Body.Close()
	middle := asked.Add(time.Since(asked) / 2)
	theirs, err := http.ParseTime(resp.Header.Get("Date"))
	if err != nil {
		return warn("clock", "see that this machine's clock is kept by NTP", "the server tells no time to compare with")
	}
	return judgeClock("clock", "Telegram's", theirs.Add(time.Second/2).Sub(middle), time.Second/2)
}

// judgeClock says what a difference between two clocks means; tolerance is how exactly it is known.
func judgeClock(name, whose string, ahead, tolerance time.Duration) finding {
	const advice = "let NTP keep the clocks (timedatectl set-ntp true): ages of buttons and entries are told by them"
	off := max(0, ahead.Abs()-tolerance)
	direction := "behind"
	if ahead < 0 {
		direction = "ahead of"
	}
	found := fmt.Sprintf("%s %s %s", span(off), direction, whose)
	switch {
	case off >= clockBroken:
		return fail(name, advice, "%s", found)
	case off >= clockDoubt:
		return warn(name, advice, "%s", found)
	}
	return well(name, "in step with %s", whose)
}
