package telegram

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	tg "github.com/go-telegram/bot"

	"refbot/bot"
)

func TestTranslate(t *testing.T) {
	cases := []struct {
		name string
		err  error
		want bot.Kind
	}{
		{"blocked", fmt.Errorf("%w, Forbidden: bot was blocked by the user", tg.ErrorForbidden), bot.Unreachable},
		{"no chat", fmt.Errorf("%w, Bad Request: chat not found", tg.ErrorBadRequest), bot.ChatGone},
		{"unmodified", fmt.Errorf("%w, Bad Request: message is not modified: …", tg.ErrorBadRequest), bot.Unmodified},
		{"old query", fmt.Errorf("%w, Bad Request: query is too old and response timeout expired or query ID is invalid", tg.ErrorBadRequest), bot.TooLate},
		{"tags", fmt.Errorf("%w, Bad Request: can't parse entities: Unsupported start tag", tg.ErrorBadRequest), bot.BadContent},
		{"flood", fmt.Errorf("wrapped: %w", &tg.TooManyRequestsError{RetryAfter: 7}), bot.RateLimited},
		{"migrated", &tg.MigrateError{MigrateToChatID: -100}, bot.Migrated},
		{"token", tg.ErrorUnauthorized, bot.Unauthorized},
		{"5xx", errors.New("error response from telegram for method sendMessage, 502 Bad Gateway"), bot.Unavailable},
		{"cut after writing", fmt.Errorf("do: %w: EOF", errAfterWrite), bot.Unknown},
		{"cancelled", context.Canceled, bot.Unavailable},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := bot.KindOf(translate("send", c.err)); got != c.want {
				t.Errorf("kind %q, want %q", got, c.want)
			}
		})
	}
	if translate("send", nil) != nil {
		t.Error("no error became one")
	}
}

func TestTranslateKeepsWaitAndChat(t *testing.T) {
	var e *bot.Error
	if errors.As(translate("send", &tg.TooManyRequestsError{RetryAfter: 7}), &e); e.After != 7*time.Second {
		t.Errorf("wait %v", e.After)
	}
	if errors.As(translate("send", &tg.MigrateError{MigrateToChatID: -100}), &e); e.NewChat != -100 {
		t.Errorf("new chat %d", e.NewChat)
	}
}

func TestDescribeHidesTokenAndBody(t *testing.T) {
	const token = "123456789:AAEhBOweik6ad9r_QXMENQjcrGbqCr4K-bc"
	for _, text := range []string{
		`Post "https://api.telegram.org/bot` + token + `/sendMessage": EOF`,
		`error decode response body for method getMe, <html>` + token + ` question text</html>`,
		strings.Repeat("x", 1000) + token,
	} {
		got := describe(errors.New(text))
		if strings.Contains(got, token[12:]) || strings.Contains(got, "question") || len(got) > 220 {
			t.Errorf("describe gave %q", got)
		}
	}
}
