package telegram

import (
	"bytes"
	"context"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"refbot/bot"
)

// Sender delivers replies through the Bot API. It implements bot.Messenger, and sends bulk.
type Sender struct {
	api, bulk *Client // connections of their own, so that bulk never stands before a reply
	outbox    *bot.Outbox
	pace      pace
	answered  recent
}

// NewSender returns a Sender whose messages ask the outbox for permission.
func NewSender(api, bulk *Client, outbox *bot.Outbox) *Sender {
	return &Sender{api: api, bulk: bulk, outbox: outbox, pace: defaultPace}
}

var _ bot.Messenger = (*Sender)(nil)

// Send implements bot.Messenger. Buttons hang under the last message of a long reply.
func (s *Sender) Send(ctx context.Context, to bot.Chat, r bot.Reply, replyTo int) (int, error) {
	id, _, err := s.send(ctx, delivery{traffic: bot.Urgent, chat: to}, r, replyTo)
	return id, err
}

// SendBulk sends one of many messages when the shared budget permits. It returns the message's id and the
// chat's, which is another one when the group has become a supergroup. An error of kind Unknown means
// that the message may have arrived: only a person may decide to send it again.
func (s *Sender) SendBulk(ctx context.Context, to bot.Chat, r bot.Reply) (message int, chat int64, err error) {
	return s.send(ctx, delivery{traffic: bot.Bulk, chat: to}, r, 0)
}

func (s *Sender) send(ctx context.Context, d delivery, r bot.Reply, quoted int) (int, int64, error) {
	if r.File != nil {
		return s.sendFile(ctx, d, r)
	}
	api, texts, id := s.client(d.traffic), Render(r), 0
	for i, text := range texts {
		m := tg.SendMessageParams{Text: text, ParseMode: models.ParseModeHTML, LinkPreviewOptions: noPreview, AllowPaidBroadcast: s.paid(d.traffic)}
		if i == 0 && quoted != 0 {
			m.ReplyParameters = &models.ReplyParameters{MessageID: quoted, AllowSendingWithoutReply: true}
		}
		if i == len(texts)-1 {
			m.ReplyMarkup = keyboard(r.Buttons)
		}
		err := s.deliver(ctx, &d, func(ctx context.Context, chat int64) (err error) {
			m.ChatID = chat
			id, err = api.send(ctx, &m)
			return err
		})
		if err != nil {
			return 0, d.chat.ID, err
		}
		d.begun = true
	}
	return id, d.chat.ID, nil
}

func (s *Sender) sendFile(ctx context.Context, d delivery, r bot.Reply) (int, int64, error) {
	caption := ""
	if texts := Render(r); len(texts) > 0 {
		caption = texts[0]
	}
	id := 0
	err := s.deliver(ctx, &d, func(ctx context.Context, chat int64) error {
		sent, err := s.client(d.traffic).SendDocument(ctx, &tg.SendDocumentParams{
			ChatID: chat, Caption: caption, ParseMode: models.ParseModeHTML, ReplyMarkup: keyboard(r.Buttons),
			AllowPaidBroadcast: s.paid(d.traffic),
			Document:           &models.InputFileUpload{Filename: r.File.Name, Data: bytes.NewReader(r.File.Data)},
		})
		if err != nil {
			return settled("sendDocument", err)
		}
		id = sent.ID
		return nil
	})
	return id, d.chat.ID, err
}

func (s *Sender) client(t bot.Traffic) *Client {
	if t == bot.Bulk {
		return s.bulk
	}
	return s.api
}

func (s *Sender) paid(t bot.Traffic) bool { return t == bot.Bulk && s.outbox.Rates.Paid }

// Edit implements bot.Messenger. A reply too long for one message can't be edited in: BadContent. An
// edit whose answer was lost is made again: twice looks like once.
func (s *Sender) Edit(ctx context.Context, to bot.Chat, id int, r bot.Reply) error {
	texts := Render(r)
	if len(texts) != 1 {
		return &bot.Error{Op: "editMessageText", Kind: bot.BadContent}
	}
	m := tg.EditMessageTextParams{
		MessageID: id, Text: texts[0], ParseMode: models.ParseModeHTML,
		LinkPreviewOptions: noPreview, ReplyMarkup: keyboard(r.Buttons),
	}
	return s.deliver(ctx, &delivery{traffic: bot.Urgent, chat: to, repeatable: true}, func(ctx context.Context, chat int64) error {
		m.ChatID = chat
		_, err := s.api.EditMessageText(ctx, &m)
		return repeatable(settled("editMessageText", err))
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
