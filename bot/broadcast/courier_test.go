package broadcast

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"refbot/bot"
	"refbot/knowledge"
	"refbot/knowledge/language"
)

func TestDecide(t *testing.T) {
	of := func(k bot.Kind) error { return &bot.Error{Kind: k, NewChat: -100} }
	for name, test := range map[string]struct {
		err        error
		send       verdict
		edit, wipe verdict
	}{
		"well":             {nil, verdict{outcome: Sent}, verdict{outcome: Sent}, verdict{outcome: Sent}},
		"blocked":          {of(bot.Unreachable), verdict{outcome: Unreachable, leaves: true}, verdict{outcome: Unreachable, leaves: true}, verdict{outcome: Unreachable, leaves: true}},
		"no such chat":     {of(bot.ChatGone), verdict{outcome: Unreachable, leaves: true}, verdict{outcome: Unreachable, leaves: true}, verdict{outcome: Unreachable, leaves: true}},
		"a supergroup now": {of(bot.Migrated), verdict{chat: -100}, verdict{chat: -100}, verdict{chat: -100}},
		"a flood":          {of(bot.RateLimited), verdict{}, verdict{}, verdict{}},
		"5xx":              {of(bot.Unavailable), verdict{failed: true}, verdict{failed: true}, verdict{failed: true}},
		"cut":              {of(bot.Unknown), verdict{outcome: Unknown}, verdict{failed: true}, verdict{failed: true}},
		"the text":         {of(bot.BadContent), verdict{pause: PauseContent}, verdict{pause: PauseContent}, verdict{pause: PauseContent}},
		"the token":        {of(bot.Unauthorized), verdict{pause: PauseToken}, verdict{pause: PauseToken}, verdict{pause: PauseToken}},
		"says so already":  {of(bot.Unmodified), verdict{outcome: Sent}, verdict{outcome: Sent}, verdict{outcome: Sent}},
		"no such message":  {of(bot.MessageGone), verdict{outcome: Failed}, verdict{outcome: Failed}, verdict{outcome: Sent}},
		"a defect":         {of(bot.Internal), verdict{outcome: Failed}, verdict{outcome: Failed}, verdict{outcome: Failed}},
		"something else":   {errors.New("x"), verdict{outcome: Failed}, verdict{outcome: Failed}, verdict{outcome: Failed}},
	} {
		for how, got := range map[string][2]verdict{
			"send": {decide(test.err, false, false), test.send}, "edit": {decide(test.err, true, false), test.edit}, "delete": {decide(test.err, true, true), test.wipe},
		} {
			if got[0] != got[1] {
				t.Errorf("%s, %s: %+v, want %+v", how, name, got[0], got[1])
			}
		}
	}
}

func TestBackoff(t *testing.T) {
	for failures := 1; failures < 100; failures++ {
		want := min(retryFirst<<min(failures-1, 10), retryMost)
		if d := backoff(failures); d < want/2 || d > want {
			t.Errorf("after %d failures %v, want about %v", failures, d, want)
		}
	}
}

// office is a store, an audience, a ledger of one batch and a Telegram in memory.
type office struct {
	mu     sync.Mutex
	b      Broadcast
	stage  Stage
	lines  []Line
	taken  bool
	down   bool // the ledger can't be written
	sent   map[int64]int
	left   []int64
	answer func(chat int64, try int) error
	early  bool // a line was sent that was not begun
}

func newOffice(people int, answer func(chat int64, try int) error) *office {
	o := &office{stage: Open, sent: map[int64]int{}, answer: answer}
	o.b = Broadcast{
		ID: "AAAAAAAA", State: Sending, Fallback: language.Russian,
		Content: map[language.Code]Message{language.Russian: {Text: "x"}},
	}
	for i := range people {
		o.lines = append(o.lines, Line{Chat: int64(i + 1), Language: language.Russian, Outcome: Queued})
	}
	return o
}

