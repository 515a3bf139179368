package telegram

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"testing/iotest"
	"time"

	"refbot/bot"
	"refbot/bot/redisstore/redistest"
)

// stubInbox takes what it is given.
type stubInbox struct {
	bot.Inbox
	puts atomic.Int64
	err  error
}

func (s *stubInbox) Put(_ context.Context, u []bot.Update) error {
	s.puts.Add(int64(len(u)))
	return s.err
}

func (s *stubInbox) Wake() <-chan struct{} { return nil }

const question = `{"update_id":1,"message":{"message_id":1,"from":{"id":5},"chat":{"id":5,"type":"private"},"text":"когда?"}}`

func TestWebhookDoor(t *testing.T) {
	long := `{"update_id":1,"message":{"chat":{"id":5},"text":"` + strings.Repeat("x", maxRaw) + `"}}`
	for _, c := range []struct {
		name, method, secret, body string
		code                       int
		puts                       int64
	}{
		{"an update", "POST", hookSecret, question, 200, 1},
		{"an update nobody needs", "POST", hookSecret, `{"update_id":1,"poll":{"id":"1"}}`, 200, 0},
		{"wrong types", "POST", hookSecret, `{"update_id":1,"message":{"chat":"5","text":7}}`, 200, 0},
		{"nulls", "POST", hookSecret, `{"update_id":1,"message":null,"callback_query":null}`, 200, 0},
		{"no secret", "POST", "", question, 401, 0},
		{"a wrong secret", "POST", hookSecret + "x", question, 401, 0},
		{"a shorter secret", "POST", hookSecret[:3], question, 401, 0},
		{"a wrong secret and a huge body", "POST", "x", long, 401, 0},
		{"GET", "GET", hookSecret, "", 405, 0},
		{"PUT", "PUT", hookSecret, question, 405, 0},
		{"nothing", "POST", hookSecret, "", 400, 0},
		{"broken", "POST", hookSecret, question[:40], 400, 0},
		{"no object", "POST", hookSecret, `[1]`, 400, 0},
		{"no number", "POST", hookSecret, `{"message":{}}`, 400, 0},
		{"a negative number", "POST", hookSecret, `{"update_id":-1}`, 400, 0},
		{"HTML", "POST", hookSecret, `<html>`, 400, 0},
		{"deep", "POST", hookSecret, strings.Repeat(`{"message":`, 50_000), 400, 0},
		{"huge", "POST", hookSecret, long, 413, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			inbox := &stubInbox{}
			door := httptest.NewServer(&Webhook{Secret: hookSecret, Inbox: inbox, Log: slog.New(slog.DiscardHandler)})
			defer door.Close()
			if resp := post(t, door.URL, c.method, c.secret, c.body); resp.StatusCode != c.code || inbox.puts.Load() != c.puts {
				t.Errorf("answered %s after %d updates, want %d after %d", resp.Status, inbox.puts.Load(), c.code, c.puts)
			}
		})
	}
}

func TestWebhookWithoutSecretKnowsNobody(t *testing.T) {
	w := httptest.NewRecorder()
	(&Webhook{Inbox: &stubInbox{}}).ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/", strings.NewReader(question)))
	if w.Code != http.StatusUnauthorized {
		t.Errorf("answered %d", w.Code)
	}
}

func TestWebhookSendsAway(t *testing.T) {
	log := slog.New(slog.DiscardHandler)
	away := &Webhook{Secret: hookSecret, Inbox: &stubInbox{err: &bot.Error{Kind: bot.StoreDown}}, Log: log}
	closed := &Webhook{Secret: hookSecret, Inbox: &stubInbox{}, Log: log}
	closed.Close()
	full := &Webhook{Secret: hookSecret, Inbox: &stubInbox{}, Log: log}
	full.reading.taken.Store(maxBodies)
	brimful := &Webhook{Secret: hookSecret, Inbox: &stubInbox{}, Full: func() bool { return true }, Log: log}
	for name, door := range map[string]*Webhook{"Redis is away": away, "stopping": closed, "full": full, "brimful": brimful} {
		for range 2 {
			w := httptest.NewRecorder()
			r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(question))
			r.Header.Set(secretHeader, hookSecret)
			door.ServeHTTP(w, r)
			if w.Code != http.StatusServiceUnavailable || w.Header().Get("Retry-After") == "" {
				t.Errorf("%s: answered %d, Retry-After %q", name, w.Code, w.Header().Get("Retry-After"))
			}
		}
	}
}

