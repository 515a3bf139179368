package main

import (
	"net/http"
	"slices"
	"strconv"
	"time"

	"refbot/bot"
	"refbot/bot/broadcast"
	"refbot/bot/gate"
	"refbot/bot/redisstore"
	"refbot/handlers/telegram"
	"refbot/knowledge"
	"refbot/knowledge/language"
)

var (
	_ bot.Observer       = (*metrics)(nil)
	_ telegram.Observer  = (*metrics)(nil)
	_ broadcast.Observer = courierMetrics{}
)

// onList returns a value when it is on the list, else "other".
func onList[T ~string](list []T, value T) string {
	if slices.Contains(list, value) {
		return string(value)
	}
	return other
}

// Took implements bot.Observer and telegram.Observer.
func (m *metrics) Took(s bot.Stage, d time.Duration) {
	m.stages.With(onList(bot.Stages(), s)).Observe(d.Seconds())
}

// Judged implements bot.Observer.
func (m *metrics) Judged(d knowledge.Decision, l language.Code) {
	m.verdicts.With(onList(decisions, d), languageLabel(l)).Inc()
}

// Replied implements bot.Observer.
func (m *metrics) Replied(d knowledge.Decision, l language.Code) {
	decision := none
	if d != "" {
		decision = onList(decisions, d)
	}
	m.replies.With(decision, languageLabel(l)).Inc()
}

func languageLabel(l language.Code) string { return onList(language.Codes(), l) }

// Phrased implements bot.Observer.
func (m *metrics) Phrased(p bot.Phrasing) {
	m.phrasings.With(onList(bot.Endings(), p.Ending)).Inc()
	for _, reason := range p.Reasons {
		m.stopped.With(onList(gate.Reasons(), reason)).Inc()
	}
	m.tokens.With("in").Add(p.Usage.In)
	m.tokens.With("out").Add(p.Usage.Out)
}

// page counts a request to the staff's pages; patterns are those it may be for.
func (m *metrics) page(patterns []string) func(pattern string, status int, took time.Duration) {
	return func(pattern string, status int, took time.Duration) {
		m.pages.With(onList(patterns, pattern), strconv.Itoa(status/100)+"xx").Inc()
		m.pageTime.Observe(took.Seconds())
	}
}

// Waited implements bot.Observer.
func (m *metrics) Waited(d time.Duration) { m.limiterWait.Observe(d.Seconds()) }

// Silenced implements bot.Observer.
func (m *metrics) Silenced(everywhere bool, _ time.Duration) {
	scope := scopeChat
	if everywhere {
		scope = scopeAll
	}
	m.silences.With(scope).Inc()
}

// Received implements telegram.Observer.
func (m *metrics) Received(d telegram.Door, k telegram.UpdateKind) {
	m.received.With(onList(doors, d), onList(telegram.AllowedUpdates(), string(k))).Inc()
}

// Settled implements telegram.Observer.
func (m *metrics) Settled(h telegram.How) { m.handled.With(onList(settlements, h)).Inc() }

// Called implements telegram.Observer. A poll that waits for updates is not slow, so it is not timed.
func (m *metrics) Called(method string, failure bot.Kind, took time.Duration) {
	outcome := fine
	if failure != "" {
		outcome = onList(outcomes, failure)
	}
	method = onList(methods, method)
	m.calls.With(method, outcome).Inc()
	if method != "getUpdates" {
		m.callTime.With(method).Observe(took.Seconds())
	}
}

// courierMetrics are metrics as a courier fills them.
type courierMetrics struct{ m *metrics }

// Settled implements broadcast.Observer.
func (c courierMetrics) Settled(o broadcast.Outcome) {
	c.m.delivered.With(onList(broadcast.Outcomes(), o)).Inc()
}

// Moved implements broadcast.Observer.
func (c courierMetrics) Moved(to broadcast.State, why broadcast.PauseReason) {
	reason := none
	if why != "" {
		reason = onList(pauses, why)
	}
	c.m.moved.With(onList(movements, to), reason).Inc()
}

// watchRedis returns the hook that counts requests to Redis.
func (m *metrics) watchRedis() *redisstore.Watch { return &redisstore.Watch{Asked: m.asked} }

func (m *metrics) asked(operation, failure string, took time.Duration) {
	operation = onList(operations, operation)
	m.trips.With(operation).Inc()
	m.tripTime.Observe(took.Seconds())
	if failure != "" {
		m.tripErrors.With(operation, onList(failures, failure)).Inc()
	}
}

// watchDoor counts what the webhook answers, by status code.
func (m *metrics) watchDoor(door http.Handler) http.Handler {
	answers := m.counter("webhook_responses_total", "Answers to calls of the webhook by HTTP status.", "code")
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s := &statusWriter{ResponseWriter: w, code: http.StatusOK}
		defer func() { answers.With(strconv.Itoa(s.code)).Inc() }()
		door.ServeHTTP(s, r)
	})
}

// statusWriter remembers the status of an answer, which this program chose.
type statusWriter struct {
	http.ResponseWriter
	code int
}

func (w *statusWriter) WriteHeader(code int) {
	w.code = code
	w.ResponseWriter.WriteHeader(code)
}

// Unwrap lets http.ResponseController reach the connection.
func (w *statusWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }
