package redisstore

import (
	"context"
	"errors"
	"fmt"

	"github.com/redis/go-redis/v9"

	"refbot/bot"
	"refbot/bot/broadcast"
)

// Broadcasts keeps broadcasts, the audience and the ledgers. Its keys:
//
//	rb:{bc}:b:<id>            sealed broadcast.Broadcast; for good, as its audit is
//	rb:{bc}:versions          hash id → version
//	rb:{bc}:list              sorted set by name: 16 digits of the time it was made, ":", id
//	rb:{bc}:active            set of ids: scheduled, sending, paused
//	rb:{bc}:l:<id>            hash of the ledger: batches a shard has, stage, tally that was judged, time
//
//	rb:{a<n>}:<bucket>        hash <person> → sealed subscriber; a person is in one of 256 buckets of 16 shards
//
//	rb:{l<n>}:<id>:due        sorted set: every batch with lines to send, by when it may be claimed (ms)
//	rb:{l<n>}:<id>:owners     hash batch → token of the claim
//	rb:{l<n>}:<id>:left       hash batch → lines not settled yet
//	rb:{l<n>}:<id>:tally      hash letter → lines
//	rb:{l<n>}:<id>:r:<batch>  sealed recipients: nine bytes each, chat id and language; 30 days
//	rb:{l<n>}:<id>:o:<batch>  their outcomes: five bytes each, a letter and the id of the message; 30 days
//
// A batch of a ledger holds those of some neighbouring buckets who belong to the segment. A person never moves
// to another bucket, and a bucket is read in one piece, so nobody can be in a ledger twice, and freezing an
// audience can be repeated. Of a message's id in the clear nobody can tell whose message it is.
type Broadcasts struct {
	store *Store
	db    redis.UniversalClient
}

// Broadcasts returns what keeps broadcasts beside the store.
func (s *Store) Broadcasts() *Broadcasts { return &Broadcasts{s, s.db} }

var (
	_ broadcast.Store    = (*Broadcasts)(nil)
	_ broadcast.Audience = (*Broadcasts)(nil)
	_ broadcast.Ledger   = (*Broadcasts)(nil)
)

const (
	broadcastPrefix   = "rb:{bc}:b:"
	broadcastVersions = "rb:{bc}:versions"
	broadcastList     = "rb:{bc}:list"
	broadcastActive   = "rb:{bc}:active"
)

var (
	saveScript   = load("broadcast_save")
	activeScript = load("broadcast_active")
	listScript   = load("broadcast_list")
)

func (r *Broadcasts) run(ctx context.Context, c call) *redis.Cmd { return run(ctx, r.db, c)[0] }

// Save implements broadcast.Store.
func (r *Broadcasts) Save(ctx context.Context, b *broadcast.Broadcast) error {
	next := *b
	next.Version++
	key, active := broadcastPrefix+string(b.ID), 0
	switch b.State {
	case broadcast.Scheduled, broadcast.Sending, broadcast.Paused:
		active = 1
	}
	place := fmt.Sprintf("%016d:%s", b.Created.UnixMilli(), b.ID)
	saved, err := r.run(ctx, call{
		saveScript,
		[]string{key, broadcastVersions, broadcastList, broadcastActive},
		[]any{string(b.ID), b.Version, r.store.encode(key, next), place, active},
	}).Int()
	if err != nil {
		return failed("save a broadcast", err)
	}
	if saved == 0 {
		return broadcast.ErrConflict
	}
	b.Version++
	return nil
}

// Load implements broadcast.Store. One that does not open with this data key is unknown, and reported.
func (r *Broadcasts) Load(ctx context.Context, id broadcast.ID) (*broadcast.Broadcast, error) {
	key := broadcastPrefix + string(id)
	sealed, err := r.db.Get(ctx, key).Result()
	if errors.Is(err, redis.Nil) {
		return nil, broadcast.ErrUnknown
	}
	if err != nil {
		return nil, failed("load a broadcast", err)
	}
	var b broadcast.Broadcast
	if !decode(r.store, key, sealed, &b) {
		return nil, broadcast.ErrUnknown
	}
	return &b, nil
}

// List implements broadcast.Store.
func (r *Broadcasts) List(ctx context.Context, cursor string, n int) ([]*broadcast.Broadcast, string, error) {
	ids, values, next, err := listed(ctx, r.db, broadcastList, broadcastPrefix, cursor, n)
	if err != nil {
		return nil, "", failed("list broadcasts", err)
	}
	return r.open(ids, values), next, nil
}

// Active implements broadcast.Store, in one round trip.
func (r *Broadcasts) Active(ctx context.Context) ([]*broadcast.Broadcast, error) {
	ids, values, err := activeValues(ctx, r.db, broadcastActive, broadcastPrefix)
	if err != nil {
		return nil, failed("find active broadcasts", err)
	}
	return r.open(ids, values), nil
}

// open opens sealed broadcasts, but for those that do not open.
func (r *Broadcasts) open(ids, values []string) []*broadcast.Broadcast {
	var list []*broadcast.Broadcast
	for i, id := range ids {
		b := new(broadcast.Broadcast)
		if decode(r.store, broadcastPrefix+id, values[i], b) {
			list = append(list, b)
		}
	}
	return list
}

// lastError returns the last error among commands of a pipeline that is none of redis.Nil.
func lastError[C redis.Cmder](cmds []C) error {
	for _, c := range cmds {
		if err := c.Err(); err != nil && !errors.Is(err, redis.Nil) {
			return err
		}
	}
	return nil
}

// sealedAway is trouble that stops nobody: something that does not open with this data key.
func (r *Broadcasts) sealedAway(what string) {
	r.store.report(&bot.Error{Op: what, Kind: bot.Internal, Err: ErrSealed})
}
