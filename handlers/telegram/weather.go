package telegram

import (
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"refbot/bot"
)

// weather knows how Telegram and Redis are: after failures in a row no new chats are taken on for a
// while, and the log tells when it begins and ends instead of repeating itself for every update.
type weather struct {
	mu       sync.Mutex
	failures int // in a row, over all chats
	bad      time.Time
	byChat   map[string]int // failures in a row of a mailbox
	noStore  bool
}

const (
	// storm is how many failures in a row, without anything going well between them, make an outage of
	// what could be the misfortune of one chat.
	storm = 5
	// maxUnlucky bounds the mailboxes remembered.
	maxUnlucky = 10_000
)

// clear notes that something went well.
func (w *weather) clear(mailbox string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.failures, w.bad = 0, time.Time{}
	delete(w.byChat, mailbox)
}

// worse notes that Telegram or Redis failed; it returns how long the mailbox should rest.
func (w *weather) worse(log *slog.Logger, mailbox string, e *bot.Error) time.Duration {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.byChat == nil || len(w.byChat) >= maxUnlucky {
		w.byChat = map[string]int{}
	}
	n := w.byChat[mailbox]
	w.byChat[mailbox]++
	rest := min(retryMin<<min(n, 5), retryMax)
	if w.failures++; w.failures < storm && e.Kind != bot.Unauthorized {
		return rest
	}
	if time.Now().After(w.bad) {
		log.Error("Telegram or Redis does not answer, questions wait", "error", e, "pause", rest)
	}
	if e.Kind == bot.Unauthorized {
		rest = retryMax
	}
	w.bad = time.Now().Add(rest)
	return rest
}

// until is how long no new chats should be taken on.
func (w *weather) until() time.Duration {
	w.mu.Lock()
	defer w.mu.Unlock()
	return max(0, time.Until(w.bad))
}

// store logs when the inbox goes away and when it is back.
func (w *weather) store(log *slog.Logger, err error) {
	w.mu.Lock()
	was := w.noStore
	w.noStore = err != nil
	w.mu.Unlock()
	switch {
	case err != nil && !was:
		log.Warn("Redis is away, questions wait", "error", err)
	case err == nil && was:
		log.Info("Redis is back")
	}
}

// load knows how long updates wait in the inbox before their turn comes.
type load struct {
	waited atomic.Int64 // of the newest one, nanoseconds
	at     atomic.Int64 // when that was noted, Unix nanoseconds
}

// loadFresh is how long a measurement says something about now.
const loadFresh = 2 * time.Second

func (l *load) note(age time.Duration) {
	l.waited.Store(int64(age))
	l.at.Store(time.Now().UnixNano())
}

// Busy reports overload: updates have waited longer than ShedAfter for their turn. Then inline queries,
// which come with every letter typed, are shed, so that questions are answered sooner.
func (w *Workers) Busy() bool {
	fresh := time.Since(time.Unix(0, w.load.at.Load())) < loadFresh
	return w.ShedAfter > 0 && fresh && time.Duration(w.load.waited.Load()) > w.ShedAfter
}
