package main

import (
	"refbot/bot"
	"refbot/bot/broadcast"
	"refbot/bot/redisstore"
	"refbot/cmd/refbot/exposition"
	"refbot/handlers/telegram"
	"refbot/knowledge"
	"refbot/knowledge/language"
)

// metrics are what /metrics shows. Labels take their values from lists in this program: what comes from
// elsewhere and is on no list counts as "other", so that no text, id, name or token can become a label
// and the number of series is bounded.
type metrics struct {
	registry *exposition.Registry
	state    *metricsState

	received, handled, verdicts, replies exposition.Counters
	stages                               exposition.Histograms
	calls                                exposition.Counters
	callTime                             exposition.Histograms
	trips, tripErrors                    exposition.Counters
	tripTime, limiterWait                *exposition.Histogram
	silences                             exposition.Counters
	delivered, moved                     exposition.Counters
	phrasings, stopped, tokens           exposition.Counters
	pages                                exposition.Counters
	pageTime                             *exposition.Histogram
}

// newMetrics returns metrics in a registry of their own, with those of the Go runtime and the process.
func newMetrics() *metrics {
	m := &metrics{registry: exposition.New(), state: &metricsState{}}
	m.registry.Collect(m.state.collect)
	m.registry.Collect(exposition.Process)
	m.received = m.counter("updates_received_total", "Updates stored in the inbox, by the door they came through and their kind.", "door", "kind")
	m.handled = m.counter("updates_handled_total", "Updates that were handed out, by what became of them.", "outcome")
	m.verdicts = m.counter("verdicts_total", "Questions by verdict and language of the reply.", "decision", "language")
	m.replies = m.counter("replies_total", "Replies that arrived, by verdict (menu: none) and language.", "decision", "language")
	m.stages = m.histogram("stage_duration_seconds", "Time an update spends in each stage of its way; total is from the door until it is done.", "stage")
	m.calls = m.counter("telegram_calls_total", "Calls of the Bot API by method and how they ended.", "method", "outcome")
	m.callTime = m.histogram("telegram_call_duration_seconds", "Time until the Bot API answers, by method.", "method")
	m.trips = m.counter("redis_round_trips_total", "Requests to Redis by operation; a pipeline is one.", "operation")
	m.tripErrors = m.counter("redis_errors_total", "Requests to Redis that failed, by operation and failure.", "operation", "failure")
	m.tripTime = m.histogram("redis_round_trip_duration_seconds", "Time until Redis answers.").With()
	m.limiterWait = m.histogram("limiter_wait_seconds", "Time bulk messages wait for their turn in the shared rate budget.").With()
	m.silences = m.counter("limiter_silences_total", "Times Telegram asked for silence (429), by what it concerns.", "scope")
	m.delivered = m.counter("broadcast_recipients_total", "Recipients of broadcasts by what became of them on this replica.", "outcome")
	m.moved = m.counter("broadcast_transitions_total", "Broadcasts this program, not a person, took to another state, and why it paused them.", "state", "why")
	m.phrasings = m.counter("phrasings_total", "Answers that were to be phrased by the LLM, by how that ended.", "ending")
	m.stopped = m.counter("gate_reasons_total", "Drafts of the LLM that the gate stopped, by reason.", "reason")
	m.tokens = m.counter("llm_tokens_total", "Tokens of the LLM, in and out.", "direction")
	m.pages = m.counter("dashboard_requests_total", "Requests to the staff's pages, by page and class of the status.", "page", "status")
	m.pageTime = m.histogram("dashboard_request_duration_seconds", "Time until a page of the staff is made; what streams counts when it ends.").With()
	m.prepare()
	return m
}

// namespace begins every name.
const namespace = "refbot_"

func (m *metrics) counter(name, help string, labels ...string) exposition.Counters {
	return m.registry.Counters(namespace+name, help, labels...)
}

// buckets are upper bounds in seconds, from a search to an update that waited for an outage to end.
var buckets = []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60, 300}

func (m *metrics) histogram(name, help string, labels ...string) exposition.Histograms {
	return m.registry.Histograms(namespace+name, help, buckets, labels...)
}

// prepare shows what can be counted before it first happens: a rate needs the zero before the one.
func (m *metrics) prepare() {
	for _, door := range doors {
		for _, kind := range telegram.AllowedUpdates() {
			m.received.With(string(door), kind)
		}
	}
	for _, how := range settlements {
		m.handled.With(string(how))
	}
	for _, code := range language.Codes() {
		for _, d := range decisions {
			m.verdicts.With(string(d), string(code))
			m.replies.With(string(d), string(code))
		}
	}
	for _, s := range bot.Stages() {
		m.stages.With(string(s))
	}
	for _, kind := range []bot.Kind{bot.RateLimited, bot.Unauthorized, bot.Unavailable} {
		m.calls.With("sendMessage", string(kind))
		m.calls.With("getUpdates", string(kind))
	}
	for _, scope := range []string{scopeAll, scopeChat} {
		m.silences.With(scope)
	}
	for _, o := range broadcast.Outcomes()[1:] {
		m.delivered.With(string(o))
	}
	for _, why := range pauses {
		m.moved.With(string(broadcast.Paused), string(why))
	}
	for _, e := range bot.Endings() {
		m.phrasings.With(string(e))
	}
}

// What labels may say.
var (
	doors       = []telegram.Door{telegram.ByWebhook, telegram.ByPolling}
	settlements = []telegram.How{telegram.HowDone, telegram.HowRetried, telegram.HowReleased, telegram.HowBuried, telegram.HowUnsettled}
	decisions   = []knowledge.Decision{
		knowledge.DecideAnswer, knowledge.DecideAbstain, knowledge.DecideNeutral, knowledge.DecideOfftopic, knowledge.DecideSmalltalk,
	}
	methods = []string{
		"getMe", "getUpdates", "getWebhookInfo", "setWebhook", "deleteWebhook", "sendMessage", "sendPhoto", "sendDocument", "sendChatAction", "getFile",
		"editMessageText", "editMessageCaption", "deleteMessage", "answerCallbackQuery", "answerInlineQuery", "setMyCommands", "setMyDescription", "setMyShortDescription",
	}
	outcomes = []bot.Kind{
		bot.Unreachable, bot.ChatGone, bot.Migrated, bot.RateLimited, bot.BadContent, bot.Unmodified, bot.MessageGone, bot.TooLate,
		bot.Unauthorized, bot.Unavailable, bot.Unknown, bot.StoreDown, bot.Internal, telegram.CallCanceled,
	}
	movements  = []broadcast.State{broadcast.Sending, broadcast.Paused, broadcast.Finished, broadcast.Expired}
	pauses     = []broadcast.PauseReason{broadcast.PauseErrors, broadcast.PauseContent, broadcast.PauseToken, broadcast.PauseQuiet}
	operations = redisstore.Operations()
	failures   = redisstore.Failures()
)

const (
	scopeAll  = "all"
	scopeChat = "chat"
	other     = "other" // what is on no list
	none      = "none"  // a reply that is no verdict
	fine      = "ok"    // a call that went well
)
