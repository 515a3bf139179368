package main

import (
	"bytes"
	"encoding/base64"
	"errors"
	"strings"
	"testing"
	"time"

	"refbot/bot"
	"refbot/bot/redisstore"
	"refbot/bot/redisstore/redistest"
	"refbot/config"
	"refbot/handlers/telegram"
)

// shop is a store, and settings that name it.
type shop struct {
	t     *testing.T
	env   map[string]string
	store *redisstore.Store
}

func newShop(t *testing.T) *shop {
	t.Helper()
	url := redistest.StartMini(t).URL()
	env := map[string]string{"REDIS_URL": url, "DATA_KEY": base64.StdEncoding.EncodeToString(dataKey(1))}
	return &shop{t: t, env: env, store: claimed(t, url, 1)}
}

// run returns what a command prints, and its error as Main sees it.
func (s *shop) run(args ...string) (string, error) {
	var out, errs bytes.Buffer
	w := &World{Stdout: &out, Stderr: &errs, Getenv: func(name string) string { return s.env[name] }}
	err := dispatch(s.t.Context(), w, args)
	return out.String() + errs.String(), err
}

// bury sets a message of somebody aside.
func (s *shop) bury(id string) {
	s.t.Helper()
	raw := `{"update_id":` + id + `,"message":{"message_id":1,"chat":{"id":7700770077,"type":"private"},"text":"кому звонить?"}}`
	u, ok := telegram.Envelope([]byte(raw), time.Now())
	if !ok {
		s.t.Fatalf("%s is no update", raw)
	}
	in := s.store.Inbox(time.Hour)
	if err := in.Put(s.t.Context(), []bot.Update{u}); err != nil {
		s.t.Fatal(err)
	}
	ds, err := in.Lease(s.t.Context(), 1)
	if err != nil || len(ds) != 1 {
		s.t.Fatalf("%d leased, %v", len(ds), err)
	}
	if _, err := in.Bury(s.t.Context(), ds[0], &bot.Error{Op: "send message", Kind: bot.BadContent}); err != nil {
		s.t.Fatal(err)
	}
}

func TestDeadLetters(t *testing.T) {
	s := newShop(t)
	if text, err := s.run("deadletters", "list"); err != nil || text != "no dead letters\n" {
		t.Errorf("%q, %v", text, err)
	}
	s.bury("1")
	s.bury("2")
	text, err := s.run("deadletters", "list")
	if err != nil || strings.Count(text, "\n") != 2 || strings.Count(text, "message") != 4 || !strings.Contains(text, "bad_content") {
		t.Errorf("%q, %v", text, err)
	}
	asJSON, err := s.run("deadletters", "list", "--json")
	if err != nil || strings.Count(asJSON, `"kind":"message"`) != 2 {
		t.Errorf("%q, %v", asJSON, err)
	}
	for _, secret := range []string{"звонить", "7700770077"} {
		if strings.Contains(asJSON+text, secret) {
			t.Errorf("%q is shown", secret)
		}
	}
	first, _, _ := strings.Cut(text, " ")
	if text, err := s.run("deadletters", "drop", first); err != nil || text != "1 of 1 deleted\n" {
		t.Errorf("%q, %v", text, err)
	}
	if text, err := s.run("deadletters", "retry", first); err == nil || !strings.HasPrefix(text, "0 of 1") {
		t.Errorf("%q, %v", text, err)
	}
	if text, err := s.run("deadletters", "retry", "--all"); err != nil || text != "1 of 1 put behind what waits in their chats\n" {
		t.Errorf("%q, %v", text, err)
	}
	if d, err := s.store.Inbox(time.Hour).Depth(t.Context()); err != nil || d.Dead != 0 || d.Due != 1 {
		t.Errorf("%+v, %v", d, err)
	}
}

func TestDeadLettersUsage(t *testing.T) {
	s := newShop(t)
	var usage *usageError
	for _, args := range [][]string{{}, {"burn"}, {"list", "x"}, {"retry"}, {"drop"}, {"retry", "--all", "x"}, {"drop", "--most"}} {
		if text, err := s.run(append([]string{"deadletters"}, args...)...); !errors.As(err, &usage) || text != "" {
			t.Errorf("%q: %q, %v", args, text, err)
		}
	}
	for _, args := range [][]string{{"--help"}, {"list", "--help"}, {"retry", "--help"}} {
		if text, err := s.run(append([]string{"deadletters"}, args...)...); err != nil || !strings.Contains(text, "refbot deadletters retry") {
			t.Errorf("%q: %q, %v", args, text, err)
		}
	}
	s.env["DATA_KEY"] = base64.StdEncoding.EncodeToString(dataKey(2))
	var setting *config.Error
	if text, err := s.run("deadletters", "list"); !errors.As(err, &setting) || setting.Variable != "DATA_KEY" {
		t.Errorf("%q, %v", text, err)
	}
}
