package killtest

import (
	"context"
	"encoding/base64"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"sync"
	"testing"
	"time"

	"refbot/bot/redisstore/redistest"
	"refbot/handlers/simulator"
)

// scenario is one way to make life hard for refbot.
type scenario struct {
	name     string
	replicas int
	webhook  bool
	restarts int  // of Redis
	cuts     bool // of connections to Redis
	cluster  bool // Redis is a cluster of three masters
	promoted bool // the master of Redis is killed, and a Sentinel promotes a replica

	people, each, kills int // set by size
}

func scenarios() []scenario {
	return []scenario{
		{name: "one replica", replicas: 1},
		{name: "three replicas and a webhook", replicas: 3, webhook: true},
		{name: "Redis restarted", replicas: 1, restarts: 5},
		{name: "connections cut", replicas: 2, cuts: true},
		{name: "a Redis Cluster", replicas: 2, webhook: true, cluster: true},
		{name: "a replica of Redis promoted", replicas: 2, promoted: true},
	}
}

// size makes it the full test, or one that fits between two edits.
func (s scenario) size() scenario {
	s.people, s.each, s.kills = 24, 10, 2
	if slow() {
		s.people, s.each, s.kills = 200, 10, 20
	} else {
		s.restarts = min(s.restarts, 1)
	}
	return s
}

func slow() bool { return os.Getenv("REFBOT_SLOW") == "1" }

// questions are asked by everybody, in this order; no two answers are alike.
var questions = map[string][]string{
	"ru": {
		"когда референдум?", "какие документы нужны, чтобы проголосовать?", "что такое Халық кеңесі?",
		"сколько депутатов будет в Курултае?", "кто назначает вице-президента?", "можно ли проголосовать за границей?",
		"какая была явка?", "когда вступит в силу новая конституция?", "на каком языке пишут конституцию?", "спасибо большое",
	},
	"kk": {
		"референдум қашан өтеді?", "дауыс беру үшін қандай құжат керек?", "Халық кеңесі деген не?",
		"Құрылтайда қанша депутат болады?", "вице-президентті кім тағайындайды?", "шетелде дауыс беруге бола ма?",
		"қатысу деңгейі қандай болды?", "жаңа конституция қашан күшіне енеді?", "мемлекеттік тіл туралы не айтылған?", "көп рақмет",
	},
	"en": {
		"when is the referendum?", "what documents do I need to vote?", "what is the Halyk Kenesi?",
		"how many deputies will the Kurultai have?", "who appoints the vice president?", "can I vote abroad?",
		"what was the turnout?", "when does the new constitution enter into force?", "what does it say about language?", "thank you",
	},
}

var languages = []string{"ru", "kk", "en"}

// town is where it happens.
type town struct {
	scenario
	t     *testing.T
	sim   *simulator.Server
	redis *redistest.Server   // nil with a cluster
	nodes []*redistest.Server // all of Redis
	watch *redistest.Watched  // nil but where a replica is to be promoted
	proxy *proxy              // nil unless connections are cut
	doors *doors              // nil when polling
	env   []string
	log   *os.File

	people    []simulator.Person
	rewinds   map[int64]*rewind   // what may happen when a replica is promoted, by person; nil until then
	reference map[string][]string // the replies of an undisturbed conversation, by language
	dice      *rand.Rand
}

func newTown(t *testing.T, s scenario) *town {
	t.Helper()
	w := &town{scenario: s, t: t, reference: map[string][]string{}, dice: rand.New(rand.NewPCG(1, uint64(len(s.name))))}
	redisURL := w.startRedis()
	w.sim = simulator.New(simulator.WithBot("refbot", "refbot"), simulator.WithWebhookSecond(100*time.Millisecond))
	if err := w.sim.Start("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.sim.Close() })
	var err error
	if w.log, err = os.CreateTemp(t.TempDir(), "refbot-*.log"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.log.Close() })
	w.environment(redisURL)
	for i := range s.people {
		w.people = append(w.people, w.sim.AddPerson(w.somebody(i)))
	}
	return w
}

