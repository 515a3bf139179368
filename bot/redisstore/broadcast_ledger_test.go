package redisstore

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/redis/go-redis/v9"

	"refbot/bot/broadcast"
	"refbot/knowledge/language"
)

// name is the broadcast of the tests of ledgers.
const name = broadcast.ID("LEDGERAA")

// emptied is e with nothing in Redis.
func (e *env) emptied(t *testing.T) *env {
	t.Helper()
	must(t, each(t.Context(), e.db, func(ctx context.Context, node *redis.Client) error { return node.FlushAll(ctx).Err() }))
	return e
}

// crowd subscribes people.
func (e *env) crowd(t testing.TB, n int) *Broadcasts {
	t.Helper()
	r := e.store.Broadcasts()
	for i := range n {
		must(t, r.Put(t.Context(), broadcast.Subscriber{Chat: asker + int64(i), Language: language.Codes()[i%3], Since: time.Now()}))
	}
	return r
}

func (e *env) tally(t testing.TB) broadcast.Tally {
	t.Helper()
	tally, err := e.store.Broadcasts().Tally(t.Context(), name)
	must(t, err)
	return tally
}

// lines are all lines of the ledger by chat.
func (e *env) lines(t testing.TB, id broadcast.ID) map[int64]broadcast.Line {
	t.Helper()
	all := map[int64]broadcast.Line{}
	must(t, e.store.Broadcasts().Each(t.Context(), id, func(l broadcast.Line) error {
		if _, twice := all[l.Chat]; twice {
			t.Errorf("%d is in the ledger twice", l.Chat)
		}
		all[l.Chat] = l
		return nil
	}))
	return all
}

func claim(t testing.TB, r *Broadcasts, worker string) *broadcast.Batch {
	t.Helper()
	b, err := r.Claim(t.Context(), name, worker, hour)
	must(t, err)
	return b
}

// write marks a line and tells whether that was taken.
func write(t testing.TB, r *Broadcasts, b *broadcast.Batch, line int, o broadcast.Outcome, message int) bool {
	t.Helper()
	marks := []broadcast.Mark{{Batch: b, Line: line, Outcome: o, Message: message}}
	must(t, r.Write(t.Context(), marks, hour))
	return !marks[0].Refused
}

// abandon ends the leases of all claims, as waiting would.
func (e *env) abandon(t testing.TB) {
	t.Helper()
	for n := range Shards {
		due := ledgerOf(name, n).due
		for _, batch := range e.db.ZRange(t.Context(), due, 0, -1).Val() {
			must(t, e.db.ZAddXX(t.Context(), due, redis.Z{Score: 1, Member: batch}).Err())
		}
	}
}

// one freezes an audience of a few people that stand in one batch.
func (e *env) one(t testing.TB) (*Broadcasts, *broadcast.Batch) {
	t.Helper()
	r := e.store.Broadcasts()
	for i, found := int64(0), 0; found < 5; i++ {
		if e.store.seatOf(asker+i).shard == 3 {
			must(t, r.Put(t.Context(), broadcast.Subscriber{Chat: asker + i, Language: "kk"}))
			found++
		}
	}
	must(t, r.Freeze(t.Context(), name, broadcast.Segment{}, nil))
	b := claim(t, r, "first")
	if b == nil || len(b.Lines) != 5 {
		t.Fatalf("claimed %+v", b)
	}
	return r, b
}

