package telegram

import (
	"context"
	"errors"
	"log/slog"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"refbot/bot"
	"refbot/bot/texts"
	"refbot/knowledge/language"
)

// Introduce asks Telegram who the bot is. It waits while Telegram is out of reach; a wrong token is an error
// at once.
func Introduce(ctx context.Context, api *tg.Bot, log *slog.Logger) (Identity, error) {
	for pause := pauseMin; ; pause = min(2*pause, pauseMax) {
		me, err := api.GetMe(ctx)
		if err == nil {
			return Identity{ID: me.ID, Username: me.Username}, nil
		}
		err = translate("ask Telegram who the bot is", err)
		switch {
		case bot.KindOf(err) == bot.Unauthorized:
			return Identity{}, errors.New("Telegram does not know this token: check TELEGRAM_BOT_TOKEN")
		case ctx.Err() != nil:
			return Identity{}, ctx.Err()
		}
		log.Warn("waiting for Telegram", "error", err)
		sleep(ctx, max(pause, waitAsked(err)))
	}
}

// MethodURL is the address below which the Bot API's methods are found; url "" is Telegram itself.
func MethodURL(token, url string) string {
	if url == "" {
		url = "https://api.telegram.org"
	}
	return url + "/bot" + token
}

// Describe sets the command menu and the bot's descriptions, in each language and as the default,
// which people with any other app language see.
func Describe(ctx context.Context, api *tg.Bot) error {
	for _, code := range append([]language.Code{""}, language.Codes()...) {
		if err := describeIn(ctx, api, texts.For(code), string(code)); err != nil {
			return err
		}
	}
	return nil
}

func describeIn(ctx context.Context, api *tg.Bot, t *texts.Catalog, code string) error {
	var commands []models.BotCommand
	for _, c := range t.Commands {
		commands = append(commands, models.BotCommand{Command: c.Name, Description: c.Description})
	}
	if _, err := api.SetMyCommands(ctx, &tg.SetMyCommandsParams{Commands: commands, LanguageCode: code}); err != nil {
		return translate("set the command menu", err)
	}
	if _, err := api.SetMyDescription(ctx, &tg.SetMyDescriptionParams{Description: t.Description, LanguageCode: code}); err != nil {
		return translate("set the description", err)
	}
	_, err := api.SetMyShortDescription(ctx, &tg.SetMyShortDescriptionParams{ShortDescription: t.ShortDescription, LanguageCode: code})
	return translate("set the short description", err)
}
