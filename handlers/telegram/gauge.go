package telegram

import (
	"context"
	"log/slog"
	"sync/atomic"
	"time"
)

// Gauge knows whether as many chats wait as may wait. Then the doors leave messages at Telegram, which
// keeps them for 24 hours, so that Redis does not fill up: a Redis without memory settles nothing any more.
type Gauge struct {
	Waiting func(context.Context) (chats int, err error) // over all replicas
	Most    int
	Log     *slog.Logger

	full atomic.Bool
}

const (
	gaugePause = time.Second
	// What was full is so until a tenth of it is done, so that the doors do not flutter.
	gaugeRoom = 0.9
)

// Full reports whether the doors should take nothing in.
func (g *Gauge) Full() bool { return g.full.Load() }

// Run looks every second until ctx ends. While the inbox can't be counted it is as full as it was.
func (g *Gauge) Run(ctx context.Context) {
	for ctx.Err() == nil {
		if chats, err := g.Waiting(ctx); err == nil {
			g.read(chats)
		}
		wait(ctx, gaugePause)
	}
}

func (g *Gauge) read(chats int) {
	was := g.full.Load()
	full := chats >= g.Most || was && float64(chats) > gaugeRoom*float64(g.Most)
	g.full.Store(full)
	switch {
	case full && !was:
		g.Log.Error("as many chats wait as may wait, further messages are left at Telegram: start more replicas", "chats", chats)
	case was && !full:
		g.Log.Info("messages are taken in again", "chats", chats)
	}
}