func testLedger(t *testing.T, e *env) {
	r := e.crowd(t, 90)
	steps := 0
	must(t, r.Freeze(t.Context(), name, broadcast.Segment{Languages: []language.Code{"kk", "ru"}}, func(_, _ int) { steps++ }))
	if tally := e.tally(t); tally != (broadcast.Tally{Queued: 60}) || steps == 0 {
		t.Fatalf("frozen: %+v after %d steps", tally, steps)
	}
	outcomes := []broadcast.Outcome{broadcast.Sent, broadcast.Unreachable, broadcast.Failed, broadcast.Unknown, broadcast.Begun, broadcast.Queued}
	want := map[int64]broadcast.Line{}
	var count broadcast.Tally
	var held []*broadcast.Batch
	for b := claim(t, r, "w"); b != nil; b = claim(t, r, "w") {
		held = append(held, b)
		var marks []broadcast.Mark
		for i, l := range b.Lines {
			o := outcomes[len(want)%len(outcomes)]
			if l.Outcome != broadcast.Queued {
				t.Errorf("claimed %+v", l)
			}
			marks = append(marks, broadcast.Mark{Batch: b, Line: i, Outcome: broadcast.Begun})
			m := broadcast.Mark{Batch: b, Line: i, Outcome: o}
			if o == broadcast.Sent {
				m.Message = 1<<31 - 1 - i
			}
			marks = append(marks, m)
			want[l.Chat] = broadcast.Line{Chat: l.Chat, Language: l.Language, Outcome: o, Message: m.Message}
		}
		must(t, r.Write(t.Context(), marks, hour))
		must(t, r.Write(t.Context(), slices.Clone(marks[len(marks)-1:]), hour)) // said twice
		for _, m := range marks {
			if m.Refused {
				t.Error("refused to the one who claimed it")
			}
		}
	}
	count = broadcast.Tally{Queued: 20, Sent: 10, Unreachable: 10, Failed: 10, Unknown: 10}
	if tally := e.tally(t); tally != count || len(held) < 2 {
		t.Errorf("%+v of %d batches, want %+v", tally, len(held), count)
	}
	if diff := cmp.Diff(want, e.lines(t, name)); diff != "" {
		t.Errorf("lines (-want +got):\n%s", diff)
	}
	stop := errors.New("enough")
	if err := r.Each(t.Context(), name, func(broadcast.Line) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("each goes on: %v", err)
	}
}

func testFreezeAgain(t *testing.T, e *env) {
	r, b := e.one(t)
	write(t, r, b, 0, broadcast.Begun, 0)
	write(t, r, b, 0, broadcast.Sent, 9)
	must(t, r.SetStage(t.Context(), name, broadcast.Open, broadcast.Tally{}))
	e.crowd(t, 50) // newcomers
	before := e.tally(t)
	for i := 1; i < 5; i++ {
		write(t, r, b, i, broadcast.Sent, 9+i)
	}
	must(t, r.Freeze(t.Context(), name, broadcast.Segment{}, nil))
	if got := e.lines(t, name)[b.Lines[0].Chat]; got.Outcome != broadcast.Sent || got.Message != 9 || before.Sent != 1 {
		t.Errorf("%+v after %+v", got, before)
	}
	if term, err := r.Lead(t.Context(), name, "w", hour); err != nil || term.Stage != broadcast.Open {
		t.Errorf("%+v, %v", term, err)
	}
}

func testDeadWorker(t *testing.T, e *env) {
	r, b := e.one(t)
	if again := claim(t, r, "second"); again != nil {
		t.Fatalf("claimed twice: %+v", again)
	}
	write(t, r, b, 0, broadcast.Begun, 0)
	write(t, r, b, 0, broadcast.Sent, 5)
	write(t, r, b, 1, broadcast.Begun, 0)
	write(t, r, b, 2, broadcast.Begun, 0)
	write(t, r, b, 2, broadcast.Queued, 0) // given back
	e.abandon(t)
	second := claim(t, r, "second")
	if second == nil || len(second.Lines) != 3 {
		t.Fatalf("claimed %+v", second)
	}
	if tally := e.tally(t); tally != (broadcast.Tally{Queued: 3, Sent: 1, Unknown: 1}) {
		t.Errorf("%+v", tally)
	}
	for i := range 3 {
		write(t, r, second, i, broadcast.Sent, 6)
	}
	if claim(t, r, "third") != nil {
		t.Error("a batch without queued lines is handed out")
	}
	if tally := e.tally(t); tally != (broadcast.Tally{Sent: 4, Unknown: 1}) {
		t.Errorf("%+v", tally)
	}
}

