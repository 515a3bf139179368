package redisstore

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/redis/go-redis/v9"

	"refbot/bot"
)

const (
	// remembered is how long it is known that an update was put, to drop it when it comes again:
	// Telegram repeats an unconfirmed update for 24 hours.
	remembered = 25 * time.Hour
	// 2^blockBits update ids share a key of marks, one bit each: two bytes an update over all shards.
	blockBits = 13
	// mailboxSize stands for Store.MailboxSize where that is 0.
	mailboxSize = 1000
	// deadSize bounds the dead letters of a shard; the oldest go first.
	deadSize = 250
	// sealedPause is how long a mailbox rests whose oldest update does not open.
	sealedPause = time.Minute
	// replicateTime is how long replicas may take to get an update.
	replicateTime = 2 * time.Second
)

// Inbox implements bot.Inbox on Redis. Leases end by the clock of the Redis node that keeps the
// mailbox, so the replicas' clocks may differ. An Inbox is one replica: two of them never work on the
// same mailbox, whether they live in one process or in several.
type Inbox struct {
	db      redis.UniversalClient
	store   *Store
	lease   time.Duration
	replica string // begins every token of this replica's leases
	wake    chan struct{}
	gather  gather
	leases  atomic.Uint64 // numbers the calls of Lease, so that tokens and the shards' turns differ
	due     due

	mu   sync.Mutex
	held map[string]hold // by mailbox
}

// hold is a lease this replica works under.
type hold struct {
	token string
	until time.Time // by the local clock: when it counts as abandoned unless renewed
}

// Inbox returns an inbox beside the store; a replica that dies loses its mailboxes after lease, at
// least 10 ms.
func (s *Store) Inbox(lease time.Duration) *Inbox {
	return &Inbox{
		db: s.db, store: s, lease: lease, replica: rand.Text()[:16] + ".",
		wake: make(chan struct{}, 1), held: map[string]hold{},
	}
}

// NewInbox returns the inbox of a store with the default retention.
func NewInbox(db redis.UniversalClient, sealer *Sealer, lease time.Duration) *Inbox {
	return New(db, sealer, DefaultRetention()).Inbox(lease)
}

var _ bot.Inbox = (*Inbox)(nil)

// Wake implements bot.Inbox.
func (in *Inbox) Wake() <-chan struct{} { return in.wake }

func (in *Inbox) ring() {
	select {
	case in.wake <- struct{}{}:
	default:
	}
}

// stored notes that updates have come to a shard.
func (in *Inbox) stored(shard, updates int) {
	in.due.add(shard, updates)
	in.ring()
}

// Put implements bot.Inbox. Updates of one call and one mailbox are stored together or not at all, in
// their order; when it fails, put all of them again. An update over bot.MaxUpdate and one for a full
// mailbox are dropped and reported.
//
// What was put survives a crash of refbot, and one of Redis or the machine with appendonly yes and
// appendfsync always. With everysec Redis may lose the last two seconds. When a replica is promoted, what
// it had not got yet is lost, because Redis answers before it replicates: none of it with Store.Replicas,
// for then Put fails while too few replicas have the updates, and whoever brought them keeps them.
func (in *Inbox) Put(ctx context.Context, updates []bot.Update) error {
	if len(updates) == 0 {
		return nil
	}
	b := in.gather.join(updates, func(b *batch) { in.store.putBatch(ctx, b, in.stored) })
	select {
	case <-b.done:
		return failed("store updates", b.errorOf(in.store.sealer, updates))
	case <-ctx.Done():
		return failed("store updates", ctx.Err())
	}
}

// putBatch stores a batch with one script a shard, all in one round trip. It may carry the updates of
// several callers, so it does not end with the context of the one who started it.
func (s *Store) putBatch(ctx context.Context, b *batch, stored func(shard, updates int)) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	numbers, calls := s.putCalls(b.updates)
	dropped := int64(0)
	results := run(ctx, s.db, calls...)
	missing := s.replicated(ctx)
	for i, result := range results {
		n, err := result.Int64()
		b.failed[numbers[i]] = errors.Join(err, missing)
		dropped += n
		stored(numbers[i], len(calls[i].keys)/2)
	}
	if dropped > 0 {
		s.report(fmt.Errorf("%d updates were dropped: their chats have %d updates waiting each", dropped, s.mailboxSize()))
	}
}

func (s *Store) mailboxSize() int { return cmp.Or(s.MailboxSize, mailboxSize) }

// replicated waits until enough replicas have everything that was stored so far. The write before WAIT is
// what it waits for: updates that were stored by a call which failed here are not stored again.
func (s *Store) replicated(ctx context.Context) error {
	if s.Replicas == 0 {
		return nil
	}
	pipe := s.db.Pipeline()
	mark := pipe.Incr(ctx, replicatedKey)
	have := pipe.Do(ctx, "wait", s.Replicas, replicateTime.Milliseconds())
	_, _ = pipe.Exec(ctx) // both carry their own error
	n, err := have.Int()
	err = errors.Join(mark.Err(), err)
	if err == nil && n < s.Replicas {
		err = fmt.Errorf("%d replicas of Redis have it, REDIS_WAIT_REPLICAS wants %d", n, s.Replicas)
	}
	return err
}

// putCalls sorts updates by shard.
func (s *Store) putCalls(updates []bot.Update) (numbers []int, calls []call) {
	var index [Shards]int // position in calls, plus one
	for _, u := range updates {
		if len(u.Data) > bot.MaxUpdate {
			s.report(fmt.Errorf("an update of %d bytes was dropped", len(u.Data)))
			continue
		}
		mailbox := s.sealer.Hide("mailbox", u.Mailbox)
		n := shardOf(mailbox)
		if index[n] == 0 {
			numbers = append(numbers, n)
			calls = append(calls, call{putScript, []string{shards[n].due}, []any{int64(remembered.Seconds()), s.mailboxSize()}})
			index[n] = len(calls)
		}
		c, key := &calls[index[n]-1], shards[n].mailboxes+mailbox
		c.keys = append(c.keys, shards[n].marks+s.sealer.Hide("updates", u.ID>>blockBits), key)
		c.args = append(c.args, mailbox, uint64(u.ID)%(1<<blockBits), s.sealer.Seal(key, u.Data))
	}
	return numbers, calls
}

// Depth is how much waits in the inbox.
type Depth struct {
	Due    int           // mailboxes that wait to be handed out
	InWork int           // mailboxes handed out
	Oldest time.Duration // how long the one that waits longest has waited
	Dead   int           // dead letters
}

// Depth counts over all shards in one round trip.
func (in *Inbox) Depth(ctx context.Context) (Depth, error) {
	calls := make([]call, Shards)
	for i, s := range shards {
		calls[i] = call{depthScript, []string{s.due, s.owners, s.dead}, nil}
	}
	var d Depth
	for _, result := range run(ctx, in.db, calls...) {
		counts, err := result.Int64Slice()
		if err == nil && len(counts) != 4 {
			err = errors.New("the counting script answered with something else")
		}
		if err != nil {
			return Depth{}, failed("count waiting updates", err)
		}
		d.Due += int(counts[0])
		d.InWork += int(counts[1])
		d.Oldest = max(d.Oldest, time.Duration(counts[2])*time.Millisecond)
		d.Dead += int(counts[3])
	}
	return d, nil
}

// token names a lease and, after the last dot, the how manieth update under it.
func (in *Inbox) token() string {
	return in.replica + strconv.FormatUint(in.leases.Add(1), 36) + ".0"
}
