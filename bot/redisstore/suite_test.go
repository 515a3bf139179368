package redisstore

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"refbot/bot"
	"refbot/bot/redisstore/redistest"
)

// env is an empty Redis of one kind.
type env struct {
	db     redis.UniversalClient
	sealer *Sealer
	store  *Store

	mu       sync.Mutex
	reported []error
}

// cases is what every kind of Redis must pass. Each case starts with an empty one.
var cases = []struct {
	name string
	run  func(*testing.T, *env)
}{
	{"recall and record", testRecallRecord},
	{"an unreadable value hinders nobody", testUnreadable},
	{"feedback", testFeedback},
	{"forget", testForget},
	{"retention", testRetention},
	{"retention of profiles", testProfileRetention},
	{"a shorter retention", testShorterRetention},
	{"the journal in pages", testJournalPages},
	{"a journal from before the index", testUnindexed},
	{"an index of what is gone", testStaleIndex},
	{"nothing is readable", testSealed},
	{"claim and check the key", testKey},
	{"a store that lost its name key", testLostProbe},
	{"change the key", testRotation},
	{"seal everything anew", testRekey},
	{"a key that is gone", testKeyGone},
	{"order", testOrder},
	{"duplicates", testDuplicates},
	{"a full mailbox", testFullMailbox},
	{"lease hands out what there is", testLeaseBounds},
	{"lease tells of what it leaves", testLeaseLeaves},
	{"takeover", testTakeover},
	{"takeover and return", testTakeoverAndReturn},
	{"an outage longer than a lease", testOutage},
	{"an abandoned lease", testAbandoned},
	{"renew", testRenew},
	{"retry", testRetry},
	{"release", testRelease},
	{"bury", testBury},
	{"dead letters", testDeadLetters},
	{"dead letters without a reason", testBareLetters},
	{"a repeated Done", testRepeatedDone},
	{"finish", testFinish},
	{"an update that does not open", testUnopenable},
	{"scripts are loaded again", testScriptFlush},
	{"round trips", testRoundTrips},
	{"any interleaving", testInterleavings},
	{"no loss and no doubles among workers", testWorkers},
	{"the LLM's quota", testPhrasing},
	{"phrased answers", testPhrases},
	{"staff are told once", testSiren},
	{"moderators' pages", testModerationPages},
	{"rulings", testRulings},
	{"the queue", testQueue},
	{"clusters", testClusters},
	{"two clerks", testTwoClerks},
	{"entries from before there was a clerk", testAdopted},
	{"the audit", testAudit},
	{"versions of the knowledge base", testShelf},
	{"proposals", testProposals},
	{"wishes", testWishes},
	{"wishes of one person at once", testWishesAtOnce},
	{"switches", testSwitches},
	{"logins", testLogins},
}

func TestMini(t *testing.T) {
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) { c.run(t, newEnv(t, redistest.StartMini(t).URL())) })
	}
}

func TestServer(t *testing.T)  { runCases(t, redistest.StartServer(t, "appendfsync everysec").URL()) }
func TestCluster(t *testing.T) { runCases(t, redistest.StartCluster(t).URL()) }

// runCases empties one Redis for each case.
func runCases(t *testing.T, url string) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			e := newEnv(t, url)
			must(t, each(t.Context(), e.db, func(ctx context.Context, node *redis.Client) error { return node.FlushAll(ctx).Err() }))
			c.run(t, e)
		})
	}
}

func newEnv(t testing.TB, url string) *env {
	t.Helper()
	db, err := Connect(url)
	must(t, err)
	t.Cleanup(func() { db.Close() })
	e := &env{db: db, sealer: newSealer(t, 1)}
	e.store = e.replica(e.sealer)
	return e
}

// replica is a further store on the same Redis.
func (e *env) replica(s *Sealer) *Store {
	store := New(e.db, s, DefaultRetention())
	store.Report = func(err error) {
		e.mu.Lock()
		defer e.mu.Unlock()
		e.reported = append(e.reported, err)
	}
	return store
}

func (e *env) reports() string {
	e.mu.Lock()
	defer e.mu.Unlock()
	return fmt.Sprint(e.reported)
}

// expire ends the leases and pauses of all mailboxes, as waiting would.
func (e *env) expire(t *testing.T) {
	t.Helper()
	for _, s := range shards {
		for _, mailbox := range e.db.ZRange(t.Context(), s.due, 0, -1).Val() {
			must(t, e.db.ZAddXX(t.Context(), s.due, redis.Z{Score: 1, Member: mailbox}).Err())
		}
	}
}

// each runs f on every master.
func each(ctx context.Context, db redis.UniversalClient, f func(context.Context, *redis.Client) error) error {
	if cluster, ok := db.(*redis.ClusterClient); ok {
		return cluster.ForEachMaster(ctx, f)
	}
	return f(ctx, db.(*redis.Client))
}

// keys lists the keys that match, on all masters.
func (e *env) keys(t *testing.T, pattern string) []string {
	t.Helper()
	var mu sync.Mutex
	var all []string
	must(t, each(t.Context(), e.db, func(ctx context.Context, node *redis.Client) error {
		some, err := node.Keys(ctx, pattern).Result()
		mu.Lock()
		defer mu.Unlock()
		all = append(all, some...)
		return err
	}))
	slices.Sort(all)
	return all
}

func newSealer(t testing.TB, keys ...byte) *Sealer {
	t.Helper()
	var all [][]byte
	for _, k := range keys {
		all = append(all, []byte(strings.Repeat(string(rune('a'+k)), KeySize)))
	}
	s, err := NewSealer(all[0], all[1:]...)
	must(t, err)
	return s
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// update is the text "chat/n" for a chat.
func update(id, chat int64, n int) bot.Update {
	return bot.Update{ID: id, Mailbox: chat, Data: fmt.Appendf(nil, "%d/%d", chat, n)}
}

func put(t *testing.T, in *Inbox, updates ...bot.Update) {
	t.Helper()
	must(t, in.Put(t.Context(), updates))
}

// leaseOne expects exactly one delivery.
func leaseOne(t *testing.T, in *Inbox) bot.Delivery {
	t.Helper()
	ds, err := in.Lease(t.Context(), 10)
	must(t, err)
	if len(ds) != 1 {
		t.Fatalf("%d mailboxes leased, want one", len(ds))
	}
	return ds[0]
}

func leaseNone(t *testing.T, in *Inbox) {
	t.Helper()
	ds, err := in.Lease(t.Context(), 10)
	must(t, err)
	if len(ds) != 0 {
		t.Fatalf("leased %q, want nothing", ds[0].Data)
	}
}

// finish expects Done to hand out want next, "" for nothing.
func finish(t *testing.T, in *Inbox, d bot.Delivery, want string) bot.Delivery {
	t.Helper()
	next, err := in.Done(t.Context(), d)
	must(t, err)
	return checkNext(t, next, want)
}

func checkNext(t *testing.T, next *bot.Delivery, want string) bot.Delivery {
	t.Helper()
	if next == nil {
		next = &bot.Delivery{}
	}
	if string(next.Data) != want {
		t.Fatalf("next is %q, want %q", next.Data, want)
	}
	return *next
}

const hour = time.Hour

var errPoison = &bot.Error{Op: "handle an update", Kind: bot.Internal, Err: errors.New("panic of type string")}
