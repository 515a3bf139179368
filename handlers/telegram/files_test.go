package telegram

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"refbot/bot"
)

// TestFetch reads a file, and refuses what is too large, elsewhere or away: no error names the token.
func TestFetch(t *testing.T) {
	const token = "123456789:AAE-secret"
	filePath, status, size := "voice/file_1.oga", http.StatusOK, 1000
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == "/bot"+token+"/getFile":
			_, _ = io.WriteString(w, `{"ok":true,"result":{"file_id":"v","file_unique_id":"u","file_path":"`+filePath+`"}}`)
		case r.URL.Path == "/file/bot"+token+"/voice/file_1.oga":
			w.WriteHeader(status)
			_, _ = io.WriteString(w, strings.Repeat("o", size))
		default:
			t.Errorf("asked for %s", r.URL.Path)
		}
	}))
	defer s.Close()
	c := NewClient(token, s.URL, 10*time.Second, 1)
	defer c.Close()
	if data, err := c.Fetch(t.Context(), "v", 1000); err != nil || len(data) != 1000 {
		t.Fatalf("%d bytes, %v", len(data), err)
	}
	refused := func(name string, kind bot.Kind) {
		t.Helper()
		_, err := c.Fetch(t.Context(), "v", 1000)
		if bot.KindOf(err) != kind || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: %v", name, err)
		}
	}
	size = 1001
	refused("too large", bot.BadContent)
	size, status = 10, http.StatusNotFound
	refused("gone", bot.Unavailable)
	status = http.StatusOK
	for _, filePath = range []string{"../../etc/passwd", "/var/lib/x.oga", "http://evil.example/x", "a//b", "", "a?b=c", "%2e%2e/x"} {
		refused(filePath, bot.BadContent)
	}
	filePath = "voice/file_1.oga"
	s.CloseClientConnections()
	s.Config.SetKeepAlivesEnabled(false)
	s.Close()
	_, err := c.Fetch(t.Context(), "v", 1000)
	if err == nil || strings.Contains(err.Error(), "secret") {
		t.Errorf("away: %v", err)
	}
}
