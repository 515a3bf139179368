package main

import (
	"context"
	"errors"
	"runtime/debug"
	"sync"
	"time"

	"refbot/bot/redisstore"
	"refbot/cmd/refbot/exposition"
	"refbot/knowledge"
)

// metricsState are metrics that are read when somebody looks, from the parts of the program that stand
// by then.
type metricsState struct {
	mu sync.Mutex // one look at a time
	metricsParts

	asked time.Time
	known redisstore.Depth
	err   error
}

// metricsParts is where the state is read; nil for a part that does not stand yet.
type metricsParts struct {
	live  *knowledge.Live
	ready func(context.Context) bool
	quiet func() time.Duration
	depth func(context.Context) (redisstore.Depth, error)
}

const (
	// depthFresh is how long a count of the queue is good for: several scrapers cost one request.
	depthFresh = 5 * time.Second
	// depthPatience is how long Redis may take to count, before it counts as down.
	depthPatience = 2 * time.Second
)

func gauge(name, help string, labels ...string) exposition.Desc {
	return exposition.Gauge(namespace+name, help, labels...)
}

var (
	buildInfo = gauge("build_info", "The running program: always 1.", "version", "goversion")
	readyNow  = gauge("ready", "1 when this replica serves and Redis answers, as /readyz says.")
	silence   = gauge("limiter_silence_seconds", "Time until messages may be sent again, as Telegram asked (429).")

	knowledgeInfo = gauge("knowledge_info", "The knowledge base in use: always 1.", "version")
	statements    = gauge("knowledge_statements", "Statements in the knowledge base in use.")
	newest        = gauge("knowledge_newest_timestamp_seconds", "Date of the newest statement in use.")

	redisUp     = gauge("redis_up", "1 when Redis could count the queue.")
	mailboxes   = gauge("inbox_mailboxes", "Chats with updates that wait for their turn (due) or are worked on (in_work), over all replicas.", "state")
	oldest      = gauge("inbox_oldest_age_seconds", "How long the chat that waits longest has waited for its turn.")
	deadLetters = gauge("dead_letters", "Updates that failed for good and are kept to be looked at.")
)

// watch adds a part of the program to those whose state is shown.
func (m *metrics) watch(add func(*metricsParts)) {
	m.state.mu.Lock()
	defer m.state.mu.Unlock()
	add(&m.state.metricsParts)
}

// collect shows the state at this moment.
func (s *metricsState) collect(look *exposition.Look) {
	ctx, cancel := context.WithTimeout(context.Background(), depthPatience)
	defer cancel()
	s.mu.Lock()
	defer s.mu.Unlock()
	g := gauges{look}
	info, _ := debug.ReadBuildInfo()
	build := describeBuild(info)
	g.Show(buildInfo, 1, label(build.Version), label(build.Go))
	g.Show(readyNow, truth(s.ready != nil && s.ready(ctx)))
	if s.quiet != nil {
		g.Show(silence, s.quiet().Seconds())
	}
	if s.live != nil {
		g.knowledge(s.live.Load().Pack())
	}
	g.queue(s.count(ctx))
}

// gauges show values of this moment.
type gauges struct{ *exposition.Look }

func (g gauges) knowledge(pack *knowledge.Pack) {
	g.Show(knowledgeInfo, 1, label(pack.Version))
	g.Show(statements, float64(len(pack.Statements)))
	if asOf := pack.AsOf(); !asOf.IsZero() {
		g.Show(newest, float64(asOf.Unix()))
	}
}

// queue shows what waits, unless that is not known: unknown is not zero.
func (g gauges) queue(d redisstore.Depth, err error) {
	g.Show(redisUp, truth(err == nil))
	if err != nil {
		return
	}
	g.Show(mailboxes, float64(d.Due), "due")
	g.Show(mailboxes, float64(d.InWork), "in_work")
	g.Show(oldest, d.Oldest.Seconds())
	g.Show(deadLetters, float64(d.Dead))
}

var errNoStore = errors.New("the store is not reached yet")

// count counts what waits, at most every depthFresh. The caller holds the lock.
func (s *metricsState) count(ctx context.Context) (redisstore.Depth, error) {
	if s.depth == nil {
		return redisstore.Depth{}, errNoStore
	}
	if time.Since(s.asked) >= depthFresh {
		s.known, s.err = s.depth(ctx)
		s.asked = time.Now()
	}
	return s.known, s.err
}

func truth(is bool) float64 {
	if is {
		return 1
	}
	return 0
}

// label keeps versions, which are made by this program and its tools, to what versions look like.
func label(version string) string {
	const longest = 64
	if version == "" || len(version) > longest {
		return other
	}
	for _, r := range version {
		switch {
		case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', '0' <= r && r <= '9', r == '.', r == '-', r == '+', r == '(', r == ')':
		default:
			return other
		}
	}
	return version
}
