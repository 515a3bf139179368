package main

import (
	"context"
	"encoding/base64"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	"golang.org/x/tools/txtar"

	"refbot/config"
	"refbot/handlers/simulator"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestConversations plays each testdata/conversations/*.txtar on the running bot and compares what
// everybody saw with the transcript in it. The scripts' language is described in testdata/conversations/README.md.
func TestConversations(t *testing.T) {
	files, err := filepath.Glob("testdata/conversations/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no conversations found", err)
	}
	for _, store := range stores() {
		t.Run(store.name, func(t *testing.T) {
			for _, file := range files {
				t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
					play(t, file, store.environment(t))
				})
			}
		})
	}
}

// testStore is a store the bot's tests run on.
type testStore struct {
	name        string
	environment func(t *testing.T) map[string]string
}

// stores are miniredis, always, and a real redis-server as refbot's supervised child, where installed.
func stores() []testStore {
	list := []testStore{{"miniredis", func(t *testing.T) map[string]string {
		return map[string]string{
			"REDIS_URL": "redis://" + miniredis.RunT(t).Addr(),
			"DATA_KEY":  base64.StdEncoding.EncodeToString(make([]byte, 32)),
		}
	}}}
	return append(list, testStore{"redis-server", func(t *testing.T) map[string]string {
		if _, err := exec.LookPath("redis-server"); err != nil {
			if os.Getenv("REFBOT_REQUIRE_TOOLS") == "1" {
				t.Fatal("redis-server is not installed")
			}
			t.Skip("redis-server is not installed")
		}
		return map[string]string{"DATA_DIR": t.TempDir()}
	}})
}

// play runs one script and compares the transcript.
func play(t *testing.T, file string, env map[string]string) {
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	script, transcript := section(archive, "script"), section(archive, "transcript")
	stage := newStage(t, env)
	t.Cleanup(func() {
		if said := stage.transcript.String(); t.Failed() {
			t.Logf("so far:\n%s", said[max(0, len(said)-3000):])
		}
	})
	for line := range strings.Lines(string(script.Data)) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			stage.line(line)
		}
	}
	if refusals := stage.telegram().Refusals(); len(refusals) > 0 {
		t.Errorf("Telegram refused: %+v", refusals)
	}
	got := stage.transcript.String()
	if *update {
		transcript.Data = []byte(got)
		if err := os.WriteFile(file, txtar.Format(archive), 0o600); err != nil {
			t.Fatal(err)
		}
	} else if got != string(transcript.Data) {
		t.Errorf("the conversation went otherwise; read it, then run with -update\n%s", firstDifference(got, string(transcript.Data)))
	}
}

func section(a *txtar.Archive, name string) *txtar.File {
	for i := range a.Files {
		if a.Files[i].Name == name {
			return &a.Files[i]
		}
	}
	a.Files = append(a.Files, txtar.File{Name: name})
	return &a.Files[len(a.Files)-1]
}

func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			return fmt.Sprintf("line %d:\ngot  %s\nwant %s", i+1, g[i], w[i])
		}
	}
	return "one is longer than the other"
}

// stage is the running bot with the people of a script.
type stage struct {
	t          *testing.T
	program    *Program
	clock      *clock
	names      map[string]string // ids of broadcasts and people → what the transcript calls them
	people     map[string]simulator.Person
	groups     map[string]int64
	seen       map[int64]map[int64]string // chat → message → how it looked
	transcript strings.Builder
}

// newStage starts the bot as `refbot run` does, and stops it with the test.
func newStage(t *testing.T, env map[string]string) *stage {
	t.Helper()
	return newStageWith(t, env, func(p *Program) { p.Log = slog.New(slog.NewTextHandler(testLog{t}, nil)) })
}

// newStageWith is newStage with a program that has been changed before it runs.
func newStageWith(t *testing.T, env map[string]string, change func(*Program)) *stage {
	t.Helper()
	env["HTTP_ADDR"] = "127.0.0.1:0"
	settings, err := config.Load(func(name string) string { return env[name] })
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	started, ended := make(chan struct{}), make(chan error, 1)
	hands := &clock{}
	p := &Program{
		Config: settings, Out: io.Discard, Log: slog.New(slog.NewTextHandler(testLog{t}, nil)), Started: func(string) { close(started) },
		Now: hands.now,
	}
	change(p)
	go func() { ended <- p.Run(ctx) }()
	select {
	case <-started:
	case err := <-ended:
		t.Fatalf("the bot did not start: %v", err)
	}
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("the bot ended with %v", err)
		}
	})
	return &stage{t: t, program: p, clock: hands, names: map[string]string{}, people: map[string]simulator.Person{}, groups: map[string]int64{}, seen: map[int64]map[int64]string{}}
}

type testLog struct{ t *testing.T }

func (l testLog) Write(p []byte) (int, error) {
	if strings.Contains(string(p), "level=ERROR") {
		l.t.Errorf("the bot logged %s", p)
	}
	return len(p), nil
}

func (s *stage) telegram() *simulator.Server { return s.program.simulator }

// settle waits until the bot has dealt with everything.
func (s *stage) settle() {
	s.t.Helper()
	deadline := time.Now().Add(20 * time.Second)
	for time.Now().Before(deadline) {
		if s.telegram().PendingUpdates() == 0 && s.mailboxes() == 0 {
			return
		}
		time.Sleep(2 * time.Millisecond)
	}
	s.t.Fatal("the bot did not finish within 20 s")
}

// mailboxes counts the chats with updates that are not settled yet, worked on or not.
func (s *stage) mailboxes() int {
	s.t.Helper()
	ctx, n := context.Background(), 0
	iter := s.program.redis.Scan(ctx, 0, "rb:{s*}:m:*", 1000).Iterator()
	for iter.Next(ctx) {
		n++
	}
	if err := iter.Err(); err != nil {
		s.t.Fatal(err)
	}
	return n
}
