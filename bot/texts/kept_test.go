package texts

import (
	"strings"
	"testing"
	"time"

	"refbot/knowledge/language"
)

func TestSpans(t *testing.T) {
	for _, test := range []struct {
		d          time.Duration
		kk, ru, en string
	}{
		{24 * time.Hour, "бір тәулік", "сутки", "one day"},
		{48 * time.Hour, "2 күн", "2 дня", "2 days"},
		{180 * 24 * time.Hour, "180 күн", "180 дней", "180 days"},
		{21 * 24 * time.Hour, "21 күн", "21 день", "21 days"},
		{36 * time.Hour, "36 сағат", "36 часов", "36 hours"},
		{time.Hour, "1 сағат", "1 час", "one hour"},
		{90 * time.Minute, "2 сағат", "2 часа", "2 hours"}, // rounded up: it is never kept for longer than promised
	} {
		for got, want := range map[string]string{spanKazakh(test.d): test.kk, spanRussian(test.d): test.ru, spanEnglish(test.d): test.en} {
			if got != want {
				t.Errorf("%v is %q, want %q", test.d, got, want)
			}
		}
	}
}

// TestPrivacySaysAllOfIt: each text tells every length of time, and how to see and delete.
func TestPrivacySaysAllOfIt(t *testing.T) {
	const d = 24 * time.Hour
	for _, code := range language.Codes() {
		text := For(code).Privacy(Kept{Session: 3 * d, Profile: 41 * d, Journal: 97 * d, DeadLetters: 5 * d}, false)
		for _, want := range []string{"3 ", "41 ", "97 ", "5 ", "/mydata", "/forget"} {
			if !strings.Contains(text, want) {
				t.Errorf("%s does not mention %q: %s", code, want, text)
			}
		}
	}
}
