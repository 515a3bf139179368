package telegram

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"refbot/bot"
	"refbot/bot/redisstore"
	"refbot/bot/redisstore/redistest"
	"refbot/handlers/simulator"
	"refbot/knowledge"
)

// rig is a Telegram, a Redis, and replicas of what stands between them.
type rig struct {
	t       testing.TB
	sim     *simulator.Server
	url     string // of Redis
	sealer  *redisstore.Sealer
	mu      sync.Mutex
	log     bytes.Buffer
	logger  *slog.Logger
	lease   time.Duration
	mutate  func(*bot.Assistant) // of every new replica
	patches func(*Workers)
	trips   *redisstore.RoundTrips // of every new replica's connection
	rates   bot.Rates

	broadcasts *redisstore.Broadcasts
}

var engine = sync.OnceValue(func() *knowledge.Engine {
	pack, err := knowledge.LoadFS(os.DirFS("../../bot/testdata/pack"), "pack")
	if err != nil {
		panic(err)
	}
	e, err := knowledge.Build(pack)
	if err != nil {
		panic(err)
	}
	return e
})

// kinds are the stores a test runs on.
func kinds() map[string]func(testing.TB) string {
	return map[string]func(testing.TB) string{
		"mini":    func(t testing.TB) string { return redistest.StartMini(t).URL() },
		"server":  func(t testing.TB) string { return redistest.StartServer(t).URL() },
		"cluster": func(t testing.TB) string { return redistest.StartCluster(t).URL() },
	}
}

func newRig(t testing.TB, url string) *rig {
	t.Helper()
	sealer, err := redisstore.NewSealer(make([]byte, redisstore.KeySize))
	if err != nil {
		t.Fatal(err)
	}
	r := &rig{t: t, url: url, sealer: sealer, rates: bot.DefaultRates(false), lease: 3 * time.Second, sim: simulator.New(simulator.WithBot("refbot", "refbot"), simulator.WithSeed(1))}
	if err := r.sim.Start("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.sim.Close() })
	r.logger = slog.New(slog.NewTextHandler(r, &slog.HandlerOptions{Level: slog.LevelDebug}))
	return r
}

// Write implements io.Writer for the log.
func (r *rig) Write(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.log.Write(p)
}

// logged counts the lines of the log that hold a text.
func (r *rig) logged(text string) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return strings.Count(r.log.String(), text)
}

// replica is one refbot without its command line.
type replica struct {
	*rig
	api     *Client
	outbox  *bot.Outbox
	sender  *Sender
	carrier *Carrier
	store   *redisstore.Store
	inbox   *redisstore.Inbox
	workers *Workers
	gauge   *Gauge // nil: nothing is ever full
	me      Identity
}

func (p *replica) full() bool { return p.gauge != nil && p.gauge.Full() }

func (r *rig) replica() *replica {
	r.t.Helper()
	db, err := redisstore.Connect(r.url)
	if err != nil {
		r.t.Fatal(err)
	}
	r.t.Cleanup(func() { _ = db.Close() })
	if r.trips != nil {
		db.AddHook(r.trips)
	}
	p := &replica{rig: r, me: Identity{ID: r.sim.Bot().ID, Username: r.sim.Bot().Username}}
	p.api = NewClient(r.sim.Token(), r.sim.URL(), 30*time.Second, 32)
	bulk := NewClient(r.sim.Token(), r.sim.URL(), 30*time.Second, 64)
	r.t.Cleanup(func() { p.api.Close(); bulk.Close() })
	p.outbox = &bot.Outbox{Budget: redisstore.NewLimiter(db, r.sealer), Rates: r.rates}
	p.sender, p.carrier = NewSender(p.api, p.outbox), NewCarrier(bulk, p.outbox)
	p.store = redisstore.New(db, r.sealer, redisstore.DefaultRetention())
	p.inbox = p.store.Inbox(r.lease)
	a := &bot.Assistant{Knowledge: knowledge.NewLive(engine()), Store: p.store, Messenger: p.sender, Username: p.me.Username, Now: time.Now}
	if r.mutate != nil {
		r.mutate(a)
	}
	p.workers = &Workers{Inbox: p.inbox, Assistant: a, Me: p.me, Limit: 16, Lease: r.lease, Log: r.logger}
	if r.patches != nil {
		r.patches(p.workers)
	}
	return p
}

