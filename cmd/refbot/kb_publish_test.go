package main

import (
	"bytes"
	"encoding/base64"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"refbot/bot/redisstore/redistest"
)

// runKB runs a subcommand of the knowledge base with these settings.
func runKB(t *testing.T, env map[string]string, args ...string) (string, error) {
	t.Helper()
	var out, errs bytes.Buffer
	err := kbCommand(t.Context(), &World{Stdout: &out, Stderr: &errs, Getenv: func(name string) string { return env[name] }}, args)
	return out.String(), err
}

// What is published is what is listed and exported from then on, and can be published again by its folder.
func TestPublish(t *testing.T) {
	env := map[string]string{
		"REDIS_URL": redistest.StartMini(t).URL(), "DATA_KEY": base64.StdEncoding.EncodeToString(dataKey(1)),
	}
	dir := filepath.Join(t.TempDir(), "pack")
	says := func(want string, args ...string) {
		t.Helper()
		if out, err := runKB(t, env, args...); err != nil || !strings.Contains(out, want) {
			t.Errorf("%q: %v\n%.400s\nwant %q", args, err, out, want)
		}
	}
	says("statements written to", "export", dir)
	says("nothing was published yet", "list", "--history")
	extra := `{"id":"lib","lang":"ru","date":"2026-05-04","speaker":"Асель Омарова","office":"аким","kind":"official","outlet":"Вестник","title":"Библиотека","url":"https://example.kz/lib","topics":["voting"],"text":"Библиотеку откроют 1 сентября."}`
	if err := os.WriteFile(filepath.Join(dir, "statements.jsonl"), []byte(extra), 0o600); err != nil {
		t.Fatal(err)
	}
	says("add  lib  ru  Библиотека\n1 statements added, 0 changed, 0 removed against", "publish", "--dry-run", dir)
	says("nothing was published yet", "list", "--history")
	says("version 1 published as ", "publish", "--why", "a library", dir)
	says("+1 ~0 -0  a library", "list", "--history")
	says(`"number":1,"at":"`, "list", "--history", "--json")
	says("lib      ru  2026-05-04", "list")
	if _, err := runKB(t, env, "publish", dir); err == nil || !strings.Contains(err.Error(), "nothing to publish") {
		t.Errorf("published again: %v", err)
	}
	again := filepath.Join(t.TempDir(), "again")
	says("305 statements written to", "export", again)
	if _, err := runKB(t, env, "publish", again); err == nil || !strings.Contains(err.Error(), "nothing to publish") {
		t.Errorf("what was exported is something else: %v", err)
	}
}

func TestPublishMistakes(t *testing.T) {
	env := map[string]string{"REDIS_URL": redistest.StartMini(t).URL()}
	broken := t.TempDir()
	if err := os.WriteFile(filepath.Join(broken, "bad.md"), []byte("---\nid: bad\n---\n\nText.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for want, args := range map[string][]string{
		"which knowledge base?":              {"publish"},
		"DATA_KEY":                           {"publish", "testdata/../../../knowledge/reform2026"},
		"there is no knowledge base at":      {"publish", "nowhere"},
		"tells everything that is wrong":     {"publish", broken},
		"--why has 501 bytes, at most 500 f": {"publish", "--why", strings.Repeat("x", 501), broken},
	} {
		if _, err := runKB(t, env, args...); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.60q: %v, want %q", args, err, want)
		}
	}
}
