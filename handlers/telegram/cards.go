package telegram

import (
	"context"

	"refbot/bot"
)

// cardsFresh is how long Telegram may serve the same inline answer from its cache, in seconds.
const cardsFresh = 60

// Cards implements bot.Messenger. Results are personal: the language follows the person. It is tried once:
// whoever types on asks again.
func (s *Sender) Cards(ctx context.Context, query string, cards bot.Cards) error {
	a := inlineAnswer{
		Query: query, Cache: cardsFresh, Personal: true, Next: cards.Next,
		Results: make([]inlineCard, 0, len(cards.List)),
	}
	for _, c := range cards.List {
		a.Results = append(a.Results, inlineCard{
			Type: "article", ID: c.ID, Title: c.Title, Description: c.Description, Markup: keyboard(c.Reply.Buttons),
			Content: cardContent{Text: Render(c.Reply)[0], Mode: html, Preview: preview{true}},
		})
	}
	if cards.Fallback != "" {
		a.Above = &startButton{Text: cards.Fallback, Start: "inline"}
	}
	return s.api.Call(ctx, "answerInlineQuery", a, nil)
}