// run runs a part until the test or stop ends it.
func (r *rig) run(part func(context.Context)) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { defer close(done); part(ctx) }()
	stop = sync.OnceFunc(func() { cancel(); <-done })
	r.t.Cleanup(stop)
	return stop
}

func (p *replica) work() (stop func()) {
	return p.run(func(ctx context.Context) { p.workers.Run(ctx, time.Second) })
}

func (p *replica) poll() (stop func()) {
	client := NewClient(p.sim.Token(), p.sim.URL(), time.Minute, 1)
	return p.run(func(ctx context.Context) {
		(&Poller{API: client, Inbox: p.inbox, Busy: p.workers.Busy, Full: p.full, Log: p.logger}).Run(ctx)
	})
}

const hookSecret = "secret_-1"

// hook serves a webhook and registers it.
func (p *replica) hook() *httptest.Server {
	p.t.Helper()
	s := httptest.NewServer(&Webhook{Secret: hookSecret, Inbox: p.inbox, Busy: p.workers.Busy, Full: p.full, Log: p.logger})
	p.t.Cleanup(s.Close)
	if err := Register(p.t.(interface{ Context() context.Context }).Context(), p.api, s.URL+"/hook", hookSecret, p.logger); err != nil {
		p.t.Fatal(err)
	}
	return s
}

// groups makes n groups of one person each: in a group every reply quotes what it answers.
func (r *rig) groups(n int) (people []int64, chats []int64) {
	r.t.Helper()
	for i := range n {
		p := r.sim.AddPerson(simulator.Person{FirstName: fmt.Sprint("Person ", i), LanguageCode: "ru"})
		g, err := r.sim.AddGroup(fmt.Sprint("Group ", i), p.ID)
		if err != nil {
			r.t.Fatal(err)
		}
		people, chats = append(people, p.ID), append(chats, g.ID)
	}
	return people, chats
}

func (r *rig) person() int64 {
	return r.sim.AddPerson(simulator.Person{FirstName: "Ольга", LanguageCode: "ru", Started: true}).ID
}

func (r *rig) say(person, chat int64, text string) int64 {
	r.t.Helper()
	m, err := r.sim.Send(person, chat, text)
	if err != nil {
		r.t.Fatal(err)
	}
	return m.MessageID
}

// until waits for something, for a minute at most.
func (r *rig) until(what string, holds func() bool) {
	r.t.Helper()
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		if holds() {
			return
		}
	}
	r.t.Fatalf("%s: never\n%s", what, r.log.String())
}

// answered lists which messages of a chat the bot has answered, in the order of its replies.
func (r *rig) answered(chat int64) (questions []int64) {
	for _, m := range r.sim.Messages(chat) {
		if m.From.IsBot && m.ReplyTo != 0 {
			questions = append(questions, m.ReplyTo)
		}
	}
	return questions
}

// replies counts the bot's messages in a chat.
func (r *rig) replies(chat int64) int { return r.sim.BotMessages(chat) }

// faults sets faults of sendMessage.
func (r *rig) faults(list ...simulator.Fault) {
	r.t.Helper()
	for _, f := range list {
		if f.Method == "" {
			f.Method = "sendMessage"
		}
		if err := r.sim.AddFault(f); err != nil {
			r.t.Fatal(err)
		}
	}
}

func post(t testing.TB, url, method, secret, body string) *http.Response {
	t.Helper()
	req, err := http.NewRequest(method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if secret != "" {
		req.Header.Set(secretHeader, secret)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	return resp
}
