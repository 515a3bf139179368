package redistest

import (
	"fmt"
	"net"
	"strings"
	"testing"

	"github.com/redis/go-redis/v9"
)

// StartReplica starts a replica of the server and returns once it has everything.
func (s *Server) StartReplica(t testing.TB) *Server {
	t.Helper()
	host, port, _ := net.SplitHostPort(s.Addr)
	r := start(t, freePort(t), fmt.Sprintf("replicaof %s %s\nrepl-diskless-sync-delay 0\n", host, port))
	r.until("has copied its master", func() bool { return strings.Contains(r.info(), "master_link_status:up") })
	return r
}

// Detach leaves a replica what it has got so far, and lets nothing more come.
func (s *Server) Detach() {
	s.t.Helper()
	s.do("replicaof", "127.0.0.1", "1")
}

// Promote makes a replica a master.
func (s *Server) Promote() {
	s.t.Helper()
	s.do("replicaof", "no", "one")
}

// Master reports whether the server takes writes; false when it does not run.
func (s *Server) Master() bool { return strings.Contains(s.info(), "role:master") }

func (s *Server) info() string {
	db := s.client()
	defer db.Close()
	return db.Info(s.t.Context(), "replication").Val()
}

func (s *Server) do(args ...any) {
	s.t.Helper()
	db := s.client()
	defer db.Close()
	if err := db.Do(s.t.Context(), args...).Err(); err != nil {
		s.t.Fatalf("%v: %v", args, err)
	}
}

// Watched is a master with two replicas and a Sentinel that promotes one of them when the master is gone.
type Watched struct {
	Servers  []*Server // the first began as the master
	Sentinel *Server
}

// sentinelName is what the Sentinel calls the master.
const sentinelName = "refbot"

// StartWatched starts them for the test.
func StartWatched(t testing.TB, settings ...string) *Watched {
	t.Helper()
	master := StartServer(t, settings...)
	w := &Watched{Servers: []*Server{master, master.StartReplica(t), master.StartReplica(t)}}
	host, masterPort, _ := net.SplitHostPort(master.Addr)
	port := freePort(t)
	w.Sentinel = &Server{Addr: fmt.Sprintf("127.0.0.1:%d", port), Dir: t.TempDir(), t: t, sentinel: true}
	w.Sentinel.settings = fmt.Sprintf("bind 127.0.0.1\nport %d\nlogfile redis.log\n", port) +
		fmt.Sprintf("sentinel monitor %s %s %s 1\n", sentinelName, host, masterPort) +
		fmt.Sprintf("sentinel down-after-milliseconds %s 1000\nsentinel failover-timeout %s 10000\n", sentinelName, sentinelName)
	w.Sentinel.Start()
	t.Cleanup(w.Sentinel.Kill)
	sentinel := redis.NewSentinelClient(&redis.Options{Addr: w.Sentinel.Addr})
	defer sentinel.Close()
	w.Sentinel.until("knows the replicas", func() bool {
		replicas, err := sentinel.Replicas(t.Context(), sentinelName).Result()
		return err == nil && len(replicas) == 2
	})
	return w
}

// URL is the address for REDIS_URL.
func (w *Watched) URL() string { return "redis+sentinel://" + w.Sentinel.Addr + "/" + sentinelName }

// Master is the server that takes writes; nil while none does.
func (w *Watched) Master() *Server {
	for _, s := range w.Servers {
		if s.Master() {
			return s
		}
	}
	return nil
}

// KillMaster ends the master as a crash would, and returns the one that was promoted.
func (w *Watched) KillMaster() *Server {
	w.Sentinel.t.Helper()
	w.Master().Kill()
	w.Sentinel.until("promotes a replica", func() bool { return w.Master() != nil })
	return w.Master()
}
