package redisstore

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"time"

	"github.com/redis/go-redis/v9"

	"refbot/bot/broadcast"
)

var (
	claimScript   = load("ledger_claim")
	writeScript   = load("ledger_write")
	freeScript    = load("ledger_release")
	requeueScript = load("ledger_requeue")
)

var errClaim = errors.New("a script answered with something else than batches")

// claimed is a batch as the script hands it out.
type claimed struct {
	batch      string
	recipients []byte // sealed
	outcomes   []byte
}

// Claim implements broadcast.Ledger: one round trip to ask all shards for one batch of a shard by chance, a
// second one where that shard has none, and one to see who has left the audience.
func (r *Broadcasts) Claim(ctx context.Context, id broadcast.ID, worker string, lease time.Duration) (*broadcast.Batch, error) {
	token := worker + "." + rand.Text()[:8]
	shard, due, row, err := r.claim(ctx, id, token, lease, pick(func(int) bool { return true }), true)
	if err == nil && row == nil {
		if shard = pick(func(n int) bool { return due[n] > 0 }); shard < 0 {
			return nil, nil
		}
		shard, _, row, err = r.claim(ctx, id, token, lease, shard, false)
	}
	if err != nil || row == nil {
		return nil, failed("claim recipients", err)
	}
	b, kind, err := r.batch(id, shard, token, row)
	if err == nil {
		err = r.leaveOut(ctx, b, kind, lease)
	}
	if err != nil {
		return nil, failed("claim recipients", err)
	}
	return b, nil
}

// pick chooses by chance among the shards that will do; -1 when none does.
func pick(will func(shard int) bool) int {
	var b [1]byte
	_, _ = rand.Read(b[:])
	for i := range Shards {
		if n := (int(b[0]) + i) % Shards; will(n) {
			return n
		}
	}
	return -1
}

// claim asks one shard for a batch and, with all, the others how many they have.
func (r *Broadcasts) claim(ctx context.Context, id broadcast.ID, token string, lease time.Duration, from int, all bool) (
	shard int, due [Shards]int64, row *claimed, err error,
) {
	var calls []call
	var numbers []int
	for n := range Shards {
		quota := 0
		if n == from {
			quota = 1
		} else if !all {
			continue
		}
		l := ledgerOf(id, n)
		numbers = append(numbers, n)
		calls = append(calls, call{
			claimScript,
			[]string{l.due, l.owners, l.left, l.tally},
			[]any{lease.Milliseconds(), quota, token, l.recipients, l.outcomes},
		})
	}
	answered := false
	for i, result := range run(ctx, r.db, calls...) {
		more, found, e := parseClaim(result.Val(), result.Err())
		if e != nil {
			err = e
			continue
		}
		answered, due[numbers[i]] = true, more
		if found != nil {
			row = found
		}
	}
	if answered { // the shards that do not answer are left out
		err = nil
	}
	return from, due, row, err
}

// parseClaim reads {more, {{batch, recipients, outcomes}}}.
func parseClaim(reply any, err error) (int64, *claimed, error) {
	if err != nil {
		return 0, nil, err
	}
	parts, ok := reply.([]any)
	if !ok || len(parts) != 2 {
		return 0, nil, errClaim
	}
	more, okMore := parts[0].(int64)
	rows, okRows := parts[1].([]any)
	if !okMore || !okRows || len(rows) > 1 {
		return 0, nil, errClaim
	}
	if len(rows) == 0 {
		return more, nil, nil
	}
	row, ok := rows[0].([]any)
	if !ok || len(row) != 3 {
		return 0, nil, errClaim
	}
	batch, okBatch := row[0].(string)
	recipients, okRecipients := row[1].(string)
	results, okOutcomes := row[2].(string)
	if !okBatch || !okRecipients || !okOutcomes {
		return 0, nil, errClaim
	}
	return more, &claimed{batch, []byte(recipients), []byte(results)}, nil
}

