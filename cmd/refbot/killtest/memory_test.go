package killtest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"refbot/bot"
	"refbot/bot/redisstore"
	"refbot/handlers/simulator"
	"refbot/knowledge"
	"refbot/knowledge/language"
)

const (
	known       = 1_000_000
	firstKnown  = 7_000_000_000
	askers      = 5_000
	maxResident = 200 << 20 // bytes
)

// TestMemory: a million people in Redis, each with a profile, a session and a question in the journal, cost
// the bot nothing while it answers some of them. The figures are the kernel's: what the process holds, and
// the most it ever held. REFBOT_SLOW=1 runs it; filling Redis takes minutes and 3 GB.
func TestMemory(t *testing.T) {
	if !slow() {
		t.Skip("REFBOT_SLOW=1 fills Redis with a million people")
	}
	w := newTown(t, scenario{name: "memory"})
	empty, full := w.fill(known)
	t.Logf("Redis: %d bytes a person", (full-empty)/known)
	r := w.replica()
	r.start()
	idle, _ := r.resident(t)
	began := time.Now()
	w.askSome(askers)
	took := time.Since(began)
	now, most := r.resident(t)
	t.Logf("refbot: %d MB before the first question, %d MB after %d in %v, %d MB at most",
		idle>>20, now>>20, askers, took.Round(time.Millisecond), most>>20)
	if most > maxResident {
		t.Errorf("refbot held %d MB, more than %d", most>>20, maxResident>>20)
	}
	r.end(syscall.SIGTERM)
}

// fill stores people as the bot would, with a journal entry each, and returns the bytes Redis used before
// and after.
func (w *town) fill(people int64) (before, after int64) {
	w.t.Helper()
	db, err := redisstore.Connect(w.redis.URL())
	if err != nil {
		w.t.Fatal(err)
	}
	defer db.Close()
	sealer, err := redisstore.NewSealer(dataKey())
	if err == nil {
		err = redisstore.ClaimKey(w.t.Context(), db, sealer)
	}
	if err == nil {
		err = db.ConfigSet(w.t.Context(), "appendonly", "no").Err() // nothing here is to survive
	}
	if err != nil {
		w.t.Fatal(err)
	}
	before = usedMemory(w.t, db)
	store := redisstore.New(db, sealer, redisstore.DefaultRetention())
	var next atomic.Int64
	var all sync.WaitGroup
	for range 128 {
		all.Go(func() {
			for i := next.Add(1); i <= people && w.t.Context().Err() == nil; i = next.Add(1) {
				session, profile, entry := memories(firstKnown + i)
				if err := store.Record(w.t.Context(), firstKnown+i, session, profile, entry); err != nil {
					w.t.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
	return before, usedMemory(w.t, db)
}

// memories are what a question and a subscription leave of a person.
func memories(id int64) (bot.Session, *bot.Profile, *bot.Entry) {
	question := questions["ru"][id%10]
	session := bot.Session{
		Chat: id, Language: language.Russian, Topic: "referendum-date",
		Turns: []bot.Turn{{Question: question}}, Replies: []bot.Pair{{Question: 1, Reply: 2}},
	}
	entry := &bot.Entry{
		Ref: bot.NewRef(), At: time.Now(), Question: question, Language: language.Russian, Decision: knowledge.DecideAnswer,
		Confidence: 0.9, Statements: []string{"a-statement"}, Topic: "referendum-date",
		Reply: strings.Repeat("слово за словом ", 50), Micros: 500, Knowledge: "a-version",
	}
	return session, &bot.Profile{Language: language.Russian, Subscribed: true, Since: time.Now()}, entry
}

// usedMemory is what Redis has allocated, in bytes.
func usedMemory(t *testing.T, db redis.UniversalClient) int64 {
	t.Helper()
	return field(t, db.Info(t.Context(), "memory").Val(), "used_memory:")
}

// askSome has people from all over those known ask a question each, some at a time, and waits for the answers. Nobody asks
// twice: the same question twice in a row is answered once.
func (w *town) askSome(n int) {
	w.t.Helper()
	var all sync.WaitGroup
	room := make(chan struct{}, 200)
	for i := range int64(n) {
		room <- struct{}{}
		all.Go(func() {
			defer func() { <-room }()
			id := firstKnown + 1 + i*known/int64(n) + rand.Int64N(known/int64(n))
			p := w.sim.AddPerson(simulator.Person{ID: id, FirstName: "x", LanguageCode: "ru", Started: true})
			m, err := w.sim.Send(p.ID, p.ID, questions["ru"][rand.IntN(9)])
			if err != nil {
				w.t.Error(err)
				return
			}
			ctx, cancel := context.WithTimeout(w.t.Context(), time.Minute)
			defer cancel()
			if _, err := w.sim.WaitReply(ctx, p.ID, m.MessageID); err != nil {
				w.t.Error(err)
			}
		})
	}
	all.Wait()
}

// resident is the memory of the process, now and at most, in bytes.
func (r *replica) resident(t *testing.T) (now, most int64) {
	t.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", r.cmd.Process.Pid))
	if err != nil {
		t.Skip("only Linux tells the memory of a process this way: ", err)
	}
	return field(t, string(text), "VmRSS:") << 10, field(t, string(text), "VmHWM:") << 10
}

// field reads a number behind a name in a list of names and numbers.
func field(t *testing.T, list, name string) int64 {
	t.Helper()
	for line := range strings.Lines(list) {
		if value, ok := strings.CutPrefix(line, name); ok {
			if n, err := strconv.ParseInt(strings.Fields(value)[0], 10, 64); err == nil {
				return n
			}
		}
	}
	t.Fatalf("no %q in %q", name, list)
	return 0
}
