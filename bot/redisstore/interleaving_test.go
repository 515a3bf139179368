package redisstore

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"refbot/bot"
)

// model is what an inbox must look like after any sequence of calls.
type model struct {
	t        *testing.T
	e        *env
	random   *rand.Rand
	replicas []*Inbox
	nextID   int64
	waiting  map[string][]string // by mailbox, oldest first
	tries    map[string]int      // of the oldest
	owner    map[string]string   // mailbox → token
	inHand   []held              // everything ever leased and not settled by its holder
	handled  int
	log      []string
}

// held is a delivery in the hands of a replica, rightly or no longer.
type held struct {
	in *Inbox
	d  bot.Delivery
}

// testInterleavings plays random calls of three replicas against the model. A failure prints the seed
// and what happened.
func testInterleavings(t *testing.T, e *env) {
	for seed := range uint64(8) {
		m := &model{
			t: t, e: e, random: rand.New(rand.NewPCG(seed, 4)), nextID: int64(seed) << 20,
			waiting: map[string][]string{}, tries: map[string]int{}, owner: map[string]string{},
		}
		for range 3 {
			m.replicas = append(m.replicas, e.store.Inbox(hour))
		}
		for range 120 {
			m.step()
		}
		m.drain()
		if t.Failed() {
			t.Fatalf("seed %d:\n%v", seed, m.log)
		}
	}
}

func (m *model) step() {
	in := m.replicas[m.random.IntN(len(m.replicas))]
	switch n := m.random.IntN(20); {
	case n < 6:
		m.put(in)
	case n < 10:
		m.lease(in, 1+m.random.IntN(4))
	case n < 11:
		m.note("all leases end")
		m.e.expire(m.t)
		clear(m.owner)
	case len(m.inHand) == 0:
	case n < 12:
		h := m.inHand[m.random.IntN(len(m.inHand))]
		must(m.t, h.in.Renew(m.t.Context(), []bot.Delivery{h.d}))
	default:
		m.settle(m.random.IntN(len(m.inHand)), n)
	}
}

func (m *model) note(format string, args ...any) {
	m.log = append(m.log, fmt.Sprintf(format, args...))
}

func (m *model) put(in *Inbox) {
	var updates []bot.Update
	for range 1 + m.random.IntN(4) {
		u := update(m.nextID, int64(m.random.IntN(6)), int(m.nextID))
		m.nextID++
		updates = append(updates, u)
		mailbox := m.e.sealer.Hide("mailbox", u.Mailbox)
		m.waiting[mailbox] = append(m.waiting[mailbox], string(u.Data))
		if m.random.IntN(4) == 0 { // and once more
			updates = append(updates, u)
		}
	}
	m.note("put %d", len(updates))
	put(m.t, in, updates...)
}

func (m *model) lease(in *Inbox, n int) {
	ds, err := in.Lease(m.t.Context(), n)
	must(m.t, err)
	if len(ds) > n {
		m.t.Errorf("Lease(%d) gave %d", n, len(ds))
	}
	for _, d := range ds {
		m.note("lease %s %q", d.Token, d.Data)
		if token, ok := m.owner[d.Mailbox]; ok {
			m.t.Errorf("%s was leased although %s holds it", d.Token, token)
		}
		m.hand(in, d)
	}
}

// hand checks a delivery against the model.
func (m *model) hand(in *Inbox, d bot.Delivery) {
	m.tries[d.Mailbox]++
	if queue := m.waiting[d.Mailbox]; len(queue) == 0 || queue[0] != string(d.Data) {
		m.t.Errorf("%s got %q, the mailbox holds %q", d.Token, d.Data, queue)
	}
	if d.Tries != m.tries[d.Mailbox] {
		m.t.Errorf("%q is handed out for the %d. time, not the %d.", d.Data, m.tries[d.Mailbox], d.Tries)
	}
	m.owner[d.Mailbox] = d.Token
	m.inHand = append(m.inHand, held{in, d})
}

// settle has a replica say what became of a delivery, and checks that it counts exactly when nobody has
// taken the mailbox over. A lease that ended counts until somebody does.
func (m *model) settle(i, n int) {
	h := m.inHand[i]
	m.inHand = append(m.inHand[:i], m.inHand[i+1:]...)
	mailbox := h.d.Mailbox
	mine := m.current(mailbox) == h.d.Token
	m.note("settle %s as %d, mine %v", h.d.Token, n, mine)
	if mine {
		delete(m.owner, mailbox)
	}
	if n < 14 {
		must(m.t, h.in.Retry(m.t.Context(), h.d, 0))
		return
	}
	finish := h.in.Done
	if n == 14 {
		finish = func(ctx context.Context, d bot.Delivery) (*bot.Delivery, error) { return h.in.Bury(ctx, d, errPoison) }
	}
	if mine {
		m.waiting[mailbox], m.tries[mailbox] = m.waiting[mailbox][1:], 0
		m.handled++
	}
	next, err := finish(m.t.Context(), h.d)
	must(m.t, err)
	switch {
	case next == nil && mine && len(m.waiting[mailbox]) > 0:
		m.t.Errorf("%s got nothing, the mailbox holds %q", h.d.Token, m.waiting[mailbox])
	case next != nil && !mine:
		m.t.Errorf("%s got %q from a mailbox it had lost", h.d.Token, next.Data)
	case next != nil:
		m.hand(h.in, *next)
	}
}

// current reads whose lease stands, ended or not.
func (m *model) current(mailbox string) string {
	return m.e.db.HGet(m.t.Context(), shards[shardOf(mailbox)].owners, mailbox).Val()
}

// drain settles and leases until everything is handled.
func (m *model) drain() {
	for range 1000 {
		for len(m.inHand) > 0 {
			m.settle(len(m.inHand)-1, 15)
		}
		m.lease(m.replicas[0], 6)
		if len(m.inHand) == 0 {
			break
		}
	}
	for mailbox, queue := range m.waiting {
		if len(queue) > 0 {
			m.t.Errorf("%s still holds %q", mailbox, queue)
		}
	}
	if depth, err := m.replicas[0].Depth(m.t.Context()); err != nil || depth.Due+depth.InWork != 0 {
		m.t.Errorf("after everything: %+v, %v", depth, err)
	}
}
