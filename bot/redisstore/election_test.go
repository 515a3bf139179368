package redisstore

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// holders counts who works in an office at the same time.
type holders struct{ now, most, terms atomic.Int32 }

func (h *holders) work(ctx context.Context) {
	h.terms.Add(1)
	if n := h.now.Add(1); n > h.most.Load() {
		h.most.Store(n)
	}
	<-ctx.Done()
	h.now.Add(-1)
}

func office(e *env, lease time.Duration) *Office { return NewOffice(e.db, "test", lease) }

func testOffice(t *testing.T, e *env) {
	ctx, cancel := context.WithTimeout(t.Context(), 700*time.Millisecond)
	defer cancel()
	var h holders
	var all sync.WaitGroup
	for range 5 {
		all.Go(func() { office(e, 200*time.Millisecond).Hold(ctx, h.work) })
	}
	all.Wait()
	if h.most.Load() != 1 {
		t.Errorf("%d replicas held the office at once", h.most.Load())
	}
}

// testTakeOffice lets the holder vanish without a word: a lease nobody renews.
func testTakeOffice(t *testing.T, e *env) {
	const lease = 300 * time.Millisecond
	dead := office(e, lease)
	if held, _, err := dead.ask(t.Context()); !held || err != nil {
		t.Fatalf("held %v, %v", held, err)
	}
	heir := office(e, lease)
	if held, wait, err := heir.ask(t.Context()); held || err != nil || wait <= 0 || wait > lease {
		t.Fatalf("while somebody holds it: held %v, wait %v, %v", held, wait, err)
	}
	began := time.Now()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	heir.Hold(ctx, func(context.Context) { cancel() })
	if took := time.Since(began); took < lease/2 || took > 5*time.Second {
		t.Errorf("taken over after %v, the lease is %v", took, lease)
	}
}

func testLeaveOffice(t *testing.T, e *env) {
	ctx, cancel := context.WithCancel(t.Context())
	const lease = 20 * time.Second
	started, left := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(left)
		office(e, lease).Hold(ctx, func(ctx context.Context) { close(started); <-ctx.Done() })
	}()
	<-started
	cancel()
	<-left
	if held, wait, err := office(e, lease).ask(t.Context()); !held || err != nil {
		t.Errorf("the office is not free: wait %v, %v", wait, err)
	}
}

// TestOfficeStopsBeforeItsLeaseEnds: a holder cut off from Redis must stop before another may start.
func TestOfficeStopsBeforeItsLeaseEnds(t *testing.T) {
	e, mini := miniEnv(t)
	const lease = 400 * time.Millisecond
	o := office(e, lease)
	began, stopped := time.Now(), make(chan time.Duration, 1)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	go o.Hold(ctx, func(ctx context.Context) {
		mini.Close()
		<-ctx.Done()
		stopped <- time.Since(began)
	})
	if took := <-stopped; took >= lease {
		t.Errorf("worked on for %v with a lease of %v", took, lease)
	}
}