// batch opens what was claimed.
func (r *Broadcasts) batch(id broadcast.ID, shard int, token string, row *claimed) (b *broadcast.Batch, kind byte, err error) {
	b = &broadcast.Batch{Broadcast: id, Shard: shard, Token: token}
	if _, err := fmt.Sscan(row.batch, &b.Number); err != nil {
		return nil, 0, errClaim
	}
	plain, err := r.store.sealer.Open(ledgerOf(id, shard).recipients+row.batch, row.recipients)
	if err != nil {
		r.sealedAway("open a ledger")
		return nil, 0, err
	}
	kind, lines, err := unpack(plain, row.outcomes)
	if err != nil {
		return nil, 0, err
	}
	for i, l := range lines {
		if l.Outcome == broadcast.Queued {
			b.Lines, b.Places = append(b.Lines, l), append(b.Places, i)
		}
	}
	return b, kind, nil
}

// leaveOut settles those who have left the audience since it was frozen: nobody is written to who has just
// asked not to be. A correction goes to everybody who has the message, unless they were forgotten.
func (r *Broadcasts) leaveOut(ctx context.Context, b *broadcast.Batch, kind byte, lease time.Duration) error {
	if len(b.Lines) == 0 {
		return nil
	}
	there, err := r.there(ctx, b.Lines, kind)
	if err != nil {
		return err
	}
	var marks []broadcast.Mark
	for i := range there {
		if !there[i] {
			marks = append(marks, broadcast.Mark{Batch: b, Line: i, Outcome: broadcast.Unreachable})
		}
	}
	if len(marks) == 0 {
		return nil
	}
	if err := r.Write(ctx, marks, lease); err != nil {
		return err
	}
	left := &broadcast.Batch{}
	for i := range there {
		if there[i] {
			left.Lines, left.Places = append(left.Lines, b.Lines[i]), append(left.Places, b.Places[i])
		}
	}
	b.Lines, b.Places = left.Lines, left.Places
	return nil
}

// there tells of each line whether it is still to be written to.
func (r *Broadcasts) there(ctx context.Context, lines []broadcast.Line, kind byte) ([]bool, error) {
	there := make([]bool, len(lines))
	for i, l := range lines {
		there[i] = l.Chat != nobody
	}
	if kind != fromAudience {
		return there, nil
	}
	pipe := r.db.Pipeline()
	seated := make([]*redis.BoolCmd, len(lines))
	for i, l := range lines {
		at := r.store.seatOf(l.Chat)
		seated[i] = pipe.HExists(ctx, at.key(), at.name)
	}
	if _, err := pipe.Exec(ctx); err != nil {
		return nil, err
	}
	for i, cmd := range seated {
		there[i] = there[i] && cmd.Val()
	}
	return there, nil
}

// Write implements broadcast.Ledger: one script a batch, all in one round trip. When it fails, write all of
// it again.
func (r *Broadcasts) Write(ctx context.Context, marks []broadcast.Mark, lease time.Duration) error {
	index := map[*broadcast.Batch]int{}
	var calls []call
	for _, m := range marks {
		i, seen := index[m.Batch]
		if !seen {
			i = len(calls)
			index[m.Batch] = i
			l := ledgerOf(m.Batch.Broadcast, m.Batch.Shard)
			calls = append(calls, call{
				writeScript,
				[]string{l.due, l.owners, l.left, l.tally, fmt.Sprint(l.outcomes, m.Batch.Number)},
				[]any{m.Batch.Number, m.Batch.Token, lease.Milliseconds()},
			})
		}
		if m.Line < 0 {
			continue
		}
		message := []byte{}
		if m.Message != 0 {
			message = packOutcome(0, m.Message)[1:]
		}
		calls[i].args = append(calls[i].args, m.Batch.Places[m.Line], string(letters[m.Outcome]), message)
	}
	results := run(ctx, r.db, calls...)
	if err := firstError(results); err != nil {
		return failed("write the ledger", err)
	}
	for i := range marks {
		mine, err := results[index[marks[i].Batch]].Int()
		if err != nil {
			return failed("write the ledger", err)
		}
		marks[i].Refused = mine == 0
	}
	return nil
}

// Release implements broadcast.Ledger.
func (r *Broadcasts) Release(ctx context.Context, batches []*broadcast.Batch) error {
	if len(batches) == 0 {
		return nil
	}
	calls := make([]call, len(batches))
	for i, b := range batches {
		l := ledgerOf(b.Broadcast, b.Shard)
		calls[i] = call{freeScript, []string{l.due, l.owners}, []any{b.Number, b.Token}}
	}
	return failed("give recipients back", firstError(run(ctx, r.db, calls...)))
}