func (o *office) Save(_ context.Context, b *Broadcast) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.b = *b
	return nil
}

func (o *office) Load(context.Context, ID) (*Broadcast, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	b := o.b
	return &b, nil
}

func (o *office) List(context.Context, string, int) ([]*Broadcast, string, error) {
	return nil, "", nil
}

func (o *office) Active(ctx context.Context) ([]*Broadcast, error) {
	b, err := o.Load(ctx, "")
	if b.State.Over() {
		return nil, err
	}
	return []*Broadcast{b}, err
}
func (o *office) Put(context.Context, Subscriber) error { return nil }
func (o *office) Count(context.Context, Segment, func(int, int)) (map[language.Code]int, error) {
	return nil, nil
}

func (o *office) Remove(_ context.Context, chat int64) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.left = append(o.left, chat)
	return nil
}
func (o *office) Freeze(context.Context, ID, Segment, func(int, int)) error { return nil }
func (o *office) Inherit(context.Context, ID, ID, func(int, int)) error     { return nil }
func (o *office) SetStage(context.Context, ID, Stage, Tally) error          { return nil }
func (o *office) Requeue(context.Context, ID) (int, error)                  { return 0, nil }
func (o *office) Each(context.Context, ID, func(Line) error) error          { return nil }
func (o *office) Lead(context.Context, ID, string, time.Duration) (Term, error) {
	return Term{true, o.stage, Tally{}}, nil
}
func (o *office) Permit(context.Context, bot.Chat) error               { return nil }
func (o *office) Edit(context.Context, bot.Chat, int, bot.Reply) error { return nil }
func (o *office) Delete(context.Context, bot.Chat, int) error          { return nil }

func (o *office) Claim(context.Context, ID, string, time.Duration) (*Batch, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.taken {
		return nil, nil
	}
	o.taken = true
	b := &Batch{Broadcast: o.b.ID}
	for i, l := range o.lines {
		if l.Outcome == Queued {
			b.Lines, b.Places = append(b.Lines, l), append(b.Places, i)
		}
	}
	return b, nil
}

func (o *office) Release(_ context.Context, batches []*Batch) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.taken = o.taken && len(batches) == 0
	return nil
}

func (o *office) Write(_ context.Context, marks []Mark, _ time.Duration) error {
	time.Sleep(time.Millisecond)
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.down {
		return &bot.Error{Kind: bot.StoreDown}
	}
	for _, m := range marks {
		if m.Line >= 0 {
			l := &o.lines[m.Batch.Places[m.Line]]
			l.Outcome, l.Message = m.Outcome, m.Message
		}
	}
	return nil
}

func (o *office) Tally(context.Context, ID) (t Tally, _ error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, l := range o.lines {
		switch l.Outcome {
		case Queued, Begun:
			t.Queued++
		case Sent:
			t.Sent++
		case Unreachable:
			t.Unreachable++
		case Failed:
			t.Failed++
		case Unknown:
			t.Unknown++
		}
	}
	return t, nil
}

func (o *office) Send(_ context.Context, to bot.Chat, _ bot.Reply) (int, error) {
	o.mu.Lock()
	o.sent[to.ID]++
	try := o.sent[to.ID]
	o.early = o.early || to.ID > 0 && o.lines[to.ID-1].Outcome != Begun
	o.mu.Unlock()
	return 7, o.answer(to.ID, try)
}

// work has a courier work until the broadcast is over or paused, or for so long.
func (o *office) work(t *testing.T, most time.Duration, meanwhile func()) {
	t.Helper()
	c := &Courier{
		Store: o, Ledger: o, Audience: o, Carrier: o, Log: slog.New(slog.DiscardHandler),
		Campaign: func() *knowledge.Campaign { return &knowledge.Campaign{} },
	}
	ctx, cancel := context.WithTimeout(t.Context(), most)
	defer cancel()
	done := make(chan struct{})
	go func() { defer close(done); c.Run(ctx) }()
	meanwhile()
	for ctx.Err() == nil {
		if b, _ := o.Load(ctx, ""); b.State != Sending {
			break
		}
		wait(ctx, 100*time.Millisecond)
	}
	cancel()
	<-done
	if o.early {
		t.Error("a line was sent that was not begun")
	}
}

