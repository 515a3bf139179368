package simulator_test

import (
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"refbot/handlers/simulator"
)

func TestFaults(t *testing.T) {
	for _, row := range []struct {
		kind      string
		status    int  // 0: the connection breaks
		delivered int  // messages the person has after the call
		json      bool // the answer is one of Telegram's
	}{
		{simulator.FaultServerError, 500, 0, true},
		{simulator.FaultBadGateway, 502, 0, false},
		{simulator.FaultDelay, 200, 1, true},
		{simulator.FaultCutBefore, 0, 0, false},
		{simulator.FaultCutAfter, 0, 1, false},
		{simulator.FaultFlood, 429, 0, true},
	} {
		t.Run(row.kind, func(t *testing.T) {
			s, c := start(t)
			p := citizen(s)
			check(t, s.AddFault(simulator.Fault{Method: "sendMessage", Kind: row.kind, Delay: time.Millisecond, RetryAfter: 3}))
			body, _ := json.Marshal(args{"chat_id": p.ID, "text": "x"})
			a, err := c.try("sendMessage", "application/json", strings.NewReader(string(body)))
			switch {
			case row.status == 0:
				if err == nil {
					t.Errorf("the connection held: %+v", a)
				}
			case a.Status != row.status || (err == nil) != row.json:
				t.Errorf("got %d, %v; want %d", a.Status, err, row.status)
			}
			if row.kind == simulator.FaultFlood && a.Parameters.RetryAfter != 3 {
				t.Errorf("retry_after = %d", a.Parameters.RetryAfter)
			}
			if n := s.BotMessages(p.ID); n != row.delivered || s.Sent()["sendMessage"] != int64(row.delivered) {
				t.Errorf("%d messages arrived, want %d", n, row.delivered)
			}
			if s.RefusalCount() != 0 || s.Faults()[row.kind] != 1 {
				t.Errorf("refusals %v, faults %v", s.Refusals(), s.Faults())
			}
			must[message](c, "sendMessage", args{"chat_id": p.ID, "text": "it struck once"})
		})
	}
}

func TestFaultMigrates(t *testing.T) {
	s, c := start(t)
	p := citizen(s)
	g, err := s.AddGroup("Ауыл", p.ID)
	check(t, err, s.AddFault(simulator.Fault{Kind: simulator.FaultMigrate, Chat: g.ID}))
	must[message](c, "sendMessage", args{"chat_id": p.ID, "text": "another chat"})
	got := c.call("sendMessage", args{"chat_id": g.ID, "text": "x"})
	if got.Code != 400 || got.Parameters.MigrateTo == 0 {
		t.Fatalf("got %+v", got)
	}
	must[message](c, "sendMessage", args{"chat_id": got.Parameters.MigrateTo, "text": "x"})
	if u := c.updates(args{"offset": -2}); u[0].Message.MigrateTo != got.Parameters.MigrateTo {
		t.Errorf("updates = %+v", u)
	}
}

func TestFaultsRepeatWithTheirSeed(t *testing.T) {
	run := func(seed uint64) string {
		s, c := start(t, simulator.WithSeed(seed))
		p := citizen(s)
		check(t, s.AddFault(simulator.Fault{Method: "sendMessage", Kind: simulator.FaultServerError, Probability: 0.5}))
		var log strings.Builder
		for range 40 {
			if c.call("sendMessage", args{"chat_id": p.ID, "text": "x"}).OK {
				log.WriteByte('.')
			} else {
				log.WriteByte('x')
			}
		}
		s.ClearFaults()
		must[message](c, "sendMessage", args{"chat_id": p.ID, "text": "x"})
		return log.String()
	}
	if a, b := run(7), run(7); a != b || !strings.Contains(a, ".") || !strings.Contains(a, "x") {
		t.Errorf("runs differ or never vary:\n%s\n%s", a, b)
	}
}

