package broadcast

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"refbot/bot"
)

const (
	retryFirst = 250 * time.Millisecond // after the first failure; twice as long after each further one
	retryMost  = 30 * time.Second
	// maxTries is how often a line may fail while others go well; in an outage nobody gives up.
	maxTries = 10
)

// verdict is what follows from how a call ended.
type verdict struct {
	outcome Outcome     // "": it is tried again
	failed  bool        // the try counts, and the next one comes after a pause
	leaves  bool        // there is nobody to be written to any more
	chat    int64       // the group's new id, when not 0
	pause   PauseReason // the whole broadcast stops
}

// decide judges how a call ended. Changing or deleting a message does no harm when it is done twice, so a
// lost answer to that is no riddle.
func decide(err error, repeatable, deleting bool) verdict {
	var e *bot.Error
	if err == nil {
		return verdict{outcome: Sent}
	}
	if !errors.As(err, &e) {
		return verdict{outcome: Failed}
	}
	switch e.Kind {
	case bot.Unmodified: // it says that already
		return verdict{outcome: Sent}
	case bot.Unreachable, bot.ChatGone:
		return verdict{outcome: Unreachable, leaves: true}
	case bot.Migrated:
		return verdict{chat: e.NewChat}
	case bot.RateLimited, bot.StoreDown:
		return verdict{}
	case bot.Unavailable:
		return verdict{failed: true}
	case bot.Unknown:
		if repeatable {
			return verdict{failed: true}
		}
		return verdict{outcome: Unknown}
	case bot.MessageGone:
		if deleting {
			return verdict{outcome: Sent}
		}
		return verdict{outcome: Failed}
	case bot.BadContent:
		return verdict{pause: PauseContent}
	case bot.Unauthorized:
		return verdict{pause: PauseToken}
	}
	return verdict{outcome: Failed}
}

// deliver takes a line to its end: settled, or back in the queue because sending stops.
func (s *shift) deliver(ctx context.Context, it item) {
	line, repeatable := it.Line(), s.b.Corrects != ""
	to := bot.Chat{ID: line.Chat, Group: line.Chat < 0}
	var first time.Time // of the failures
	for tries := 0; ctx.Err() == nil && !it.batch.lost.Load(); {
		if err := s.c.Carrier.Permit(ctx, to); err != nil {
			wait(ctx, retryFirst)
			continue
		}
		if !repeatable && !s.scribe.begin(it) {
			return
		}
		if ctx.Err() != nil {
			s.giveBack(it)
			return
		}
		message, err := s.call(s.c.hard, to, line)
		v := decide(err, repeatable, s.b.Recall)
		if v.chat != 0 && to.ID == line.Chat {
			to.ID = v.chat
			continue // still begun
		}
		if v.failed {
			if tries++; tries == 1 {
				first = time.Now()
			}
			if tries >= maxTries && s.well.Load() > first.UnixNano() {
				v.outcome = Failed
			}
		}
		if v.chat != 0 { // moved twice
			v.outcome = Failed
		}
		if v.outcome != "" {
			s.settle(ctx, it, to, v, message)
			return
		}
		s.giveBack(it)
		if v.pause != "" {
			s.halt(ctx, v.pause, err)
			return
		}
		if v.failed {
			wait(ctx, backoff(tries))
		}
	}
}

// call does what the broadcast is for.
func (s *shift) call(ctx context.Context, to bot.Chat, line Line) (int, error) {
	reply, ok := s.replies[line.Language]
	switch {
	case s.b.Recall:
		return line.Message, s.c.Carrier.Delete(ctx, to, line.Message)
	case !ok: // a correction without words for them leaves them what they have
		return line.Message, nil
	case s.b.Corrects != "":
		return line.Message, s.c.Carrier.Edit(ctx, to, line.Message, reply)
	}
	return s.c.Carrier.Send(ctx, to, reply)
}

// settle notes what became of a line.
func (s *shift) settle(ctx context.Context, it item, to bot.Chat, v verdict, message int) {
	if v.outcome == Sent {
		s.well.Store(time.Now().UnixNano())
	} else {
		message = 0
	}
	s.scribe.note(note{mark: it.mark(v.outcome, message), batch: it.batch})
	s.settled(it.batch)
	s.c.Observer.Settled(v.outcome)
	if !v.leaves {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), askPatience)
	defer cancel()
	if err := s.c.Audience.Remove(ctx, to.ID); err != nil {
		s.c.Log.Warn("somebody who cannot be reached stays in the audience", "error", err)
	}
}

// giveBack notes that a line was not sent.
func (s *shift) giveBack(it item) {
	if s.b.Corrects == "" {
		s.scribe.note(note{mark: it.mark(Queued, 0), batch: it.batch})
	}
}

// halt stops sending here, and everywhere: this broadcast, or all when the token is at fault.
func (s *shift) halt(ctx context.Context, why PauseReason, cause error) {
	s.stop()
	s.c.Log.Error("Telegram refuses a broadcast, it is paused", "broadcast", s.b.ID, "why", why, "error", cause)
	if why == PauseToken {
		s.c.pauseAll(context.WithoutCancel(ctx), why)
		return
	}
	s.c.pause(ctx, s.b.ID, why)
}

// backoff is the pause after so many failures in a row, half of it by chance.
func backoff(failures int) time.Duration {
	d := min(retryFirst<<min(failures-1, 10), retryMost)
	return d/2 + rand.N(d/2+1)
}
