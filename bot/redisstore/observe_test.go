package redisstore

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/redis/go-redis/v9"

	"refbot/bot"
	"refbot/bot/broadcast"
	"refbot/bot/redisstore/redistest"
)

// watched makes the environment write down what is asked of Redis.
func (e *env) watched() *asked {
	a := &asked{}
	e.db.AddHook(&Watch{Asked: a.note})
	return a
}

type asked struct {
	mu   sync.Mutex
	list []string
}

func (a *asked) note(operation, failure string, took time.Duration) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if took <= 0 {
		operation += " in no time"
	}
	if failure != "" {
		operation += " " + failure
	}
	a.list = append(a.list, operation)
}

func (a *asked) take() []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	defer func() { a.list = nil }()
	return a.list
}

// TestWatchNamesEverything: a question and what staff do are told by names, never as "other".
func TestWatchNamesEverything(t *testing.T) {
	for name, url := range map[string]func() string{
		"mini":    func() string { return redistest.StartMini(t).URL() },
		"cluster": func() string { return redistest.StartCluster(t).URL() },
	} {
		t.Run(name, func(t *testing.T) {
			e := newEnv(t, url())
			must(t, ClaimKey(t.Context(), e.db, e.sealer))
			a, in := e.watched(), e.store.Inbox(time.Second)
			put(t, in, update(1, 5, 1))
			d := leaseOne(t, in)
			_, err := e.store.Recall(t.Context(), 5)
			must(t, err)
			_, err = in.Finish(t.Context(), d, bot.Outcome{Person: 5, Session: &bot.Session{}})
			must(t, err)
			_, err = in.Depth(t.Context())
			must(t, err)
			must(t, e.store.Forget(t.Context(), 5))
			e.useBroadcasts(t)
			want := []string{
				"put", "lease", "recall", "record", "depth", "entries", "forget", "broadcast_list",
				"broadcast_save", "broadcast_active", "broadcast_list", "audience", "ledger_freeze", "ledger_claim", "audience", "ledger_write", "ledger_release", "ledger", "office",
			}
			if diff := cmp.Diff(want, slices.Compact(a.take())); diff != "" { // Lease may ask twice
				t.Errorf("asked (-want +got):\n%s", diff)
			}
		})
	}
}

// useBroadcasts does with broadcasts what staff and couriers do.
func (e *env) useBroadcasts(t *testing.T) {
	t.Helper()
	r := e.store.Broadcasts()
	must(t, r.Save(t.Context(), draft(name, time.Now())))
	_, err := r.Active(t.Context())
	must(t, err)
	_, _, err = r.List(t.Context(), "", 1)
	must(t, err)
	must(t, r.Put(t.Context(), broadcast.Subscriber{Chat: 5}))
	must(t, r.writeBatch(t.Context(), name, r.store.seatOf(5).shard, 0, fromAudience, []broadcast.Line{{Chat: 5}}))
	b := claim(t, r, "w")
	must(t, r.Write(t.Context(), []broadcast.Mark{{Batch: b, Line: -1}}, hour))
	must(t, r.Release(t.Context(), []*broadcast.Batch{b}))
	_, err = r.Tally(t.Context(), name)
	must(t, err)
	_, err = r.Lead(t.Context(), name, "w", hour)
	must(t, err)
}

// TestWatchKnowsTheScripts: every script that is used has its name, with its text and by its digest.
func TestWatchKnowsTheScripts(t *testing.T) {
	known := Operations()
	for _, script := range scripts {
		name := operations[script.Hash()]
		if name == "" || !slices.Contains(known, name) {
			t.Errorf("script %s is called %q", script.Hash(), name)
		}
	}
	for _, args := range [][]any{{"eval"}, {"evalsha", 7}, {"eval", "return 1"}, {"hstrlen", "secret:42"}} {
		if got := operationOf([]redis.Cmder{redis.NewCmd(t.Context(), args...)}); got != OtherOperation {
			t.Errorf("%v is called %q", args, got)
		}
	}
	e := newEnv(t, redistest.StartMini(t).URL())
	a := e.watched()
	must(t, recordScript.Eval(t.Context(), e.db, []string{"a", "b", "c", "d"}, "", 0, "", "", 0, "", "").Err())
	if got := a.take(); !slices.Equal(got, []string{"record"}) {
		t.Errorf("asked %q", got)
	}
}

