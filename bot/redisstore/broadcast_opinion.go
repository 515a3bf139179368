package redisstore

import (
	"context"

	"refbot/bot"
	"refbot/bot/broadcast"
)

// opinionKey is a hash rating → presses. Beside the ids of broadcasts nothing tells who pressed.
func opinionKey(id broadcast.ID) string { return "rb:{bc}:o:" + string(id) }

var _ broadcast.Opinions = (*Broadcasts)(nil)

// Press implements broadcast.Opinions.
func (r *Broadcasts) Press(ctx context.Context, id broadcast.ID, f bot.Feedback) error {
	n, err := r.db.Exists(ctx, broadcastPrefix+string(id)).Result()
	if err != nil {
		return failed("find a broadcast", err)
	}
	if n == 0 {
		return broadcast.ErrUnknown
	}
	return failed("count a rating", r.db.HIncrBy(ctx, opinionKey(id), string(f), 1).Err())
}

// Presses implements broadcast.Opinions.
func (r *Broadcasts) Presses(ctx context.Context, id broadcast.ID) (up, down int, err error) {
	var presses struct {
		Up   int `redis:"up"`
		Down int `redis:"down"`
	}
	err = r.db.HGetAll(ctx, opinionKey(id)).Scan(&presses)
	return presses.Up, presses.Down, failed("read the ratings", err)
}
