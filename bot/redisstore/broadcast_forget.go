package redisstore

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/redis/go-redis/v9"

	"refbot/bot"
	"refbot/bot/broadcast"
)

// Forget takes a person out of the ledgers of all broadcasts: what they count stays, with nobody's id beside it. A
// batch that is being sent at this moment may still reach them.
func (r *Broadcasts) Forget(ctx context.Context, chat int64) error {
	return r.eachKept(ctx, func(b *broadcast.Broadcast) error {
		return failed("forget who got a broadcast", r.forget(ctx, b.ID, chat))
	})
}

// Received implements bot.News: what a person was sent, the newest first.
func (s *Store) Received(ctx context.Context, person int64) ([]bot.Received, error) {
	r, at := s.Broadcasts(), s.seatOf(person)
	var list []bot.Received
	err := r.eachKept(ctx, func(b *broadcast.Broadcast) error {
		groups, err := r.groups(ctx, b.ID)
		if err != nil || groups == 0 {
			return failed("find who got a broadcast", err)
		}
		batches, err := r.read(ctx, b.ID, at.shard, at.bucket/(buckets/groups), 1)
		if err != nil {
			return failed("find who got a broadcast", err)
		}
		for _, l := range slices.Concat(batches...) {
			if l.Chat != person || l.Outcome != broadcast.Sent {
				continue
			}
			m, _, _ := b.Message(l.Language)
			list = append(list, bot.Received{At: b.Started, Text: m.Text})
		}
		return nil
	})
	return list, err
}

// eachKept visits the broadcasts that may have a ledger, the newest first.
func (r *Broadcasts) eachKept(ctx context.Context, visit func(*broadcast.Broadcast) error) error {
	oldest := time.Now().Add(-ledgerLife)
	for cursor := ""; ; {
		list, next, err := r.List(ctx, cursor, auditPage)
		if err != nil {
			return err
		}
		for _, b := range list {
			if b.Started.IsZero() || b.Started.Before(oldest) && b.State.Over() { // the ledger is written once it starts, and gone long after its end
				continue
			}
			if err := visit(b); err != nil {
				return err
			}
		}
		if cursor = next; cursor == "" {
			return nil
		}
	}
}

// forget takes somebody out of one ledger.
func (r *Broadcasts) forget(ctx context.Context, id broadcast.ID, chat int64) error {
	groups, err := r.groups(ctx, id)
	if err != nil || groups == 0 {
		return err
	}
	at := r.store.seatOf(chat)
	key := fmt.Sprint(ledgerOf(id, at.shard).recipients, at.bucket/(buckets/groups))
	for range maxSwaps {
		sealed, err := r.db.Get(ctx, key).Bytes()
		if errors.Is(err, redis.Nil) {
			return nil
		}
		if err != nil {
			return err
		}
		plain, err := r.store.sealer.Open(key, sealed)
		if err != nil {
			return nil //nolint:nilerr // nobody can read it any more
		}
		if !erase(plain, chat) {
			return nil
		}
		done, err := run(ctx, r.db, call{resealScript, []string{key}, []any{"string", "", sealed, r.store.sealer.Seal(key, plain)}})[0].Int()
		if err != nil || done == 1 {
			return err
		}
	}
	return &bot.Error{Op: "forget who got a broadcast", Kind: bot.StoreDown, Err: errors.New("others are faster again and again")}
}

// erase puts nobody in the place of somebody in a batch's recipients; false where they are not in it.
func erase(recipients []byte, chat int64) (found bool) {
	for i := 1; i+recipientSize <= len(recipients); i += recipientSize {
		if int64(binary.BigEndian.Uint64(recipients[i:])) == chat {
			binary.BigEndian.PutUint64(recipients[i:], nobody)
			found = true
		}
	}
	return found
}

// nobody is the chat of a recipient who was forgotten.
const nobody = 0