func TestBadFaultsAreRefused(t *testing.T) {
	s, _ := start(t)
	for _, f := range []simulator.Fault{{Kind: "earthquake"}, {Kind: simulator.FaultDelay, Probability: 2}, {Kind: simulator.FaultDelay, Count: -1}} {
		if s.AddFault(f) == nil {
			t.Errorf("%+v was taken", f)
		}
	}
}

func TestLimits(t *testing.T) {
	clock := newClock()
	s, c := start(t, simulator.WithClock(clock.now))
	s.SetLimits(simulator.Limits{Enabled: true, PaidAllowed: true})
	send := func(chat int64, paid bool) answer {
		return c.call("sendMessage", args{"chat_id": chat, "text": "x", "allow_paid_broadcast": paid})
	}
	p := citizen(s)
	for i := range 5 {
		if got := send(p.ID, false); !got.OK {
			t.Fatalf("message %d of the burst: %s", i, got.Description)
		}
	}
	if got := send(p.ID, false); got.Code != 429 || got.Parameters.RetryAfter != 1 || got.Description != "Too Many Requests: retry after 1" {
		t.Errorf("the sixth in one chat: %+v", got)
	}
	clock.pass(time.Second)
	if got := send(p.ID, false); !got.OK {
		t.Errorf("a second later: %s", got.Description)
	}
	clock.pass(time.Minute)
	sent := 0
	for range 40 {
		if send(citizen(s).ID, false).OK {
			sent++
		}
	}
	if sent != 30 {
		t.Errorf("%d messages in one second, want 30", sent)
	}
	if got := send(citizen(s).ID, true); !got.OK {
		t.Errorf("a paid one: %s", got.Description)
	}
	s.SetLimits(simulator.Limits{})
	if got := send(citizen(s).ID, false); !got.OK {
		t.Errorf("without limits: %s", got.Description)
	}
}

func TestGroupLimit(t *testing.T) {
	clock := newClock()
	s, c := start(t, simulator.WithClock(clock.now))
	p := citizen(s)
	g, err := s.AddGroup("Ауыл", p.ID)
	check(t, err)
	s.SetLimits(simulator.Limits{Enabled: true})
	sent := 0
	for range 30 {
		if c.call("sendMessage", args{"chat_id": g.ID, "text": "x"}).OK {
			sent++
		}
		clock.pass(time.Second)
	}
	if sent != 20 {
		t.Errorf("%d messages in half a minute, want 20", sent)
	}
	got := c.call("editMessageText", args{"chat_id": g.ID, "message_id": 1, "text": "y"})
	if got.Code != 429 || got.Parameters.RetryAfter != 30 {
		t.Errorf("an edit behind the limit: %+v", got)
	}
	clock.pass(30 * time.Second)
	must[message](c, "editMessageText", args{"chat_id": g.ID, "message_id": 1, "text": "y"})
}

func TestOnlyLoopback(t *testing.T) {
	s := simulator.New()
	for _, addr := range []string{"0.0.0.0:0", ":0", "example.kz:80", "nonsense"} {
		if err := s.Start(addr); err == nil {
			t.Errorf("listened on %s", addr)
		}
	}
	check(t, s.Close())
}

func TestCloseEndsWaitingCalls(t *testing.T) {
	s, c := start(t)
	done := make(chan error, 1)
	go func() {
		resp, err := http.Get(c.base + "getUpdates?timeout=50")
		if err == nil {
			_, err = io.Copy(io.Discard, resp.Body)
		}
		done <- err
	}()
	waitPoller(t, s, c)
	check(t, s.Close())
	select {
	case err := <-done:
		var broken net.Error
		if err == nil && errors.As(err, &broken) {
			t.Error(err)
		}
	case <-soon(t).Done():
		t.Fatal("the call still waits")
	}
	if n := s.RefusalCount(); n != 0 {
		t.Errorf("closing made refusals: %v", s.Refusals())
	}
}
