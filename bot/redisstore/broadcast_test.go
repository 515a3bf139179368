package redisstore

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"refbot/bot"
	"refbot/bot/broadcast"
	"refbot/bot/redisstore/redistest"
	"refbot/knowledge/language"
)

// broadcastCases is what broadcasts need of every kind of Redis.
var broadcastCases = []struct {
	name string
	run  func(*testing.T, *env)
}{
	{"save, load, list, active", testSaveLoad},
	{"one of two editors is too late", testConflict},
	{"subscribers and segments", testAudience},
	{"the audience follows the profile", testAudienceFollows},
	{"freeze, claim, write, tally", testLedger},
	{"freezing again changes nothing", testFreezeAgain},
	{"a dead worker", testDeadWorker},
	{"forgotten recipients", testForgottenRecipients},
	{"a worker that comes back", testLateWorker},
	{"released batches", testRelease2},
	{"unknown lines go out again", testRequeue},
	{"who left is left out", testLeftOut},
	{"a correction", testInherit},
	{"leading", testLead},
	{"a ledger tells nobody", testLedgerSealed},
	{"many workers, nobody twice", testManyWorkers},
}

func TestBroadcastsMini(t *testing.T) {
	for _, c := range broadcastCases {
		t.Run(c.name, func(t *testing.T) { c.run(t, newEnv(t, redistest.StartMini(t).URL())) })
	}
}

func TestBroadcastsServer(t *testing.T) {
	url := redistest.StartServer(t, "appendfsync no").URL()
	for _, c := range broadcastCases {
		t.Run(c.name, func(t *testing.T) { c.run(t, newEnv(t, url).emptied(t)) })
	}
}

func TestBroadcastsCluster(t *testing.T) {
	url := redistest.StartCluster(t).URL()
	for _, c := range broadcastCases {
		t.Run(c.name, func(t *testing.T) { c.run(t, newEnv(t, url).emptied(t)) })
	}
}

func draft(id broadcast.ID, at time.Time) *broadcast.Broadcast {
	return &broadcast.Broadcast{
		ID: id, State: broadcast.Draft, Author: asker, Created: at,
		Content: map[language.Code]broadcast.Message{language.Russian: {Text: "Участки открыты"}},
	}
}

func testSaveLoad(t *testing.T, e *env) {
	r, at := e.store.Broadcasts(), time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	if _, err := r.Load(t.Context(), "NOBODYXX"); !errors.Is(err, broadcast.ErrUnknown) {
		t.Errorf("load of nothing: %v", err)
	}
	var made []broadcast.ID
	for i := range 5 {
		b := draft(broadcast.ID(fmt.Sprintf("AAAAAAA%d", i+2)), at.Add(time.Duration(i/2)*time.Second))
		must(t, r.Save(t.Context(), b))
		made = append(made, b.ID)
	}
	b, err := r.Load(t.Context(), made[0])
	must(t, err)
	want := draft(made[0], at)
	want.Version = 1
	if diff := cmp.Diff(want, b); diff != "" {
		t.Errorf("(-saved +loaded):\n%s", diff)
	}
	var seen []broadcast.ID
	cursor := ""
	for page := 0; ; page++ {
		list, next, err := r.List(t.Context(), cursor, 2)
		must(t, err)
		for _, b := range list {
			seen = append(seen, b.ID)
		}
		if cursor = next; cursor == "" {
			break
		}
		if page == 0 { // what is new meanwhile does not move the pages
			must(t, r.Save(t.Context(), draft("NEWNEWNE", at.Add(time.Hour))))
		}
	}
	slices.Reverse(made)
	if diff := cmp.Diff(made, seen); diff != "" {
		t.Errorf("listed (-want +got):\n%s", diff)
	}
	for _, state := range []broadcast.State{broadcast.Scheduled, broadcast.Sending, broadcast.Paused, broadcast.Finished} {
		b.State = state
		must(t, r.Save(t.Context(), b))
		active, err := r.Active(t.Context())
		must(t, err)
		if want := state != broadcast.Finished; (len(active) == 1) != want || want && active[0].State != state {
			t.Errorf("%s: active %v", state, active)
		}
	}
}

func testConflict(t *testing.T, e *env) {
	r := e.store.Broadcasts()
	b := draft("AAAAAAAA", time.Now())
	must(t, r.Save(t.Context(), b))
	other, err := r.Load(t.Context(), b.ID)
	must(t, err)
	other.State = broadcast.Submitted
	must(t, r.Save(t.Context(), other))
	b.State = broadcast.Canceled
	if err := r.Save(t.Context(), b); !errors.Is(err, broadcast.ErrConflict) || b.Version != 1 {
		t.Errorf("%v, version %d", err, b.Version)
	}
	if got, err := r.Load(t.Context(), b.ID); err != nil || got.State != broadcast.Submitted || got.Version != 2 {
		t.Errorf("%+v, %v", got, err)
	}
	fresh := draft("AAAAAAAA", time.Now())
	if err := r.Save(t.Context(), fresh); !errors.Is(err, broadcast.ErrConflict) {
		t.Errorf("a second one of the same name: %v", err)
	}
}