// somebody is a person whose id, name and username are found nowhere else, and do not fit in 32 bits.
func (w *town) somebody(i int) simulator.Person {
	return simulator.Person{
		ID:           7_300_000_000 + w.dice.Int64N(1<<40)*1000 + int64(i),
		FirstName:    fmt.Sprintf("Уникум%08dов", w.dice.IntN(1e8)),
		LastName:     fmt.Sprintf("Фамилия%08d", w.dice.IntN(1e8)),
		Username:     fmt.Sprintf("unique_%08d", w.dice.IntN(1e8)),
		LanguageCode: languages[i%len(languages)],
	}
}

// startRedis returns the address for REDIS_URL.
func (w *town) startRedis() string {
	w.t.Helper()
	switch {
	case w.cluster:
		c := redistest.StartCluster(w.t)
		w.nodes = c.Nodes
		return c.URL()
	case w.promoted:
		w.watch = redistest.StartWatched(w.t)
		w.redis, w.nodes = w.watch.Servers[0], w.watch.Servers
		return w.watch.URL()
	}
	w.redis = redistest.StartServer(w.t)
	w.nodes = []*redistest.Server{w.redis}
	return w.redis.URL()
}

func dataKey() []byte { return []byte("the key of the kill test, 32 byte")[:32] }

func (w *town) environment(address string) {
	if w.cuts {
		w.proxy = newProxy(w.t, w.redis.Addr)
		address = "redis://" + w.proxy.addr()
	}
	w.env = append(
		os.Environ(),
		"TELEGRAM_BOT_TOKEN="+w.sim.Token(), "TELEGRAM_API_URL="+w.sim.URL(),
		"REDIS_URL="+address, "DATA_KEY="+base64.StdEncoding.EncodeToString(dataKey()),
		"LOG_LEVEL=debug",
	)
	if w.promoted {
		w.env = append(w.env, "REDIS_WAIT_REPLICAS=1")
	}
	if w.webhook {
		w.doors = newDoors(w.t)
		w.env = append(w.env, "WEBHOOK_URL="+w.doors.url())
	}
}

// rehearse lets one person a language ask everything in peace: what they hear is what all should hear.
func (w *town) rehearse() {
	w.t.Helper()
	for i, code := range languages {
		p := w.sim.AddPerson(simulator.Person{ID: int64(9_000_000_000 + i), FirstName: "Rehearsal", LanguageCode: code})
		after := int64(0)
		for _, q := range questions[code][:w.each] {
			m, err := w.sim.Send(p.ID, p.ID, q)
			if err != nil {
				w.t.Fatal(err)
			}
			ctx, cancel := context.WithTimeout(w.t.Context(), time.Minute)
			reply, err := w.sim.WaitReply(ctx, p.ID, max(after, m.MessageID))
			cancel()
			if err != nil {
				w.t.Fatalf("no answer in peace to %q: %v\n%s", q, err, w.tail())
			}
			after = reply.MessageID
			if n := len(w.reference[code]); n > 0 && w.reference[code][n-1] == reply.Text {
				w.t.Fatalf("the answer to %q can't be told from the one before", q)
			}
			w.reference[code] = append(w.reference[code], reply.Text)
		}
	}
}

// ask lets everybody ask everything, each person in order and all of them mixed, over about the given time.
func (w *town) ask(over time.Duration) {
	var turns []int
	for i := range w.people {
		for range w.each {
			turns = append(turns, i)
		}
	}
	rand.New(rand.NewPCG(2, 3)).Shuffle(len(turns), func(i, j int) { turns[i], turns[j] = turns[j], turns[i] })
	asked := make([]int, len(w.people))
	pace := time.NewTicker(max(time.Microsecond, over/time.Duration(len(turns))))
	defer pace.Stop()
	for _, i := range turns {
		<-pace.C
		p := w.people[i]
		if _, err := w.sim.Send(p.ID, p.ID, questions[p.LanguageCode][asked[i]]); err != nil {
			w.t.Error(err)
		}
		asked[i]++
	}
}

