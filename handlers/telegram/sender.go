package telegram

import (
	"context"

	tg "github.com/go-telegram/bot"

	"refbot/bot"
)

// Sender delivers replies through the Bot API. It implements bot.Messenger.
type Sender struct {
	api      *Client
	outbox   *bot.Outbox
	pace     pace
	answered recent
}

// NewSender returns a Sender whose messages ask the outbox for permission.
func NewSender(api *Client, outbox *bot.Outbox) *Sender {
	return &Sender{api: api, outbox: outbox, pace: defaultPace}
}

var _ bot.Messenger = (*Sender)(nil)

// Send implements bot.Messenger. Buttons hang under the last message of a long reply.
func (s *Sender) Send(ctx context.Context, to bot.Chat, r bot.Reply, replyTo int) (int, error) {
	d, id := delivery{chat: to}, 0
	for _, p := range pieces(r, replyTo, false) {
		err := s.deliver(ctx, &d, func(ctx context.Context, chat int64) (err error) {
			id, err = s.api.put(ctx, chat, p)
			return err
		})
		if err != nil {
			return 0, err
		}
		d.begun = true
	}
	return id, nil
}

// Edit implements bot.Messenger. A reply too long for one message can't be edited in: BadContent. An
// edit whose answer was lost is made again: twice looks like once.
func (s *Sender) Edit(ctx context.Context, to bot.Chat, id int, r bot.Reply) error {
	return s.deliver(ctx, &delivery{chat: to, repeatable: true}, func(ctx context.Context, chat int64) error {
		return repeatable(s.api.edit(ctx, chat, id, r))
	})
}

// Toast implements bot.Messenger. A press is answered once, however often its update is handled.
func (s *Sender) Toast(ctx context.Context, query, text string) error {
	if s.answered.has(query) {
		return nil
	}
	a := tg.AnswerCallbackQueryParams{CallbackQueryID: query, Text: bot.Shorten(text, 200)}
	err := s.insist(ctx, func(ctx context.Context) error {
		_, err := s.api.AnswerCallbackQuery(ctx, &a)
		return repeatable(settled("answerCallbackQuery", err))
	})
	if err == nil {
		s.answered.add(query)
	}
	return err
}

// repeatable turns an unknown outcome into one to try again, for calls that do no harm twice.
func repeatable(err error) error {
	if e, ok := err.(*bot.Error); ok && e.Kind == bot.Unknown { //nolint:errorlint // straight from settled
		e.Kind = bot.Unavailable
	}
	return err
}
