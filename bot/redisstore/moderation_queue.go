package redisstore

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/redis/go-redis/v9"

	"refbot/bot"
	"refbot/bot/moderation"
)

var cardScript = load("card")

// Cards of a reason lie between its class and the next; within it they go by urgency.
var cardClass = map[moderation.Why]float64{
	moderation.ManyAsk: 4e9, moderation.Disliked: 3e9, moderation.Unsure: 2e9, moderation.Held: 1e9, moderation.ByChance: 0,
}

const classSize = 1e9

// backTime is how long a moderator does not get a card again that they gave back.
const backTime = 12 * time.Hour

func cardScore(why moderation.Why, urgency float64) float64 {
	return cardClass[why] + urgency*classSize
}

func whyOf(score float64) moderation.Why {
	for why, class := range cardClass {
		if score >= class && score < class+classSize {
			return why
		}
	}
	return moderation.ByChance
}

func (m *Moderation) backKey(who int64) string {
	return filePrefix + "back:" + m.store.sealer.Hide("moderator", who)
}

// Next implements moderation.Queue. Cards whose entry is gone, or was ruled on meanwhile, are dropped on the way.
func (m *Moderation) Next(ctx context.Context, who int64) (moderation.Card, int, error) {
	keys := []string{fileQueue, fileLeases, fileHolders, m.backKey(who)}
	args := []any{m.store.sealer.Hide("moderator", who), moderation.LeaseTime.Milliseconds()}
	for {
		reply, err := run(ctx, m.db, call{cardScript, keys, args})[0].Slice()
		if errors.Is(err, redis.Nil) {
			return moderation.Card{}, 0, moderation.ErrEmpty
		}
		if err == nil && len(reply) != 4 {
			err = errors.New("a script answered with something else than a card")
		}
		if err != nil {
			return moderation.Card{}, 0, failed("take a card", err)
		}
		name := fmt.Sprint(reply[0])
		score, _ := strconv.ParseFloat(fmt.Sprint(reply[2]), 64)
		card, err := m.card(ctx, name, score)
		if errors.Is(err, moderation.ErrUnknown) {
			if err := m.drop(ctx, name); err != nil {
				return moderation.Card{}, 0, failed("take a card", err)
			}
			continue
		}
		if err != nil {
			return moderation.Card{}, 0, refused("take a card", err)
		}
		until, _ := strconv.ParseInt(fmt.Sprint(reply[1]), 10, 64)
		card.Until = time.UnixMilli(until)
		waiting, _ := strconv.Atoi(fmt.Sprint(reply[3]))
		return card, waiting, nil
	}
}

// card reads what a card shows; ErrUnknown for one that is of no use any more.
func (m *Moderation) card(ctx context.Context, name string, score float64) (moderation.Card, error) {
	card := moderation.Card{Why: whyOf(score)}
	kind, of := cardOf(name)
	if kind != "c" {
		q, err := m.Question(ctx, of)
		if err == nil && q.Review != nil {
			err = moderation.ErrUnknown
		}
		card.Question = q
		return card, err
	}
	c, err := m.Get(ctx, moderation.ClusterID("C"+of))
	card.Question, card.Cluster = c.Label, &c
	return card, err
}

func (m *Moderation) drop(ctx context.Context, card string) error {
	pipe := m.db.Pipeline()
	pipe.ZRem(ctx, fileQueue, card)
	pipe.ZRem(ctx, fileLeases, card)
	pipe.HDel(ctx, fileHolders, card)
	_, err := pipe.Exec(ctx)
	return err
}

// Return implements moderation.Queue.
func (m *Moderation) Return(ctx context.Context, who int64, ref string) error {
	cards := []string{"q:" + ref}
	f, err := m.locate(ctx, ref)
	if err != nil && !errors.Is(err, moderation.ErrUnknown) {
		return failed("give a card back", err)
	}
	if f.traits.cluster != 0 {
		cards = append(cards, "c:"+strconv.FormatUint(uint64(f.traits.cluster), 10))
	}
	holders, err := m.db.HMGet(ctx, fileHolders, cards...).Result()
	if err != nil {
		return failed("give a card back", err)
	}
	pipe := m.db.Pipeline()
	for i, card := range cards {
		pipe.SAdd(ctx, m.backKey(who), card)
		if holders[i] == any(m.store.sealer.Hide("moderator", who)) {
			pipe.ZRem(ctx, fileLeases, card)
			pipe.HDel(ctx, fileHolders, card)
		}
	}
	pipe.PExpire(ctx, m.backKey(who), backTime)
	_, err = pipe.Exec(ctx)
	return failed("give a card back", err)
}

// Remaining implements moderation.Queue.
func (m *Moderation) Remaining(ctx context.Context) (int, error) {
	n, err := m.db.ZCard(ctx, fileQueue).Result()
	return int(n), failed("count the queue", err)
}

// cardCommand puts the card of an entry into the queue, or takes it out.
func cardCommand(e *bot.Entry) []any {
	why, urgency := moderation.Worth(e)
	if why == "" {
		return []any{"ZREM", fileQueue, "q:" + e.Ref}
	}
	return []any{"ZADD", fileQueue, formatScore(cardScore(why, urgency)), "q:" + e.Ref}
}

func formatScore(score float64) string { return strconv.FormatFloat(score, 'f', 6, 64) }
