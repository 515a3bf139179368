package redisstore

import (
	"context"
	"errors"
	"fmt"
	"time"

	"refbot/bot"
)

// Lease implements bot.Inbox: at most n deliveries, from every shard in turn. It takes one round trip:
// it asks the shards known to have work, or, when none is or the last time is sweepEvery ago, all of them
// for an even part each. Further ones follow when those known to have work had none, and when what is due
// lies unevenly. Shards that do not answer are reported and left out as long as one answers.
func (in *Inbox) Lease(ctx context.Context, n int) ([]bot.Delivery, error) {
	if n <= 0 {
		return nil, nil
	}
	token, first := in.token(), int(in.leases.Load()%Shards)
	quota, all := in.due.plan(first, n, time.Now())
	ds, err := in.leaseRound(ctx, token, first, quota)
	if len(ds) == 0 && err == nil && !all {
		all = true
		ds, err = in.leaseRound(ctx, token, first, even(first, n))
	}
	if rest := n - len(ds); all && err == nil && rest > 0 {
		if quota, some := in.due.share(first, rest); some {
			var more []bot.Delivery
			more, err = in.leaseRound(ctx, token, first, quota)
			ds = append(ds, more...)
		}
	}
	if err == nil && in.due.some() {
		in.ring() // what came meanwhile has rung already, for a caller that was on the way
	}
	if len(ds) > 0 {
		return ds, nil
	}
	return nil, failed("lease mailboxes", err)
}

// leaseRound asks the shards for their quota, and learns how many more each could hand out. Those with a
// negative quota are left out.
func (in *Inbox) leaseRound(ctx context.Context, token string, first int, quota quotas) (ds []bot.Delivery, err error) {
	var calls []call
	var numbers []int
	for i := range Shards {
		n := (first + i) % Shards
		if quota[n] < 0 {
			continue
		}
		s := shards[n]
		numbers = append(numbers, n)
		calls = append(calls, call{
			leaseScript,
			[]string{s.due, s.owners, s.tries},
			[]any{in.lease.Milliseconds(), quota[n], in.replica, token, s.mailboxes},
		})
	}
	var rows []row
	answered, before := false, in.due.before()
	for i, result := range in.store.flights.run(ctx, calls...) {
		more, found, e := parseLease(result.Val(), result.Err())
		if e != nil {
			err = e
			continue
		}
		answered = true
		in.due.set(numbers[i], more, before)
		rows = append(rows, found...)
	}
	if err != nil && answered {
		in.store.report(failed("lease mailboxes", err))
		err = nil
	}
	return in.deliver(ctx, rows), err
}

// deliver opens what was leased. Mailboxes that can't be worked on now are given back: those whose
// update does not open, because the right key may come, and those this replica has abandoned.
func (in *Inbox) deliver(ctx context.Context, rows []row) []bot.Delivery {
	var ds []bot.Delivery
	var back []call
	for _, r := range rows {
		switch d, ok := in.open(r); {
		case ok:
			in.hold(d)
			ds = append(ds, d)
		case r.mine && !in.holds(r):
			back = append(back, in.release(r.mailbox, r.token, 0, 0))
		case !r.mine:
			back = append(back, in.release(r.mailbox, r.token, sealedPause, -1))
		}
	}
	if len(back) == 0 {
		return ds
	}
	if err := firstError(run(ctx, in.db, back...)); err != nil {
		in.store.report(failed("give mailboxes back", err)) // their leases end by themselves
	}
	in.ring()
	return ds
}

// open makes a delivery of a row; false when the mailbox is this replica's already or the update does
// not open, which is reported.
func (in *Inbox) open(r row) (bot.Delivery, bool) {
	if r.mine {
		return bot.Delivery{}, false
	}
	data, err := in.store.sealer.Open(mailboxKey(r.mailbox), []byte(r.update))
	if err != nil {
		in.store.report(fmt.Errorf("an update waits until it can be opened: %w", err))
		return bot.Delivery{}, false
	}
	return bot.Delivery{Mailbox: r.mailbox, Data: data, Tries: r.tries, Token: r.token}, true
}

