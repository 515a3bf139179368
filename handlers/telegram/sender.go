package telegram

import (
	"bytes"
	"context"
	"sync"
	"time"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"refbot/bot"
)

// Sender delivers replies through the Bot API. It implements bot.Messenger.
type Sender struct {
	api *tg.Bot
	// typingAfter is how long work may take before the typing action is shown.
	typingAfter time.Duration
}

// NewSender returns a Sender on an API client (see NewAPI).
func NewSender(api *tg.Bot) *Sender { return &Sender{api: api, typingAfter: 300 * time.Millisecond} }

var _ bot.Messenger = (*Sender)(nil)

// NewAPI returns a client for sending. url "" is Telegram itself. It makes no request.
func NewAPI(token, url string, connections int) (*tg.Bot, error) {
	options := []tg.Option{
		tg.WithSkipGetMe(),
		tg.WithHTTPClient(time.Minute, NewClient(30*time.Second, connections)),
		tg.WithErrorsHandler(func(error) {}), // the library reports here what it also returns
	}
	if url != "" {
		options = append(options, tg.WithServerURL(url))
	}
	return tg.New(token, options...)
}

var noPreview = &models.LinkPreviewOptions{IsDisabled: tg.True()}

// Send implements bot.Messenger. Buttons hang under the last message of a long reply.
func (s *Sender) Send(ctx context.Context, to bot.Chat, r bot.Reply, replyTo int) (int, error) {
	if r.File != nil {
		return s.sendFile(ctx, to, r)
	}
	texts := Render(r)
	id := 0
	for i, text := range texts {
		p := &tg.SendMessageParams{ChatID: to.ID, Text: text, ParseMode: models.ParseModeHTML, LinkPreviewOptions: noPreview}
		if i == 0 && replyTo != 0 {
			p.ReplyParameters = &models.ReplyParameters{MessageID: replyTo, AllowSendingWithoutReply: true}
		}
		if i == len(texts)-1 {
			p.ReplyMarkup = keyboard(r.Buttons)
		}
		m, err := s.api.SendMessage(ctx, p)
		if err != nil {
			return 0, translate("send a message", err)
		}
		id = m.ID
	}
	return id, nil
}

func (s *Sender) sendFile(ctx context.Context, to bot.Chat, r bot.Reply) (int, error) {
	caption := ""
	if texts := Render(r); len(texts) > 0 {
		caption = texts[0]
	}
	m, err := s.api.SendDocument(ctx, &tg.SendDocumentParams{
		ChatID: to.ID, Caption: caption, ParseMode: models.ParseModeHTML, ReplyMarkup: keyboard(r.Buttons),
		Document: &models.InputFileUpload{Filename: r.File.Name, Data: bytes.NewReader(r.File.Data)},
	})
	if err != nil {
		return 0, translate("send a document", err)
	}
	return m.ID, nil
}

// Edit implements bot.Messenger. A reply too long for one message can't be edited in: BadContent.
func (s *Sender) Edit(ctx context.Context, to bot.Chat, id int, r bot.Reply) error {
	texts := Render(r)
	if len(texts) != 1 {
		return &bot.Error{Op: "edit a message", Kind: bot.BadContent}
	}
	_, err := s.api.EditMessageText(ctx, &tg.EditMessageTextParams{
		ChatID: to.ID, MessageID: id, Text: texts[0], ParseMode: models.ParseModeHTML,
		LinkPreviewOptions: noPreview, ReplyMarkup: keyboard(r.Buttons),
	})
	return translate("edit a message", err)
}

// Toast implements bot.Messenger.
func (s *Sender) Toast(ctx context.Context, query, text string) error {
	_, err := s.api.AnswerCallbackQuery(ctx, &tg.AnswerCallbackQueryParams{CallbackQueryID: query, Text: bot.Shorten(text, 200)})
	return translate("answer a callback query", err)
}

// Typing implements bot.Messenger: the action lasts five seconds, so it is repeated until stop.
func (s *Sender) Typing(ctx context.Context, to bot.Chat) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	var once sync.Once
	done := make(chan struct{})
	timer := time.AfterFunc(s.typingAfter, func() {
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
	tick := time.NewTicker(4500 * time.Millisecond)
	defer tick.Stop()
	for {
		// That the action fails hinders nothing: the reply follows.
		_, _ = s.api.SendChatAction(ctx, &tg.SendChatActionParams{ChatID: to.ID, Action: models.ChatActionTyping})
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}
