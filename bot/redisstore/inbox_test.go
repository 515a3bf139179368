package redisstore

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"refbot/bot"
)

func testOrder(t *testing.T, e *env) {
	in := e.store.Inbox(hour)
	put(t, in, update(1, 7, 1), update(2, -100, 1), update(3, 7, 2))
	put(t, in, update(4, 7, 3))
	awake(t, in)
	ds, err := in.Lease(t.Context(), 10)
	must(t, err)
	if len(ds) != 2 {
		t.Fatalf("%d mailboxes leased, want two", len(ds))
	}
	leaseNone(t, e.store.Inbox(hour)) // nobody else gets them
	for _, d := range ds {
		if d.Tries != 1 || strings.Contains(d.Mailbox, "7") && d.Mailbox == "7" {
			t.Errorf("delivery %+v", d)
		}
		if string(d.Data) == "7/1" {
			d = finish(t, in, d, "7/2")
			d = finish(t, in, d, "7/3")
		}
		finish(t, in, d, "")
	}
	leaseNone(t, in)
	if left := e.keys(t, "rb:{s*}:[^u]*"); len(left) != 0 {
		t.Errorf("an empty inbox holds %q", left)
	}
}

// awake expects that somebody who waits for work is woken.
func awake(t *testing.T, in *Inbox) {
	t.Helper()
	select {
	case <-in.Wake():
	default:
		t.Error("nobody was woken")
	}
}

func testDuplicates(t *testing.T, e *env) {
	in, ids := e.store.Inbox(hour), []int64{0, 1, 8191, 8192, -1, math.MaxInt64, math.MinInt64}
	for range 2 {
		for n, id := range ids {
			put(t, in, update(id, 7, n), update(id, 7, n))
		}
	}
	d := leaseOne(t, in)
	for n := range ids {
		want := ""
		if n+1 < len(ids) {
			want = fmt.Sprintf("7/%d", n+1)
		}
		d = finish(t, in, d, want)
	}
	put(t, in, update(1, 7, 99)) // known although handled
	leaseNone(t, in)
}

func testFullMailbox(t *testing.T, e *env) {
	in := e.store.Inbox(hour)
	flood := make([]bot.Update, mailboxSize+5)
	for i := range flood {
		flood[i] = update(int64(i), 7, i)
	}
	put(t, in, flood...)
	put(t, in, update(9000, 8, 1), bot.Update{ID: 9001, Mailbox: 9, Data: make([]byte, bot.MaxUpdate+1)})
	ds, err := in.Lease(t.Context(), 10)
	must(t, err)
	if len(ds) != 2 {
		t.Errorf("%d mailboxes, want the flooded one and its neighbour", len(ds))
	}
	if n := e.db.LLen(t.Context(), mailboxKey(e.sealer.Hide("mailbox", 7))).Val(); n != mailboxSize {
		t.Errorf("the flooded mailbox holds %d", n)
	}
	if !strings.Contains(e.reports(), "5 updates were dropped") {
		t.Errorf("reported %s", e.reports())
	}
}

// testLeaseLeaves: who took less than is there is woken for the rest, though nothing more comes.
func testLeaseLeaves(t *testing.T, e *env) {
	in := e.store.Inbox(hour)
	put(t, in, update(1, 7, 1), update(2, 8, 1))
	awake(t, in)
	if ds, err := in.Lease(t.Context(), 1); err != nil || len(ds) != 1 {
		t.Fatalf("%d mailboxes, %v", len(ds), err)
	}
	awake(t, in)
	leaseOne(t, in)
	leaseNone(t, in)
	select {
	case <-in.Wake():
		t.Error("woken for nothing")
	default:
	}
}

func testLeaseBounds(t *testing.T, e *env) {
	const chats = 50
	in := e.store.Inbox(hour)
	var updates []bot.Update
	for chat := int64(0); len(updates) < chats; chat++ {
		// All but the last ten in one shard: the hardest to find a few of.
		if shardOf(e.sealer.Hide("mailbox", chat)) == 3 || len(updates) >= chats-10 {
			updates = append(updates, update(chat, chat, 1))
		}
	}
	put(t, in, updates...)
	for left, n := chats, 1; left > 0; n *= 3 {
		ds, err := in.Lease(t.Context(), n)
		must(t, err)
		if len(ds) != min(n, left) {
			t.Fatalf("Lease(%d) of %d gave %d", n, left, len(ds))
		}
		left -= len(ds)
	}
	if ds, err := in.Lease(t.Context(), 0); err != nil || ds != nil {
		t.Errorf("Lease(0) = %v, %v", ds, err)
	}
	if d, err := in.Depth(t.Context()); err != nil || d != (Depth{InWork: chats}) {
		t.Errorf("depth %+v, %v", d, err)
	}
}