func fail(k bot.Kind) error { return &bot.Error{Kind: k, NewChat: -9} }

// TestEveryAnswer: the ledger says of each recipient what Telegram said, and floods and failures are outlasted.
func TestEveryAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(8, func(chat int64, try int) error {
			switch {
			case chat == 1:
				return fail(bot.Unreachable)
			case chat == 2 && try < 5:
				return fail(bot.RateLimited)
			case chat == 3 && try < 5:
				return fail(bot.Unavailable)
			case chat == 4:
				return fail(bot.Unknown)
			case chat == 5:
				return fail(bot.Internal)
			case chat == 6:
				return fail(bot.Migrated)
			case chat == 7:
				return fail(bot.ChatGone)
			}
			return nil
		})
		o.work(t, time.Minute, func() {})
		want := []Outcome{Unreachable, Sent, Sent, Unknown, Failed, Sent, Unreachable, Sent}
		for i, l := range o.lines {
			if l.Outcome != want[i] || (l.Message == 7) != (want[i] == Sent) {
				t.Errorf("%+v, want %s", l, want[i])
			}
		}
		if o.b.State != Finished || o.sent[6] != 1 || o.sent[-9] != 1 || o.sent[4] != 1 || len(o.left) != 2 {
			t.Errorf("%s, %v, left %v", o.b.State, o.sent, o.left)
		}
	})
}

// TestOneThatAlwaysFails does not hold up the end; in an outage nobody gives up.
func TestOneThatAlwaysFails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		o := newOffice(100, func(chat int64, try int) error {
			if chat == 1 || chat > 90 && time.Since(began) < 10*time.Second {
				return fail(bot.Unavailable)
			}
			return nil
		})
		o.work(t, time.Hour, func() {})
		if tally, _ := o.Tally(t.Context(), ""); tally != (Tally{Sent: 99, Failed: 1}) || o.sent[1] != maxTries {
			t.Errorf("%+v, tried %d times", tally, o.sent[1])
		}
		outage := newOffice(60, func(int64, int) error { return fail(bot.Unavailable) })
		outage.work(t, time.Hour, func() {})
		if tally, _ := outage.Tally(t.Context(), ""); tally != (Tally{Queued: 60}) || outage.sent[1] < 2*maxTries {
			t.Errorf("%+v, tried %d times", tally, outage.sent[1])
		}
	})
}

// TestNothingIsSentUnwritten: while the ledger cannot be written nobody is written to, and what had been sent
// is written once it can.
func TestNothingIsSentUnwritten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(500, func(int64, int) error { time.Sleep(10 * time.Millisecond); return nil })
		sent := func() int { o.mu.Lock(); defer o.mu.Unlock(); return len(o.sent) }
		set := func(down bool) { o.mu.Lock(); defer o.mu.Unlock(); o.down = down }
		o.work(t, time.Hour, func() {
			for sent() < 20 {
				time.Sleep(time.Millisecond)
			}
			set(true)
			time.Sleep(time.Second)
			before := sent()
			time.Sleep(time.Minute)
			if now := sent(); now != before || now == 500 {
				t.Errorf("%d were sent to while nothing could be written, of %d", now-before, now)
			}
			set(false)
		})
		for chat, n := range o.sent {
			if n != 1 {
				t.Errorf("%d was sent to %d times", chat, n)
			}
		}
		if tally, _ := o.Tally(t.Context(), ""); tally != (Tally{Sent: 500}) || o.b.State != Finished {
			t.Errorf("%+v, %s", tally, o.b.State)
		}
	})
}
