package telegram

import (
	"context"
	"log/slog"

	"refbot/bot"
	"refbot/bot/texts"
	"refbot/knowledge/language"
)

// Introduce asks Telegram who the bot is. It waits while Telegram is out of reach; a wrong token is an error
// at once.
func Introduce(ctx context.Context, api *Client, log *slog.Logger) (Identity, error) {
	var me struct {
		ID       int64  `json:"id"`
		Username string `json:"username"`
	}
	err := persist(ctx, log, func() error { return api.Call(ctx, "getMe", struct{}{}, &me) })
	return Identity{ID: me.ID, Username: me.Username}, err
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

type commandMenu struct {
	Commands []menuLine `json:"commands"`
	Language string     `json:"language_code,omitempty"`
}

type menuLine struct {
	Command     string `json:"command"`
	Description string `json:"description"`
}

type profileText struct {
	Description string `json:"description,omitempty"`
	Short       string `json:"short_description,omitempty"`
	Language    string `json:"language_code,omitempty"`
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
	menu := commandMenu{Language: code}
	for _, c := range t.Commands {
		menu.Commands = append(menu.Commands, menuLine{c.Name, c.Description})
	}
	if err := api.Call(ctx, "setMyCommands", menu, nil); err != nil {
		return err
	}
	if err := api.Call(ctx, "setMyDescription", profileText{Description: t.Description, Language: code}, nil); err != nil {
		return err
	}
	return api.Call(ctx, "setMyShortDescription", profileText{Short: t.ShortDescription, Language: code}, nil)
}
