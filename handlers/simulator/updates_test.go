package simulator_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"refbot/handlers/simulator"
)

func ids(updates []update) (list []int64) {
	for _, u := range updates {
		list = append(list, u.ID)
	}
	return list
}

func TestOffsets(t *testing.T) {
	s, c := start(t)
	p := citizen(s)
	for i := range 5 {
		_, err := s.Send(p.ID, p.ID, fmt.Sprint("q", i))
		check(t, err)
	}
	first := c.updates(nil)[0].ID
	at := func(n int64) int64 { return first + n }
	for _, row := range []struct {
		name string
		args args
		want []int64
	}{
		{"all, unconfirmed", args{}, []int64{at(0), at(1), at(2), at(3), at(4)}},
		{"limit", args{"limit": 2}, []int64{at(0), at(1)}},
		{"limit is clamped", args{"limit": -3}, []int64{at(0)}},
		{"offset confirms", args{"offset": at(1)}, []int64{at(1), at(2), at(3), at(4)}},
		{"and for good", args{"offset": 0, "limit": 1}, []int64{at(1)}},
		{"negative keeps the last", args{"offset": -2}, []int64{at(3), at(4)}},
		{"and forgets the others", args{"offset": 1}, []int64{at(3), at(4)}},
		{"more than there are", args{"offset": -9}, []int64{at(3), at(4)}},
		{"behind the end", args{"offset": at(5)}, nil},
		{"nothing left", args{}, nil},
	} {
		if got := ids(c.updates(row.args)); fmt.Sprint(got) != fmt.Sprint(row.want) {
			t.Errorf("%s: %v, want %v", row.name, got, row.want)
		}
	}
	if n := s.PendingUpdates(); n != 0 {
		t.Errorf("%d pending", n)
	}
}

func TestLongPollWakes(t *testing.T) {
	s, c := start(t)
	p := citizen(s)
	got := make(chan []update, 1)
	go func() { got <- c.updates(args{"timeout": 50}) }()
	waitPoller(t, s, c)
	_, err := s.Send(p.ID, p.ID, "now")
	check(t, err)
	select {
	case u := <-got:
		if len(u) != 1 || u[0].Message.Text != "now" {
			t.Errorf("updates = %+v", u)
		}
	case <-soon(t).Done():
		t.Fatal("the poller slept on")
	}
}

// waitPoller returns once a getUpdates call has reached the server.
func waitPoller(t *testing.T, s *simulator.Server, _ client) {
	t.Helper()
	for ctx := soon(t); s.Calls()["getUpdates"] == 0; time.Sleep(time.Millisecond) {
		if ctx.Err() != nil {
			t.Fatal("no poller came")
		}
	}
}

func TestSecondPollerEndsTheFirst(t *testing.T) {
	s, c := start(t)
	first := make(chan answer, 1)
	go func() { first <- c.call("getUpdates", args{"timeout": 50}) }()
	waitPoller(t, s, c)
	for {
		c.updates(nil)
		select {
		case a := <-first:
			if a.Code != http.StatusConflict || !strings.HasPrefix(a.Description, "Conflict: terminated by other getUpdates request") {
				t.Errorf("first poller: %d %s", a.Code, a.Description)
			}
			return
		case <-time.After(5 * time.Millisecond): // the first call may not wait yet
		}
	}
}

func TestAllowedUpdates(t *testing.T) {
	s, c := start(t)
	p := citizen(s)
	c.updates(args{"allowed_updates": []string{"callback_query"}})
	m := must[message](c, "sendMessage", args{"chat_id": p.ID, "text": "x"})
	_, err := s.Send(p.ID, p.ID, "not wanted")
	check(t, err)
	_, err = s.Forge(p.ID, p.ID, m.MessageID, "x")
	check(t, err)
	if got := c.updates(args{"allowed_updates": "junk leaves it"}); len(got) != 1 || got[0].Callback == nil {
		t.Errorf("updates = %+v", got)
	}
	c.updates(args{"allowed_updates": []string{}})
	_, err = s.Send(p.ID, p.ID, "wanted again")
	check(t, err)
	if got := c.updates(args{"offset": -1}); len(got) != 1 || got[0].Message == nil {
		t.Errorf("updates = %+v", got)
	}
}

func TestUpdatesExpire(t *testing.T) {
	clock := newClock()
	s, c := start(t, simulator.WithClock(clock.now))
	p := citizen(s)
	m := must[message](c, "sendMessage", args{"chat_id": p.ID, "text": "x"})
	_, err := s.Forge(p.ID, p.ID, m.MessageID, "x")
	check(t, err)
	_, err = s.Inline(p.ID, 0, "x", "")
	check(t, err)
	_, err = s.Send(p.ID, p.ID, "x")
	check(t, err)
	for _, row := range []struct {
		after time.Duration
		want  int
	}{{0, 3}, {31 * time.Second, 2}, {2 * time.Minute, 1}, {24 * time.Hour, 0}} {
		clock.pass(row.after)
		if got := c.updates(nil); len(got) != row.want {
			t.Errorf("after %s more: %d updates, want %d", row.after, len(got), row.want)
		}
	}
}

func TestInject(t *testing.T) {
	s, c := start(t)
	if _, err := s.Inject(1, json.RawMessage(`[]`)); err == nil {
		t.Error("a list passed as an update")
	}
	_, err := s.Inject(1, json.RawMessage(`{"update_id":"forged","message":null,"x":[{}]}`))
	check(t, err)
	_, err = s.Inject(1, json.RawMessage(`{}`))
	check(t, err)
	got := c.call("getUpdates", nil)
	if want := `[{"update_id":100001,"message":null,"x":[{}]},{"update_id":100002}]`; string(got.Result) != want {
		t.Errorf("updates = %s, want %s", got.Result, want)
	}
}

func TestOrderUnderLoad(t *testing.T) {
	s, c := start(t)
	const people, texts = 20, 50
	var writers sync.WaitGroup
	for range people {
		p := citizen(s)
		writers.Go(func() {
			for i := range texts {
				if _, err := s.Send(p.ID, p.ID, fmt.Sprint(i)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	next, offset, total := map[int64]int{}, int64(0), 0
	for total < people*texts {
		for _, u := range c.updates(args{"offset": offset, "timeout": 20}) {
			if u.ID < offset {
				t.Fatalf("update %d came again", u.ID)
			}
			offset = u.ID + 1
			if u.Message.Text != fmt.Sprint(next[u.Message.Chat.ID]) {
				t.Fatalf("chat %d: %s, want %d", u.Message.Chat.ID, u.Message.Text, next[u.Message.Chat.ID])
			}
			next[u.Message.Chat.ID]++
			total++
		}
	}
	writers.Wait()
}
