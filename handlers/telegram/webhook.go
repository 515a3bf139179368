package telegram

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"strconv"
	"sync/atomic"
	"time"

	tg "github.com/go-telegram/bot"

	"refbot/bot"
)

// Webhook is the door Telegram knocks at: an http.Handler that answers 200 once the update is durable. To
// everything else it says no and why: 405 to another method, 401 to a wrong secret before anything is
// read, 413 to more than a megabyte, 400 to what is no update, 503 with Retry-After while Redis is away or the inbox is full.
type Webhook struct {
	Secret string // never empty
	Inbox  bot.Inbox
	Busy   func() bool // says that inline queries are to be shed; nil: never
	Full   func() bool // says that nothing is to be taken in; nil: never
	Log    *slog.Logger

	closed  atomic.Bool
	reading slots
}

const (
	secretHeader = "X-Telegram-Bot-Api-Secret-Token" //nolint:gosec // a name, not the secret
	// putPatience is how long an update waits for Redis before Telegram is asked to keep it, and
	// comeBack for how long.
	putPatience = 5 * time.Second
	comeBack    = 3 * time.Second
	bodyTime    = 20 * time.Second // for a body to arrive
	// Telegram opens at most maxConnections; a few more bodies than that are read at a time.
	maxConnections = 100
	maxBodies      = 128
)

// slots bounds how many do something at once.
type slots struct{ taken atomic.Int32 }

func (s *slots) take() bool {
	if s.taken.Add(1) <= maxBodies {
		return true
	}
	s.give()
	return false
}

func (s *slots) give() { s.taken.Add(-1) }

// Close makes the door send Telegram away, to come back soon: the bot is about to stop.
func (h *Webhook) Close() { h.closed.Store(true) }

// ServeHTTP implements http.Handler.
func (h *Webhook) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch {
	case r.Method != http.MethodPost:
		w.Header().Set("Allow", http.MethodPost)
		refuse(w, http.StatusMethodNotAllowed, "only POST is understood here")
	case !h.knows(r.Header.Get(secretHeader)):
		w.Header().Set("Connection", "close") // the body is not even read
		refuse(w, http.StatusUnauthorized, "wrong or missing secret token")
	case h.closed.Load() || !h.reading.take():
		sendAway(w, time.Second)
	default:
		defer h.reading.give()
		h.take(w, r)
	}
}

// knows compares in a time that tells nothing about the secret, not even its length.
func (h *Webhook) knows(secret string) bool {
	got, want := sha256.Sum256([]byte(secret)), sha256.Sum256([]byte(h.Secret))
	return h.Secret != "" && subtle.ConstantTimeCompare(got[:], want[:]) == 1
}

func (h *Webhook) take(w http.ResponseWriter, r *http.Request) {
	_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(bodyTime)) // where it can't be set, the server's counts
	raw, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxRaw))
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		refuse(w, http.StatusRequestEntityTooLarge, "an update has less than a megabyte")
		return
	case err != nil:
		refuse(w, http.StatusBadRequest, "the body broke off")
		return
	}
	u, inline, err := seal(raw, time.Now())
	switch {
	case err != nil:
		refuse(w, http.StatusBadRequest, err.Error())
	case u.Mailbox == 0 || inline && (says(h.Busy) || says(h.Full)):
		w.WriteHeader(http.StatusOK)
	case says(h.Full):
		sendAway(w, comeBack)
	default:
		h.store(w, r, u)
	}
}

// says asks somebody who may not be there.
func says(so func() bool) bool { return so != nil && so() }

func (h *Webhook) store(w http.ResponseWriter, r *http.Request, u bot.Update) {
	ctx, cancel := context.WithTimeout(r.Context(), putPatience)
	defer cancel()
	if err := h.Inbox.Put(ctx, []bot.Update{u}); err != nil {
		h.Log.Warn("an update waits at Telegram, Redis is away", "error", err)
		sendAway(w, comeBack)
		return
	}
	w.WriteHeader(http.StatusOK)
}

func sendAway(w http.ResponseWriter, pause time.Duration) {
	w.Header().Set("Retry-After", strconv.Itoa(int(pause.Seconds())))
	refuse(w, http.StatusServiceUnavailable, "come back soon")
}

func refuse(w http.ResponseWriter, code int, why string) { http.Error(w, why, code) }

// Register asks Telegram to call the webhook from now on. What waits at Telegram is delivered. It waits
// while Telegram is out of reach; that Telegram refuses the address is an error at once.
func Register(ctx context.Context, api *Client, url, secret string, log *slog.Logger) error {
	ask := &tg.SetWebhookParams{URL: url, SecretToken: secret, MaxConnections: maxConnections, AllowedUpdates: AllowedUpdates()}
	return persist(ctx, log, func() error {
		_, err := api.SetWebhook(ctx, ask)
		return settled("setWebhook", err)
	})
}

// Unregister asks Telegram to call no webhook any more. What waits at Telegram stays there.
func Unregister(ctx context.Context, api *Client, log *slog.Logger) error {
	return persist(ctx, log, func() error {
		_, err := api.DeleteWebhook(ctx, &tg.DeleteWebhookParams{})
		return settled("deleteWebhook", err)
	})
}
