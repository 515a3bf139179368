package redisstore

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"hash/fnv"
	"sync/atomic"
	"time"

	"github.com/redis/go-redis/v9"

	"refbot/bot"
)

// Shards is the number of hash tags the inbox spreads its mailboxes over, so that a cluster shares
// the work. It must not change while updates wait.
const Shards = 16

// remembered is how long the id of an update is kept to drop it when it comes again: Telegram
// repeats an unconfirmed update for 24 hours.
const remembered = 25 * time.Hour

// Inbox implements bot.Inbox on Redis. The keys of a shard:
//
//	rb:{s<n>}:u:<update>   "1", expires: this update was put
//	rb:{s<n>}:m:<chat>     list of sealed updates, oldest first: the mailbox
//	rb:{s<n>}:ready        sorted set of mailboxes with work, by the time they may be handed out (ms)
//	rb:{s<n>}:leases       sorted set of mailboxes being worked on, by the time the lease ends (ms)
//	rb:{s<n>}:owners       hash mailbox → token of the lease
//	rb:{s<n>}:tries        hash mailbox → how often its oldest update was handed out
//	rb:{s<n>}:dead         list of sealed updates that could not be handled, newest first
type Inbox struct {
	db     redis.UniversalClient
	sealer *Sealer
	lease  time.Duration
	owner  string
	wake   chan struct{}
	start  atomic.Uint32 // where the next Lease begins, so that every shard has its turn
}

// NewInbox returns an inbox on an open client; a replica that dies loses its mailboxes after lease.
func NewInbox(db redis.UniversalClient, sealer *Sealer, lease time.Duration) *Inbox {
	return &Inbox{db: db, sealer: sealer, lease: lease, owner: rand.Text(), wake: make(chan struct{}, 1)}
}

var _ bot.Inbox = (*Inbox)(nil)

// Wake implements bot.Inbox.
func (in *Inbox) Wake() <-chan struct{} { return in.wake }

func shardOf(mailbox string) int {
	h := fnv.New32a()
	_, _ = h.Write([]byte(mailbox))
	return int(h.Sum32() % Shards)
}

func shardKey(shard int, name string) string { return fmt.Sprintf("rb:{s%d}:%s", shard, name) }

func mailboxKey(mailbox string) string { return shardKey(shardOf(mailbox), "m:"+mailbox) }

// shardKeys are KEYS[1..4] of every script: ready, leases, owners, tries.
func shardKeys(shard int) []string {
	return []string{shardKey(shard, "ready"), shardKey(shard, "leases"), shardKey(shard, "owners"), shardKey(shard, "tries")}
}

// Put implements bot.Inbox: one script a shard, all in one pipeline.
func (in *Inbox) Put(ctx context.Context, updates []bot.Update) error {
	type call struct {
		keys []string
		args []any
	}
	calls := map[int]*call{}
	for _, u := range updates {
		if len(u.Data) > bot.MaxUpdate {
			continue
		}
		mailbox := in.sealer.Hide("mailbox", u.Mailbox)
		shard := shardOf(mailbox)
		c := calls[shard]
		if c == nil {
			c = &call{keys: shardKeys(shard), args: []any{now(), int(remembered.Seconds())}}
			calls[shard] = c
		}
		key := mailboxKey(mailbox)
		c.keys = append(c.keys, shardKey(shard, "u:"+in.sealer.Hide("update", u.ID)), key)
		c.args = append(c.args, mailbox, in.sealer.Seal(key, u.Data))
	}
	_, err := in.db.Pipelined(ctx, func(p redis.Pipeliner) error {
		for _, c := range calls {
			putScript.Eval(ctx, p, c.keys, c.args...)
		}
		return nil
	})
	if err != nil {
		return failed("store updates", err)
	}
	select {
	case in.wake <- struct{}{}:
	default:
	}
	return nil
}

func now() int64 { return time.Now().UnixMilli() }

// Lease implements bot.Inbox: one pipeline over all shards, beginning at a different one each time.
func (in *Inbox) Lease(ctx context.Context, n int) ([]bot.Delivery, error) {
	first := int(in.start.Add(1))
	per := max(1, n/Shards) // rounding up may lease a few more than asked, never more than a shard each
	cmds := make([]*redis.Cmd, 0, Shards)
	_, err := in.db.Pipelined(ctx, func(p redis.Pipeliner) error {
		for i := range Shards {
			shard := (first + i) % Shards
			args := []any{now(), in.lease.Milliseconds(), per, in.owner, shardKey(shard, "m:")}
			cmds = append(cmds, leaseScript.Eval(ctx, p, shardKeys(shard), args...))
		}
		return nil
	})
	if err != nil {
		return nil, failed("lease mailboxes", err)
	}
	var ds []bot.Delivery
	for _, cmd := range cmds {
		rows, err := cmd.Slice()
		if err != nil {
			return nil, failed("lease mailboxes", err)
		}
		for _, row := range rows {
			if d, ok := in.delivery(row); ok {
				ds = append(ds, d)
			}
		}
	}
	return ds, nil
}