func testAudience(t *testing.T, e *env) {
	r, at := e.store.Broadcasts(), time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	for i := range 90 {
		x := broadcast.Subscriber{Chat: asker + int64(i), Language: language.Codes()[i%3], Since: at.Add(time.Duration(i) * time.Second)}
		if i%2 == 0 {
			x.Region = "almaty"
		}
		if i%5 == 0 {
			x.Topics = []string{"vote"}
		}
		must(t, r.Put(t.Context(), x))
		must(t, r.Put(t.Context(), x)) // twice is once
	}
	steps := 0
	for _, test := range []struct {
		segment broadcast.Segment
		want    map[language.Code]int
	}{
		{broadcast.Segment{}, map[language.Code]int{"kk": 30, "ru": 30, "en": 30}},
		{broadcast.Segment{Languages: []language.Code{"kk"}}, map[language.Code]int{"kk": 30}},
		{broadcast.Segment{Regions: []string{"almaty"}}, map[language.Code]int{"kk": 15, "ru": 15, "en": 15}},
		{broadcast.Segment{Topics: []string{"dates"}}, map[language.Code]int{"kk": 24, "ru": 24, "en": 24}},
		{broadcast.Segment{Since: at.Add(60 * time.Second)}, map[language.Code]int{"kk": 10, "ru": 10, "en": 10}},
		{broadcast.Segment{Regions: []string{"astana"}}, map[language.Code]int{}},
	} {
		got, err := r.Count(t.Context(), test.segment, func(done, total int) {
			if steps++; done > total {
				t.Errorf("%d of %d", done, total)
			}
		})
		must(t, err)
		if !maps.Equal(got, test.want) {
			t.Errorf("%+v: %v, want %v", test.segment, got, test.want)
		}
	}
	must(t, r.Remove(t.Context(), asker))
	must(t, r.Remove(t.Context(), asker))
	if got := e.subscribed(t); got != 89 || steps == 0 {
		t.Errorf("%d left, %d steps", got, steps)
	}
}

func (e *env) subscribed(t testing.TB) int {
	t.Helper()
	counts, err := e.store.Broadcasts().Count(t.Context(), broadcast.Segment{}, nil)
	must(t, err)
	n := 0
	for _, c := range counts {
		n += c
	}
	return n
}

// testAudienceFollows: whatever a person does that concerns the audience is in it after the one round trip
// that stores their profile.
func testAudienceFollows(t *testing.T, e *env) {
	in := e.store.Inbox(hour)
	id := int64(0)
	for _, step := range []struct {
		name    string
		profile *bot.Profile
		want    int
	}{
		{"a question", nil, 0},
		{"/lang", &bot.Profile{Language: "kk"}, 0},
		{"/subscribe", &bot.Profile{Subscribed: true, News: "kk"}, 1},
		{"blocked", &bot.Profile{Subscribed: true, Unreachable: true}, 0},
		{"/start", &bot.Profile{Subscribed: true}, 1},
		{"a question again", nil, 1},
		{"/unsubscribe", &bot.Profile{}, 0},
		{"/subscribe again", &bot.Profile{Subscribed: true}, 1},
	} {
		id++
		put(t, in, update(id, asker, 1))
		_, err := in.Finish(t.Context(), leaseOne(t, in), bot.Outcome{Person: asker, Session: &bot.Session{}, Profile: step.profile})
		must(t, err)
		if got := e.subscribed(t); got != step.want {
			t.Errorf("after %s: %d", step.name, got)
		}
	}
	must(t, e.store.Forget(t.Context(), asker))
	if got := e.subscribed(t); got != 0 {
		t.Errorf("after /forget: %d", got)
	}
	must(t, e.store.Record(t.Context(), asker, bot.Session{}, &bot.Profile{Subscribed: true}, nil))
	if got := e.subscribed(t); got != 1 {
		t.Errorf("recorded by itself: %d", got)
	}
}

func testLedgerSealed(t *testing.T, e *env) {
	r := e.crowd(t, 30)
	must(t, r.Save(t.Context(), draft(name, time.Now())))
	must(t, r.Freeze(t.Context(), name, broadcast.Segment{}, nil))
	dump := e.dump(t)
	for _, secret := range []string{"Участки", fmt.Sprint(asker), "\x01\x4a\xcf\xd6\x00"} {
		if strings.Contains(string(dump), secret) {
			t.Errorf("Redis holds %q", secret)
		}
	}
}

func testManyWorkers(t *testing.T, e *env) {
	const people = 400
	r := e.crowd(t, people)
	must(t, r.Freeze(t.Context(), name, broadcast.Segment{}, nil))
	var mu sync.Mutex
	got := map[int64]int{}
	var all sync.WaitGroup
	for w := range 4 {
		all.Go(func() {
			for {
				b, err := r.Claim(t.Context(), name, fmt.Sprint("worker", w), hour)
				if err != nil || b == nil {
					if err != nil {
						t.Error(err)
					}
					return
				}
				var marks []broadcast.Mark
				for i, l := range b.Lines {
					mu.Lock()
					got[l.Chat]++
					mu.Unlock()
					marks = append(marks, broadcast.Mark{Batch: b, Line: i, Outcome: broadcast.Sent, Message: 7})
				}
				if err := r.Write(t.Context(), marks, hour); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	for chat, n := range got {
		if n != 1 {
			t.Errorf("%d was handed out %d times", chat, n)
		}
	}
	if tally := e.tally(t); len(got) != people || tally != (broadcast.Tally{Sent: people}) {
		t.Errorf("%d people, %+v", len(got), tally)
	}
}
