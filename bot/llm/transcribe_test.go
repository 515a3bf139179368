package llm

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"refbot/bot"
)

// TestTranscribe sends the sound under a name of its own, and passes on no word of a server that fails.
func TestTranscribe(t *testing.T) {
	status := http.StatusOK
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		for _, want := range []string{"OggS-sound", `filename="voice.ogg"`, "tiny-whisper"} {
			if !strings.Contains(string(body), want) || r.URL.Path != "/v1/audio/transcriptions" {
				t.Errorf("%s lacks %q", r.URL.Path, want)
			}
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		_, _ = io.WriteString(w, `{"text":"когда референдум?","error":{"message":"you said когда"}}`)
	}))
	defer s.Close()
	c := New(Options{BaseURL: s.URL + "/v1", Transcribe: "tiny-whisper"})
	if text, err := c.Transcribe(t.Context(), []byte("OggS-sound")); err != nil || text != "когда референдум?" {
		t.Fatalf("%q %v", text, err)
	}
	for code, kind := range map[int]bot.Kind{401: bot.Unauthorized, 429: bot.RateLimited, 500: bot.Unavailable} {
		status = code
		if _, err := c.Transcribe(t.Context(), []byte("OggS-sound")); bot.KindOf(err) != kind || strings.Contains(err.Error(), "когда") {
			t.Errorf("%d: %v", code, err)
		}
	}
}
