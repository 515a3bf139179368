package redisstore

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"

	"refbot/bot/redisstore/internal/process"
)

// Node is what one Redis tells of itself. What it does not tell, as managed ones often do, is the zero
// value, and "" for words.
type Node struct {
	Version      string        // of Redis it is compatible with: "7.0.15"; "" is not told
	Valkey       string        // its own version where it is Valkey, else ""
	Role         string        // "master" or "slave"
	Mode         string        // "standalone", "cluster" or "sentinel"
	Loading      bool          // it reads its data from disk and refuses requests
	Append       string        // "on" or "off": the append-only file
	Fsync        string        // appendfsync: "always", "everysec" or "no"
	WriteFailed  bool          // the last write to disk failed
	Memory       int64         // bytes used
	MaxMemory    int64         // bytes; 0 sets no bound
	Machine      int64         // bytes of memory its machine has; 0 when it does not tell
	Policy       string        // maxmemory-policy
	Evicted      int64         // keys thrown away for want of memory since it started
	Replicas     int           // that are connected to it
	Latency      time.Duration // of an empty request, the median of several
	Clock        time.Duration // how far its clock is ahead of this machine's
	ClusterState string        // "ok" or "fail" in a cluster
}

// Health is what [Inspect] finds.
type Health struct {
	Nodes   []Node // one, or the masters of a cluster
	Cluster bool   // the client speaks to a cluster
	Claimed bool   // the store has a data key, so it holds data
}

// pings is how many empty requests latency is measured with.
const pings = 7

// Inspect asks every master how it is. It changes nothing. The error is a *bot.Error of kind StoreDown.
func Inspect(ctx context.Context, db redis.UniversalClient) (Health, error) {
	_, cluster := db.(*redis.ClusterClient)
	h := Health{Cluster: cluster}
	var mu sync.Mutex
	err := eachMaster(ctx, db, func(ctx context.Context, node *redis.Client) error {
		n, err := inspectNode(ctx, node)
		mu.Lock()
		defer mu.Unlock()
		h.Nodes = append(h.Nodes, n)
		return err
	})
	if err != nil {
		return h, failed("look at Redis", err)
	}
	n, err := db.Exists(ctx, probeKey).Result()
	h.Claimed = n > 0
	return h, failed("look at Redis", err)
}

func inspectNode(ctx context.Context, node *redis.Client) (Node, error) {
	latency, err := latencyOf(ctx, node)
	if err != nil {
		return Node{}, err
	}
	asked := time.Now()
	now, err := node.Time(ctx).Result()
	if err != nil {
		return Node{}, err
	}
	middle := asked.Add(time.Since(asked) / 2)
	n := parseInfo(node.Info(ctx).Val()) // not told where INFO is forbidden
	n.Latency, n.Clock = latency, now.Sub(middle)
	if settings := node.ConfigGet(ctx, "appendfsync").Val(); n.Append == "on" {
		n.Fsync = settings["appendfsync"]
	}
	if n.Mode == "cluster" {
		state, _, _ := strings.Cut(after(node.ClusterInfo(ctx).Val(), "cluster_state:"), "\r\n")
		n.ClusterState = state
	}
	return n, nil
}

func latencyOf(ctx context.Context, node *redis.Client) (time.Duration, error) {
	took := make([]time.Duration, pings)
	for i := range took {
		started := time.Now()
		if err := node.Ping(ctx).Err(); err != nil {
			return 0, err
		}
		took[i] = time.Since(started)
	}
	slices.Sort(took)
	return took[pings/2], nil
}

// parseInfo reads the answer to INFO: lines of name:value under # titles.
func parseInfo(text string) Node {
	var n Node
	for line := range strings.Lines(text) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), ":")
		switch name {
		case "redis_version":
			n.Version = value
		case "valkey_version":
			n.Valkey = value
		case "role":
			n.Role = value
		case "redis_mode", "server_mode":
			n.Mode = value
		case "connected_slaves":
			n.Replicas = int(number(value))
		case "loading":
			n.Loading = value == "1"
		case "aof_enabled":
			n.Append = map[string]string{"0": "off", "1": "on"}[value]
		case "aof_last_write_status", "aof_last_bgrewrite_status", "rdb_last_bgsave_status":
			n.WriteFailed = n.WriteFailed || value == "err"
		case "used_memory":
			n.Memory = number(value)
		case "total_system_memory":
			n.Machine = number(value)
		case "maxmemory":
			n.MaxMemory = number(value)
		case "maxmemory_policy":
			n.Policy = value
		case "evicted_keys":
			n.Evicted = number(value)
		}
	}
	return n
}

// number reads a count; what is none counts as not told.
func number(text string) int64 {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// after is what follows mark in text, "" when it is not in there.
func after(text, mark string) string {
	_, rest, _ := strings.Cut(text, mark)
	return rest
}

// AtLeast reports whether the node is as new as a release of Redis; false when it does not tell.
func (n Node) AtLeast(major, minor int) bool {
	var a, b int
	if _, err := fmt.Sscanf(n.Version, "%d.%d", &a, &b); err != nil {
		return false
	}
	return a > major || a == major && b >= minor
}

// Reasons why there is no embedded store to look into.
var (
	ErrNoServer = errors.New("no redis-server of 6.2 or newer is installed: the embedded store is kept in memory and ends with refbot")
	ErrNoData   = errors.New("the embedded store holds nothing yet")
	ErrStopped  = errors.New("the embedded store is not running")
)

// LocalProgram is the redis-server the embedded store starts and its version; "" when there is none it can use.
func LocalProgram() (program, version string) {
	path, v := process.Program()
	if path == "" || !v.AtLeast(oldestMajor, oldestMinor) {
		return "", ""
	}
	return path, fmt.Sprint(v)
}

// ConnectLocal opens a client for the embedded store of a refbot that is running on dir. The error is
// ErrNoServer, ErrNoData or ErrStopped.
func ConnectLocal(ctx context.Context, dir string) (redis.UniversalClient, error) {
	if program, _ := LocalProgram(); program == "" {
		return nil, ErrNoServer
	}
	if _, err := os.Stat(filepath.Join(dir, "server.lock")); err != nil { // no server was ever started on it
		return nil, ErrNoData
	}
	socket := filepath.Join(dir, "redis.sock")
	var dialer net.Dialer
	conn, err := dialer.DialContext(ctx, "unix", socket)
	if err != nil {
		return nil, ErrStopped
	}
	_ = conn.Close()
	return redis.NewClient(tuned(&redis.Options{Network: "unix", Addr: socket})), nil
}

// ReadLocalKey is LocalKey for those who only look: it makes none.
func ReadLocalKey(dir string) ([]byte, error) {
	if _, err := os.Stat(filepath.Join(dir, keyFile)); err != nil {
		return nil, fmt.Errorf("%s is missing: restore it from your copy, or set DATA_KEY", filepath.Join(dir, keyFile))
	}
	return LocalKey(dir)
}