// Renew implements bot.Inbox: one round trip for all.
func (in *Inbox) Renew(ctx context.Context, ds []bot.Delivery) error {
	if len(ds) == 0 {
		return nil
	}
	var index [Shards]int // position in calls, plus one
	var calls []call
	for _, d := range ds {
		in.prolong(d)
		n := shardOf(d.Mailbox)
		if index[n] == 0 {
			s := shards[n]
			calls = append(calls, call{renewScript, []string{s.due, s.owners}, []any{in.lease.Milliseconds()}})
			index[n] = len(calls)
		}
		c := &calls[index[n]-1]
		c.args = append(c.args, d.Mailbox, d.Token)
	}
	return failed("renew mailboxes", firstError(run(ctx, in.db, calls...)))
}

// hold notes that this replica works under the delivery's lease.
func (in *Inbox) hold(d bot.Delivery) {
	in.mu.Lock()
	defer in.mu.Unlock()
	in.held[d.Mailbox] = hold{d.Token, time.Now().Add(in.lease)}
}

// prolong does so for a lease that is still the one this replica works under.
func (in *Inbox) prolong(d bot.Delivery) {
	in.mu.Lock()
	defer in.mu.Unlock()
	if in.held[d.Mailbox].token == d.Token {
		in.held[d.Mailbox] = hold{d.Token, time.Now().Add(in.lease)}
	}
}

// drop notes that nobody here works under the token any more.
func (in *Inbox) drop(mailbox, token string) {
	in.mu.Lock()
	defer in.mu.Unlock()
	if in.held[mailbox].token == token {
		delete(in.held, mailbox)
	}
}

// holds tells whether somebody here works on the mailbox of a row that came back as this replica's own:
// Redis was away for longer than a lease. Where nobody does, the reply of an earlier Lease was lost, or
// the worker ended without a word.
func (in *Inbox) holds(r row) bool {
	in.mu.Lock()
	defer in.mu.Unlock()
	h := in.held[r.mailbox]
	return h.token == r.token && time.Now().Before(h.until)
}

// row is a mailbox as a script hands it out.
type row struct {
	mailbox, token string
	mine           bool // held by this replica before
	tries          int
	update         string // sealed
}

var errRow = errors.New("a script answered with something else than mailboxes")

// parseLease reads the reply of leaseScript.
func parseLease(reply any, err error) (due int, rows []row, _ error) {
	if err != nil {
		return 0, nil, err
	}
	parts, ok := reply.([]any)
	if !ok || len(parts) != 2 {
		return 0, nil, errRow
	}
	count, okCount := parts[0].(int64)
	list, okList := parts[1].([]any)
	if !okCount || !okList || count < 0 {
		return 0, nil, errRow
	}
	for _, item := range list {
		r, err := parseRow(item)
		if err != nil {
			return 0, nil, err
		}
		rows = append(rows, r)
	}
	return int(count), rows, nil
}

// parseRow reads {mailbox, token} or {mailbox, token, tries, sealed update}.
func parseRow(reply any) (row, error) {
	fields, ok := reply.([]any)
	if !ok || len(fields) != 2 && len(fields) != 4 {
		return row{}, errRow
	}
	mailbox, okMailbox := fields[0].(string)
	token, okToken := fields[1].(string)
	r := row{mailbox: mailbox, token: token, mine: len(fields) == 2}
	if !okMailbox || !okToken {
		return row{}, errRow
	}
	if r.mine {
		return r, nil
	}
	tries, okTries := fields[2].(int64)
	update, okUpdate := fields[3].(string)
	if !okTries || !okUpdate {
		return row{}, errRow
	}
	r.tries, r.update = int(tries), update
	return r, nil
}