// testLateWorker: what a worker says that has lost its batch is not taken, unless it knows how a line ended
// that nobody else knows of.
func testLateWorker(t *testing.T, e *env) {
	r, b := e.one(t)
	write(t, r, b, 0, broadcast.Begun, 0)
	write(t, r, b, 1, broadcast.Begun, 0)
	e.abandon(t)
	second := claim(t, r, "second")
	if write(t, r, b, 2, broadcast.Begun, 0) {
		t.Error("the loser may begin")
	}
	if write(t, r, b, 0, broadcast.Sent, 11) || write(t, r, b, 1, broadcast.Queued, 0) || write(t, r, b, 3, broadcast.Sent, 1) {
		t.Error("the loser is told it still holds the batch")
	}
	must(t, r.Release(t.Context(), []*broadcast.Batch{b}))
	if claim(t, r, "third") != nil {
		t.Error("the loser released what is another's")
	}
	if tally := e.tally(t); tally != (broadcast.Tally{Queued: 3, Sent: 1, Unknown: 1}) {
		t.Errorf("%+v", tally)
	}
	if got := e.lines(t, name)[b.Lines[0].Chat]; got.Outcome != broadcast.Sent || got.Message != 11 {
		t.Errorf("%+v", got)
	}
	if !write(t, r, second, 0, broadcast.Begun, 0) {
		t.Error("the holder is refused")
	}
}

func testRelease2(t *testing.T, e *env) {
	r, b := e.one(t)
	write(t, r, b, 0, broadcast.Sent, 5)
	must(t, r.Release(t.Context(), []*broadcast.Batch{b}))
	second := claim(t, r, "second")
	if second == nil || len(second.Lines) != 4 {
		t.Fatalf("claimed %+v", second)
	}
	must(t, r.Release(t.Context(), nil))
}

func testRequeue(t *testing.T, e *env) {
	r, b := e.one(t)
	for i, o := range []broadcast.Outcome{broadcast.Unknown, broadcast.Unknown, broadcast.Sent, broadcast.Failed, broadcast.Unreachable} {
		write(t, r, b, i, o, i)
	}
	if n, err := r.Requeue(t.Context(), name); n != 2 || err != nil {
		t.Errorf("%d, %v", n, err)
	}
	if n, err := r.Requeue(t.Context(), name); n != 0 || err != nil {
		t.Errorf("again %d, %v", n, err)
	}
	second := claim(t, r, "second")
	if second == nil || len(second.Lines) != 2 {
		t.Fatalf("claimed %+v", second)
	}
	write(t, r, second, 0, broadcast.Sent, 1)
	write(t, r, second, 1, broadcast.Sent, 1)
	if tally := e.tally(t); tally != (broadcast.Tally{Sent: 3, Failed: 1, Unreachable: 1}) {
		t.Errorf("%+v", tally)
	}
}

func testLeftOut(t *testing.T, e *env) {
	r := e.crowd(t, 10)
	must(t, r.Freeze(t.Context(), name, broadcast.Segment{}, nil))
	for i := range int64(4) {
		must(t, r.Remove(t.Context(), asker+i))
	}
	n := 0
	for b := claim(t, r, "w"); b != nil; b = claim(t, r, "w") {
		for _, l := range b.Lines {
			if n++; l.Chat < asker+4 {
				t.Errorf("%d has left and is written to", l.Chat-asker)
			}
		}
	}
	if tally := e.tally(t); n != 6 || tally != (broadcast.Tally{Queued: 6, Unreachable: 4}) {
		t.Errorf("%d lines, %+v", n, tally)
	}
}

