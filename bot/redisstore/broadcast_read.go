package redisstore

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"github.com/redis/go-redis/v9"

	"refbot/bot/broadcast"
)

// tallyOf reads counts as Redis gives them, "" for none.
func tallyOf(queued any, settled []any) broadcast.Tally {
	number := func(v any) int {
		text, _ := v.(string)
		n, _ := strconv.Atoi(text)
		return n
	}
	return broadcast.Tally{
		Queued: number(queued), Sent: number(settled[0]), Unreachable: number(settled[1]),
		Failed: number(settled[2]), Unknown: number(settled[3]),
	}
}

// Tally implements broadcast.Ledger, in one round trip.
func (r *Broadcasts) Tally(ctx context.Context, id broadcast.ID) (broadcast.Tally, error) {
	tallies, err := r.tallies(ctx, id)
	var sum broadcast.Tally
	for _, t := range tallies {
		sum.Queued += t.Queued
		sum.Sent += t.Sent
		sum.Unreachable += t.Unreachable
		sum.Failed += t.Failed
		sum.Unknown += t.Unknown
	}
	return sum, failed("count a ledger", err)
}

func (r *Broadcasts) tallies(ctx context.Context, id broadcast.ID) ([Shards]broadcast.Tally, error) {
	pipe := r.db.Pipeline()
	var cmds [Shards]*redis.SliceCmd
	for n := range cmds {
		cmds[n] = pipe.HMGet(ctx, ledgerOf(id, n).tally, "q", "s", "u", "f", "x")
	}
	var tallies [Shards]broadcast.Tally
	if _, err := pipe.Exec(ctx); err != nil {
		return tallies, err
	}
	for n, cmd := range cmds {
		tallies[n] = tallyOf(cmd.Val()[0], cmd.Val()[1:])
	}
	return tallies, nil
}

// Each implements broadcast.Ledger. It reads some batches at a time.
func (r *Broadcasts) Each(ctx context.Context, id broadcast.ID, visit func(broadcast.Line) error) error {
	groups, err := r.groups(ctx, id)
	if err != nil {
		return failed("read a ledger", err)
	}
	const atOnce = 16
	for shard := range Shards {
		for first := 0; first < groups; first += atOnce {
			batches, err := r.read(ctx, id, shard, first, min(atOnce, groups-first))
			if err != nil {
				return failed("read a ledger", err)
			}
			for _, lines := range batches {
				for _, l := range lines {
					if err := visit(l); err != nil {
						return err
					}
				}
			}
		}
	}
	return nil
}

// read reads batches of a shard in one round trip. One that does not open is reported and left out.
func (r *Broadcasts) read(ctx context.Context, id broadcast.ID, shard, first, n int) ([][]broadcast.Line, error) {
	l, pipe := ledgerOf(id, shard), r.db.Pipeline()
	cmds := make([]*redis.StringCmd, 0, 2*n)
	for batch := first; batch < first+n; batch++ {
		cmds = append(cmds, pipe.Get(ctx, fmt.Sprint(l.recipients, batch)), pipe.Get(ctx, fmt.Sprint(l.outcomes, batch)))
	}
	_, err := pipe.Exec(ctx)
	if errors.Is(err, redis.Nil) { // some are not there, which says nothing of the others
		err = lastError(cmds)
	}
	if err != nil {
		return nil, err
	}
	var batches [][]broadcast.Line
	for i := 0; i < len(cmds); i += 2 {
		if cmds[i].Err() != nil || cmds[i+1].Err() != nil {
			continue // nobody of the segment stood in these buckets, or it was kept long enough
		}
		plain, err := r.store.sealer.Open(fmt.Sprint(l.recipients, first+i/2), []byte(cmds[i].Val()))
		if err != nil {
			r.sealedAway("open a ledger")
			continue
		}
		_, lines, err := unpack(plain, []byte(cmds[i+1].Val()))
		if err != nil {
			return nil, err
		}
		batches = append(batches, lines)
	}
	return batches, nil
}

// Requeue implements broadcast.Ledger. It looks only at shards that have unknown lines.
func (r *Broadcasts) Requeue(ctx context.Context, id broadcast.ID) (int, error) {
	groups, err := r.groups(ctx, id)
	if err != nil {
		return 0, failed("queue recipients again", err)
	}
	tallies, err := r.tallies(ctx, id)
	if err != nil {
		return 0, failed("queue recipients again", err)
	}
	n := 0
	for shard, t := range tallies {
		if t.Unknown == 0 {
			continue
		}
		l := ledgerOf(id, shard)
		calls := make([]call, groups)
		for batch := range calls {
			calls[batch] = call{requeueScript, []string{l.due, l.left, l.tally, fmt.Sprint(l.outcomes, batch)}, []any{batch}}
		}
		for _, result := range run(ctx, r.db, calls...) {
			queued, e := result.Int()
			n += queued
			if e != nil {
				err = e
			}
		}
	}
	return n, failed("queue recipients again", err)
}
