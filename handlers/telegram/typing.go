package telegram

import (
	"context"
	"sync"
	"time"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"refbot/bot"
)

// typingLasts is how often the action is repeated: Telegram shows it for five seconds.
const typingLasts = 4500 * time.Millisecond

// Typing implements bot.Messenger.
func (s *Sender) Typing(ctx context.Context, to bot.Chat) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	var once sync.Once
	done := make(chan struct{})
	timer := time.AfterFunc(s.pace.typing, func() {
		defer close(done)
		s.keepTyping(ctx, to)
	})
	return func() {
		once.Do(func() {
			cancel()
			if !timer.Stop() {
				<-done
			}
		})
	}
}

func (s *Sender) keepTyping(ctx context.Context, to bot.Chat) {
	tick := time.NewTicker(typingLasts)
	defer tick.Stop()
	for {
		if s.outbox.Quiet() == 0 {
			s.showTyping(context.WithoutCancel(ctx), to)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// showTyping sends the action once. That it fails hinders nothing: the reply follows. It is not broken off
// when the reply is ready, for half a request is one Telegram refuses.
func (s *Sender) showTyping(ctx context.Context, to bot.Chat) {
	ctx, cancel := context.WithTimeout(ctx, typingLasts)
	defer cancel()
	_, _ = s.api.SendChatAction(ctx, &tg.SendChatActionParams{ChatID: to.ID, Action: models.ChatActionTyping})
}
