package telegram

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"refbot/bot"
)

func TestFailure(t *testing.T) {
	cases := []struct {
		name, answer string
		want         bot.Kind
	}{
		{"blocked", `{"error_code":403,"description":"Forbidden: bot was blocked by the user"}`, bot.Unreachable},
		{"no chat", `{"error_code":400,"description":"Bad Request: chat not found"}`, bot.ChatGone},
		{"unmodified", `{"error_code":400,"description":"Bad Request: message is not modified: …"}`, bot.Unmodified},
		{"nothing to edit", `{"error_code":400,"description":"Bad Request: message to edit not found"}`, bot.MessageGone},
		{"not ours to edit", `{"error_code":400,"description":"Bad Request: message can't be edited"}`, bot.MessageGone},
		{"nothing to delete", `{"error_code":400,"description":"Bad Request: message to delete not found"}`, bot.MessageGone},
		{"too old to delete", `{"error_code":400,"description":"Bad Request: message can't be deleted for everyone"}`, bot.MessageGone},
		{"old query", `{"error_code":400,"description":"Bad Request: query is too old and response timeout expired or query ID is invalid"}`, bot.TooLate},
		{"tags", `{"error_code":400,"description":"Bad Request: can't parse entities: Unsupported start tag"}`, bot.BadContent},
		{"too large", `{"error_code":413,"description":"Request Entity Too Large"}`, bot.BadContent},
		{"flood", `{"error_code":429,"description":"Too Many Requests: retry after 7","parameters":{"retry_after":7}}`, bot.RateLimited},
		{"migrated", `{"error_code":400,"description":"Bad Request: group chat was upgraded to a supergroup chat","parameters":{"migrate_to_chat_id":-100}}`, bot.Migrated},
		{"token", `{"error_code":401,"description":"Unauthorized"}`, bot.Unauthorized},
		{"no such bot", `{"error_code":404,"description":"Not Found"}`, bot.Unauthorized},
		{"two pollers", `{"error_code":409,"description":"Conflict: terminated by other getUpdates request"}`, bot.Unavailable},
		{"5xx", `{"error_code":502,"description":"Bad Gateway"}`, bot.Unavailable},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var a answer
			if err := json.Unmarshal([]byte(c.answer), &a); err != nil {
				t.Fatal(err)
			}
			if got := bot.KindOf(a.failure("sendMessage")); got != c.want {
				t.Errorf("kind %q, want %q", got, c.want)
			}
		})
	}
}

func TestFailureKeepsWaitAndChat(t *testing.T) {
	var a answer
	a.Code, a.Parameters.RetryAfter = 429, 7
	var e *bot.Error
	if errors.As(a.failure("x"), &e); e.After != 7*time.Second {
		t.Errorf("wait %v", e.After)
	}
	a.Code, a.Parameters.MigrateTo = 400, -100
	if errors.As(a.failure("x"), &e); e.NewChat != -100 {
		t.Errorf("new chat %d", e.NewChat)
	}
}

func TestErrorsHideTheToken(t *testing.T) {
	const token = "123456789:AAEhBOweik6ad9r_QXMENQjcrGbqCr4K-bc"
	for _, text := range []string{
		`Post "https://api.telegram.org/bot` + token + `/sendMessage": EOF`,
		strings.Repeat("x", 190) + token,
	} {
		got := describe(errors.New(text))
		if strings.Contains(got, token[12:20]) || len(got) > 220 {
			t.Errorf("describe gave %q", got)
		}
	}
}