// refusal is an error Redis answers with.
type refusal string

func (r refusal) Error() string { return string(r) }
func (refusal) RedisError()     {}

func TestClassify(t *testing.T) {
	for want, errs := range map[string][]error{
		"":             {nil, redis.Nil, refusal("NOSCRIPT No matching script."), fmt.Errorf("x: %w", redis.Nil)},
		FailedCanceled: {context.Canceled},
		FailedTimeout:  {context.DeadlineExceeded, os.ErrDeadlineExceeded, &net.OpError{Op: "read", Err: os.ErrDeadlineExceeded}},
		FailedNetwork:  {errors.New("connection reset"), &net.OpError{Op: "dial", Err: errors.New("refused")}},
		FailedRefused:  {refusal("ERR unknown command"), refusal("LOADING Redis is loading")},
		FailedFull:     {refusal("OOM command not allowed when used memory > 'maxmemory'.")},
		FailedReadonly: {refusal("READONLY You can't write against a read only replica.")},
	} {
		for _, err := range errs {
			if got := classify(err); got != want || want != "" && !slices.Contains(Failures(), got) {
				t.Errorf("%v is %q, want %q", err, got, want)
			}
		}
	}
}

func TestWatchFailures(t *testing.T) {
	m := redistest.StartMini(t)
	e := newEnv(t, m.URL())
	a := e.watched()
	_, err := e.store.Rate(t.Context(), 5, "AAAAAAAAAAAA", bot.Helpful) // no such entry: no failure
	must(t, err)
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	_, canceled := e.store.Recall(gone, 5)
	m.SetError("ERR out of order")
	_, refused := e.store.Recall(t.Context(), 5)
	m.SetError("")
	m.Close()
	_, away := e.store.Recall(t.Context(), 5)
	if canceled == nil || refused == nil || away == nil {
		t.Errorf("errors %v, %v, %v", canceled, refused, away)
	}
	if diff := cmp.Diff([]string{"get", "recall refused", "recall network"}, a.take()); diff != "" {
		t.Errorf("asked (-want +got):\n%s", diff)
	}
}

func TestInspect(t *testing.T) {
	for name, c := range map[string]struct {
		url  func() string
		want Node
		n    int
	}{
		"mini": {func() string { return redistest.StartMini(t).URL() }, Node{}, 1},
		"server": {
			func() string { return redistest.StartServer(t, "maxmemory 50mb", "maxmemory-policy allkeys-lru").URL() },
			Node{Role: "master", Mode: "standalone", Append: "on", Fsync: "always", MaxMemory: 50 << 20, Policy: "allkeys-lru"},
			1,
		},
		"cluster": {
			func() string { return redistest.StartCluster(t).URL() },
			Node{Role: "master", Mode: "cluster", Append: "on", Fsync: "no", Policy: "noeviction", ClusterState: "ok"},
			3,
		},
	} {
		t.Run(name, func(t *testing.T) {
			e := newEnv(t, c.url())
			h, err := Inspect(t.Context(), e.db)
			must(t, err)
			if len(h.Nodes) != c.n || h.Cluster != (c.n > 1) || h.Claimed {
				t.Fatalf("found %+v", h)
			}
			for _, n := range h.Nodes {
				if n.Latency <= 0 || n.Clock.Abs() > time.Minute || (c.want.Role != "") != n.AtLeast(6, 0) {
					t.Errorf("latency %s, clock %s, version %q", n.Latency, n.Clock, n.Version)
				}
				n.Latency, n.Clock, n.Version, n.Valkey, n.Memory, n.Machine = 0, 0, "", "", 0, 0
				if diff := cmp.Diff(c.want, n); diff != "" {
					t.Errorf("node (-want +got):\n%s", diff)
				}
			}
			must(t, ClaimKey(t.Context(), e.db, e.sealer))
			if h, err := Inspect(t.Context(), e.db); err != nil || !h.Claimed {
				t.Errorf("after a claim: %+v, %v", h, err)
			}
		})
	}
	db, err := Connect("redis://127.0.0.1:1")
	must(t, err)
	defer db.Close()
	if _, err := Inspect(t.Context(), db); bot.KindOf(err) != bot.StoreDown {
		t.Errorf("nobody there: %v", err)
	}
}

