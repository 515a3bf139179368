package redisstore

import (
	"errors"
	"testing"
	"time"

	"refbot/bot"
	"refbot/bot/broadcast"
	"refbot/bot/redisstore/redistest"
)

func TestOpinions(t *testing.T) {
	e, ctx := newEnv(t, redistest.StartMini(t).URL()), t.Context()
	r := e.store.Broadcasts()
	if err := r.Press(ctx, "AAAAAAAA", bot.Helpful); !errors.Is(err, broadcast.ErrUnknown) {
		t.Errorf("a rating of nothing: %v", err)
	}
	must(t, r.Save(ctx, draft("AAAAAAAA", time.Now())))
	for _, f := range []bot.Feedback{bot.Helpful, bot.Helpful, bot.NotHelpful} {
		must(t, r.Press(ctx, "AAAAAAAA", f))
	}
	if up, down, err := r.Presses(ctx, "AAAAAAAA"); up != 2 || down != 1 || err != nil {
		t.Errorf("up %d, down %d, %v", up, down, err)
	}
}
