package simulator_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"refbot/handlers/simulator"
)

// hook is a webhook that notes what it gets and answers as it is told.
type hook struct {
	mu       sync.Mutex
	texts    map[int64][]string
	statuses []int // answers to give before 200s
	retry    string
	secrets  map[string]bool
	got      chan struct{}
	busy     map[int64]bool
	most     int
}

func newHook(t *testing.T, statuses ...int) (*hook, string) {
	h := &hook{texts: map[int64][]string{}, statuses: statuses, secrets: map[string]bool{}, got: make(chan struct{}, 10_000), busy: map[int64]bool{}}
	srv := httptest.NewServer(h)
	t.Cleanup(srv.Close)
	return h, srv.URL
}

func (h *hook) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var u update
	if err := json.NewDecoder(r.Body).Decode(&u); err != nil || u.Message == nil {
		http.Error(w, "no update", http.StatusBadRequest)
		return
	}
	chat := u.Message.Chat.ID
	h.mu.Lock()
	if h.busy[chat] {
		h.texts[chat] = append(h.texts[chat], "two at once")
	}
	h.busy[chat] = true
	h.most = max(h.most, len(h.busy))
	h.mu.Unlock()
	time.Sleep(time.Millisecond)
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.busy, chat)
	h.secrets[r.Header.Get("X-Telegram-Bot-Api-Secret-Token")] = true
	if len(h.statuses) > 0 {
		w.Header().Set("Retry-After", h.retry)
		w.WriteHeader(h.statuses[0])
		h.statuses = h.statuses[1:]
		return
	}
	h.texts[chat] = append(h.texts[chat], u.Message.Text)
	h.got <- struct{}{}
}

func (h *hook) wait(t *testing.T, n int) {
	t.Helper()
	for range n {
		select {
		case <-h.got:
		case <-soon(t).Done():
			t.Fatal("the webhook got too little")
		}
	}
}

type hookInfo struct {
	URL       string `json:"url"`
	Pending   int    `json:"pending_update_count"`
	LastError string `json:"last_error_message"`
}

func TestWebhookDeliversInOrder(t *testing.T) {
	s, c := start(t)
	h, url := newHook(t)
	people := []int64{citizen(s).ID, citizen(s).ID, citizen(s).ID}
	words := []string{"a", "b", "c", "d"}
	say := func(w string) {
		for _, p := range people {
			_, err := s.Send(p, p, w)
			check(t, err)
		}
	}
	say("a") // waits for the webhook
	must[bool](c, "setWebhook", args{"url": url, "secret_token": "s3cret_-", "max_connections": 2})
	for _, w := range words[1:] {
		say(w)
	}
	h.wait(t, len(words)*len(people))
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, p := range people {
		if !slices.Equal(h.texts[p], words) {
			t.Errorf("chat %d got %v, want %v", p, h.texts[p], words)
		}
	}
	if !h.secrets["s3cret_-"] || len(h.secrets) != 1 || h.most > 2 {
		t.Errorf("secrets %v, %d deliveries at once", h.secrets, h.most)
	}
}

func TestWebhookRedelivers(t *testing.T) {
	for name, statuses := range map[string][]int{"server error": {500, 502, 500}, "refusal": {401, 404}, "redirect": {302}} {
		t.Run(name, func(t *testing.T) {
			s, c := start(t, simulator.WithWebhookSecond(time.Millisecond))
			h, url := newHook(t, statuses...)
			must[bool](c, "setWebhook", args{"url": url})
			p := citizen(s)
			for _, text := range []string{"first", "second"} {
				_, err := s.Send(p.ID, p.ID, text)
				check(t, err)
			}
			h.wait(t, 2)
			if got := h.texts[p.ID]; !slices.Equal(got, []string{"first", "second"}) {
				t.Errorf("got %v", got)
			}
			if info := must[hookInfo](c, "getWebhookInfo", nil); !strings.HasPrefix(info.LastError, "Wrong response from the webhook: ") {
				t.Errorf("info = %+v", info)
			}
		})
	}
}

func TestWebhookHonoursRetryAfter(t *testing.T) {
	s, c := start(t, simulator.WithWebhookSecond(50*time.Millisecond))
	h, url := newHook(t, 503)
	h.retry = "4"
	must[bool](c, "setWebhook", args{"url": url})
	p := citizen(s)
	began := time.Now()
	_, err := s.Send(p.ID, p.ID, "x")
	check(t, err)
	h.wait(t, 1)
	if took := time.Since(began); took < 200*time.Millisecond {
		t.Errorf("came again after %s, asked for 200ms", took)
	}
}

func TestWebhookAndPollingExclude(t *testing.T) {
	s, c := start(t)
	waiting := make(chan answer, 1)
	go func() { waiting <- c.call("getUpdates", args{"timeout": 50}) }()
	waitPoller(t, s, c)
	url := "http://127.0.0.1:1/refused"
	for {
		must[bool](c, "setWebhook", args{"url": url})
		var a answer
		select {
		case a = <-waiting:
		case <-time.After(5 * time.Millisecond): // the call may not wait yet
			must[bool](c, "deleteWebhook", nil)
			continue
		}
		if a.Code != 409 {
			t.Errorf("the waiting poller: %d %s", a.Code, a.Description)
		}
		break
	}
	if got := c.call("getUpdates", nil); got.Code != 409 || !strings.Contains(got.Description, "use deleteWebhook to delete the webhook first") {
		t.Errorf("polling beside a webhook: %d %s", got.Code, got.Description)
	}
	p := citizen(s)
	_, err := s.Send(p.ID, p.ID, "kept")
	check(t, err)
	if info := must[hookInfo](c, "getWebhookInfo", nil); info.URL != url || info.Pending != 1 {
		t.Errorf("info = %+v", info)
	}
	must[bool](c, "deleteWebhook", nil)
	if got := c.updates(nil); len(got) != 1 || got[0].Message.Text != "kept" {
		t.Errorf("after the webhook: %+v", got)
	}
	must[bool](c, "setWebhook", args{"url": url, "drop_pending_updates": true})
	if n := s.PendingUpdates(); n != 0 {
		t.Errorf("%d pending after dropping", n)
	}
}

func TestPublicWebhookRules(t *testing.T) {
	_, c := start(t, simulator.WithPublicWebhooks())
	for url, want := range map[string]string{
		"http://127.0.0.1/hook":      "Bad Request: bad webhook: An HTTPS URL must be provided for webhook",
		"https://example.kz:9000/ho": "Bad Request: bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443",
		"https://example.kz:8443/ho": "",
	} {
		if got := c.call("setWebhook", args{"url": url}); got.Description != want && want != "" || got.OK != (want == "") {
			t.Errorf("%s: %s, want %q", url, got.Description, want)
		}
	}
}
