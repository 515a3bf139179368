package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"runtime/debug"
	"sync/atomic"
	"time"

	"github.com/redis/go-redis/v9"

	"refbot/bot"
	"refbot/bot/library"
	"refbot/bot/outreach"
	"refbot/bot/redisstore"
	"refbot/bot/review"
	"refbot/config"
	"refbot/handlers/dashboard"
	"refbot/handlers/simulator"
	"refbot/handlers/telegram"
	"refbot/knowledge"
)

const (
	lease     = 8 * time.Second  // a dead replica's chats are taken over after it
	pollLease = 6 * time.Second  // and the poller's office within 4/3 of it
	grace     = 12 * time.Second // for work in hand when refbot is told to stop
)

// runCommand serves Telegram, or the demo where there is no token, until ctx ends.
func runCommand(ctx context.Context, w *World, args []string) error {
	f := newFlags(w, "run")
	noLLM := f.Bool("no-llm", false, "")
	if err := f.none(f.parse(args)); err != nil {
		return helped(err)
	}
	settings, err := config.Load(w.Getenv)
	if err != nil {
		return err
	}
	if *noLLM {
		settings.LLM = config.LLM{}
	}
	spendMemory(w.Getenv)
	p := &Program{Config: settings, Out: w.Stdout, Log: newLogger(w.Stderr, settings.Log)}
	return p.Run(ctx)
}

// The garbage of many short requests over a small, lasting index costs least when it is collected late, as
// long as there is memory.
const (
	gcPercent   = 400
	memoryLimit = 160 << 20 // bytes; from here on the collector works as often as it must
)

// spendMemory lets garbage gather where the environment says nothing about it.
func spendMemory(getenv func(string) string) {
	if getenv("GOGC") == "" && getenv("GOMEMLIMIT") == "" {
		debug.SetGCPercent(gcPercent)
		debug.SetMemoryLimit(memoryLimit)
	}
}

func newLogger(w io.Writer, l config.Log) *slog.Logger {
	options := &slog.HandlerOptions{Level: l.Level}
	if l.Format == "json" {
		return slog.New(slog.NewJSONHandler(w, options))
	}
	return slog.New(slog.NewTextHandler(w, options))
}

// Program is the running bot. Run starts its parts in order and stops them in reverse.
type Program struct {
	Config config.Config
	Out    io.Writer // what a person at the terminal reads
	Log    *slog.Logger
	// Started is called, if set, once the bot serves: with the chat page's address in the demo, "" else.
	Started func(page string)
	// Now is the clock that messages go by; time.Now where it is not set.
	Now func() time.Time
	// PhraseTime is how long a phrased answer is waited for, bot.PhraseTime where it is not set.
	PhraseTime time.Duration

	live      *knowledge.Live
	simulator *simulator.Server // the demo's Telegram; nil when serving the real one
	status    *statusServer
	redis     redis.UniversalClient
	sealer    *redisstore.Sealer
	embedded  *redisstore.Embedded // nil with REDIS_URL
	me        telegram.Identity
	apiURL    string // of the Bot API server; "" is Telegram's own
	token     string
	store     *redisstore.Store
	inbox     *redisstore.Inbox
	staff     *bot.Staff
	library   *library.Desk
	served    atomic.Int64 // number of the published version that is served; 0: that of the settings
	control   *bot.Control
	dashboard *dashboard.Server
	api       *telegram.Client
	outbox    *bot.Outbox
	metrics   *metrics
	workers   *telegram.Workers
	room      *outreach.Room
	reviewers *review.Room
	gauge     *telegram.Gauge
	near      knowledge.Neighbours // nil: words alone
}

// Run is the order of things: each part starts when those above it stand, and stops before them.
func (p *Program) Run(ctx context.Context) error {
	if p.Now == nil {
		p.Now = time.Now
	}
	p.metrics = newMetrics()
	stack := &stopper{log: p.Log}
	defer stack.stop()
	for _, part := range []struct {
		name  string
		start func(context.Context) (stop func(), err error)
	}{
		{"the knowledge base", p.startKnowledge},
		{"the status page", p.startStatus},
		{"the store", p.startStore},
		{"the library", p.startLibrary},
		{"the switches", p.startControl},
		{"the demo's Telegram", p.startSimulator},
		{"the vectors", p.startVectors},
		{"the connection to Telegram", p.startTelegram},
		{"the outbox", p.startOutbox},
		{"the courier", p.startCourier},
		{"the watcher of broadcasts", p.startWatcher},
		{"the workers", p.startWorkers},
		{"notices", p.startNotices},
		{"digests", p.startDigests},
		{"the clerk", p.startClerk},
		{"the gauge", p.startGauge},
		{"the dashboard", p.startDashboard},
		{"the door", p.startDoor},
	} {
		stop, err := part.start(ctx)
		stack.push(part.name, stop)
		if ctx.Err() != nil {
			return nil
		}
		if err != nil {
			return fmt.Errorf("start %s: %w", part.name, err)
		}
	}
	p.status.serving.Store(true)
	p.welcome()
	<-ctx.Done()
	p.status.serving.Store(false)
	p.Log.Info("stopping")
	return nil
}

// stopper stops parts in the reverse of the order they were started in.
type stopper struct {
	log   *slog.Logger
	names []string
	stops []func()
}

func (s *stopper) push(name string, stop func()) {
	if stop != nil {
		s.names, s.stops = append(s.names, name), append(s.stops, stop)
	}
}

func (s *stopper) stop() {
	for i := len(s.stops) - 1; i >= 0; i-- {
		s.log.Debug("stopping a part", "part", s.names[i])
		s.stops[i]()
	}
}

func (p *Program) startKnowledge(context.Context) (func(), error) {
	pack, err := openPack(p.Config.Knowledge.Dir)
	if err != nil {
		return nil, err
	}
	engine, err := knowledge.Build(pack)
	if err != nil {
		return nil, err
	}
	p.live = knowledge.NewLive(engine)
	p.metrics.watch(func(m *metricsParts) { m.live = p.live })
	return nil, nil
}

// background runs a part until its stop is called; stop returns when the part has ended.
func background(run func(context.Context)) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		run(ctx)
	}()
	return func() {
		cancel()
		<-done
	}
}
