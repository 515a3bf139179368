package telegram

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	tg "github.com/go-telegram/bot"

	"refbot/bot"
)

// translate turns an error of the Telegram library into a *bot.Error, once, here. nil stays nil.
func translate(op string, err error) error {
	if err == nil {
		return nil
	}
	e := &bot.Error{Op: op, Err: errors.New(describe(err))}
	var limited *tg.TooManyRequestsError
	var migrated *tg.MigrateError
	switch {
	case errors.As(err, &limited):
		e.Kind, e.After = bot.RateLimited, time.Duration(max(1, limited.RetryAfter))*time.Second
	case errors.As(err, &migrated):
		e.Kind, e.NewChat = bot.Migrated, int64(migrated.MigrateToChatID)
	case errors.Is(err, tg.ErrorForbidden):
		e.Kind = bot.Unreachable
	case errors.Is(err, tg.ErrorBadRequest):
		e.Kind = badRequest(err.Error())
	case errors.Is(err, tg.ErrorUnauthorized), errors.Is(err, tg.ErrorNotFound):
		e.Kind = bot.Unauthorized
	case errors.Is(err, context.Canceled):
		e.Kind = bot.Unavailable
	case errors.Is(err, errAfterWrite):
		e.Kind = bot.Unknown
	default:
		e.Kind = bot.Unavailable
	}
	return e
}

// badRequest tells 400s apart by Telegram's words, the only difference it gives.
func badRequest(description string) bot.Kind {
	d := strings.ToLower(description)
	switch {
	case strings.Contains(d, "message is not modified"):
		return bot.Unmodified
	case strings.Contains(d, "query is too old"), strings.Contains(d, "query id is invalid"):
		return bot.TooLate
	case strings.Contains(d, "chat not found"), strings.Contains(d, "user not found"),
		strings.Contains(d, "peer_id_invalid"), strings.Contains(d, "group chat was deactivated"):
		return bot.ChatGone
	}
	return bot.BadContent
}

var tokenPattern = regexp.MustCompile(`\d{5,}:[\w%-]{10,}`)

// describe keeps what an engineer needs of an error: never the token, and never a body, which may
// quote a person.
func describe(err error) string {
	text := tokenPattern.ReplaceAllString(err.Error(), "[token]")
	if i := strings.Index(text, "error decode response"); i >= 0 {
		return fmt.Sprintf("%s: the answer is not JSON", strings.TrimSpace(text[:i]+"decode response"))
	}
	const longest = 200
	if len(text) > longest {
		text = strings.ToValidUTF8(text[:longest], "") + "…"
	}
	return text
}
