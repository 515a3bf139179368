package redisstore

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math/bits"
	"time"

	"github.com/redis/go-redis/v9"

	"refbot/bot/broadcast"
	"refbot/knowledge/language"
)

const (
	// batchSize is about how many recipients a batch holds: enough to share a key, a seal and a claim,
	// few enough for replicas to share the work.
	batchSize = 256
	// ledgerLife is how long it is kept who got what: as long as somebody may ask for the report.
	ledgerLife = 30 * 24 * time.Hour

	lineSize      = 5 // of an outcome: a letter and four bytes of message id
	recipientSize = 9 // eight bytes of chat id and a letter of language
)

var freezeScript = load("ledger_freeze")

// ledger names the keys of one shard of a broadcast's ledger.
type ledger struct{ due, owners, left, tally, recipients, outcomes string }

func ledgerOf(id broadcast.ID, shard int) ledger {
	tag := fmt.Sprintf("rb:{l%d}:%s:", shard, id)
	return ledger{tag + "due", tag + "owners", tag + "left", tag + "tally", tag + "r:", tag + "o:"}
}

func metaKey(id broadcast.ID) string { return "rb:{bc}:l:" + string(id) }

// The letters of outcomes, as the scripts write them.
var letters = map[broadcast.Outcome]byte{
	broadcast.Queued: 'q', broadcast.Begun: 'b', broadcast.Sent: 's',
	broadcast.Unreachable: 'u', broadcast.Failed: 'f', broadcast.Unknown: 'x',
}

var outcomes = func() (all [256]broadcast.Outcome) {
	for o, letter := range letters {
		all[letter] = o
	}
	return all
}()

// The kinds of batches.
const (
	fromAudience  = 'a' // whoever left the audience meanwhile is left out
	fromBroadcast = 'b'
)

// packRecipients writes a batch's recipients: its kind, then nine bytes each.
func packRecipients(kind byte, lines []broadcast.Line) []byte {
	b := make([]byte, 1, 1+recipientSize*len(lines))
	b[0] = kind
	for _, l := range lines {
		b = binary.BigEndian.AppendUint64(b, uint64(l.Chat))
		letter := byte(' ')
		if l.Language != "" {
			letter = l.Language[0] // kk, ru, en
		}
		b = append(b, letter)
	}
	return b
}

func packOutcome(letter byte, message int) []byte {
	return binary.BigEndian.AppendUint32([]byte{letter}, uint32(message))
}

var errBatch = errors.New("a batch of the ledger is damaged")

// unpack reads the lines of a batch, which need not be trusted.
func unpack(recipients, results []byte) (kind byte, lines []broadcast.Line, err error) {
	if len(recipients) == 0 || (len(recipients)-1)%recipientSize != 0 || len(results) != (len(recipients)-1)/recipientSize*lineSize {
		return 0, nil, errBatch
	}
	lines = make([]broadcast.Line, len(results)/lineSize)
	for i := range lines {
		r, o := recipients[1+i*recipientSize:], results[i*lineSize:]
		outcome := outcomes[o[0]]
		if outcome == "" {
			return 0, nil, errBatch
		}
		lines[i] = broadcast.Line{
			Chat:     int64(binary.BigEndian.Uint64(r)),
			Language: languageOf(r[8]), Outcome: outcome, Message: int(binary.BigEndian.Uint32(o[1:])),
		}
	}
	return recipients[0], lines, nil
}

func languageOf(letter byte) language.Code {
	for _, code := range language.Codes() {
		if code[0] == letter {
			return code
		}
	}
	return ""
}

// Freeze implements broadcast.Ledger.
func (r *Broadcasts) Freeze(ctx context.Context, id broadcast.ID, s broadcast.Segment, progress func(done, total int)) error {
	n, err := r.size(ctx)
	if err != nil {
		return failed("freeze the audience", err)
	}
	groups := min(buckets, 1<<bits.Len(uint(max(0, n/(Shards*batchSize)))))
	err = r.fill(ctx, id, groups, progress, func(shard, batch, of int) (byte, []broadcast.Line, error) {
		xs, err := r.subscribers(ctx, shard, batch*(buckets/of), buckets/of)
		var lines []broadcast.Line
		for _, x := range xs {
			if s.Includes(x) {
				lines = append(lines, broadcast.Line{Chat: x.Chat, Language: x.Language})
			}
		}
		return fromAudience, lines, err
	})
	return failed("freeze the audience", err)
}

