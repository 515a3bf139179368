// Package redistest starts Redis for tests: in memory always, a real redis-server, one with replicas and a
// Sentinel, and a cluster of three masters where one is installed. What it starts ends with the test.
//
// A test that needs redis-server is skipped where there is none, and fails where REFBOT_REQUIRE_TOOLS=1.
// Tests outside bot/redisstore connect with redisstore.Connect(server.URL()).
package redistest

import (
	"context"
	"fmt"
	"net"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/logging"

	"refbot/bot/redisstore/internal/process"
)

func init() { logging.Disable() } // a server that is killed on purpose is no news

// Mini is a Redis in this process. Keys expire when FastForward is called; what TIME says is the real time
// unless SetTime is called.
type Mini struct{ *miniredis.Miniredis }

// StartMini starts one for the test.
func StartMini(t testing.TB) *Mini {
	t.Helper()
	m := miniredis.NewMiniRedis()
	if err := m.Start(); err != nil {
		t.Fatalf("start miniredis: %v", err)
	}
	t.Cleanup(m.Close)
	return &Mini{m}
}

// URL is the address for REDIS_URL.
func (m *Mini) URL() string { return "redis://" + m.Addr() }

// Server is a redis-server process with an append-only file, as a deployment would run it.
type Server struct {
	Addr string // host:port
	Dir  string // holds the append-only file and redis.log

	t        testing.TB
	settings string
	sentinel bool
	process  *process.Process
}

// patience is for a machine that does other things as well.
const patience = 60 * time.Second

// StartServer starts one for the test. Settings are lines of redis.conf, such as "appendfsync everysec";
// without them every write is on disk before it is answered.
func StartServer(t testing.TB, settings ...string) *Server {
	t.Helper()
	return start(t, freePort(t), strings.Join(settings, "\n"))
}

// Program returns the redis-server to start; the test is skipped, or fails, where there is none.
func Program(t testing.TB) string {
	t.Helper()
	program, _ := process.Program()
	switch {
	case program != "":
	case os.Getenv("REFBOT_REQUIRE_TOOLS") == "1":
		t.Fatal("redis-server is not installed, and REFBOT_REQUIRE_TOOLS=1")
	default:
		t.Skip("redis-server is not installed")
	}
	return program
}

func start(t testing.TB, port int, more string) *Server {
	t.Helper()
	Program(t)
	s := &Server{Addr: fmt.Sprintf("127.0.0.1:%d", port), Dir: t.TempDir(), t: t}
	s.settings = fmt.Sprintf("bind 127.0.0.1\nport %d\n", port) +
		"appendonly yes\nappendfsync always\nauto-aof-rewrite-min-size 256mb\nrdbcompression no\nsave \"\"\nlogfile redis.log\n" + more + "\n" // the last setting of a name counts
	s.Start()
	t.Cleanup(s.Kill)
	return s
}

// URL is the address for REDIS_URL.
func (s *Server) URL() string { return "redis://" + s.Addr }

// Start starts the server on the data and the port it had, and returns once it answers.
func (s *Server) Start() {
	s.t.Helper()
	p, err := s.spawn()
	if err != nil {
		s.t.Fatalf("start redis-server: %v", err)
	}
	s.process = p
	db := s.client()
	defer db.Close()
	s.until("answers", func() bool { return db.Ping(s.t.Context()).Err() == nil })
}

func (s *Server) spawn() (*process.Process, error) {
	if !s.sentinel {
		return process.Start(Program(s.t), s.Dir, s.settings)
	}
	if err := os.WriteFile(s.Dir+"/sentinel.conf", []byte(s.settings), 0o600); err != nil {
		return nil, err
	}
	return process.StartSentinel(Program(s.t), s.Dir, "sentinel.conf")
}

// Kill ends the server as a crash would. It may be called twice.
func (s *Server) Kill() { s.process.Kill() }

// Restart kills the server and starts it again on the same data and port.
func (s *Server) Restart() {
	s.t.Helper()
	s.Kill()
	s.Start()
}

func (s *Server) client() *redis.Client {
	return redis.NewClient(&redis.Options{Addr: s.Addr, DisableIdentity: true, MaxRetries: -1, DialerRetries: 1})
}

// until waits for a condition of the server, and ends the test when it does not come.
func (s *Server) until(what string, holds func() bool) {
	s.t.Helper()
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		select {
		case <-s.process.Done():
			s.t.Fatalf("redis-server ended: %s", s.log())
		default:
		}
		if holds() {
			return
		}
	}
	s.t.Fatalf("%s: redis-server never %s: %s", s.Addr, what, s.log())
}

func (s *Server) log() string {
	text, err := os.ReadFile(s.Dir + "/redis.log")
	if err != nil {
		return err.Error()
	}
	return string(text)
}

// freePort returns a port nobody listens on.
func freePort(t testing.TB) int {
	t.Helper()
	var listen net.ListenConfig
	l, err := listen.Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatalf("find a free port: %v", err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}
