package main

import (
	"context"
	"encoding/base64"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"refbot/bot/broadcast"
	"refbot/bot/redisstore"
	"refbot/bot/redisstore/redistest"
	"refbot/config"
	"refbot/handlers/simulator"
	"refbot/knowledge/language"
)

// siege is a broadcast under everything that can go wrong at once.
type siege struct {
	people, kills, restarts int     // of refbot, and of Redis
	floods                  float64 // share of calls that meet a 429
}

// sieges: the small one is for every day. REFBOT_SLOW=1 is the full one: about half an hour, most of it silence,
// because each 429 asks everybody to wait for a second.
//
//	REFBOT_SLOW=1 go test ./cmd/refbot -run TestBroadcastSurvives -timeout 90m -v
func theSiege() siege {
	if os.Getenv("REFBOT_SLOW") == "1" {
		return siege{people: 100_000, kills: 10, restarts: 3, floods: .01}
	}
	return siege{people: 3000, kills: 3, restarts: 1, floods: .001}
}

// unlimitedMain is refbot run with a rate that holds up nobody, in a process of its own.
func unlimitedMain() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	settings, err := config.Load(os.Getenv)
	if err == nil {
		settings.Limits.BulkRate = 1_000_000
		p := &Program{Config: settings, Out: os.Stdout, Log: newLogger(os.Stderr, settings.Log)}
		err = p.Run(ctx)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(exitFailed)
	}
}

// besieged is where it happens.
type besieged struct {
	siege
	t      *testing.T
	sim    *simulator.Server
	redis  *redistest.Server
	keeper *redisstore.Broadcasts
	env    []string
	addr   string
	cmd    *exec.Cmd
	log    *os.File
	all    []int64
	gone   map[int64]bool // blocked or deactivated
}

func newBesieged(t *testing.T, s siege) *besieged {
	t.Helper()
	b := &besieged{siege: s, t: t, gone: map[int64]bool{}, addr: freeAddr(t)}
	b.redis = redistest.StartServer(t, "appendfsync everysec")
	b.sim = simulator.New(simulator.WithBot("refbot", "refbot"), simulator.WithHistory(3), simulator.WithSeed(7))
	if err := b.sim.Start("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = b.sim.Close() })
	key := []byte("the key of the siege, thirty-two bytes")[:redisstore.KeySize]
	db, err := redisstore.Connect(b.redis.URL())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	sealer, err := redisstore.NewSealer(key)
	if err != nil {
		t.Fatal(err)
	}
	if err := redisstore.ClaimKey(t.Context(), db, sealer); err != nil {
		t.Fatal(err)
	}
	b.keeper = redisstore.New(db, sealer, redisstore.DefaultRetention()).Broadcasts()
	b.env = append(
		os.Environ(), "TELEGRAM_BOT_TOKEN="+b.sim.Token(), "TELEGRAM_API_URL="+b.sim.URL(), "HTTP_ADDR="+b.addr,
		"REDIS_URL="+b.redis.URL(), "DATA_KEY="+base64.StdEncoding.EncodeToString(key),
	)
	if b.log, err = os.CreateTemp(t.TempDir(), "refbot-*.log"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.end(syscall.SIGKILL); _ = b.log.Close() })
	return b
}

// settle subscribes everybody; every twentieth has blocked the bot and every hundredth is deactivated, which
// the audience does not know.
func (b *besieged) settle() {
	b.t.Helper()
	b.all = make([]int64, b.people)
	for i := range b.all {
		p := simulator.Person{ID: 8_000_000_000 + int64(i)*7, FirstName: "x", LanguageCode: "ru", Started: true}
		p.Blocked, p.Deactivated = i%20 == 3, i%100 == 7
		b.all[i] = b.sim.AddPerson(p).ID
		b.gone[p.ID] = p.Blocked || p.Deactivated
	}
	var done sync.WaitGroup
	for part := range slices.Chunk(b.all, (b.people+15)/16) {
		done.Go(func() {
			for i, id := range part {
				x := broadcast.Subscriber{Chat: id, Language: language.Codes()[i%3], Since: time.Now()}
				if err := b.keeper.Put(b.t.Context(), x); err != nil {
					b.t.Error(err)
				}
			}
		})
	}
	done.Wait()
}

