package redisstore

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"refbot/bot/redisstore/redistest"
)

func startEmbedded(t *testing.T, dir string) *Embedded {
	t.Helper()
	redistest.Program(t)
	e, err := StartEmbedded(t.Context(), dir)
	must(t, err)
	t.Cleanup(func() { e.Close() })
	if !e.Durable {
		t.Fatalf("the store is not durable: %s", e.Why)
	}
	return e
}

// waitFor waits for something that another process or goroutine does.
func waitFor(t *testing.T, holds func() bool) {
	t.Helper()
	for range 3000 {
		if holds() {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Error("it never came to hold")
}

// serverID returns the process id of the embedded server.
func serverID(t *testing.T, e *Embedded) int {
	t.Helper()
	_, rest, _ := strings.Cut(e.DB.Info(t.Context(), "server").Val(), "process_id:")
	id, err := strconv.Atoi(strings.Fields(rest + " x")[0])
	must(t, err)
	return id
}

func TestEmbeddedSurvives(t *testing.T) {
	dir := t.TempDir()
	e := startEmbedded(t, dir)
	restarts := make(chan struct{}, 10)
	e.OnRestart(func() { restarts <- struct{}{} })
	must(t, e.DB.Set(t.Context(), "k", "v", 0).Err())
	must(t, syscall.Kill(serverID(t, e), syscall.SIGKILL))
	<-restarts
	waitFor(t, func() bool { return e.DB.Get(t.Context(), "k").Val() == "v" })
	must(t, e.Close())
	if got := startEmbedded(t, dir).DB.Get(t.Context(), "k").Val(); got != "v" {
		t.Errorf("after a stop and a start the value is %q", got)
	}
}

func TestEmbeddedIsPrivate(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	startEmbedded(t, dir)
	for name, want := range map[string]os.FileMode{".": 0o700, "redis.sock": 0o700, "refbot.lock": 0o600} {
		info, err := os.Stat(filepath.Join(dir, name))
		must(t, err)
		if info.Mode().Perm() != want {
			t.Errorf("%s has mode %v", name, info.Mode())
		}
	}
}

func TestEmbeddedTwice(t *testing.T) {
	dir := t.TempDir()
	first := startEmbedded(t, dir)
	if e, err := StartEmbedded(t.Context(), dir); err == nil {
		e.Close()
		t.Fatal("two stores on one folder")
	} else if !strings.Contains(err.Error(), "another refbot is running on "+dir) {
		t.Errorf("the second start says: %v", err)
	}
	must(t, first.DB.Ping(t.Context()).Err())
}

// TestEmbeddedDeepFolder has a folder whose name is too long for a socket.
func TestEmbeddedDeepFolder(t *testing.T) {
	e := startEmbedded(t, filepath.Join(t.TempDir(), strings.Repeat("длинно", 10), `a "quoted" folder`))
	must(t, e.DB.Set(t.Context(), "k", "v", 0).Err())
	socket := e.child.socket
	must(t, e.Close())
	if _, err := os.Stat(filepath.Dir(socket)); len(socket) > maxSocketPath || err == nil {
		t.Errorf("the socket was %s; its folder is there still: %v", socket, err == nil)
	}
}

func TestEmbeddedDoesNotStart(t *testing.T) {
	redistest.Program(t)
	dir := t.TempDir()
	must(t, os.WriteFile(filepath.Join(dir, "appendonlydir"), nil, 0o600))
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	if _, err := StartEmbedded(ctx, dir); err == nil || !strings.Contains(err.Error(), "see redis.log in "+dir) {
		t.Errorf("a damaged folder: %v", err)
	}
	// It left nothing behind that would hinder the next start.
	must(t, os.Remove(filepath.Join(dir, "appendonlydir")))
	startEmbedded(t, dir)
}

// helperDir tells a copy of this test program to be a refbot with an embedded store there.
const helperDir = "REFBOT_TEST_EMBEDDED_DIR"

func TestMain(m *testing.M) {
	if dir := os.Getenv(helperDir); dir != "" {
		beRefbot(dir)
	}
	os.Exit(m.Run())
}

func beRefbot(dir string) {
	e, err := StartEmbedded(context.Background(), dir)
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	e.DB.Set(context.Background(), "k", "v", 0)
	fmt.Println(e.DB.Info(context.Background(), "server").Val())
	fmt.Println("ready")
	select {}
}

// TestEmbeddedEndsWithRefbot kills a refbot: its server ends too, and the next start has the data.
func TestEmbeddedEndsWithRefbot(t *testing.T) {
	redistest.Program(t)
	dir := t.TempDir()
	refbot := exec.CommandContext(t.Context(), os.Args[0])
	refbot.Env = append(os.Environ(), helperDir+"="+dir)
	out, err := refbot.StdoutPipe()
	must(t, err)
	must(t, refbot.Start())
	var printed bytes.Buffer
	lines := bufio.NewScanner(io.TeeReader(out, &printed))
	server := 0
	for lines.Scan() && lines.Text() != "ready" {
		if id, ok := strings.CutPrefix(strings.TrimSpace(lines.Text()), "process_id:"); ok {
			server, _ = strconv.Atoi(id)
		}
	}
	if server == 0 || !strings.HasPrefix(printed.String(), "# Server") {
		t.Fatalf("the other refbot printed %q", printed.String())
	}
	must(t, refbot.Process.Kill())
	_ = refbot.Wait()
	e := startEmbedded(t, dir)
	if got := e.DB.Get(t.Context(), "k").Val(); got != "v" {
		t.Errorf("the value is %q", got)
	}
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", server))
	if err == nil && !bytes.Contains(stat, []byte(") Z ")) { // nobody may have collected it yet
		t.Errorf("the server of the killed refbot still runs: %s", stat)
	}
}

func TestMemory(t *testing.T) {
	e, err := StartMemory()
	must(t, err)
	defer e.Close()
	e.OnRestart(nil)
	if e.Durable || e.Why == "" {
		t.Errorf("the in-memory store: durable %v, why %q", e.Durable, e.Why)
	}
	must(t, e.DB.Set(t.Context(), "k", "v", 0).Err())
	stranger, err := Connect("redis://" + e.DB.(*redis.Client).Options().Addr)
	must(t, err)
	defer stranger.Close()
	if err := stranger.Get(t.Context(), "k").Err(); err == nil || !strings.Contains(err.Error(), "NOAUTH") {
		t.Errorf("others on this machine read it: %v", err)
	}
}

func TestNoServerInstalled(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	if os.Getenv("REFBOT_TEST_NO_SERVER") == "" {
		t.Setenv("REFBOT_TEST_NO_SERVER", "1")
		out, err := exec.CommandContext(t.Context(), os.Args[0], "-test.run", "^TestNoServerInstalled$").CombinedOutput()
		if err != nil {
			t.Errorf("%v\n%s", err, out)
		}
		return
	}
	e, err := StartEmbedded(t.Context(), t.TempDir())
	must(t, err)
	defer e.Close()
	if e.Durable || e.Why != "redis-server is not installed" {
		t.Errorf("durable %v, why %q", e.Durable, e.Why)
	}
}

func TestLocalKey(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new")
	key, err := LocalKey(dir)
	must(t, err)
	again, err := LocalKey(dir)
	must(t, err)
	if len(key) != KeySize || !bytes.Equal(key, again) {
		t.Errorf("the key is %x, then %x", key, again)
	}
	files, err := os.ReadDir(dir)
	must(t, err)
	info, err := os.Stat(filepath.Join(dir, keyFile))
	must(t, err)
	if len(files) != 1 || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, mode %v", files, info.Mode())
	}
	must(t, os.WriteFile(filepath.Join(dir, keyFile), []byte("c2hvcnQ=\n"), 0o600))
	if _, err := LocalKey(dir); err == nil || !strings.Contains(err.Error(), "holds no data key") {
		t.Errorf("a damaged key: %v", err)
	}
}
