package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"time"

	"refbot/bot"
)

// Poller brings updates from Telegram into the inbox by getUpdates. It asks for the next ones, which
// is what confirms the last ones, only once the inbox holds those durably. One poller may run at a time.
type Poller struct {
	API   *Client // with a timeout well above pollSeconds, and connections of its own
	Inbox bot.Inbox
	Busy  func() bool // says that inline queries are to be shed; nil: never
	Full  func() bool // says that nothing is to be taken in; nil: never
	Log   *slog.Logger
}

const (
	pollSeconds   = 25
	pollBatch     = 100
	pauseMin      = 500 * time.Millisecond
	pauseMax      = 30 * time.Second
	conflictPause = 3 * time.Second
)

// AllowedUpdates are the kinds of updates refbot asks Telegram for.
func AllowedUpdates() []string {
	return []string{"message", "edited_message", "callback_query", "inline_query", "my_chat_member"}
}

// Run polls until ctx ends, after removing a webhook that may be set; what waits at Telegram stays. It
// outlives every error: it waits, longer each time and at least as long as Telegram asks, and goes on.
func (p *Poller) Run(ctx context.Context) {
	if err := Unregister(ctx, p.API, p.Log); err != nil && ctx.Err() == nil {
		p.Log.Error("the webhook could not be removed", "error", err)
	}
	offset, pause := int64(0), time.Duration(0)
	for ctx.Err() == nil {
		if says(p.Full) {
			wait(ctx, pauseMin)
			continue
		}
		next, err := p.round(ctx, offset)
		if err == nil {
			offset, pause = next, 0
			continue
		}
		if ctx.Err() != nil {
			return
		}
		pause = min(max(2*pause, pauseMin), pauseMax)
		p.Log.Warn("polling failed, trying again", "error", err, "pause", max(pause, waitAsked(err)))
		wait(ctx, max(pause, waitAsked(err)))
	}
}

// waitAsked is how long an error says to wait. A token nobody knows is tried as rarely as can be.
func waitAsked(err error) time.Duration {
	var e *bot.Error
	switch {
	case !errors.As(err, &e):
		return 0
	case e.Kind == bot.Unauthorized:
		return pauseMax
	}
	return e.After
}

type updatesRequest struct {
	Offset  int64    `json:"offset"`
	Limit   int      `json:"limit"`
	Timeout int      `json:"timeout"` // seconds
	Allowed []string `json:"allowed_updates"`
}

// round asks once and stores what came; it returns the offset that confirms it.
func (p *Poller) round(ctx context.Context, offset int64) (int64, error) {
	var raws []json.RawMessage
	ask := updatesRequest{Offset: offset, Limit: pollBatch, Timeout: pollSeconds, Allowed: AllowedUpdates()}
	if err := p.API.Call(ctx, "getUpdates", ask, &raws); err != nil || len(raws) == 0 {
		return offset, err
	}
	next, updates := p.open(raws, offset)
	if next == offset {
		return offset, errors.New("Telegram sends updates without numbers") //nolint:staticcheck // a name
	}
	for pause := pauseMin; ; pause = min(2*pause, pauseMax) {
		err := p.Inbox.Put(ctx, updates)
		if err == nil || ctx.Err() != nil {
			return next, err
		}
		p.Log.Warn("updates wait for Redis", "error", err, "updates", len(updates))
		wait(ctx, pause)
	}
}

// open makes envelopes of what refbot has a use for, and finds the offset behind all of it.
func (p *Poller) open(raws []json.RawMessage, offset int64) (next int64, updates []bot.Update) {
	next, now, shed := offset, time.Now(), 0
	for _, raw := range raws {
		u, inline, err := seal(raw, now)
		if err != nil {
			continue
		}
		next = max(next, u.ID+1)
		switch {
		case u.Mailbox == 0:
		case inline && says(p.Busy):
			shed++
		default:
			updates = append(updates, u)
		}
	}
	if shed > 0 {
		p.Log.Warn("too much to do, inline queries are not answered", "queries", shed)
	}
	return next, updates
}