func testTakeover(t *testing.T, e *env) {
	dead, alive := e.store.Inbox(20*time.Millisecond), e.store.Inbox(hour)
	put(t, dead, update(1, 7, 1), update(2, 7, 2))
	old := leaseOne(t, dead)
	taken := leaseEventually(t, alive)
	if string(taken.Data) != "7/1" || taken.Tries != 2 || taken.Token == old.Token {
		t.Fatalf("taken over as %+v", taken)
	}
	// The old owner was only slow: whatever it says now counts for nothing.
	finish(t, dead, old, "")
	must(t, dead.Retry(t.Context(), old, 0))
	must(t, dead.Renew(t.Context(), []bot.Delivery{old}))
	next, err := dead.Bury(t.Context(), old, errPoison)
	must(t, err)
	checkNext(t, next, "")
	finish(t, alive, finish(t, alive, taken, "7/2"), "")
	if d, err := alive.Depth(t.Context()); err != nil || d != (Depth{}) {
		t.Errorf("depth %+v, %v", d, err)
	}
}

// leaseEventually waits until somebody else's lease has ended.
func leaseEventually(t *testing.T, in *Inbox) bot.Delivery {
	t.Helper()
	for range 1000 {
		ds, err := in.Lease(t.Context(), 1)
		must(t, err)
		if len(ds) == 1 {
			return ds[0]
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatal("nobody takes the mailbox over")
	return bot.Delivery{}
}

func testTakeoverAndReturn(t *testing.T, e *env) {
	a, b := e.store.Inbox(hour), e.store.Inbox(hour)
	put(t, a, update(1, 7, 1), update(2, 7, 2))
	first := leaseOne(t, a)
	e.expire(t)
	second := leaseOne(t, b)
	e.expire(t)
	a.drop(first.Mailbox, first.Token) // its worker has noticed
	third := leaseOne(t, a)
	if third.Tries != 3 || third.Token == first.Token {
		t.Fatalf("returned as %+v", third)
	}
	finish(t, a, first, "")
	finish(t, b, second, "")
	finish(t, a, third, "7/2")
}

// testOutage lets a lease end while its worker goes on: nobody of the same replica may start over.
func testOutage(t *testing.T, e *env) {
	in := e.store.Inbox(hour)
	put(t, in, update(1, 7, 1), update(2, 7, 2))
	d := leaseOne(t, in)
	e.expire(t)
	leaseNone(t, in)
	if depth, err := in.Depth(t.Context()); err != nil || depth != (Depth{InWork: 1}) {
		t.Errorf("depth %+v, %v: the lease should have been prolonged", depth, err)
	}
	d = finish(t, in, d, "7/2")
	e.expire(t)
	leaseNone(t, in)
	finish(t, in, d, "")
}

// testAbandoned is a lease whose delivery never reached a worker: the reply to Lease was lost.
func testAbandoned(t *testing.T, e *env) {
	in := e.store.Inbox(hour)
	put(t, in, update(1, 7, 1))
	lost := leaseOne(t, in)
	in.drop(lost.Mailbox, lost.Token)
	awake(t, in)
	e.expire(t)
	leaseNone(t, in)
	awake(t, in) // there is work after all
	d := leaseOne(t, in)
	if d.Token == lost.Token {
		t.Error("the token came again")
	}
	finish(t, in, lost, "")
	finish(t, in, d, "")
}

func testRenew(t *testing.T, e *env) {
	in := e.store.Inbox(hour)
	for chat := range int64(30) {
		put(t, in, update(chat, chat, 1))
	}
	ds, err := in.Lease(t.Context(), 30)
	must(t, err)
	e.expire(t)
	must(t, in.Renew(t.Context(), ds[:20]))
	others, err := e.store.Inbox(hour).Lease(t.Context(), 30)
	must(t, err)
	if len(ds) != 30 || len(others) != 10 {
		t.Errorf("of %d leases, 20 of them renewed, %d were lost", len(ds), len(others))
	}
	must(t, in.Renew(t.Context(), nil))
}

func testRetry(t *testing.T, e *env) {
	in := e.store.Inbox(hour)
	put(t, in, update(1, 7, 1), update(2, 7, 2))
	d := leaseOne(t, in)
	must(t, in.Retry(t.Context(), d, 10*time.Minute))
	leaseNone(t, in)
	score := e.db.ZScore(t.Context(), shards[shardOf(d.Mailbox)].due, d.Mailbox).Val()
	if wait := time.Until(time.UnixMilli(int64(score))); wait < 9*time.Minute || wait > 10*time.Minute {
		t.Errorf("it comes again in %v", wait)
	}
	put(t, in, update(3, 7, 3)) // news do not shorten the pause
	leaseNone(t, in)
	e.expire(t)
	d = leaseOne(t, in)
	if string(d.Data) != "7/1" || d.Tries != 2 {
		t.Errorf("came again as %+v", d)
	}
	must(t, in.Retry(t.Context(), d, 0))
	d = leaseOne(t, e.store.Inbox(hour))
	if string(d.Data) != "7/1" || d.Tries != 3 {
		t.Errorf("came again as %+v", d)
	}
	if d = finish(t, in, d, "7/2"); d.Tries != 1 {
		t.Errorf("the next begins with try %d", d.Tries)
	}
}

func testBury(t *testing.T, e *env) {
	in := e.store.Inbox(hour)
	put(t, in, update(1, 7, 1), update(2, 7, 2))
	d := leaseOne(t, in)
	next, err := in.Bury(t.Context(), d, errPoison)
	must(t, err)
	d = checkNext(t, next, "7/2")
	dead := shards[shardOf(d.Mailbox)].dead
	if l, err := e.store.DeadLetters(t.Context()); err != nil || len(l) != 1 || string(l[0].Data) != "7/1" || l[0].Why != errPoison.Error() {
		t.Errorf("the dead letters are %+v, %v", l, err)
	}
	// Letters over their time go when the next comes.
	must(t, e.db.RPush(t.Context(), dead, "1000:x:old", "999:x:older").Err())
	_, err = in.Bury(t.Context(), d, errPoison)
	must(t, err)
	if depth, err := in.Depth(t.Context()); err != nil || depth != (Depth{Dead: 2}) {
		t.Errorf("depth %+v, %v", depth, err)
	}
}

// testRelease gives a mailbox back for a reason that is not the update's.
func testRelease(t *testing.T, e *env) {
	in := e.store.Inbox(hour)
	put(t, in, update(1, 7, 1))
	for range 3 {
		d := leaseOne(t, in)
		if d.Tries != 1 {
			t.Errorf("a released update comes as %+v", d)
		}
		must(t, in.Release(t.Context(), d, 0))
		must(t, in.Release(t.Context(), d, 0)) // says nothing new
	}
}

// testRepeatedDone is a Done whose reply was lost and which the client sent again.
func testRepeatedDone(t *testing.T, e *env) {
	in := e.store.Inbox(hour)
	put(t, in, update(1, 7, 1), update(2, 7, 2))
	d := leaseOne(t, in)
	finish(t, in, d, "7/2")
	again := finish(t, in, d, "7/2")
	if again.Tries != 1 {
		t.Errorf("the repetition counts as try %d", again.Tries)
	}
	finish(t, in, again, "")
	finish(t, in, again, "")
	put(t, in, update(3, 7, 3))
	finish(t, in, again, "")
	if next := leaseOne(t, in); string(next.Data) != "7/3" {
		t.Errorf("%q is left", next.Data)
	}
}

func testFinish(t *testing.T, e *env) {
	in, session := e.store.Inbox(hour), bot.Session{Chat: 7}
	put(t, in, update(1, 7, 1), update(2, 7, 2))
	next, err := in.Finish(t.Context(), leaseOne(t, in), bot.Outcome{Person: 7, Session: &session, Profile: &bot.Profile{Subscribed: true}, Entry: entry("AAAAAAAAAAAA")})
	must(t, err)
	d := checkNext(t, next, "7/2")
	next, err = in.Finish(t.Context(), d, bot.Outcome{Person: 8})
	must(t, err)
	checkNext(t, next, "")
	m, err := e.store.Recall(t.Context(), 7)
	if err != nil || m.Session.Chat != 7 || !m.Profile.Subscribed {
		t.Errorf("recalled %+v, %v", m, err)
	}
	if ok, err := e.store.Rate(t.Context(), 7, "AAAAAAAAAAAA", bot.Helpful); !ok || err != nil {
		t.Errorf("the entry: %v, %v", ok, err)
	}
	if m, err := e.store.Recall(t.Context(), 8); err != nil || m.Known {
		t.Errorf("an empty outcome stored %+v, %v", m, err)
	}
}

// testUnopenable lets a replica with another key meet an update: it neither loses nor counts it.
func testUnopenable(t *testing.T, e *env) {
	stranger := newSealer(t, 9)
	stranger.names.Store(e.sealer.names.Load())
	right, wrong := e.store.Inbox(hour), e.replica(stranger).Inbox(hour)
	put(t, right, update(1, 7, 1), update(2, 7, 2))
	leaseNone(t, wrong)
	if !strings.Contains(e.reports(), ErrSealed.Error()) {
		t.Errorf("reported %s", e.reports())
	}
	leaseNone(t, right) // it rests a while
	e.expire(t)
	d := leaseOne(t, right)
	if d.Tries != 1 {
		t.Errorf("the attempt to open it counts: try %d", d.Tries)
	}
	finish(t, wrong, d, "") // meets the second update, which does not open either
	e.expire(t)
	if d := leaseOne(t, right); string(d.Data) != "7/2" || d.Tries != 1 {
		t.Errorf("the second comes as %+v", d)
	}
}

func testScriptFlush(t *testing.T, e *env) {
	in := e.store.Inbox(hour)
	flush := func() { must(t, e.db.ScriptFlush(t.Context()).Err()) }
	flush()
	put(t, in, update(1, 7, 1), update(2, 8, 1))
	flush()
	ds, err := in.Lease(t.Context(), 5)
	must(t, err)
	if len(ds) != 2 {
		t.Fatalf("%d mailboxes", len(ds))
	}
	flush()
	_, err = in.Finish(t.Context(), ds[0], bot.Outcome{Person: 7, Session: &bot.Session{Chat: 7}})
	must(t, err)
	if m, err := e.store.Recall(t.Context(), 7); err != nil || m.Session.Chat != 7 {
		t.Errorf("recalled %+v, %v", m, err)
	}
}