// delivery reads {mailbox, sealed update, tries}. An update that does not open was sealed under
// another key: it stays where it is, and its mailbox waits until the right key is back.
func (in *Inbox) delivery(row any) (bot.Delivery, bool) {
	fields, ok := row.([]any)
	if !ok || len(fields) != 3 {
		return bot.Delivery{}, false
	}
	mailbox, _ := fields[0].(string)
	sealed, _ := fields[1].(string)
	tries, _ := fields[2].(int64)
	data, err := in.sealer.Open(mailboxKey(mailbox), []byte(sealed))
	if err != nil {
		return bot.Delivery{}, false
	}
	return bot.Delivery{Mailbox: mailbox, Data: data, Tries: int(tries), Token: in.owner}, true
}

// Renew implements bot.Inbox.
func (in *Inbox) Renew(ctx context.Context, ds []bot.Delivery) error {
	if len(ds) == 0 {
		return nil
	}
	_, err := in.db.Pipelined(ctx, func(p redis.Pipeliner) error {
		for _, d := range ds {
			renewScript.Eval(ctx, p, shardKeys(shardOf(d.Mailbox)), d.Mailbox, d.Token, now()+in.lease.Milliseconds())
		}
		return nil
	})
	return failed("renew mailboxes", err)
}

// Done implements bot.Inbox.
func (in *Inbox) Done(ctx context.Context, d bot.Delivery) (*bot.Delivery, error) {
	return in.advance(ctx, d, "done")
}

// Bury implements bot.Inbox.
func (in *Inbox) Bury(ctx context.Context, d bot.Delivery) (*bot.Delivery, error) {
	return in.advance(ctx, d, "bury")
}

func (in *Inbox) advance(ctx context.Context, d bot.Delivery, how string) (*bot.Delivery, error) {
	shard := shardOf(d.Mailbox)
	keys := append(shardKeys(shard), mailboxKey(d.Mailbox), shardKey(shard, "dead"))
	row, err := advanceScript.Run(ctx, in.db, keys, d.Mailbox, d.Token, now()+in.lease.Milliseconds(), how).Result()
	if errors.Is(err, redis.Nil) {
		return nil, nil
	}
	if err != nil {
		return nil, failed("finish an update", err)
	}
	if next, ok := in.delivery(row); ok {
		return &next, nil
	}
	return nil, nil
}

// Retry implements bot.Inbox.
func (in *Inbox) Retry(ctx context.Context, d bot.Delivery, pause time.Duration) error {
	err := retryScript.Run(ctx, in.db, shardKeys(shardOf(d.Mailbox)), d.Mailbox, d.Token, now()+pause.Milliseconds()).Err()
	if errors.Is(err, redis.Nil) {
		err = nil
	}
	return failed("give a mailbox back", err)
}

// Waiting counts the updates in all mailboxes and the age of the oldest mailbox with work.
func (in *Inbox) Waiting(ctx context.Context) (mailboxes int, oldest time.Duration, err error) {
	for shard := range Shards {
		ready := shardKey(shard, "ready")
		n, err := in.db.ZCard(ctx, ready).Result()
		if err != nil {
			return 0, 0, failed("count waiting updates", err)
		}
		mailboxes += int(n)
		first, err := in.db.ZRangeWithScores(ctx, ready, 0, 0).Result()
		if err != nil {
			return 0, 0, failed("count waiting updates", err)
		}
		if len(first) > 0 {
			oldest = max(oldest, time.Since(time.UnixMilli(int64(first[0].Score))))
		}
	}
	return mailboxes, oldest, nil
}

// Dead counts the dead letters.
func (in *Inbox) Dead(ctx context.Context) (int, error) {
	total := 0
	for shard := range Shards {
		n, err := in.db.LLen(ctx, shardKey(shard, "dead")).Result()
		if err != nil {
			return 0, failed("count dead letters", err)
		}
		total += int(n)
	}
	return total, nil
}
