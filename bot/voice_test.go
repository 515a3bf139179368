package bot

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"refbot/knowledge/language"
)

// sound is a messenger with one file.
type sound struct{ err error }

func (s sound) Fetch(_ context.Context, _ string, most int64) ([]byte, error) {
	return bytes.Repeat([]byte("o"), int(min(most, 100))), s.err
}

// scribed is a Transcriber that hears one text.
type scribed struct{ text string }

func (s scribed) Transcribe(context.Context, []byte) (string, error) {
	if s.text == "!" {
		return "", &Error{Op: "transcribe", Kind: Unauthorized}
	}
	return s.text, nil
}

func voiced() Event { return Event{Kind: Media, Voice: &Voice{File: "v", Seconds: 7, Bytes: 9000}} }

// TestVoiceIsAnsweredLikeText hears a question with a phone number: the answer comes with what was heard, and the
// journal has the words without the number.
func TestVoiceIsAnsweredLikeText(t *testing.T) {
	s := newScene(t, language.Russian)
	s.assistant.Ears = &Ears{Files: sound{}, Transcriber: scribed{phraseQuestion + " +7 701 555 44 33"}}
	s.handle(voiced())
	got := PlainText(s.out.sent[0])
	if !strings.Contains(got, "Я услышал: «") || !strings.Contains(got, "«Айгуль") || strings.Contains(got, "555 44 33") {
		t.Errorf("the reply: %s", got)
	}
	if e := onlyEntry(t, s); strings.Contains(e.Question, "555 44 33") || !strings.Contains(e.Question, "явка") {
		t.Errorf("the journal has %q", e.Question)
	}
}

// TestVoiceFails fails in every way: the person is asked to write, nothing is stored, and a wrong key is tried once.
func TestVoiceFails(t *testing.T) {
	for name, ears := range map[string]*Ears{
		"none":        nil,
		"no file":     {Files: sound{&Error{Op: "fetch", Kind: Unavailable}}, Transcriber: scribed{phraseQuestion}},
		"silence":     {Files: sound{}, Transcriber: scribed{"  "}},
		"a wrong key": {Files: sound{}, Transcriber: scribed{"!"}, Breaker: &Breaker{}},
		"used up":     {Files: sound{}, Transcriber: scribed{phraseQuestion}, Quota: refusing{}},
	} {
		s := newScene(t, language.Russian)
		s.assistant.Ears = ears
		s.handle(voiced())
		if got := PlainText(s.out.sent[0]); !strings.Contains(got, "апишите") || len(s.store.entries) != 0 || len(s.store.memories) != 0 {
			t.Errorf("%s: %s, %d entries", name, got, len(s.store.entries))
		}
		if ears != nil && ears.Breaker != nil && ears.Breaker.Allow() {
			t.Errorf("%s: the server is asked again at once", name)
		}
	}
	s := newScene(t, language.Russian)
	s.assistant.Ears = &Ears{Files: sound{}, Transcriber: scribed{phraseQuestion}}
	for _, v := range []Voice{{File: "v", Seconds: MaxVoice + 1}, {File: "v", Bytes: MaxVoiceBytes + 1}} {
		s.handle(Event{Kind: Media, Voice: &v})
		if got := PlainText(s.out.sent[len(s.out.sent)-1]); !strings.Contains(got, "до минуты") {
			t.Errorf("%+v: %s", v, got)
		}
	}
}

// refusing is a Quota whose day is used up.
type refusing struct{}

func (refusing) Take(context.Context, int64, int) (Grant, Ending, error) {
	return Grant{}, PersonLimit, nil
}
func (refusing) Settle(context.Context, Grant, int) error { return nil }
