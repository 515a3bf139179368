package telegram

import (
	"context"
	"sync"
	"time"

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
			// That the action fails hinders nothing: the reply follows.
			_ = s.api.Call(ctx, "sendChatAction", chatRequest{Chat: to.ID, Action: "typing"}, nil)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}