func TestWebhookBodyBreaksOff(t *testing.T) {
	inbox := &stubInbox{}
	w := httptest.NewRecorder()
	r := httptest.NewRequest(http.MethodPost, "/", iotest.ErrReader(errors.New("cut")))
	r.Header.Set(secretHeader, hookSecret)
	(&Webhook{Secret: hookSecret, Inbox: inbox}).ServeHTTP(w, r)
	if w.Code != http.StatusBadRequest || inbox.puts.Load() != 0 {
		t.Errorf("answered %d", w.Code)
	}
}

// TestRegister: a webhook is set with its secret and its kinds of updates, and polling removes it again
// without losing what waits.
func TestRegister(t *testing.T) {
	r := newRig(t, redistest.StartMini(t).URL())
	p, person := r.replica(), r.person()
	r.faults(simulatorFault("setWebhook"), simulatorFault("deleteWebhook"))
	hook := p.hook()
	hook.Close() // nobody hears
	r.say(person, person, "какая была явка?")
	if r.sim.PendingUpdates() != 1 {
		t.Fatal("the update is gone")
	}
	p.work()
	p.poll()
	r.until("the answer", func() bool { return r.replies(person) == 1 })
	if refusals := r.sim.Refusals(); len(refusals) != 0 {
		t.Errorf("Telegram refused %+v", refusals)
	}
}

func TestRegisterRefused(t *testing.T) {
	r := newRig(t, redistest.StartMini(t).URL())
	err := Register(t.Context(), r.replica().api, "http://example.com/hook", hookSecret, r.logger)
	if bot.KindOf(err) != bot.BadContent {
		t.Errorf("got %v", err)
	}
}

// TestWebhookWithoutRedis is the whole path: Telegram keeps what a bot without Redis turned away.
func TestWebhookWithoutRedis(t *testing.T) {
	r, server := serverRig(t)
	p, person := r.replica(), r.person()
	hook := p.hook()
	p.work()
	server.Kill()
	began := time.Now()
	resp := post(t, hook.URL+"/hook", http.MethodPost, hookSecret, question)
	if resp.StatusCode != http.StatusServiceUnavailable || resp.Header.Get("Retry-After") == "" || time.Since(began) > 10*time.Second {
		t.Errorf("answered %s after %v", resp.Status, time.Since(began))
	}
	r.say(person, person, "какая была явка?")
	server.Start()
	r.until("the answer", func() bool { return r.replies(person) == 1 })
}

func FuzzWebhook(f *testing.F) {
	f.Add(hookSecret, []byte(question))
	f.Add("x", []byte(question))
	f.Add(hookSecret, []byte(`{"update_id":1,"callback_query":{"id":"1","from":{"id":5},"data":"bc:approve:1"}}`))
	f.Add(hookSecret, []byte("{\"update_id\":1,\"message\":{\"text\":\"\u202e\u200b\",\"chat\":{\"id\":1e400}}}"))
	inbox := &stubInbox{}
	door := &Webhook{Secret: hookSecret, Inbox: inbox, Log: slog.New(slog.DiscardHandler)}
	f.Fuzz(func(t *testing.T, secret string, body []byte) {
		w := httptest.NewRecorder()
		r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(string(body)))
		r.Header.Set(secretHeader, secret)
		before := inbox.puts.Load()
		door.ServeHTTP(w, r)
		if put := inbox.puts.Load() != before; put && (w.Code != http.StatusOK || secret != hookSecret) {
			t.Errorf("took an update and answered %d to the secret %q", w.Code, secret)
		}
		switch w.Code {
		case http.StatusOK, http.StatusBadRequest, http.StatusRequestEntityTooLarge:
			if secret != hookSecret {
				t.Errorf("answered %d to a wrong secret", w.Code)
			}
		case http.StatusUnauthorized:
			if secret == hookSecret {
				t.Error("the right secret was refused")
			}
		default:
			t.Errorf("answered %d", w.Code)
		}
	})
}

func BenchmarkWebhook(b *testing.B) {
	door := &Webhook{Secret: hookSecret, Inbox: &stubInbox{}, Log: slog.New(slog.DiscardHandler)}
	n := 0
	for b.Loop() {
		n++
		r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(fmt.Sprintf(`{"update_id":%d,"message":{"message_id":1,"from":{"id":5},"chat":{"id":5,"type":"private"},"text":"когда?"}}`, n)))
		r.Header.Set(secretHeader, hookSecret)
		door.ServeHTTP(httptest.NewRecorder(), r)
	}
}