func testInherit(t *testing.T, e *env) {
	r := e.crowd(t, 60)
	must(t, r.Freeze(t.Context(), name, broadcast.Segment{}, nil))
	sent := map[int64]int{}
	for b := claim(t, r, "w"); b != nil; b = claim(t, r, "w") {
		for i, l := range b.Lines {
			if l.Chat%2 == 0 {
				sent[l.Chat] = int(l.Chat%1000) + 1
				write(t, r, b, i, broadcast.Sent, sent[l.Chat])
			} else {
				write(t, r, b, i, broadcast.Failed, 0)
			}
		}
	}
	for chat := range sent { // a correction reaches also who has unsubscribed since
		must(t, r.Remove(t.Context(), chat))
	}
	const correction = broadcast.ID("CORRECTS")
	must(t, r.Inherit(t.Context(), correction, name, nil))
	must(t, r.Inherit(t.Context(), correction, name, nil))
	got := map[int64]int{}
	for {
		b, err := r.Claim(t.Context(), correction, "w", hour)
		must(t, err)
		if b == nil {
			break
		}
		for _, l := range b.Lines {
			got[l.Chat] = l.Message
		}
	}
	if diff := cmp.Diff(sent, got); diff != "" {
		t.Errorf("(-sent +to be corrected):\n%s", diff)
	}
}

func testLead(t *testing.T, e *env) {
	r := e.crowd(t, 3)
	lead := func(who string, lease time.Duration) broadcast.Term {
		t.Helper()
		term, err := r.Lead(t.Context(), name, who, lease)
		must(t, err)
		return term
	}
	if a, b := lead("a", hour), lead("b", hour); !a.Leads || b.Leads || a.Stage != broadcast.Unfrozen {
		t.Errorf("%+v, %+v", a, b)
	}
	must(t, r.Freeze(t.Context(), name, broadcast.Segment{}, nil))
	if a := lead("a", hour); !a.Leads || a.Stage != broadcast.Canary {
		t.Errorf("%+v", a)
	}
	judged := broadcast.Tally{Sent: 1, Unreachable: 2, Failed: 3, Unknown: 4}
	must(t, r.SetStage(t.Context(), name, broadcast.Open, judged))
	if b := lead("b", hour); b.Leads || b.Stage != broadcast.Open || b.Judged != judged {
		t.Errorf("%+v", b)
	}
	lead("a", 0) // leaves
	if b := lead("b", hour); !b.Leads {
		t.Errorf("%+v", b)
	}
}

// testForgottenRecipients: whoever is forgotten counts on in ledgers, and stands in none.
func testForgottenRecipients(t *testing.T, e *env) {
	r, b := e.one(t)
	must(t, r.Save(t.Context(), &broadcast.Broadcast{ID: name, State: broadcast.Sending, Created: time.Now(), Started: time.Now(), Content: map[language.Code]broadcast.Message{"none": {Text: "news"}}, Fallback: "none"}))
	for i := range 4 {
		write(t, r, b, i, broadcast.Begun, 0)
		write(t, r, b, i, broadcast.Sent, 9+i)
	}
	queued, sent := b.Lines[4].Chat, b.Lines[0].Chat
	for person, want := range map[int64]int{sent: 1, queued: 0, asker - 1: 0} {
		got, err := e.store.Received(t.Context(), person)
		if must(t, err); len(got) != want || want > 0 && got[0].Text != "news" {
			t.Errorf("%d got %v, want %d", person, got, want)
		}
	}
	must(t, e.store.Forget(t.Context(), sent))
	must(t, e.store.Forget(t.Context(), queued))
	must(t, e.store.Forget(t.Context(), asker-1)) // never subscribed
	e.abandon(t)
	if again := claim(t, r, "second"); again != nil && len(again.Lines) > 0 {
		t.Errorf("somebody who was forgotten would be written to: %+v", again.Lines)
	}
	if tally := e.tally(t); tally != (broadcast.Tally{Sent: 4, Unreachable: 1}) {
		t.Errorf("%+v", tally)
	}
	left := 0
	must(t, r.Each(t.Context(), name, func(l broadcast.Line) error {
		if l.Chat == sent || l.Chat == queued {
			t.Errorf("%d is in the ledger", l.Chat)
		}
		if l.Chat != nobody {
			left++
		}
		return nil
	}))
	const correction = broadcast.ID("LEDGERAB")
	must(t, r.Inherit(t.Context(), correction, name, nil))
	if heirs := e.lines(t, correction); left != 3 || len(heirs) != 3 {
		t.Errorf("%d of the ledger are left, a correction goes to %v", left, heirs)
	}
}