// Inherit implements broadcast.Ledger.
func (r *Broadcasts) Inherit(ctx context.Context, id, from broadcast.ID, progress func(done, total int)) error {
	groups, err := r.groups(ctx, from)
	if err != nil {
		return failed("inherit a ledger", err)
	}
	err = r.fill(ctx, id, groups, progress, func(shard, batch, _ int) (byte, []broadcast.Line, error) {
		batches, err := r.read(ctx, from, shard, batch, 1)
		var sent []broadcast.Line
		for _, lines := range batches {
			for _, l := range lines {
				if l.Outcome == broadcast.Sent && l.Chat != nobody {
					sent = append(sent, l)
				}
			}
		}
		return fromBroadcast, sent, err
	})
	return failed("inherit a ledger", err)
}

// fill writes the batches of a ledger, each shard's number of groups, which an earlier try may have set.
func (r *Broadcasts) fill(ctx context.Context, id broadcast.ID, groups int, progress func(done, total int),
	batchOf func(shard, batch, of int) (byte, []broadcast.Line, error),
) error {
	if err := r.db.HSetNX(ctx, metaKey(id), "groups", groups).Err(); err != nil {
		return err
	}
	groups, err := r.groups(ctx, id)
	if err != nil {
		return err
	}
	for shard := range Shards {
		for batch := range groups {
			kind, lines, err := batchOf(shard, batch, groups)
			if err == nil && len(lines) > 0 {
				err = r.writeBatch(ctx, id, shard, batch, kind, lines)
			}
			if err != nil {
				return err
			}
			if progress != nil {
				progress(shard*groups+batch+1, Shards*groups)
			}
		}
	}
	return r.db.HSetNX(ctx, metaKey(id), "stage", string(broadcast.Canary)).Err()
}

func (r *Broadcasts) writeBatch(ctx context.Context, id broadcast.ID, shard, batch int, kind byte, lines []broadcast.Line) error {
	l := ledgerOf(id, shard)
	key := fmt.Sprint(l.recipients, batch)
	queued := make([]byte, 0, lineSize*len(lines))
	for _, line := range lines {
		queued = append(queued, packOutcome('q', line.Message)...)
	}
	return r.run(ctx, call{
		freezeScript,
		[]string{l.due, l.left, l.tally, key, fmt.Sprint(l.outcomes, batch)},
		[]any{batch, len(lines), r.store.sealer.Seal(key, packRecipients(kind, lines)), queued, ledgerLife.Milliseconds()},
	}).Err()
}

// groups is how many batches a shard of a ledger has; 0 when there is no ledger.
func (r *Broadcasts) groups(ctx context.Context, id broadcast.ID) (int, error) {
	n, err := r.db.HGet(ctx, metaKey(id), "groups").Int()
	if errors.Is(err, redis.Nil) {
		return 0, nil
	}
	return max(0, min(n, buckets)), err
}

// Lead implements broadcast.Ledger, in one round trip.
func (r *Broadcasts) Lead(ctx context.Context, id broadcast.ID, worker string, lease time.Duration) (broadcast.Term, error) {
	pipe := r.db.Pipeline()
	office := officeScript.EvalSha(ctx, pipe, []string{"rb:{office:bc:" + string(id) + "}:holder"}, worker, lease.Milliseconds())
	meta := pipe.HMGet(ctx, metaKey(id), "stage", "sent", "unreachable", "failed", "unknown")
	_, _ = pipe.Exec(ctx) // every result carries its own error
	if redis.HasErrorPrefix(office.Err(), "NOSCRIPT") {
		office = officeScript.Eval(ctx, r.db, []string{"rb:{office:bc:" + string(id) + "}:holder"}, worker, lease.Milliseconds())
	}
	term, err := office.Int64Slice()
	if err == nil {
		err = meta.Err()
	}
	if err != nil || len(term) != 2 {
		return broadcast.Term{}, failed("lead a broadcast", errors.Join(err, meta.Err()))
	}
	t := broadcast.Term{Leads: term[0] > 0}
	stage, _ := meta.Val()[0].(string)
	t.Stage = broadcast.Stage(stage)
	t.Judged = tallyOf(nil, meta.Val()[1:])
	return t, nil
}

// SetStage implements broadcast.Ledger.
func (r *Broadcasts) SetStage(ctx context.Context, id broadcast.ID, s broadcast.Stage, judged broadcast.Tally) error {
	return failed("note the stage of a broadcast", r.db.HSet(ctx, metaKey(id), "stage", string(s),
		"sent", judged.Sent, "unreachable", judged.Unreachable, "failed", judged.Failed, "unknown", judged.Unknown).Err())
}
