package telegram

import (
	"context"
	"log/slog"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"refbot/bot"
	"refbot/bot/texts"
	"refbot/knowledge/language"
)

// Introduce asks Telegram who the bot is. It waits while Telegram is out of reach; a wrong token is an error
// at once.
func Introduce(ctx context.Context, api *Client, log *slog.Logger) (Identity, error) {
	var me *models.User
	err := persist(ctx, log, func() (err error) {
		me, err = api.GetMe(ctx)
		return settled("getMe", err)
	})
	if err != nil {
		return Identity{}, err
	}
	return Identity{ID: me.ID, Username: me.Username}, nil
}

// persist calls until Telegram answers, and says meanwhile what it waits for. A refusal is returned.
func persist(ctx context.Context, log *slog.Logger, call func() error) error {
	for pause := pauseMin; ; pause = min(2*pause, pauseMax) {
		err := call()
		switch bot.KindOf(err) {
		case bot.Unavailable, bot.Unknown, bot.RateLimited:
		default:
			return err
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		log.Warn("waiting for Telegram", "error", err)
		wait(ctx, max(pause, waitAsked(err)))
	}
}

// Describe sets the command menu and the bot's descriptions, in each language and as the default,
// which people with any other app language see.
func Describe(ctx context.Context, api *Client) error {
	for _, code := range append([]language.Code{""}, language.Codes()...) {
		if err := describeIn(ctx, api, texts.For(code), string(code)); err != nil {
			return err
		}
	}
	return nil
}

func describeIn(ctx context.Context, api *Client, t *texts.Catalog, code string) error {
	menu := &tg.SetMyCommandsParams{LanguageCode: code}
	for _, c := range t.Commands {
		menu.Commands = append(menu.Commands, models.BotCommand{Command: c.Name, Description: c.Description})
	}
	if _, err := api.SetMyCommands(ctx, menu); err != nil {
		return settled("setMyCommands", err)
	}
	if _, err := api.SetMyDescription(ctx, &tg.SetMyDescriptionParams{Description: t.Description, LanguageCode: code}); err != nil {
		return settled("setMyDescription", err)
	}
	_, err := api.SetMyShortDescription(ctx, &tg.SetMyShortDescriptionParams{ShortDescription: t.ShortDescription, LanguageCode: code})
	return settled("setMyShortDescription", err)
}
