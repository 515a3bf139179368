package telegram

import (
	"context"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"refbot/bot"
)

// cardsFresh is how long Telegram may serve the same inline answer from its cache, in seconds.
const cardsFresh = 60

// Cards implements bot.Messenger. Results are personal: the language follows the person. It is tried once:
// whoever types on asks again.
func (s *Sender) Cards(ctx context.Context, query string, cards bot.Cards) error {
	a := &tg.AnswerInlineQueryParams{
		InlineQueryID: query, CacheTime: cardsFresh, IsPersonal: true, NextOffset: cards.Next,
		Results: make([]models.InlineQueryResult, 0, len(cards.List)),
	}
	for _, c := range cards.List {
		a.Results = append(a.Results, &models.InlineQueryResultArticle{
			ID: c.ID, Title: c.Title, Description: c.Description, ReplyMarkup: keyboard(c.Reply.Buttons),
			InputMessageContent: &models.InputTextMessageContent{
				MessageText: Render(c.Reply)[0], ParseMode: models.ParseModeHTML, LinkPreviewOptions: noPreview,
			},
		})
	}
	if cards.Fallback != "" {
		a.Button = &models.InlineQueryResultsButton{Text: cards.Fallback, StartParameter: "inline"}
	}
	_, err := s.api.AnswerInlineQuery(ctx, a)
	return settled("answerInlineQuery", err)
}
