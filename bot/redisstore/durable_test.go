package redisstore

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/redis/go-redis/v9"

	"refbot/bot"
	"refbot/bot/redisstore/redistest"
)

// TestServerCrash kills Redis while a worker has handled an update: Done waits for it, and nothing that
// was put is lost.
func TestServerCrash(t *testing.T) {
	server := redistest.StartServer(t)
	e := newEnv(t, server.URL())
	in := e.store.Inbox(hour)
	put(t, in, update(1, 7, 1), update(2, 7, 2), update(3, 8, 1))
	ds, err := in.Lease(t.Context(), 1)
	must(t, err)
	server.Kill()
	if err := in.Put(t.Context(), []bot.Update{update(4, 7, 3)}); bot.KindOf(err) != bot.StoreDown {
		t.Errorf("Put without Redis: %v", err)
	}
	if _, err := in.Lease(t.Context(), 1); bot.KindOf(err) != bot.StoreDown {
		t.Errorf("Lease without Redis: %v", err)
	}
	done := make(chan error, 1)
	go func() {
		_, err := in.Done(context.WithoutCancel(t.Context()), ds[0])
		done <- err
	}()
	server.Start()
	must(t, <-done)
	put(t, in, update(4, 7, 3))
	other := e.store.Inbox(hour)
	left, err := other.Lease(t.Context(), 5)
	must(t, err)
	if depth, err := other.Depth(t.Context()); err != nil || len(left)+1 != depth.InWork && len(left) != depth.InWork {
		t.Errorf("%d leased, %+v, %v", len(left), depth, err)
	}
	total := 0
	for _, key := range e.keys(t, "rb:{s*}:m:*") {
		total += int(e.db.LLen(t.Context(), key).Val())
	}
	if total != 3 {
		t.Errorf("%d updates wait, want 4 less the one that is done", total)
	}
}

// TestDoneGivesUp ends with its context, and the mailbox comes again.
func TestDoneGivesUp(t *testing.T) {
	server := redistest.StartServer(t)
	e := newEnv(t, server.URL())
	in := e.store.Inbox(hour)
	put(t, in, update(1, 7, 1))
	d := leaseOne(t, in)
	server.Kill()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	go func() {
		waitFor(t, func() bool { return strings.Contains(e.reports(), "finish an update") })
		cancel()
	}()
	if _, err := in.Done(ctx, d); bot.KindOf(err) != bot.StoreDown {
		t.Errorf("Done without Redis: %v", err)
	}
	server.Start()
	must(t, Wait(t.Context(), e.db, func(error) {}))
	e.expire(t)
	leaseNone(t, in) // gives it back to itself
	if again := leaseOne(t, in); again.Tries != 2 {
		t.Errorf("came again as %+v", again)
	}
}

// TestAppendOnlyFile looks for ids and words in what a stolen disk would hold.
func TestAppendOnlyFile(t *testing.T) {
	server := redistest.StartServer(t)
	e := newEnv(t, server.URL())
	testSealed(t, e)
	must(t, e.db.Save(t.Context()).Err())
	found := 0
	must(t, filepath.WalkDir(server.Dir, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		found += bytes.Count(content, []byte("rb:{p:"))
		for _, secret := range []string{"Айгүл", "референдум", "update_id", "5550123456", "814422907"} {
			if bytes.Contains(content, []byte(secret)) {
				t.Errorf("%s holds %q", path, secret)
			}
		}
		return nil
	}))
	if found == 0 {
		t.Error("the files hold nothing of what was stored")
	}
}

// TestPutsShare lets ten doors put while a first call is on its way: they share the second.
func TestPutsShare(t *testing.T) {
	e := newEnv(t, redistest.StartMini(t).URL())
	in, gate := e.store.Inbox(hour), make(chan struct{})
	put(t, in, update(99, 99, 1)) // loads the script
	trips := &RoundTrips{}
	e.db.AddHook(trips)
	e.db.AddHook(gateHook(gate))
	var all sync.WaitGroup
	all.Go(func() { put(t, in, update(0, 7, 0)) })
	waitFor(t, func() bool { return trips.Count() == 1 })
	for i := range int64(9) {
		all.Go(func() { put(t, in, update(1+i, 8+i%2, int(i))) })
	}
	waitFor(t, func() bool {
		in.gather.mu.Lock()
		defer in.gather.mu.Unlock()
		return in.gather.waiting != nil && len(in.gather.waiting.updates) == 9
	})
	close(gate)
	all.Wait()
	if n := trips.Count(); n != 2 {
		t.Errorf("%d round trips for ten calls, want two", n)
	}
	if depth, err := in.Depth(t.Context()); err != nil || depth.Due != 4 {
		t.Errorf("depth %+v, %v", depth, err)
	}
	must(t, in.Put(t.Context(), nil))
}

// gateHook holds pipelines back until the gate is open.
type gateHook chan struct{}

func (gateHook) DialHook(next redis.DialHook) redis.DialHook          { return next }
func (gateHook) ProcessHook(next redis.ProcessHook) redis.ProcessHook { return next }
func (g gateHook) ProcessPipelineHook(next redis.ProcessPipelineHook) redis.ProcessPipelineHook {
	return func(ctx context.Context, cmds []redis.Cmder) error {
		<-g
		return next(ctx, cmds)
	}
}
