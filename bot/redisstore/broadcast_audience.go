package redisstore

import (
	"cmp"
	"context"
	"fmt"
	"hash/fnv"
	"time"

	"github.com/redis/go-redis/v9"

	"refbot/bot"
	"refbot/bot/broadcast"
	"refbot/knowledge/language"
)

const (
	// buckets is how many a shard of the audience has: with a million subscribers a bucket holds 250.
	buckets = 256
	// together is how many buckets are read in one round trip.
	together = 64
)

var audienceScript = load("audience")

// seat is where somebody stands in the audience.
type seat struct {
	shard, bucket int
	name          string
}

func (s *Store) seatOf(chat int64) seat {
	name := s.sealer.Hide("audience", chat)
	h := fnv.New32a()
	_, _ = h.Write([]byte(name))
	sum := h.Sum32()
	return seat{int(sum % Shards), int(sum / Shards % buckets), name}
}

func (p seat) key() string { return bucketKey(p.shard, p.bucket) }

func bucketKey(shard, bucket int) string { return fmt.Sprintf("rb:{a%d}:%x", shard, bucket) }

// subscriber is one of the audience as they are stored.
type subscriber struct {
	Chat     int64         `json:"c"`
	Language language.Code `json:"l,omitempty"`
	Topics   []string      `json:"t,omitempty"`
	Region   string        `json:"r,omitempty"`
	Since    int64         `json:"s"` // Unix seconds
}

// enlist prepares the change of the audience that a change of profile brings: in are those who subscribed and
// can be reached. A person's private chat has the id of the person.
func (s *Store) enlist(person int64, p *bot.Profile) call {
	if p == nil || !p.Subscribed || p.Unreachable {
		at := s.seatOf(person)
		return call{audienceScript, []string{at.key()}, []any{at.name, ""}}
	}
	return s.subscribe(broadcast.Subscriber{
		Chat: person, Language: cmp.Or(p.News, p.Language), Topics: p.Topics, Region: p.Region, Since: p.Since,
	})
}

func (s *Store) subscribe(x broadcast.Subscriber) call {
	at := s.seatOf(x.Chat)
	sealed := s.encode(at.key(), subscriber{x.Chat, x.Language, x.Topics, x.Region, x.Since.Unix()})
	return call{audienceScript, []string{at.key()}, []any{at.name, sealed}}
}

// Put implements broadcast.Audience.
func (r *Broadcasts) Put(ctx context.Context, x broadcast.Subscriber) error {
	return failed("put a subscriber", r.run(ctx, r.store.subscribe(x)).Err())
}

// Remove implements broadcast.Audience.
func (r *Broadcasts) Remove(ctx context.Context, chat int64) error {
	return failed("remove a subscriber", r.run(ctx, r.store.enlist(chat, nil)).Err())
}

// Count implements broadcast.Audience. It reads the whole audience: about two seconds for a million.
func (r *Broadcasts) Count(ctx context.Context, s broadcast.Segment, progress func(done, total int)) (map[language.Code]int, error) {
	counts := map[language.Code]int{}
	for shard := range Shards {
		for first := 0; first < buckets; first += together {
			xs, err := r.subscribers(ctx, shard, first, together)
			if err != nil {
				return nil, failed("count the audience", err)
			}
			for _, x := range xs {
				if s.Includes(x) {
					counts[x.Language]++
				}
			}
			if progress != nil {
				progress(shard*buckets+first+together, Shards*buckets)
			}
		}
	}
	return counts, nil
}

// subscribers reads some buckets in one round trip.
func (r *Broadcasts) subscribers(ctx context.Context, shard, first, n int) ([]broadcast.Subscriber, error) {
	pipe := r.db.Pipeline()
	cmds := make([]*redis.StringSliceCmd, n)
	for i := range cmds {
		cmds[i] = pipe.HVals(ctx, bucketKey(shard, first+i))
	}
	if _, err := pipe.Exec(ctx); err != nil {
		return nil, err
	}
	var xs []broadcast.Subscriber
	for i, cmd := range cmds {
		key := bucketKey(shard, first+i)
		for _, sealed := range cmd.Val() {
			var x subscriber
			if decode(r.store, key, sealed, &x) {
				xs = append(xs, broadcast.Subscriber{
					Chat: x.Chat, Language: x.Language, Topics: x.Topics, Region: x.Region, Since: time.Unix(x.Since, 0).UTC(),
				})
			}
		}
	}
	return xs, nil
}

// size counts the audience without reading it.
func (r *Broadcasts) size(ctx context.Context) (int, error) {
	pipe := r.db.Pipeline()
	cmds := make([]*redis.IntCmd, 0, Shards*buckets)
	for shard := range Shards {
		for bucket := range buckets {
			cmds = append(cmds, pipe.HLen(ctx, bucketKey(shard, bucket)))
		}
	}
	if _, err := pipe.Exec(ctx); err != nil {
		return 0, err
	}
	n := 0
	for _, cmd := range cmds {
		n += int(cmd.Val())
	}
	return n, nil
}