func (b *besieged) faults() {
	b.t.Helper()
	for kind, share := range map[string]float64{
		simulator.FaultFlood: b.floods, simulator.FaultServerError: .01, simulator.FaultCutBefore: .005, simulator.FaultCutAfter: .005,
	} {
		if err := b.sim.AddFault(simulator.Fault{Method: "sendMessage", Kind: kind, Probability: share}); err != nil {
			b.t.Fatal(err)
		}
	}
}

// start starts refbot as a process and waits until it is ready.
func (b *besieged) start() {
	b.t.Helper()
	program, err := os.Executable()
	if err != nil {
		b.t.Fatal(err)
	}
	b.cmd = exec.Command(program)
	b.cmd.Args, b.cmd.Env, b.cmd.Stdout, b.cmd.Stderr = []string{"refbot-unlimited"}, b.env, b.log, b.log
	if err := b.cmd.Start(); err != nil {
		b.t.Fatal(err)
	}
	b.until("refbot is ready", func() bool {
		resp, err := http.Get("http://" + b.addr + "/readyz")
		if err != nil {
			return false
		}
		_ = resp.Body.Close()
		return resp.StatusCode == http.StatusOK
	})
}

func (b *besieged) end(s syscall.Signal) {
	if b.cmd != nil {
		_ = b.cmd.Process.Signal(s)
		_ = b.cmd.Wait()
		b.cmd = nil
	}
}

func (b *besieged) until(what string, holds func() bool) {
	b.t.Helper()
	for deadline := time.Now().Add(time.Hour); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		if holds() {
			return
		}
	}
	text, _ := os.ReadFile(b.log.Name())
	b.t.Fatalf("%s: never\n%s", what, text[max(0, len(text)-4000):])
}

func (b *besieged) tally(id broadcast.ID) broadcast.Tally {
	b.t.Helper()
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(50 * time.Millisecond) {
		tally, err := b.keeper.Tally(b.t.Context(), id)
		if err == nil {
			return tally
		}
		if time.Now().After(deadline) {
			b.t.Fatal(err)
		}
	}
}

// goOn tells whether the broadcast is finished. Where so many answers were lost that it was paused, it does what
// a person would do who knows that somebody pulls the plug again and again.
func (b *besieged) goOn(id broadcast.ID) (finished bool) {
	b.t.Helper()
	now, err := b.keeper.Load(b.t.Context(), id)
	if err != nil { // Redis is being restarted
		return false
	}
	if now.State == broadcast.Paused && now.Pause == string(broadcast.PauseErrors) {
		if now.Move(broadcast.Sending, broadcast.ActResume, 7, "", time.Now()) == nil && b.keeper.Save(b.t.Context(), now) == nil {
			b.t.Logf("resumed by hand at %+v", b.tally(id))
		}
	}
	return now.State == broadcast.Finished
}

// TestBroadcastSurvives: connections are cut, Telegram fails and asks for silence, and refbot is killed without
// warning, again and again, and Redis is too. Afterwards everybody who can be reached has the message once; those of whom
// nobody can know are listed; and the ledger and Telegram agree to the last person.
func TestBroadcastSurvives(t *testing.T) {
	t.Parallel()
	b := newBesieged(t, theSiege())
	b.settle()
	b.faults()
	news := &broadcast.Broadcast{
		ID: "SIEGEAAA", State: broadcast.Scheduled, Created: time.Now(), Override: "a test", Fallback: language.Russian,
		Schedule: &broadcast.Schedule{At: time.Now(), TooLate: time.Hour},
		Content:  map[language.Code]broadcast.Message{language.Russian: {Text: "Участки <b>открыты</b> с 7 до 20 часов."}},
	}
	b.start()
	began := time.Now()
	if err := b.keeper.Save(t.Context(), news); err != nil {
		t.Fatal(err)
	}
	for k := range b.kills {
		// Now and then the line between two states is where it happens: the first kill comes while the audience
		// is frozen or the canary is out, the others are spread over the sending.
		b.until("it goes on", func() bool { return b.goOn(news.ID) || b.tally(news.ID).Settled() > b.people*k/b.kills })
		b.end(syscall.SIGKILL)
		b.start()
		if k < b.restarts {
			time.Sleep(time.Second) // so that it is at work again
			b.redis.Restart()
		}
	}
	b.until("it is finished", func() bool { return b.goOn(news.ID) })
	b.end(syscall.SIGTERM)
	b.judge(news.ID, time.Since(began))
}

