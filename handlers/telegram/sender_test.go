package telegram

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"refbot/bot"
	"refbot/bot/redisstore/redistest"
	"refbot/handlers/simulator"
)

func text(s string) bot.Reply { return bot.Reply{Parts: []bot.Part{bot.Text(s)}} }

func TestSenderFaults(t *testing.T) {
	for _, c := range []struct {
		name   string
		faults []simulator.Fault
		kind   bot.Kind // of the error, "" for none
		sent   int64
	}{
		{"nothing", nil, "", 1},
		{"a short 429", []simulator.Fault{{Kind: simulator.FaultFlood}}, "", 1},
		{"a long 429", []simulator.Fault{{Kind: simulator.FaultFlood, RetryAfter: 30}}, bot.RateLimited, 0},
		{"two 5xx", []simulator.Fault{{Kind: simulator.FaultServerError, Count: 2}}, "", 1},
		{"a proxy's 502", []simulator.Fault{{Kind: simulator.FaultBadGateway}}, "", 1},
		{"only 5xx", []simulator.Fault{{Kind: simulator.FaultServerError, Probability: 1}}, bot.Unavailable, 0},
		{"cut before", []simulator.Fault{{Kind: simulator.FaultCutBefore}}, bot.Unknown, 0},
		{"cut after", []simulator.Fault{{Kind: simulator.FaultCutAfter}}, bot.Unknown, 1},
		{"slow", []simulator.Fault{{Kind: simulator.FaultDelay, Delay: 100 * time.Millisecond}}, "", 1},
		{"5xx, 429 and slow", []simulator.Fault{
			{Kind: simulator.FaultServerError},
			{Kind: simulator.FaultFlood},
			{Kind: simulator.FaultDelay, Delay: 50 * time.Millisecond},
		}, "", 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, redistest.StartMini(t).URL())
			p, to := r.replica(), r.person()
			p.sender.pace.first = 10 * time.Millisecond
			r.faults(c.faults...)
			_, err := p.sender.Send(t.Context(), bot.Chat{ID: to}, text("ответ"), 0)
			if got := bot.KindOf(err); got != c.kind || r.sim.Sent()["sendMessage"] != c.sent {
				t.Errorf("sent %d times, error %v; want %d and %q", r.sim.Sent()["sendMessage"], err, c.sent, c.kind)
			}
		})
	}
}

func TestLongReplyIsSentInPartsOnce(t *testing.T) {
	r := newRig(t, redistest.StartMini(t).URL())
	p, to := r.replica(), r.person()
	p.sender.pace.first, p.sender.pace.tries = 5*time.Millisecond, 1
	r.faults(
		simulator.Fault{Kind: simulator.FaultDelay, Delay: time.Millisecond}, // the first part passes
		simulator.Fault{Kind: simulator.FaultServerError, Count: 5},
		simulator.Fault{Kind: simulator.FaultFlood, RetryAfter: 2},
	)
	long := text(strings.Repeat("слово ", 1500))
	long.Buttons = [][]bot.Button{{{Text: "дальше", Data: "topic:all"}}}
	if _, err := p.sender.Send(t.Context(), bot.Chat{ID: to}, long, 0); err != nil {
		t.Fatal(err)
	}
	messages := r.sim.Messages(to)
	if len(messages) != 3 || len(messages[0].Buttons) != 0 || len(messages[2].Buttons) != 1 {
		t.Errorf("%d messages", len(messages))
	}
}

func TestMigratedGroup(t *testing.T) {
	r := newRig(t, redistest.StartMini(t).URL())
	p := r.replica()
	_, chats := r.groups(1)
	r.faults(simulator.Fault{Kind: simulator.FaultMigrate, Chat: chats[0]})
	group := bot.Chat{ID: chats[0], Group: true}
	_, err := p.carrier.Send(t.Context(), group, text("новость"))
	var e *bot.Error
	if !errors.As(err, &e) || e.Kind != bot.Migrated || e.NewChat == chats[0] {
		t.Fatalf("a courier hears %v", err)
	}
	if _, err := p.sender.Send(t.Context(), group, text("ответ"), 0); err != nil || r.replies(e.NewChat) != 1 {
		t.Errorf("%d replies, %v", r.replies(e.NewChat), err)
	}
}

