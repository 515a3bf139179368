package redisstore

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"refbot/bot"
)

func testRoundTrips(t *testing.T, e *env) {
	in, session := e.store.Inbox(hour), bot.Session{Chat: 7}
	must(t, ClaimKey(t.Context(), e.db, e.sealer)) // loads the scripts
	trips := &RoundTrips{}
	e.db.AddHook(trips)
	var batch, again []bot.Update
	for i := range int64(100) {
		batch = append(batch, update(100+i, i, 1))
		again = append(again, update(200+i, i, 2))
	}
	var ds []bot.Delivery
	var err error
	for _, step := range []struct {
		name string
		want int64
		run  func() error
	}{
		{"Put of 100", 1, func() error { return in.Put(t.Context(), batch) }},
		{"Lease of 64", 2, func() error { ds, err = in.Lease(t.Context(), 64); return err }},
		{"Renew of 64", 1, func() error { return in.Renew(t.Context(), ds) }},
		{"Put of 100 more", 1, func() error { return in.Put(t.Context(), again) }},
		{"Recall", 1, func() error { _, err := e.store.Recall(t.Context(), 7); return err }},
		{"Record", 1, func() error { return e.store.Record(t.Context(), 7, session, &bot.Profile{}, entry("AAAAAAAAAAAA")) }},
		{"Finish", 1, func() error {
			_, err := in.Finish(t.Context(), ds[0], bot.Outcome{Person: 7, Session: &session, Entry: entry("BBBBBBBBBBBB")})
			return err
		}},
		{"Done", 1, func() error { _, err := in.Done(t.Context(), ds[1]); return err }},
		{"Bury", 1, func() error { _, err := in.Bury(t.Context(), ds[2], errPoison); return err }},
		{"Retry", 1, func() error { return in.Retry(t.Context(), ds[3], 0) }},
		{"Forget", 4, func() error { return e.store.Forget(t.Context(), 7) }},
		{"Depth", 1, func() error { _, err := in.Depth(t.Context()); return err }},
	} {
		before := trips.Count()
		must(t, step.run())
		if n := trips.Count() - before; n < 1 || n > step.want {
			t.Errorf("%s: %d round trips, want %d", step.name, n, step.want)
		}
	}
}

// testWorkers has three replicas work on what several doors put at the same time.
func testWorkers(t *testing.T, e *env) {
	const chats, perChat, replicas, workers = 40, 15, 3, 6
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	var mu sync.Mutex
	seen, left := map[string]int{}, chats*perChat
	handle := func(d bot.Delivery) {
		mu.Lock()
		defer mu.Unlock()
		var chat, n int
		if _, err := fmt.Sscanf(string(d.Data), "%d/%d", &chat, &n); err != nil {
			t.Error(err)
		}
		if seen[d.Mailbox] != n {
			t.Errorf("chat %d: update %d comes when %d is due", chat, n, seen[d.Mailbox])
		}
		seen[d.Mailbox] = n + 1
		if left--; left == 0 {
			cancel()
		}
	}
	var all sync.WaitGroup
	door := e.store.Inbox(hour)
	for chat := range int64(chats) {
		all.Go(func() {
			for n := range perChat {
				if err := door.Put(ctx, []bot.Update{update(chat*perChat+int64(n), chat, n)}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	for range replicas {
		in := e.store.Inbox(hour)
		for range workers {
			all.Go(func() { work(ctx, t, in, handle) })
		}
	}
	all.Wait()
	if left != 0 {
		t.Errorf("%d updates were not handled", left)
	}
	if d, err := door.Depth(t.Context()); err != nil || d != (Depth{}) {
		t.Errorf("depth %+v, %v", d, err)
	}
}

// work handles what it can lease until ctx ends.
func work(ctx context.Context, t *testing.T, in *Inbox, handle func(bot.Delivery)) {
	t.Helper()
	for ctx.Err() == nil {
		ds, err := in.Lease(ctx, 2)
		if err != nil && ctx.Err() == nil {
			t.Error(err)
		}
		for _, d := range ds {
			for next := &d; next != nil; {
				handle(*next)
				next, err = in.Done(context.WithoutCancel(ctx), *next)
				if err != nil {
					t.Error(err)
				}
			}
		}
		if len(ds) == 0 {
			time.Sleep(time.Millisecond)
		}
	}
}
