package telegram

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"refbot/bot"
	"refbot/bot/redisstore/redistest"
	"refbot/handlers/simulator"
)

func simulatorFault(method string) simulator.Fault {
	return simulator.Fault{Method: method, Kind: simulator.FaultServerError}
}

// script is a Telegram that answers getUpdates with prepared lines and keeps the offsets it was asked for.
type script struct {
	mu      sync.Mutex
	lines   []string
	offsets []int64
	done    chan struct{}
}

func (s *script) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if strings.HasSuffix(r.URL.Path, "/deleteWebhook") {
		_, _ = w.Write([]byte(`{"ok":true,"result":true}`))
		return
	}
	var ask updatesRequest
	_ = json.NewDecoder(r.Body).Decode(&ask)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.offsets = append(s.offsets, ask.Offset)
	if len(s.lines) == 0 {
		select {
		case <-s.done:
		default:
			close(s.done)
		}
		http.Error(w, "no more", http.StatusBadGateway)
		return
	}
	line := s.lines[0]
	s.lines = s.lines[1:]
	code := http.StatusOK
	var a answer
	if json.Unmarshal([]byte(line), &a) == nil && !a.OK {
		code = a.Code
	}
	w.WriteHeader(code)
	_, _ = w.Write([]byte(line))
}

// poll runs a poller on prepared answers until it has used them up.
func poll(t *testing.T, r *rig, inbox bot.Inbox, lines ...string) []int64 {
	t.Helper()
	s := &script{lines: lines, done: make(chan struct{})}
	server := httptest.NewServer(s)
	defer server.Close()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	client := NewClient("1:x", server.URL, time.Minute, 1)
	defer client.Close()
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		(&Poller{API: client, Inbox: inbox, Log: r.logger}).Run(ctx)
	}()
	<-s.done
	cancel()
	<-ended
	return s.offsets
}

func TestPollerConfirmsWhatIsStored(t *testing.T) {
	r := newRig(t, redistest.StartMini(t).URL())
	inbox := &stubInbox{}
	offsets := poll(
		t, r, inbox,
		`{"ok":true,"result":[]}`,
		`{"ok":true,"result":[{"update_id":7,"message":{"chat":{"id":5}}},{"update_id":9,"poll":{}},{"update_id":8,"message":{"chat":7}}]}`,
		`<html>502</html>`,
		`{"ok":true,"result":[{"no":"number"}]}`,
		`{"ok":false,"error_code":429,"description":"Too Many Requests","parameters":{"retry_after":1}}`,
		`{"ok":true,"result":[{"update_id":10,"inline_query":{"id":"1","from":{"id":5}}}]}`,
	)
	if want := []int64{0, 0, 10, 10, 10, 10, 11}; !slices.Equal(offsets, want) {
		t.Errorf("asked for %v, want %v", offsets, want)
	}
	if n := inbox.puts.Load(); n != 2 {
		t.Errorf("%d updates were stored", n)
	}
}

// TestPollerOutlivesRefusals: a token that was revoked and a second poller are said aloud, and asked about
// rarely.
func TestPollerOutlivesRefusals(t *testing.T) {
	for text, want := range map[string]struct {
		kind  bot.Kind
		pause time.Duration
	}{
		`{"ok":false,"error_code":401,"description":"Unauthorized"}`:                                         {bot.Unauthorized, pauseMax},
		`{"ok":false,"error_code":409,"description":"Conflict: terminated by other getUpdates request"}`:     {bot.Unavailable, conflictPause},
		`{"ok":false,"error_code":429,"description":"Too Many Requests","parameters":{"retry_after":10072}}`: {bot.RateLimited, 10072 * time.Second},
		`{"ok":false,"error_code":502,"description":"Bad Gateway"}`:                                          {bot.Unavailable, 0},
		`{"ok":true,"result":{"update_id":1}}`:                                                               {bot.Unknown, 0},
	} {
		err := read("getUpdates", &http.Response{StatusCode: 200}, []byte(text), &[]json.RawMessage{})
		if bot.KindOf(err) != want.kind || waitAsked(err) != want.pause {
			t.Errorf("%s: %v, pause %v", text, err, waitAsked(err))
		}
	}
}

// TestTwoPollers: should there ever be two, nothing is lost and nothing is answered twice.
func TestTwoPollers(t *testing.T) {
	r := newRig(t, redistest.StartMini(t).URL())
	p := r.replica()
	people, chats := r.groups(4)
	p.work()
	p.poll()
	p.poll()
	const each = 5
	for i := range each {
		for n, chat := range chats {
			r.say(people[n], chat, "@refbot глубина озера "+strings.Repeat("о", i)+"?")
		}
	}
	for _, chat := range chats {
		r.until("answers", func() bool { return len(r.answered(chat)) >= each })
		if got := r.answered(chat); len(got) != each || !slices.IsSorted(got) {
			t.Errorf("answered %v", got)
		}
	}
}
