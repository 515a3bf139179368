package redisstore

import (
	"context"
	"crypto/tls"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"
)

// Connect opens a client for redis://, rediss:// and redis+cluster:// addresses (redis+cluster lists its
// nodes by commas: redis+cluster://user:password@host1:6379,host2:6379). It makes no request.
func Connect(address string) (redis.UniversalClient, error) {
	if strings.HasPrefix(address, "redis+cluster://") {
		return connectCluster(address)
	}
	o, err := redis.ParseURL(address)
	if err != nil {
		return nil, fmt.Errorf("REDIS_URL is no Redis address such as redis://user:password@host:6379/0")
	}
	o.ContextTimeoutEnabled = true
	o.DialTimeout, o.ReadTimeout, o.WriteTimeout = 3*time.Second, 3*time.Second, 3*time.Second
	return redis.NewClient(o), nil
}

func connectCluster(address string) (redis.UniversalClient, error) {
	rest := strings.TrimPrefix(address, "redis+cluster://")
	first, others, _ := strings.Cut(rest, ",")
	u, err := url.Parse("redis://" + first)
	if err != nil || u.Host == "" {
		return nil, fmt.Errorf("REDIS_URL is no Redis Cluster address such as redis+cluster://host1:6379,host2:6379")
	}
	o := &redis.ClusterOptions{
		Addrs: []string{u.Host}, Username: u.User.Username(), ContextTimeoutEnabled: true,
		DialTimeout: 3 * time.Second, ReadTimeout: 3 * time.Second, WriteTimeout: 3 * time.Second,
	}
	o.Password, _ = u.User.Password()
	for host := range strings.SplitSeq(others, ",") {
		if host != "" {
			o.Addrs = append(o.Addrs, strings.TrimSuffix(host, "/"))
		}
	}
	if u.Query().Get("tls") == "true" {
		o.TLSConfig = &tls.Config{MinVersion: tls.VersionTLS12}
	}
	return redis.NewClusterClient(o), nil
}

// Wait pings until Redis answers or ctx ends; notify is called after each failure.
func Wait(ctx context.Context, db redis.UniversalClient, notify func(error)) error {
	for pause := 250 * time.Millisecond; ; pause = min(2*pause, 5*time.Second) {
		err := db.Ping(ctx).Err()
		if err == nil || ctx.Err() != nil {
			return ctx.Err()
		}
		notify(failed("reach Redis", err))
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause):
		}
	}
}
