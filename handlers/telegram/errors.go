package telegram

import (
	"errors"
	"net/http"
	"regexp"
	"strings"
	"time"

	"refbot/bot"
)

// failure turns a refusal of the Bot API into a *bot.Error, once, here.
func (a *answer) failure(method string) error {
	e := &bot.Error{Op: method, Kind: bot.Unavailable, Err: errors.New(clean(a.Description))}
	switch a.Code {
	case http.StatusBadRequest, http.StatusRequestEntityTooLarge:
		e.Kind = badRequest(a.Description)
		if a.Parameters.MigrateTo != 0 {
			e.Kind, e.NewChat = bot.Migrated, a.Parameters.MigrateTo
		}
	case http.StatusUnauthorized, http.StatusNotFound:
		e.Kind, e.Err = bot.Unauthorized, errors.New("the token is unknown to Telegram: check TELEGRAM_BOT_TOKEN")
	case http.StatusForbidden:
		e.Kind = bot.Unreachable
	case http.StatusConflict:
		e.After = conflictPause
	case http.StatusTooManyRequests:
		e.Kind, e.After = bot.RateLimited, time.Duration(max(1, a.Parameters.RetryAfter))*time.Second
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
	case strings.Contains(d, "message to edit not found"), strings.Contains(d, "message can't be edited"),
		strings.Contains(d, "message to delete not found"), strings.Contains(d, "message can't be deleted"),
		strings.Contains(d, "message_id_invalid"):
		return bot.MessageGone
	case strings.Contains(d, "chat not found"), strings.Contains(d, "user not found"),
		strings.Contains(d, "peer_id_invalid"), strings.Contains(d, "group chat was deactivated"):
		return bot.ChatGone
	}
	return bot.BadContent
}

var tokenPattern = regexp.MustCompile(`\d{5,}:[\w%-]{10,}`)

// describe keeps what an engineer needs of an error: never the token.
func describe(err error) string { return clean(err.Error()) }

func clean(text string) string {
	text = tokenPattern.ReplaceAllString(text, "[token]")
	const longest = 200
	if len(text) > longest {
		text = strings.ToValidUTF8(text[:longest], "") + "…"
	}
	return text
}
