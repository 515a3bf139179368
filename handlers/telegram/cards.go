package telegram

import (
	"context"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"refbot/bot"
)

// cardsFresh is how long Telegram may serve the same inline answer from its cache, in seconds.
const cardsFresh = 60

// Cards implements bot.Messenger. Results are personal: the language follows the person.
func (s *Sender) Cards(ctx context.Context, query string, cards bot.Cards) error {
	p := &tg.AnswerInlineQueryParams{
		InlineQueryID: query, CacheTime: cardsFresh, IsPersonal: true, NextOffset: cards.Next,
		Results: make([]models.InlineQueryResult, 0, len(cards.List)),
	}
	for _, c := range cards.List {
		text := Render(c.Reply)[0]
		p.Results = append(p.Results, &models.InlineQueryResultArticle{
			ID: c.ID, Title: c.Title, Description: c.Description, ReplyMarkup: keyboard(c.Reply.Buttons),
			InputMessageContent: &models.InputTextMessageContent{
				MessageText: text, ParseMode: models.ParseModeHTML, LinkPreviewOptions: noPreview,
			},
		})
	}
	if cards.Fallback != "" {
		p.Button = &models.InlineQueryResultsButton{Text: cards.Fallback, StartParameter: "inline"}
	}
	_, err := s.api.AnswerInlineQuery(ctx, p)
	return translate("answer an inline query", err)
}
