package main

import (
	"encoding/base64"
	"errors"
	"strings"
	"testing"

	"refbot/bot"
	"refbot/config"
)

// TestRekey changes the data key as the help tells it, and looks with doctor at each step.
func TestRekey(t *testing.T) {
	s := newShop(t)
	former := s.env["DATA_KEY"]
	if err := s.store.Record(t.Context(), 7, bot.Session{Chat: 7}, &bot.Profile{Subscribed: true}, nil); err != nil {
		t.Fatal(err)
	}
	steps := []struct {
		key, old, printed, doctor string
	}{
		{key: former, printed: "0 values sealed anew, 4 were", doctor: "it opens what is stored"},
		{key: key64(2), old: former, printed: "3 values sealed anew, 1 were", doctor: "run `refbot rekey`; when it finds nothing to do"},
		{key: key64(2), printed: "0 values sealed anew, 4 were", doctor: "it opens what is stored"},
	}
	for i, step := range steps {
		s.env["DATA_KEY"], s.env["DATA_KEY_OLD"] = step.key, step.old
		if text, err := s.run("rekey"); err != nil || !strings.Contains(text, step.printed) {
			t.Errorf("step %d: %q, %v", i, text, err)
		}
		if text := s.doctor(); !strings.Contains(text, step.doctor) || strings.Contains(text, former) {
			t.Errorf("step %d: the doctor says\n%s", i, text)
		}
	}
	s.env["DATA_KEY"] = former
	var setting *config.Error
	if text, err := s.run("rekey"); !errors.As(err, &setting) || setting.Variable != "DATA_KEY" || text != "" {
		t.Errorf("with the former key: %q, %v", text, err)
	}
	if text := s.doctor(); !strings.Contains(text, "does not open what is stored") {
		t.Errorf("with the former key the doctor says\n%s", text)
	}
}

// TestRekeyTooLate: the former key is taken away before everything was sealed anew.
func TestRekeyTooLate(t *testing.T) {
	s := newShop(t)
	former := s.env["DATA_KEY"]
	if err := s.store.Record(t.Context(), 7, bot.Session{Chat: 7}, &bot.Profile{Subscribed: true}, nil); err != nil {
		t.Fatal(err)
	}
	s.env["DATA_KEY"], s.env["DATA_KEY_OLD"] = key64(2), former
	if text := s.doctor(); !strings.Contains(text, "4 of 4 values that were tried need DATA_KEY_OLD") {
		t.Errorf("with both keys the doctor says\n%s", text)
	}
	s.claim()
	delete(s.env, "DATA_KEY_OLD")
	text, err := s.run("rekey")
	if err == nil || !strings.Contains(err.Error(), "3 values open neither") || !strings.Contains(text, "1 were sealed") {
		t.Errorf("without the former key: %q, %v", text, err)
	}
	if text := s.doctor(); !strings.Contains(text, "3 of 4 values that were tried do not open") {
		t.Errorf("without the former key the doctor says\n%s", text)
	}
}

// claim does what a start with these settings does to the store.
func (s *shop) claim() {
	s.t.Helper()
	settings, err := config.Load(func(name string) string { return s.env[name] })
	if err != nil {
		s.t.Fatal(err)
	}
	store, closing, err := openStore(s.t.Context(), settings)
	if err != nil {
		s.t.Fatal(err)
	}
	defer closing()
	if err := store.Claim(s.t.Context()); err != nil {
		s.t.Fatal(err)
	}
}

func key64(n byte) string { return base64.StdEncoding.EncodeToString(dataKey(n)) }

// doctor is what the doctor says of the store.
func (s *shop) doctor() string {
	text, err := s.run("doctor")
	if err != nil && !strings.HasPrefix(err.Error(), "doctor: ") {
		s.t.Fatal(err)
	}
	return text
}
