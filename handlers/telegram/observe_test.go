package telegram

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"refbot/bot"
	"refbot/bot/redisstore/redistest"
	"refbot/handlers/simulator"
)

// listener writes down what it is told.
type listener struct {
	mu    sync.Mutex
	heard []string
	took  map[bot.Stage]time.Duration
}

func (l *listener) hear(format string, args ...any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.heard = append(l.heard, fmt.Sprintf(format, args...))
}

func (l *listener) all() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.heard)
}

func (l *listener) Received(d Door, k UpdateKind) { l.hear("%s %s", d, k) }
func (l *listener) Settled(h How)                 { l.hear("%s", h) }

func (l *listener) Took(s bot.Stage, d time.Duration) {
	l.hear("took %s", s)
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.took == nil {
		l.took = map[bot.Stage]time.Duration{}
	}
	l.took[s] = d
}

func (l *listener) Called(method string, failure bot.Kind, took time.Duration) {
	if took <= 0 {
		l.hear("a call took no time")
	}
	l.hear("%s=%s", method, failure)
}

// paper is an inbox that answers what it is told to.
type paper struct {
	bot.Inbox
	next *bot.Delivery
	err  error
}

func (p *paper) Put(context.Context, []bot.Update) error { return p.err }

func (p *paper) Lease(context.Context, int) ([]bot.Delivery, error) {
	return []bot.Delivery{*p.next}, p.err
}

func (p *paper) Done(context.Context, bot.Delivery) (*bot.Delivery, error) { return p.next, p.err }

func (p *paper) Bury(context.Context, bot.Delivery, error) (*bot.Delivery, error) { return nil, p.err }

func (p *paper) Finish(context.Context, bot.Delivery, bot.Outcome) (*bot.Delivery, error) {
	return nil, p.err
}
func (p *paper) Retry(context.Context, bot.Delivery, time.Duration) error   { return p.err }
func (p *paper) Release(context.Context, bot.Delivery, time.Duration) error { return p.err }

func TestObserveDoor(t *testing.T) {
	l := &listener{}
	door := ObserveDoor(&paper{}, ByWebhook, l)
	var updates []bot.Update
	for i, body := range []string{
		`"message":{"text":"тайна","chat":{"id":5}}`, `"edited_message":{"chat":{"id":5}}`, `"callback_query":{"from":{"id":5}}`,
		`"inline_query":{"from":{"id":5}}`, `"my_chat_member":{"chat":{"id":5}}`, `"poll":{}`, `"message":"<evil>"`,
	} {
		u, _, err := seal(fmt.Appendf(nil, `{"update_id":%d,%s}`, i+1, body), time.Now())
		if err != nil {
			t.Fatal(err)
		}
		updates = append(updates, u)
	}
	updates = append(updates, bot.Update{Data: []byte("x")}, bot.Update{Data: []byte("12345678{not json")})
	if err := door.Put(t.Context(), updates); err != nil {
		t.Fatal(err)
	}
	want := "webhook message, webhook edited_message, webhook callback_query, webhook inline_query, webhook my_chat_member, " +
		"webhook other, webhook other, webhook other, webhook other"
	if got := strings.Join(l.heard, ", "); got != want {
		t.Errorf("heard %s\nwant  %s", got, want)
	}
	l.heard = nil
	if err := ObserveDoor(&paper{err: errors.New("away")}, ByPolling, l).Put(t.Context(), updates); err == nil || len(l.heard) > 0 {
		t.Errorf("what was not stored was not received: %v, heard %q", err, l.heard)
	}
}