// judge waits until everybody has every answer and returns how many came twice, and how many of those because
// a replica was promoted.
func (w *town) judge() (twice, rewound int) {
	w.t.Helper()
	deadline := time.Now().Add(2 * time.Minute)
	for _, p := range w.people {
		for {
			wrong, extra, back := compare(w.heard(p.ID), w.reference[p.LanguageCode][:w.each], w.rewinds[p.ID])
			if wrong == "" {
				twice, rewound = twice+extra, rewound+back
				break
			}
			if time.Now().After(deadline) {
				w.t.Fatalf("somebody was not answered properly: %s\n%s", wrong, w.tail())
			}
			time.Sleep(20 * time.Millisecond)
		}
	}
	return twice, rewound
}

// heard are the texts the bot sent to a person.
func (w *town) heard(person int64) (texts []string) {
	for _, m := range w.sim.Messages(person) {
		if m.From.IsBot {
			texts = append(texts, m.Text)
		}
	}
	return texts
}

// rewind is what a promoted replica may do to one chat: it knows the chat as it was shortly before the master
// died, so that the questions answered since are answered once more, from one of them on and all in order.
type rewind struct {
	after    int // replies heard when the master died: nothing was rewound before
	earliest int // the first question that may have been answered since the replica knew everything
}

// remember notes how far everybody is. What is answered by now counts as replicated when the master dies later.
func (w *town) remember() {
	w.rewinds = map[int64]*rewind{}
	for _, p := range w.people {
		w.rewinds[p.ID] = &rewind{earliest: max(0, answeredOf(w.heard(p.ID), w.reference[p.LanguageCode])-1)} // the last one may not be recorded
	}
}

// killMaster kills the master of Redis and returns the one that was promoted.
func (w *town) killMaster() {
	for _, p := range w.people {
		w.rewinds[p.ID].after = len(w.heard(p.ID))
	}
	w.redis = w.watch.KillMaster()
}

// answeredOf counts the questions whose replies were heard.
func answeredOf(heard, want []string) (n int) {
	for _, text := range heard {
		if n < len(want) && text == want[n] {
			n++
		}
	}
	return n
}

// compare walks through what was heard: each expected reply in its order, some of them more than once in a
// row, and where r is not nil one rewind. It says what is wrong, or "" with how many came again, and how many
// of those after the rewind.
func compare(heard, want []string, r *rewind) (wrong string, twice, rewound int) {
	next := 0
	for i, text := range heard {
		switch {
		case next < len(want) && text == want[next]:
			next++
		case next > 0 && text == want[next-1]:
			twice++
		case r != nil && rewound == 0 && i >= r.after && slices.Contains(want[min(r.earliest, next):next], text):
			back := r.earliest + slices.Index(want[r.earliest:next], text)
			twice, rewound = twice+next-back, next-back
			next = back + 1
		default:
			return fmt.Sprintf("reply %d of %d is none of those expected there", i+1, len(heard)), 0, 0
		}
	}
	if next < len(want) {
		return fmt.Sprintf("%d of %d questions answered", next, len(want)), 0, 0
	}
	return "", twice, rewound
}

// tail is the end of refbot's log.
func (w *town) tail() string {
	text, err := os.ReadFile(w.log.Name())
	if err != nil {
		return err.Error()
	}
	return string(text[max(0, len(text)-4000):])
}

// errands runs things beside each other until stop, then waits for them.
type errands struct {
	stop chan struct{}
	all  sync.WaitGroup
}

func newErrands() *errands { return &errands{stop: make(chan struct{})} }

// every does something again and again, about so often.
func (e *errands) every(d time.Duration, do func()) {
	e.all.Go(func() {
		for {
			select {
			case <-e.stop:
				return
			case <-time.After(d/2 + rand.N(d)):
				do()
			}
		}
	})
}

func (e *errands) end() {
	close(e.stop)
	e.all.Wait()
}
