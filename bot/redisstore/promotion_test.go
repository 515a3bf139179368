package redisstore

import (
	"strings"
	"testing"
	"time"

	"refbot/bot"
	"refbot/bot/redisstore/redistest"
)

// TestPromotionLoses shows exactly what goes when a replica is promoted: what Redis had answered and not
// yet replicated. With Store.Replicas that is never confirmed, so that whoever brought it brings it again.
func TestPromotionLoses(t *testing.T) {
	for name, replicas := range map[string]int{"by default": 0, "with a replica to wait for": 1} {
		t.Run(name, func(t *testing.T) {
			master := redistest.StartServer(t)
			replica := master.StartReplica(t)
			e := newEnv(t, master.URL())
			must(t, ClaimKey(t.Context(), e.db, e.sealer))
			e.store.Replicas = replicas
			in := e.store.Inbox(time.Minute)
			put(t, in, update(1, 7, 1))
			must(t, waitReplicated(t, e))
			replica.Detach()
			err := in.Put(t.Context(), []bot.Update{update(2, 7, 2)})
			if replicas == 0 {
				must(t, err)
			} else if bot.KindOf(err) != bot.StoreDown || !strings.Contains(err.Error(), "REDIS_WAIT_REPLICAS") {
				t.Fatalf("an update that no replica has was confirmed: %v", err)
			}
			master.Kill()
			replica.Promote()

			after := newEnv(t, replica.URL())
			must(t, CheckKey(t.Context(), after.db, after.sealer))
			in = after.store.Inbox(time.Minute)
			want := ""
			if err != nil { // it was not confirmed and comes again, with the one before to be sure
				put(t, in, update(1, 7, 1), update(2, 7, 2))
				want = "7/2"
			}
			finish(t, in, leaseOne(t, in), want)
		})
	}
}

// waitReplicated waits until the replica has everything.
func waitReplicated(t *testing.T, e *env) error {
	t.Helper()
	s := New(e.db, e.sealer, DefaultRetention())
	s.Replicas = 1
	return s.replicated(t.Context())
}

// TestSentinel: the client finds the master through a Sentinel, and finds the promoted one.
func TestSentinel(t *testing.T) {
	w := redistest.StartWatched(t)
	e := newEnv(t, w.URL())
	must(t, ClaimKey(t.Context(), e.db, e.sealer))
	e.store.Replicas = 1
	in := e.store.Inbox(time.Minute)
	put(t, in, update(1, 7, 1))
	w.KillMaster()
	deadline := time.Now().Add(time.Minute)
	for in.Put(t.Context(), []bot.Update{update(2, 7, 2)}) != nil {
		if time.Now().After(deadline) {
			t.Fatal("the promoted Redis is not found")
		}
	}
	finish(t, in, leaseOne(t, in), "7/2")
	must(t, Wait(t.Context(), e.db, func(error) {})) // its idle connections led to the one that is gone
	h, err := Inspect(t.Context(), e.db)
	if err != nil || len(h.Nodes) != 1 || h.Nodes[0].Role != "master" || h.Nodes[0].Replicas != 1 {
		t.Errorf("%+v, %v", h, err)
	}
}
