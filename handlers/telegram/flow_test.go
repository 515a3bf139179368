package telegram

import (
	"fmt"
	"slices"
	"strconv"
	"testing"
	"time"

	"refbot/bot"
	"refbot/handlers/simulator"
)

// TestNothingLostOrTwice: questions of many people at once, while Telegram misbehaves in every way that
// leaves no doubt about what was delivered. Each is answered once, in the order of its chat.
func TestNothingLostOrTwice(t *testing.T) {
	for kind, url := range kinds() {
		for _, door := range []string{"poller", "webhook"} {
			t.Run(kind+"/"+door, func(t *testing.T) {
				r := newRig(t, url(t))
				people, chats := r.groups(20)
				r.faults(
					simulator.Fault{Kind: simulator.FaultServerError, Probability: 0.03},
					simulator.Fault{Kind: simulator.FaultBadGateway, Probability: 0.03},
					simulator.Fault{Kind: simulator.FaultFlood, Probability: 0.01},
					simulator.Fault{Kind: simulator.FaultDelay, Delay: 20 * time.Millisecond, Probability: 0.1},
				)
				one, two := r.replica(), r.replica()
				one.work()
				two.work()
				if door == "poller" {
					one.poll()
				} else {
					one.hook()
				}
				const each = 8
				want := map[int64][]int64{}
				for i := range each {
					for n, chat := range chats {
						want[chat] = append(want[chat], r.say(people[n], chat, fmt.Sprintf("@refbot глубина озера номер %d?", i)))
					}
				}
				for _, chat := range chats {
					r.until("answers", func() bool { return len(r.answered(chat)) >= each })
				}
				r.until("all is settled", func() bool { return r.sim.PendingUpdates() == 0 })
				for _, chat := range chats {
					if got := r.answered(chat); !slices.Equal(got, want[chat]) {
						t.Errorf("answered %v, want %v", got, want[chat])
					}
				}
				if refusals := r.sim.Refusals(); len(refusals) > 0 {
					t.Errorf("Telegram refused %+v", refusals)
				}
			})
		}
	}
}

// TestTakeOver: a replica that stops without a word loses its chats to another one after the lease.
func TestTakeOver(t *testing.T) {
	for kind, url := range kinds() {
		t.Run(kind, func(t *testing.T) {
			r := newRig(t, url(t))
			r.lease = 500 * time.Millisecond
			people, chats := r.groups(5)
			dead, alive := r.replica(), r.replica()
			hook := dead.hook()
			for n, chat := range chats {
				r.say(people[n], chat, "@refbot глубина озера?")
			}
			r.until("the inbox has it all", func() bool { return r.sim.PendingUpdates() == 0 })
			hook.Close()
			if ds, err := dead.inbox.Lease(t.Context(), 100); err != nil || len(ds) < 5 {
				t.Fatalf("%d leased, %v", len(ds), err)
			}
			alive.work()
			for _, chat := range chats {
				r.until("answers", func() bool { return len(r.answered(chat)) == 1 })
			}
		})
	}
}

// TestUnknownOutcome: a question whose reply may have arrived is not answered again by itself, but the
// person hears of it, and is answered when they ask again.
func TestUnknownOutcome(t *testing.T) {
	for _, fault := range []string{simulator.FaultCutAfter, simulator.FaultCutBefore} {
		t.Run(fault, func(t *testing.T) {
			r := newRig(t, kinds()["mini"](t))
			p, person := r.replica(), r.person()
			p.work()
			p.poll()
			r.faults(simulator.Fault{Kind: fault})
			arrived := 0
			if fault == simulator.FaultCutAfter {
				arrived = 1
			}
			r.say(person, person, "какая была явка?")
			r.until("the doubt is told", func() bool { return r.replies(person) == arrived+1 })
			r.say(person, person, "какая была явка?")
			r.until("the second answer", func() bool { return r.replies(person) == arrived+2 })
			if n := r.logged("a reply may not have arrived"); n != 1 {
				t.Errorf("logged %d times", n)
			}
		})
	}
}