func TestObserveInbox(t *testing.T) {
	u, _, err := seal([]byte(`{"update_id":1,"message":{"chat":{"id":5}}}`), time.Now().Add(-time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	first := bot.Delivery{Data: u.Data, Tries: 1}
	again, away := bot.Delivery{Data: u.Data, Tries: 2}, errors.New("away")
	for name, c := range map[string]struct {
		paper paper
		act   func(bot.Inbox) error
		want  string
	}{
		"first turn":   {paper{next: &first}, func(in bot.Inbox) error { _, err := in.Lease(t.Context(), 1); return err }, "took wait"},
		"another turn": {paper{next: &again}, func(in bot.Inbox) error { _, err := in.Lease(t.Context(), 1); return err }, ""},
		"done, and more": {
			paper{next: &first},
			func(in bot.Inbox) error { _, err := in.Done(t.Context(), first); return err }, "done, took total, took wait",
		},
		"finish": {paper{}, func(in bot.Inbox) error { _, err := in.Finish(t.Context(), first, bot.Outcome{}); return err }, "took record, done, took total"},
		"finish in vain": {
			paper{err: away},
			func(in bot.Inbox) error { _, err := in.Finish(t.Context(), first, bot.Outcome{}); return err }, "took record, unsettled",
		},
		"bury":    {paper{}, func(in bot.Inbox) error { _, err := in.Bury(t.Context(), first, nil); return err }, "buried"},
		"retry":   {paper{}, func(in bot.Inbox) error { return in.Retry(t.Context(), first, 0) }, "retried"},
		"release": {paper{}, func(in bot.Inbox) error { return in.Release(t.Context(), first, 0) }, "released"},
		"junk":    {paper{}, func(in bot.Inbox) error { _, err := in.Done(t.Context(), bot.Delivery{Tries: 1}); return err }, "done"},
	} {
		l := &listener{}
		err := c.act(ObserveInbox(&c.paper, l))
		if got := strings.Join(l.heard, ", "); got != c.want || !errors.Is(err, c.paper.err) {
			t.Errorf("%s: heard %q, want %q; error %v", name, got, c.want, err)
		}
		for stage, took := range l.took {
			if stage != bot.StageRecord && (took < time.Hour || took > 2*time.Hour) {
				t.Errorf("%s: %s took %s, want an hour", name, stage, took)
			}
		}
	}
}

// TestObserveInboxOfTheFuture: a door whose clock is ahead gives no negative times.
func TestObserveInboxOfTheFuture(t *testing.T) {
	u, _, err := seal([]byte(`{"update_id":1,"message":{"chat":{"id":5}}}`), time.Now().Add(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	l := &listener{}
	in := ObserveInbox(&paper{next: &bot.Delivery{Data: u.Data, Tries: 1}}, l)
	if _, err := in.Lease(t.Context(), 1); err != nil || l.took[bot.StageWait] != 0 {
		t.Errorf("waited %s, error %v", l.took[bot.StageWait], err)
	}
}

// TestObserveClient calls a simulated Telegram that refuses in every way: the observer hears the same
// kind as the caller.
func TestObserveClient(t *testing.T) {
	for _, c := range []struct {
		name  string
		fault simulator.Fault
		kind  bot.Kind
	}{
		{"well", simulator.Fault{}, ""},
		{"429", simulator.Fault{Kind: simulator.FaultFlood, RetryAfter: 30}, bot.RateLimited},
		{"5xx", simulator.Fault{Kind: simulator.FaultServerError}, bot.Unavailable},
		{"a proxy's page", simulator.Fault{Kind: simulator.FaultBadGateway}, bot.Unavailable},
		{"cut", simulator.Fault{Kind: simulator.FaultCutAfter}, bot.Unknown},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, l := newRig(t, redistest.StartMini(t).URL()), &listener{}
			api := NewClient(r.sim.Token(), r.sim.URL(), 5*time.Second, 2)
			defer api.Close()
			api.Observe(l)
			if c.fault.Kind != "" {
				r.faults(c.fault)
			}
			err := api.Call(t.Context(), "sendMessage", map[string]any{"chat_id": r.person(), "text": "тайна"}, nil)
			if bot.KindOf(err) != c.kind || !slices.Equal(l.all(), []string{"sendMessage=" + string(c.kind)}) {
				t.Errorf("the caller got %v, the observer heard %q, want %q", err, l.all(), c.kind)
			}
		})
	}
}

func TestObserveClientRefusals(t *testing.T) {
	r, l := newRig(t, redistest.StartMini(t).URL()), &listener{}
	api := NewClient(r.sim.Token(), r.sim.URL(), 5*time.Second, 2)
	defer api.Close()
	api.Observe(l)
	wrong := NewClient("1:wrong", r.sim.URL(), 5*time.Second, 2)
	defer wrong.Close()
	wrong.Observe(l)
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	errs := []error{
		api.Call(t.Context(), "sendMessage", map[string]any{"chat_id": 999, "text": "x"}, nil),
		api.Call(t.Context(), "answerCallbackQuery", map[string]any{"callback_query_id": "no"}, nil),
		wrong.Call(t.Context(), "getMe", struct{}{}, nil),
	}
	_ = api.Call(gone, "getMe", struct{}{}, nil)
	want := []string{"sendMessage=chat_gone", "answerCallbackQuery=too_late", "getMe=unauthorized", "getMe=canceled"}
	if !slices.Equal(l.all(), want) {
		t.Errorf("heard %q, want %q", l.all(), want)
	}
	for i, err := range errs {
		if _, kind, _ := strings.Cut(want[i], "="); string(bot.KindOf(err)) != kind {
			t.Errorf("the caller of %s got %v", want[i], err)
		}
	}
}

// TestRefusalKeepsTheBody: what the observer read is read again by the client, even of a body that is
// larger than what the observer looks at or breaks off.
func TestRefusalKeepsTheBody(t *testing.T) {
	long := strings.Repeat("x", maxRefusal+10)
	resp := &http.Response{StatusCode: http.StatusBadGateway, Body: io.NopCloser(strings.NewReader(long))}
	if kind := refusal(resp); kind != bot.Unavailable {
		t.Errorf("kind %q", kind)
	}
	if got, err := io.ReadAll(resp.Body); err != nil || string(got) != long {
		t.Errorf("%d bytes, %v", len(got), err)
	}
	cut := errors.New("cut")
	resp = &http.Response{StatusCode: http.StatusBadGateway, Body: io.NopCloser(io.MultiReader(strings.NewReader("half"), broken{cut}))}
	if kind := refusal(resp); kind != bot.Unknown {
		t.Errorf("kind %q", kind)
	}
	if got, err := io.ReadAll(resp.Body); !errors.Is(err, cut) || string(got) != "half" {
		t.Errorf("%q, %v", got, err)
	}
}
