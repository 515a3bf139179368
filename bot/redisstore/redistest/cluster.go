package redistest

import (
	"fmt"
	"net"
	"strconv"
	"strings"
	"testing"

	"github.com/redis/go-redis/v9"

	"refbot/bot/redisstore/internal/process"
)

// Cluster is a Redis Cluster of three masters without replicas.
type Cluster struct{ Nodes []*Server }

const slots = 16384

// StartCluster starts one for the test; it needs redis-server 7.0.
func StartCluster(t testing.TB) *Cluster {
	t.Helper()
	Program(t)
	if _, version := process.Program(); !version.AtLeast(7, 0) {
		t.Skipf("redis-server %s can't choose its cluster port", version)
	}
	c := &Cluster{}
	for range 3 {
		bus := freePort(t)
		c.Nodes = append(c.Nodes, start(t, freePort(t), fmt.Sprintf(
			"cluster-enabled yes\ncluster-config-file nodes.conf\ncluster-node-timeout 5000\ncluster-port %d\nappendfsync no\n", bus,
		)))
		c.join(t, len(c.Nodes)-1, bus)
	}
	for _, node := range c.Nodes {
		db := node.client()
		defer db.Close()
		node.until("sees the whole cluster", func() bool {
			info := db.ClusterInfo(t.Context()).Val()
			return strings.Contains(info, "cluster_state:ok") && strings.Contains(info, "cluster_known_nodes:3")
		})
	}
	return c
}

// join gives node i its third of the slots and introduces it to the first node, through its bus port.
func (c *Cluster) join(t testing.TB, i, bus int) {
	t.Helper()
	db := c.Nodes[i].client()
	defer db.Close()
	from, to := i*slots/3, (i+1)*slots/3-1
	commands := []redis.Cmder{
		db.Do(t.Context(), "CLUSTER", "SET-CONFIG-EPOCH", i+1),
		db.ClusterAddSlotsRange(t.Context(), from, to),
	}
	if i > 0 {
		first := c.Nodes[0].client()
		defer first.Close()
		_, port, _ := net.SplitHostPort(c.Nodes[i].Addr)
		commands = append(commands, first.Do(t.Context(), "CLUSTER", "MEET", "127.0.0.1", port, strconv.Itoa(bus)))
	}
	for _, cmd := range commands {
		if cmd.Err() != nil {
			t.Fatalf("build the cluster: %v", cmd.Err())
		}
	}
}

// URL is the address for REDIS_URL.
func (c *Cluster) URL() string {
	addrs := make([]string, len(c.Nodes))
	for i, node := range c.Nodes {
		addrs[i] = node.Addr
	}
	return "redis+cluster://" + strings.Join(addrs, ",")
}
