package bot

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// memoryBudget books a slot every tenth of a second.
type memoryBudget struct {
	mu        sync.Mutex
	rounds    int
	replies   int
	next      time.Time
	shared    Shared
	postponed []Chat
	err       error
}

func (b *memoryBudget) Reserve(_ context.Context, _ Rates, chats []Chat, replies int) ([]Slot, error) {
	time.Sleep(10 * time.Millisecond) // a round trip
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.err != nil {
		return nil, b.err
	}
	b.rounds++
	b.replies += replies
	b.next = latest(b.next, time.Now())
	slots := make([]Slot, len(chats))
	for i := range chats {
		slots[i] = Slot{Booked: true, Wait: time.Until(b.next)}
		b.next = b.next.Add(100 * time.Millisecond)
	}
	return slots, nil
}

func (b *memoryBudget) Exchange(_ context.Context, _ Rates, replies int) (Shared, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.replies += replies
	return b.shared, b.err
}

func (b *memoryBudget) Postpone(_ context.Context, c Chat, _ time.Duration) error {
	b.postponed = append(b.postponed, c)
	return nil
}

func TestRepliesAskNobody(t *testing.T) {
	o := &Outbox{Budget: &memoryBudget{err: errors.New("away")}, Rates: DefaultRates(false)}
	for range 100 {
		if err := o.Permit(t.Context(), Urgent, Chat{ID: 1}); err != nil {
			t.Fatal(err)
		}
	}
}

func TestBulkSharesRoundTrips(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		budget := &memoryBudget{}
		o := &Outbox{Budget: budget, Rates: DefaultRates(false)}
		for range 7 {
			if err := o.Permit(t.Context(), Urgent, Chat{ID: 1}); err != nil {
				t.Fatal(err)
			}
		}
		began := time.Now()
		var all sync.WaitGroup
		for i := range 100 {
			all.Go(func() {
				if err := o.Permit(t.Context(), Bulk, Chat{ID: int64(i + 2)}); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if took := time.Since(began); took < 9900*time.Millisecond || took > 10100*time.Millisecond {
			t.Errorf("100 messages at ten a second took %v", took)
		}
		if budget.rounds > 100/MaxReserve+2 || budget.replies != 7 {
			t.Errorf("%d round trips, %d replies reported", budget.rounds, budget.replies)
		}
	})
}

func TestSilence(t *testing.T) {
	for name, c := range map[string]struct {
		chat        Chat
		before      int  // messages to the chat just before
		all, itself bool // whether everything, and the chat, must wait
	}{
		"one message to a person":   {Chat{ID: 1}, 1, true, true},
		"many messages to a person": {Chat{ID: 1}, 6, false, true},
		"a group":                   {Chat{ID: -1, Group: true}, 1, false, true},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				budget := &memoryBudget{}
				o := &Outbox{Budget: budget, Rates: DefaultRates(false)}
				for range c.before {
					if err := o.Permit(t.Context(), Urgent, c.chat); err != nil {
						t.Fatal(err)
					}
				}
				o.Refused(t.Context(), c.chat, time.Minute)
				waits := func(chat Chat) bool { return KindOf(o.Permit(t.Context(), Urgent, chat)) == RateLimited }
				if waits(Chat{ID: 2}) != c.all || waits(c.chat) != c.itself {
					t.Errorf("others wait: %v, the chat: %v", waits(Chat{ID: 2}), waits(c.chat))
				}
				if shared := budget.postponed[0].ID == 0; shared != c.all {
					t.Errorf("postponed %+v", budget.postponed)
				}
				time.Sleep(time.Minute)
				if waits(Chat{ID: 2}) || waits(c.chat) {
					t.Error("the silence does not end")
				}
			})
		})
	}
}

func TestBulkComesAfterTheSilence(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := &Outbox{Budget: &memoryBudget{}, Rates: DefaultRates(false)}
		o.Refused(t.Context(), Chat{ID: 1}, time.Minute)
		began := time.Now()
		if err := o.Permit(t.Context(), Bulk, Chat{ID: 2}); err != nil {
			t.Fatal(err)
		}
		if waited := time.Since(began); waited < time.Minute+afterYou/2 {
			t.Errorf("bulk went after %v", waited)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		o.Refused(t.Context(), Chat{ID: 1}, time.Minute)
		if err := o.Permit(ctx, Bulk, Chat{ID: 2}); KindOf(err) != Unavailable {
			t.Errorf("got %v when nobody waits any more", err)
		}
	})
}

func TestOutboxLearnsFromOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		budget := &memoryBudget{shared: Shared{Wait: time.Minute, Bulk: true}}
		o := &Outbox{Budget: budget, Rates: DefaultRates(false)}
		ctx, cancel := context.WithCancel(t.Context())
		go o.Run(ctx)
		synctest.Wait()
		if o.Quiet() != time.Minute {
			t.Errorf("quiet for %v", o.Quiet())
		}
		budget.mu.Lock()
		budget.shared = Shared{Bulk: true}
		budget.mu.Unlock()
		time.Sleep(time.Minute)
		if err := o.Permit(t.Context(), Urgent, Chat{ID: 1}); err != nil {
			t.Fatal(err)
		}
		time.Sleep(exchangeBusy)
		synctest.Wait()
		budget.mu.Lock()
		if budget.replies != 1 {
			t.Errorf("%d replies reported", budget.replies)
		}
		budget.mu.Unlock()
		time.Sleep(10 * time.Second)
		synctest.Wait()
		o.mu.Lock()
		if len(o.recent)+len(o.chats) != 0 {
			t.Error("chats are remembered for ever")
		}
		o.mu.Unlock()
		cancel()
		synctest.Wait()
	})
}

func TestBulkWithoutStore(t *testing.T) {
	o := &Outbox{Budget: &memoryBudget{err: &Error{Kind: StoreDown}}, Rates: DefaultRates(false)}
	if err := o.Permit(t.Context(), Bulk, Chat{ID: 1}); KindOf(err) != StoreDown {
		t.Errorf("got %v", err)
	}
}

func BenchmarkPermit(b *testing.B) {
	o := &Outbox{Rates: DefaultRates(false)}
	chat := int64(0)
	for b.Loop() {
		chat++
		if err := o.Permit(b.Context(), Urgent, Chat{ID: chat % 10_000}); err != nil {
			b.Fatal(err)
		}
	}
}
