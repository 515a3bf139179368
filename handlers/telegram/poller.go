package telegram

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"time"

	"refbot/bot"
)

// Poller brings updates from Telegram into the inbox by getUpdates. It asks for the next ones, which
// is what confirms the last ones, only once the inbox holds those durably.
type Poller struct {
	URL    string // of the Bot API server, with the token: …/bot<token>
	Client *http.Client
	Inbox  bot.Inbox
	Log    *slog.Logger
}

const (
	pollSeconds   = 25
	pollBatch     = 100
	maxPollAnswer = pollBatch * bot.MaxUpdate
	pauseMin      = 500 * time.Millisecond
	pauseMax      = 30 * time.Second
)

// AllowedUpdates are the kinds of updates refbot asks Telegram for.
func AllowedUpdates() []string {
	return []string{"message", "edited_message", "callback_query", "inline_query", "my_chat_member"}
}

// Run polls until ctx ends. It outlives every error: it waits, longer each time and at least as long
// as Telegram asks, and goes on.
func (p *Poller) Run(ctx context.Context) {
	offset, pause := int64(0), time.Duration(0)
	for ctx.Err() == nil {
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
		sleep(ctx, max(pause, waitAsked(err)))
	}
}

func waitAsked(err error) time.Duration {
	var e *bot.Error
	if errors.As(err, &e) {
		return e.After
	}
	return 0
}

// round asks once and stores what came; it returns the offset that confirms it.
func (p *Poller) round(ctx context.Context, offset int64) (int64, error) {
	raws, err := p.ask(ctx, offset)
	if err != nil || len(raws) == 0 {
		return offset, err
	}
	updates := make([]bot.Update, 0, len(raws))
	for _, raw := range raws {
		var id struct {
			ID int64 `json:"update_id"`
		}
		if json.Unmarshal(raw, &id) == nil {
			offset = max(offset, id.ID+1)
		}
		if u, ok := Envelope(raw); ok {
			updates = append(updates, u)
		}
	}
	for pause := pauseMin; ; pause = min(2*pause, pauseMax) {
		if err = p.Inbox.Put(ctx, updates); err == nil || ctx.Err() != nil {
			return offset, err
		}
		p.Log.Warn("updates wait for Redis", "error", err, "updates", len(updates))
		sleep(ctx, pause)
	}
}

type answer struct {
	OK          bool              `json:"ok"`
	Result      []json.RawMessage `json:"result"`
	Code        int               `json:"error_code"`
	Description string            `json:"description"`
	Parameters  struct {
		RetryAfter int `json:"retry_after"`
	} `json:"parameters"`
}

func (p *Poller) ask(ctx context.Context, offset int64) ([]json.RawMessage, error) {
	body, err := json.Marshal(map[string]any{
		"offset": offset, "limit": pollBatch, "timeout": pollSeconds, "allowed_updates": AllowedUpdates(),
	})
	if err != nil {
		return nil, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, p.URL+"/getUpdates", bytes.NewReader(body))
	if err != nil {
		return nil, errors.New("the Bot API address is not a URL")
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := p.Client.Do(req)
	if err != nil {
		return nil, &bot.Error{Op: "get updates", Kind: bot.Unavailable, Err: errors.New(describe(err))}
	}
	defer resp.Body.Close()
	var a answer
	if err := json.NewDecoder(io.LimitReader(resp.Body, maxPollAnswer)).Decode(&a); err != nil {
		return nil, &bot.Error{Op: "get updates", Kind: bot.Unavailable, Err: fmt.Errorf("HTTP %d, not JSON", resp.StatusCode)}
	}
	if !a.OK {
		return nil, a.failure()
	}
	return a.Result, nil
}

// failure says what to do about a refused getUpdates.
func (a *answer) failure() error {
	e := &bot.Error{Op: "get updates", Kind: bot.Unavailable, Err: fmt.Errorf("%d %s", a.Code, a.Description)}
	switch a.Code {
	case http.StatusUnauthorized, http.StatusNotFound:
		e.Kind, e.After, e.Err = bot.Unauthorized, pauseMax, errors.New("Telegram does not know this token: check TELEGRAM_BOT_TOKEN")
	case http.StatusConflict:
		e.After, e.Err = 5*time.Second, errors.New("another program polls with this token, or a webhook is set: stop it, or delete the webhook")
	case http.StatusTooManyRequests:
		e.Kind, e.After = bot.RateLimited, time.Duration(a.Parameters.RetryAfter)*time.Second
	}
	return e
}

// sleep waits, or returns early when ctx ends.
func sleep(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-t.C:
	}
}
