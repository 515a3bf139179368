package telegram

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"refbot/bot"
	"refbot/bot/redisstore/redistest"
)

func TestGauge(t *testing.T) {
	g := &Gauge{Most: 100, Log: slog.New(slog.DiscardHandler)}
	for i, step := range []struct {
		chats int
		full  bool
	}{{0, false}, {99, false}, {100, true}, {95, true}, {91, true}, {90, false}, {95, false}, {500, true}, {0, false}} {
		if g.read(step.chats); g.Full() != step.full {
			t.Errorf("step %d: %d of 100 chats wait, full %v", i, step.chats, g.Full())
		}
	}
}

// TestFullInboxLeavesQuestionsAtTelegram: at either door nothing is taken in beyond the bound, inline
// queries are shed, and every question is answered in the end.
func TestFullInboxLeavesQuestionsAtTelegram(t *testing.T) {
	const chats, most = 150, 20
	for name, open := range map[string]func(*replica){
		"polling": func(p *replica) { p.poll() },
		"webhook": func(p *replica) { p.hook() },
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t, redistest.StartMini(t).URL())
			p := r.replica()
			p.gauge = &Gauge{Most: most, Log: p.logger, Waiting: func(ctx context.Context) (int, error) {
				d, err := p.inbox.Depth(ctx)
				return d.Due + d.InWork, err
			}}
			first, rest := make([]int64, most), make([]int64, chats-most)
			for i := range first {
				first[i] = r.person()
				r.say(first[i], first[i], "какая была явка?")
			}
			open(p)
			r.until("the inbox is full", func() bool { n, _ := p.gauge.Waiting(t.Context()); p.gauge.read(n); return p.gauge.Full() })
			for i := range rest {
				rest[i] = r.person()
				r.say(rest[i], rest[i], "какая была явка?")
			}
			if _, err := r.sim.Inline(rest[0], 0, "явка", ""); err != nil {
				t.Fatal(err)
			}
			r.run(p.gauge.Run)
			if n, err := p.gauge.Waiting(t.Context()); err != nil || n > most+pollBatch {
				t.Errorf("%d chats wait, %v: more than a batch above the %d that may", n, err, most)
			}
			p.work()
			for _, person := range slices.Concat(first, rest) {
				r.until("everybody is answered", func() bool { return r.replies(person) == 1 })
			}
		})
	}
}

// blocked is an inbox on a Redis that hangs.
type blocked struct {
	bot.Inbox
	now, most atomic.Int64
	open      chan struct{}
}

func (b *blocked) Put(context.Context, []bot.Update) error {
	n := b.now.Add(1)
	defer b.now.Add(-1)
	for most := b.most.Load(); n > most && !b.most.CompareAndSwap(most, n); most = b.most.Load() {
	}
	<-b.open
	return nil
}

// TestWebhookHoldsFewBodies: however many knock while Redis hangs, few of their bodies are held, and the
// others are sent away to come back.
func TestWebhookHoldsFewBodies(t *testing.T) {
	const knocks = 2000
	inbox := &blocked{open: make(chan struct{})}
	door := &Webhook{Secret: hookSecret, Inbox: inbox, Log: slog.New(slog.DiscardHandler)}
	var answers [600]atomic.Int64
	var all sync.WaitGroup
	for i := range knocks {
		all.Go(func() {
			w := httptest.NewRecorder()
			r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(strings.Replace(question, `"update_id":1`, fmt.Sprintf(`"update_id":%d`, i+1), 1)))
			r.Header.Set(secretHeader, hookSecret)
			door.ServeHTTP(w, r)
			answers[w.Code].Add(1)
		})
	}
	for answers[http.StatusServiceUnavailable].Load() < knocks-maxBodies { // the others hold their places
		runtime.Gosched()
	}
	close(inbox.open)
	all.Wait()
	if ok, most := answers[http.StatusOK].Load(), inbox.most.Load(); ok != maxBodies || most > maxBodies {
		t.Errorf("%d were taken in, %d at once; want %d", ok, most, maxBodies)
	}
}