// judge compares the ledger with Telegram, person by person, and prints the table.
func (b *besieged) judge(id broadcast.ID, took time.Duration) {
	b.t.Helper()
	seen := map[int64]bool{}
	counts := map[broadcast.Outcome]*[3]int{} // by how many messages arrived: none, one, more
	err := b.keeper.Each(b.t.Context(), id, func(l broadcast.Line) error {
		if seen[l.Chat] {
			b.t.Errorf("somebody has two lines")
		}
		seen[l.Chat] = true
		n := b.sim.BotMessages(l.Chat)
		if counts[l.Outcome] == nil {
			counts[l.Outcome] = new([3]int)
		}
		counts[l.Outcome][min(n, 2)]++
		if l.Outcome == broadcast.Sent && (n != 1 || b.sim.Messages(l.Chat)[0].MessageID != int64(l.Message)) {
			b.t.Errorf("the ledger says message %d was sent, Telegram has %d messages", l.Message, n)
		}
		if l.Outcome == broadcast.Unreachable != b.gone[l.Chat] && l.Outcome != broadcast.Unknown {
			b.t.Errorf("%s, and gone is %v", l.Outcome, b.gone[l.Chat])
		}
		return nil
	})
	if err != nil {
		b.t.Fatal(err)
	}
	b.table(id, counts, took)
	var sums [3]int
	for o, c := range counts {
		for n := range c {
			sums[n] += c[n]
		}
		if c[2] != 0 || o == broadcast.Queued || o == broadcast.Failed || o == broadcast.Begun {
			b.t.Errorf("%s: %v", o, *c)
		}
	}
	tally := b.tally(id)
	for _, o := range broadcast.Outcomes() {
		if c := counts[o]; c != nil && tally.Of(o) != c[0]+c[1]+c[2] || c == nil && tally.Of(o) != 0 {
			b.t.Errorf("the tally says %d %s", tally.Of(o), o)
		}
	}
	if len(seen) != b.people || sums[1] != int(b.sim.Sent()["sendMessage"]) {
		b.t.Errorf("%d lines of %d people, %d messages of %d", len(seen), b.people, sums[1], b.sim.Sent()["sendMessage"])
	}
	// Of each cut nobody can know; so of what was under way at a kill.
	struck := b.sim.Faults()
	if most := struck[simulator.FaultCutBefore] + struck[simulator.FaultCutAfter] + b.kills*bulkAway; tally.Unknown > most {
		b.t.Errorf("%d are unknown, more than %d", tally.Unknown, most)
	}
}

func (b *besieged) table(id broadcast.ID, counts map[broadcast.Outcome]*[3]int, took time.Duration) {
	b.t.Helper()
	var text strings.Builder
	fmt.Fprintf(&text, "%d recipients in %v, refbot killed %d times, Redis %d times, faults %v\n",
		b.people, took.Round(time.Second), b.kills, b.restarts, b.sim.Faults())
	fmt.Fprintf(&text, "%-12s %8s  in the simulator: %8s %8s %8s\n", "ledger", "people", "none", "one", "more")
	for _, o := range broadcast.Outcomes() {
		c := counts[o]
		if c == nil {
			c = new([3]int)
		}
		fmt.Fprintf(&text, "%-12s %8d  %17s %8d %8d %8d\n", o, b.tally(id).Of(o), "", c[0], c[1], c[2])
	}
	b.t.Log("\n" + text.String())
}

// freeAddr is an address nobody listens on.
func freeAddr(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}
