package redisstore

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"

	"refbot/bot"
)

const (
	settleMin = 50 * time.Millisecond
	settleMax = 2 * time.Second
)

// Done implements bot.Inbox. While Redis is away it tries again until ctx ends: an update that was
// handled but is not removed would be handled twice. When it fails, the update comes again.
func (in *Inbox) Done(ctx context.Context, d bot.Delivery) (*bot.Delivery, error) {
	return in.settle(ctx, d, in.advance(d, ""))
}

// Finish is Done that stores what the update left of its person as well, in the same round trip and
// before the update is removed: a crash in between loses nothing. What is stored stays stored when the
// lease was lost; the new owner stores its own outcome over it.
func (in *Inbox) Finish(ctx context.Context, d bot.Delivery, o bot.Outcome) (*bot.Delivery, error) {
	if o.Session == nil && o.Profile == nil && o.Entry == nil {
		return in.Done(ctx, d)
	}
	return in.settle(ctx, d, append(in.store.record(o), in.advance(d, ""))...)
}

// Bury implements bot.Inbox, as patient as Done.
func (in *Inbox) Bury(ctx context.Context, d bot.Delivery, why error) (*bot.Delivery, error) {
	return in.settle(ctx, d, in.advance(d, in.store.sealReason(d.Mailbox, why)))
}

// Retry implements bot.Inbox. When it fails, the mailbox comes again once its lease has ended.
func (in *Inbox) Retry(ctx context.Context, d bot.Delivery, pause time.Duration) error {
	in.drop(d.Mailbox, d.Token)
	c := in.release(d.Mailbox, d.Token, pause, 0)
	return failed("give a mailbox back", in.store.flights.run(ctx, c)[0].Err())
}

// Release implements bot.Inbox, as Retry does.
func (in *Inbox) Release(ctx context.Context, d bot.Delivery, pause time.Duration) error {
	in.drop(d.Mailbox, d.Token)
	c := in.release(d.Mailbox, d.Token, pause, -1)
	return failed("give a mailbox back", in.store.flights.run(ctx, c)[0].Err())
}

// advance removes an update, to the dead letters when there is a reason for that.
func (in *Inbox) advance(d bot.Delivery, reason string) call {
	s := shards[shardOf(d.Mailbox)]
	return call{
		advanceScript,
		[]string{s.due, s.owners, s.tries, s.mailboxes + d.Mailbox, s.dead},
		[]any{
			d.Mailbox, d.Token, nextToken(d.Token), in.lease.Milliseconds(),
			reason, in.store.keep.DeadLetters.Milliseconds(), deadSize,
		},
	}
}

func (in *Inbox) release(mailbox, token string, pause time.Duration, tries int) call {
	s := shards[shardOf(mailbox)]
	return call{releaseScript, []string{s.due, s.owners, s.tries}, []any{mailbox, token, pause.Milliseconds(), tries}}
}

// settle runs calls, the last of which hands out the next update, until they succeed or ctx ends.
// Running them again is safe: see scripts.go.
func (in *Inbox) settle(ctx context.Context, d bot.Delivery, calls ...call) (*bot.Delivery, error) {
	for pause := settleMin; ; pause = min(2*pause, settleMax) {
		results := in.store.flights.hurry(ctx, calls...)
		next := results[len(results)-1]
		err := firstError(results[:len(results)-1])
		if err == nil && !errors.Is(next.Err(), redis.Nil) {
			err = next.Err()
		}
		if err == nil {
			return in.next(ctx, d, next)
		}
		if ctx.Err() != nil {
			in.drop(d.Mailbox, d.Token)
			return nil, failed("finish an update", err)
		}
		in.store.report(failed("finish an update", err))
		rest(ctx, pause)
	}
}

// next reads the reply of advanceScript.
func (in *Inbox) next(ctx context.Context, d bot.Delivery, reply *redis.Cmd) (*bot.Delivery, error) {
	in.drop(d.Mailbox, d.Token)
	if reply.Err() != nil { // redis.Nil: no more, or not ours any more
		return nil, nil //nolint:nilerr // that is no failure
	}
	r, err := parseRow(reply.Val())
	if err != nil {
		return nil, failed("finish an update", err)
	}
	if ds := in.deliver(ctx, []row{r}); len(ds) == 1 {
		return &ds[0], nil
	}
	return nil, nil
}

// nextToken is the token of the update that follows under the same lease.
func nextToken(token string) string {
	i := strings.LastIndexByte(token, '.')
	n, _ := strconv.ParseUint(token[i+1:], 10, 64)
	return token[:i+1] + strconv.FormatUint(n+1, 10)
}

// rest waits, or returns early when ctx ends.
func rest(ctx context.Context, pause time.Duration) {
	t := time.NewTimer(pause)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-t.C:
	}
}
