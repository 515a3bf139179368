package telegram

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"refbot/bot"
	"refbot/bot/redisstore/redistest"
)

func serverRig(t *testing.T) (*rig, *redistest.Server) {
	t.Helper()
	s := redistest.StartServer(t)
	return newRig(t, s.URL()), s
}

// poison panics for one person's questions, or fails in another way.
type poison struct {
	bot.Store
	person int64
	err    error // instead of the panic
}

func (p poison) Recall(ctx context.Context, person int64) (bot.Memory, error) {
	if person != p.person {
		return p.Store.Recall(ctx, person)
	}
	if p.err != nil {
		return bot.Memory{}, p.err
	}
	panic("secret question text")
}

// TestPoisonIsSetAside: an update that always fails is tried three times, reported and apologised for,
// and what follows in its chat is answered.
func TestPoisonIsSetAside(t *testing.T) {
	for name, cause := range map[string]error{"panic": nil, "refused": &bot.Error{Op: "x", Kind: bot.BadContent}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, redistest.StartMini(t).URL())
			bad, good := r.person(), r.person()
			_, chats := r.groups(1)
			for _, person := range []int64{bad, good} {
				if err := r.sim.Join(chats[0], person); err != nil {
					t.Fatal(err)
				}
			}
			r.mutate = func(a *bot.Assistant) { a.Store = poison{a.Store, bad, cause} }
			p := r.replica()
			p.work()
			p.poll()
			r.until("greeting", func() bool { return r.replies(chats[0]) == 1 })
			r.say(bad, chats[0], "@refbot явка?")
			after := r.say(good, chats[0], "@refbot явка?")
			r.until("the next question is answered", func() bool {
				got := r.answered(chats[0])
				return len(got) == 1 && got[0] == after
			})
			if n := r.logged("level=ERROR msg=\"an update failed for good"); n != 1 {
				t.Errorf("%d alarms", n)
			}
			if r.logged("secret question text") != 0 {
				t.Error("the log quotes what panicked")
			}
			d, err := p.inbox.Depth(t.Context())
			if err != nil || d.Dead != 1 || r.replies(chats[0]) != 3 {
				t.Errorf("%d dead letters, %d messages, %v", d.Dead, r.replies(chats[0]), err)
			}
		})
	}
}

func TestDeathsAreCounted(t *testing.T) {
	r := newRig(t, redistest.StartMini(t).URL())
	p, person := r.replica(), r.person()
	w := p.workers
	w.gate = newGate(1)
	env, _, err := seal([]byte(`{"update_id":1,"message":{"message_id":1,"date":1,"from":{"id":`+itoa(person)+`},"chat":{"id":`+itoa(person)+`,"type":"private"},"text":"явка?"}}`), time.Now())
	if err != nil {
		t.Fatal(err)
	}
	if err := p.inbox.Put(t.Context(), []bot.Update{env}); err != nil {
		t.Fatal(err)
	}
	ds, err := p.inbox.Lease(t.Context(), 16)
	if err != nil || len(ds) != 1 {
		t.Fatal(ds, err)
	}
	ds[0].Tries = maxDeaths + 1
	if _, err := w.one(t.Context(), ds[0]); err != nil {
		t.Fatal(err)
	}
	if d, err := p.inbox.Depth(t.Context()); err != nil || d.Dead != 1 {
		t.Errorf("%+v, %v", d, err)
	}
}

func itoa(n int64) string {
	var digits []byte
	for ; n > 0; n /= 10 {
		digits = append([]byte{byte('0' + n%10)}, digits...)
	}
	return string(digits)
}

// TestOverloadShedsInlineQueries: when updates wait long for their turn, inline queries go unanswered and
// questions do not.
func TestOverloadShedsInlineQueries(t *testing.T) {
	r := newRig(t, redistest.StartMini(t).URL())
	r.patches = func(w *Workers) { w.ShedAfter = 50 * time.Millisecond }
	p, person := r.replica(), r.person()
	poll := p.poll()
	r.say(person, person, "какая была явка?")
	if _, err := r.sim.Inline(person, 0, "явка", ""); err != nil {
		t.Fatal(err)
	}
	r.until("both are in the inbox", func() bool { return r.sim.PendingUpdates() == 0 })
	time.Sleep(60 * time.Millisecond) // they wait for their turn
	p.work()
	r.until("the question is answered", func() bool { return r.replies(person) == 1 })
	if !p.workers.Busy() {
		t.Error("nobody noticed the overload")
	}
	if _, err := r.sim.Inline(person, 0, "явка", ""); err != nil {
		t.Fatal(err)
	}
	r.until("it is shed at the door", func() bool { return r.sim.PendingUpdates() == 0 })
	poll()
	if n := r.sim.Calls()["answerInlineQuery"]; n != 0 {
		t.Errorf("%d inline queries were answered", n)
	}
	if n := r.logged("inline queries are not answered"); n != 1 {
		t.Errorf("the door logged %d times", n)
	}
}

func TestWeather(t *testing.T) {
	var w weather
	r := newRig(t, "")
	e := &bot.Error{Kind: bot.Unavailable, Err: errors.New("down")}
	if a, b := w.worse(r.logger, "a", e), w.worse(r.logger, "a", e); b != 2*a {
		t.Errorf("pauses %v, %v", a, b)
	}
	w.clear("a")
	for i := range storm {
		if w.until() != 0 {
			t.Errorf("an outage after %d failures", i)
		}
		w.worse(r.logger, strings.Repeat("b", i+1), e)
	}
	if w.until() == 0 || r.logged("questions wait") != 1 {
		t.Error("no outage, or no word of it")
	}
	w.clear("b")
	if w.until() != 0 {
		t.Error("the outage does not end")
	}
}