// TestOutage: Telegram is away for longer than any number of tries. Nothing is given up, nobody gets an
// apology instead of an answer.
func TestOutage(t *testing.T) {
	r := newRig(t, kinds()["mini"](t))
	p := r.replica()
	p.sender.pace.first, p.sender.pace.tries = time.Millisecond, 2
	people, chats := r.groups(8)
	r.faults(simulator.Fault{Kind: simulator.FaultBadGateway, Probability: 1})
	p.work()
	p.poll()
	for n, chat := range chats {
		r.say(people[n], chat, "@refbot глубина озера?")
	}
	r.until("the alarm", func() bool { return r.logged("questions wait") > 0 })
	r.sim.ClearFaults()
	for _, chat := range chats {
		r.until("answers", func() bool { return len(r.answered(chat)) == 1 })
	}
	if n := r.logged("set aside"); n != 0 {
		t.Errorf("%d questions were given up", n)
	}
}

// TestStopHandsBack: a replica told to stop gives back what it cannot finish in time, and the next one
// answers it.
func TestStopHandsBack(t *testing.T) {
	r := newRig(t, kinds()["mini"](t))
	r.lease = time.Hour // nobody waits for a lease to end
	people, chats := r.groups(3)
	slow, next := r.replica(), r.replica()
	stop := slow.work()
	slow.poll()
	r.faults(simulator.Fault{Kind: simulator.FaultServerError, Probability: 1})
	slow.sender.pace.tries, slow.sender.pace.first, slow.sender.pace.most = 1000, time.Minute, time.Minute
	for n, chat := range chats {
		r.say(people[n], chat, "@refbot первый вопрос?")
		r.say(people[n], chat, "@refbot второй вопрос?")
	}
	r.until("it works on them", func() bool { return r.sim.Faults()[simulator.FaultServerError] >= 3 })
	began := time.Now()
	stop()
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("stopping took %v with a second of grace", took)
	}
	r.sim.ClearFaults()
	next.work()
	for _, chat := range chats {
		r.until("answers", func() bool { return len(r.answered(chat)) == 2 })
		if got := r.answered(chat); !slices.IsSorted(got) {
			t.Errorf("answered %v", got)
		}
	}
}

// TestRedisAway: questions asked while Redis is away wait at Telegram or in refbot and are answered later.
func TestRedisAway(t *testing.T) {
	r, server := serverRig(t)
	p := r.replica()
	p.work()
	p.poll()
	person := r.person()
	r.say(person, person, "какая была явка?")
	r.until("the first answer", func() bool { return r.replies(person) == 1 })
	server.Kill()
	r.say(person, person, "глубина озера?")
	r.until("it is noticed", func() bool { return r.logged("Redis") > 0 })
	server.Start()
	r.until("the second answer", func() bool { return r.replies(person) == 2 })
}

// TestLateQueries: nobody answers an old inline query; an old press gets a fresh menu and does nothing else.
func TestLateQueries(t *testing.T) {
	r := newRig(t, kinds()["mini"](t))
	p, person := r.replica(), r.person()
	from := `"from":{"id":` + strconv.FormatInt(person, 10) + `,"language_code":"ru"}`
	chat := `"message":{"message_id":1,"date":1,"chat":{"id":` + strconv.FormatInt(person, 10) + `,"type":"private"}}`
	for i, u := range []struct {
		raw string
		age time.Duration
	}{
		{`"inline_query":{"id":"1",` + from + `,"query":"явка","offset":""}`, 31 * time.Second},
		{`"callback_query":{"id":"2",` + from + `,` + chat + `,"data":"sub:on"}`, 151 * time.Second},
	} {
		env, _, err := seal([]byte(`{"update_id":`+strconv.Itoa(i+1)+`,`+u.raw+`}`), time.Now().Add(-u.age))
		if err != nil {
			t.Fatal(err)
		}
		if err := p.inbox.Put(t.Context(), []bot.Update{env}); err != nil {
			t.Fatal(err)
		}
	}
	p.work()
	r.until("the menu", func() bool { return r.replies(person) == 1 })
	r.until("all is settled", func() bool { d, err := p.inbox.Depth(t.Context()); return err == nil && d.Due+d.InWork == 0 })
	calls := r.sim.Calls()
	if calls["answerInlineQuery"] != 0 || calls["answerCallbackQuery"] != 0 || len(r.sim.Messages(person)[0].Buttons) == 0 {
		t.Errorf("calls %v, messages %+v", calls, r.sim.Messages(person))
	}
	if m, err := p.store.Recall(t.Context(), person); err != nil || m.Profile.Subscribed {
		t.Errorf("the old press did something: %+v %v", m, err)
	}
}
