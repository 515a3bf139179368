package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
)

// TestVoiceMessage speaks to the running bot: the sound goes to the server of the settings and nowhere else, the answer
// says what was heard, and neither the sound nor the words nor the token are logged.
func TestVoiceMessage(t *testing.T) {
	var mu sync.Mutex
	var bodies []string
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		raw, _ := io.ReadAll(r.Body)
		mu.Lock()
		bodies = append(bodies, string(raw))
		mu.Unlock()
		if !strings.HasSuffix(r.URL.Path, "/audio/transcriptions") {
			http.Error(w, `{"error":{"message":"no"}}`, http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(map[string]string{"text": turnoutQuestion})
	}))
	t.Cleanup(s.Close)
	llm := &scripted{Server: s}
	stage, p, log := phraseStage(t, llm, map[string]string{"OPENAI_TRANSCRIBE_MODEL": "tiny-whisper"})
	if _, err := stage.telegram().SendVoice(p.ID, p.ID, []byte("OggS-sound-of-a-question")); err != nil {
		t.Fatal(err)
	}
	stage.settle()
	messages := stage.telegram().Messages(p.ID)
	if got := messages[len(messages)-1].Text; !strings.Contains(got, "Я услышал: «"+turnoutQuestion) || !strings.Contains(got, "73,12") {
		t.Errorf("the reply: %s", got)
	}
	mu.Lock()
	defer mu.Unlock()
	if len(bodies) == 0 || !strings.Contains(bodies[0], "OggS-sound-of-a-question") {
		t.Fatal("the sound did not arrive")
	}
	for _, secret := range []string{fmt.Sprint(p.ID), "olga", stage.telegram().Token()} {
		if strings.Contains(strings.Join(bodies, "\n"), secret) {
			t.Errorf("the server is told %q", secret)
		}
	}
	for _, secret := range []string{"явка", "OggS", stage.telegram().Token(), fmt.Sprint(p.ID)} {
		if strings.Contains(log.String(), secret) {
			t.Errorf("the log tells %q", secret)
		}
	}
	if refusals := stage.telegram().Refusals(); len(refusals) > 0 {
		t.Errorf("Telegram refused: %+v", refusals)
	}
}