func TestParseInfo(t *testing.T) {
	const valkey = "# Server\r\nredis_version:7.2.4\r\nserver_name:valkey\r\nvalkey_version:8.1.1\r\nserver_mode:standalone\r\n" +
		"# Memory\r\nused_memory:1048576\r\ntotal_system_memory:8388608\r\nmaxmemory:2097152\r\nmaxmemory_policy:volatile-lru\r\n" +
		"# Persistence\r\nloading:1\r\naof_enabled:0\r\nrdb_last_bgsave_status:err\r\naof_last_write_status:ok\r\n" +
		"# Stats\r\nevicted_keys:12\r\n# Replication\r\nrole:slave\r\n"
	want := Node{
		Version: "7.2.4", Valkey: "8.1.1", Role: "slave", Mode: "standalone", Loading: true, Append: "off", WriteFailed: true,
		Memory: 1 << 20, MaxMemory: 2 << 20, Machine: 8 << 20, Policy: "volatile-lru", Evicted: 12,
	}
	if diff := cmp.Diff(want, parseInfo(valkey)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := parseInfo("used_memory:many\nmaxmemory\naof_enabled:2\n"); got != (Node{}) {
		t.Errorf("nonsense gives %+v", got)
	}
	for version, at7 := range map[string]bool{"": false, "x": false, "6.2.14": false, "7.0.0": true, "7.4": true, "10.1.0": true} {
		if got := (Node{Version: version}).AtLeast(7, 0); got != at7 {
			t.Errorf("%q is at least 7.0: %v", version, got)
		}
	}
}

func FuzzParseInfo(f *testing.F) {
	f.Add("redis_version:7.0.15\r\nused_memory:1\r\n")
	f.Add("used_memory:99999999999999999999\nrole:")
	f.Fuzz(func(_ *testing.T, text string) { parseInfo(text).AtLeast(7, 0) })
}

func TestConnectLocal(t *testing.T) {
	redistest.Program(t)
	dir := t.TempDir()
	if _, err := ConnectLocal(t.Context(), dir); !errors.Is(err, ErrNoData) {
		t.Errorf("an empty folder: %v", err)
	}
	if key, err := ReadLocalKey(dir); err == nil || !strings.Contains(err.Error(), "data.key is missing") {
		t.Errorf("a key out of nowhere: %q, %v", key, err)
	}
	made, err := LocalKey(dir)
	must(t, err)
	if key, err := ReadLocalKey(dir); err != nil || !slices.Equal(key, made) {
		t.Errorf("another key, %v", err)
	}
	embedded, err := StartEmbedded(t.Context(), dir)
	must(t, err)
	must(t, embedded.Close())
	if _, err := ConnectLocal(t.Context(), dir); !errors.Is(err, ErrStopped) {
		t.Errorf("no server: %v", err)
	}
	embedded, err = StartEmbedded(t.Context(), dir)
	must(t, err)
	defer embedded.Close()
	db, err := ConnectLocal(t.Context(), dir)
	must(t, err)
	defer db.Close()
	must(t, embedded.DB.Set(t.Context(), "k", "v", 0).Err())
	if got := db.Get(t.Context(), "k").Val(); got != "v" {
		t.Errorf("another store: %q", got)
	}
	if program, version := LocalProgram(); program == "" || !strings.Contains(version, ".") {
		t.Errorf("program %q, version %q", program, version)
	}
}