func TestUnreachable(t *testing.T) {
	r := newRig(t, redistest.StartMini(t).URL())
	p, blocked := r.replica(), r.person()
	if err := r.sim.Block(blocked); err != nil {
		t.Fatal(err)
	}
	for chat, want := range map[int64]bot.Kind{blocked: bot.Unreachable, 999_999_999: bot.ChatGone} {
		if _, err := p.sender.Send(t.Context(), bot.Chat{ID: chat}, text("x"), 0); bot.KindOf(err) != want {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

// TestSilenceIsShared: what one replica is told by a 429 holds for all of them and for bulk, without a
// second call.
func TestSilenceIsShared(t *testing.T) {
	r := newRig(t, redistest.StartMini(t).URL())
	one, two, a, b := r.replica(), r.replica(), r.person(), r.person()
	r.faults(simulator.Fault{Kind: simulator.FaultFlood, RetryAfter: 600})
	if _, err := one.sender.Send(t.Context(), bot.Chat{ID: a}, text("x"), 0); bot.KindOf(err) != bot.RateLimited {
		t.Fatal(err)
	}
	r.run(two.outbox.Run)
	r.until("the other replica knows", func() bool { return two.outbox.Quiet() > 590*time.Second })
	for _, p := range []*replica{one, two} {
		if _, err := p.sender.Send(t.Context(), bot.Chat{ID: b}, text("x"), 0); bot.KindOf(err) != bot.RateLimited {
			t.Errorf("sent during the silence: %v", err)
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	if err := one.carrier.Permit(ctx, bot.Chat{ID: b}); err == nil {
		t.Error("bulk went out during the silence")
	}
	if calls := r.sim.Faults()[simulator.FaultFlood]; calls != 1 || r.sim.Sent()["sendMessage"] != 0 || len(r.sim.Refusals()) != 0 {
		t.Errorf("%d refused calls, %d messages", calls, r.sim.Sent()["sendMessage"])
	}
}

// TestGroupSilenceConcernsTheGroupAlone: other chats go on.
func TestGroupSilenceConcernsTheGroupAlone(t *testing.T) {
	r := newRig(t, redistest.StartMini(t).URL())
	p, person := r.replica(), r.person()
	_, chats := r.groups(1)
	group := bot.Chat{ID: chats[0], Group: true}
	r.faults(simulator.Fault{Kind: simulator.FaultFlood, RetryAfter: 600})
	for range 2 {
		if _, err := p.sender.Send(t.Context(), group, text("x"), 0); bot.KindOf(err) != bot.RateLimited {
			t.Fatal(err)
		}
	}
	if _, err := p.sender.Send(t.Context(), bot.Chat{ID: person}, text("x"), 0); err != nil {
		t.Errorf("a person waits for a group: %v", err)
	}
}

func TestPressIsAnsweredOnce(t *testing.T) {
	r := newRig(t, redistest.StartMini(t).URL())
	p, person := r.replica(), r.person()
	if _, err := p.sender.Send(t.Context(), bot.Chat{ID: person}, bot.Reply{
		Parts: []bot.Part{bot.Text("меню")}, Buttons: [][]bot.Button{{{Text: "тема", Data: "topic:all"}}},
	}, 0); err != nil {
		t.Fatal(err)
	}
	query, err := r.sim.Press(person, person, 1, "тема")
	if err != nil {
		t.Fatal(err)
	}
	r.faults(simulator.Fault{Method: "answerCallbackQuery", Kind: simulator.FaultServerError})
	for range 2 {
		if err := p.sender.Toast(t.Context(), query, ""); err != nil {
			t.Error(err)
		}
	}
	if n := len(r.sim.Refusals()); n != 0 {
		t.Errorf("Telegram refused %d calls", n)
	}
}

func TestTypingIsKeptAlive(t *testing.T) {
	r := newRig(t, redistest.StartMini(t).URL())
	p, person := r.replica(), r.person()
	p.sender.pace.typing = time.Millisecond
	stop := p.sender.Typing(t.Context(), bot.Chat{ID: person})
	r.until("typing is shown", func() bool { return r.sim.Sent()["sendChatAction"] == 1 })
	stop()
	stop()
	p.sender.pace.typing = time.Hour
	p.sender.Typing(t.Context(), bot.Chat{ID: person})()
	if n := r.sim.Sent()["sendChatAction"]; n != 1 {
		t.Errorf("%d actions", n)
	}
}
