package redisstore

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/redis/go-redis/v9"

	"refbot/bot"
)

// Limiter implements bot.Budget: Telegram's limits, shared by all replicas. Its keys carry one tag,
// because a message counts for its chat and for all chats at once:
//
//	rb:{out}:all        hash: next = when bulk may go on, silence = until when a 429 forbids everything, bulk = when some went last (ms)
//	rb:{out}:c:<chat>   hash: next, silence, of one chat; expires
type Limiter struct {
	db     redis.UniversalClient
	sealer *Sealer
}

// NewLimiter returns the limiter of all replicas on this Redis.
func NewLimiter(db redis.UniversalClient, sealer *Sealer) *Limiter { return &Limiter{db, sealer} }

var _ bot.Budget = (*Limiter)(nil)

const (
	limitAll = "rb:{out}:all"
	// headroom is the part of the rate bulk uses: what is left makes up for replies that other replicas
	// report late.
	headroom = 0.995
	// lately is how long after a bulk message replies are still reported.
	lately = 5 * time.Second
)

var (
	reserveScript  = load("reserve")
	exchangeScript = load("exchange")
	postponeScript = load("postpone")
)

var errLimiter = errors.New("a script answered with something else than slots")

func (l *Limiter) chatKey(chat int64) string { return "rb:{out}:c:" + l.sealer.Hide("limit", chat) }

// step is the time between bulk messages in milliseconds.
func step(r bot.Rates) string {
	return fmt.Sprintf("%.4f", 1000/(headroom*float64(max(1, r.PerSecond))))
}

// Reserve implements bot.Budget. A group's burst is half of what it gets a minute: the other half is for
// the replies in it.
func (l *Limiter) Reserve(ctx context.Context, r bot.Rates, chats []bot.Chat, replies int) ([]bot.Slot, error) {
	keys, args := []string{limitAll}, []any{step(r), replies, r.Ahead.Milliseconds()}
	for _, c := range chats {
		keys = append(keys, l.chatKey(c.ID))
		if c.Group {
			args = append(args, 60_000/max(1, r.GroupPerMinute), max(1, r.GroupPerMinute/2))
		} else {
			args = append(args, 1000, max(1, r.ChatBurst))
		}
	}
	reply, err := run(ctx, l.db, call{reserveScript, keys, args})[0].Slice()
	if err == nil && len(reply) != len(chats) {
		err = errLimiter
	}
	if err != nil {
		return nil, failed("reserve messages", err)
	}
	slots := make([]bot.Slot, len(chats))
	for i, row := range reply {
		pair, ok := row.([]any)
		if !ok || len(pair) != 2 {
			return nil, failed("reserve messages", errLimiter)
		}
		booked, _ := pair[0].(int64)
		micros, _ := pair[1].(int64)
		slots[i] = bot.Slot{Booked: booked == 1, Full: booked == 2, Wait: time.Duration(micros) * time.Microsecond}
	}
	return slots, nil
}

// Exchange implements bot.Budget.
func (l *Limiter) Exchange(ctx context.Context, r bot.Rates, replies int) (bot.Shared, error) {
	c := call{exchangeScript, []string{limitAll}, []any{step(r), replies, lately.Milliseconds()}}
	reply, err := run(ctx, l.db, c)[0].Int64Slice()
	if err == nil && len(reply) != 2 {
		err = errLimiter
	}
	if err != nil {
		return bot.Shared{}, failed("exchange limits", err)
	}
	return bot.Shared{Wait: time.Duration(reply[0]) * time.Millisecond, Bulk: reply[1] == 1}, nil
}

// Postpone implements bot.Budget.
func (l *Limiter) Postpone(ctx context.Context, chat bot.Chat, d time.Duration) error {
	key := limitAll
	if chat.ID != 0 {
		key = l.chatKey(chat.ID)
	}
	return failed("share a wait", run(ctx, l.db, call{postponeScript, []string{key}, []any{d.Milliseconds()}})[0].Err())
}
