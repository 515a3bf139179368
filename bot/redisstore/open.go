package redisstore

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/url"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/maintnotifications"
)

// answerTime bounds a request: a Redis that does not answer must be noticed while people wait.
const answerTime = 3 * time.Second

// quiet keeps go-redis from asking servers for notices that only a managed Redis sends.
var quiet = &maintnotifications.Config{Mode: maintnotifications.ModeDisabled}

var (
	errAddress        = errors.New("REDIS_URL is no Redis address such as redis://user:password@host:6379/0")
	errClusterAddress = errors.New("REDIS_URL is no Redis Cluster address such as redis+cluster://host1:6379,host2:6379")
)

// Connect opens a client for redis://, rediss:// and redis+cluster:// addresses (redis+cluster lists its
// nodes by commas: redis+cluster://user:password@host1:6379,host2:6379; ?tls=true encrypts). It makes no
// request. Errors do not repeat the address, which may hold a password.
func Connect(address string) (redis.UniversalClient, error) {
	if rest, ok := strings.CutPrefix(address, "redis+cluster://"); ok {
		o, err := clusterOptions(rest)
		if err != nil {
			return nil, err
		}
		return redis.NewClusterClient(o), nil
	}
	o, err := redis.ParseURL(address)
	if err != nil {
		return nil, errAddress
	}
	return redis.NewClient(tuned(o)), nil
}

// silent swallows what go-redis would print by itself: errors come back from the calls.
type silent struct{}

func (silent) Printf(context.Context, string, ...any) {}

func init() { redis.SetLogger(silent{}) }

// tuned sets what all single-node clients have in common.
func tuned(o *redis.Options) *redis.Options {
	o.ContextTimeoutEnabled, o.DisableIdentity, o.MaintNotificationsConfig = true, true, quiet
	o.DialTimeout, o.ReadTimeout, o.WriteTimeout, o.DialerRetries = answerTime, answerTime, answerTime, 1
	return o
}

// clusterOptions reads [user:password@]host1:6379,host2:6379[/][?tls=true].
func clusterOptions(address string) (*redis.ClusterOptions, error) {
	address, query, _ := strings.Cut(address, "?")
	hosts := address[strings.LastIndex(address, "@")+1:]
	u, err := url.Parse("redis://" + strings.TrimSuffix(address, hosts) + "host/?" + query)
	if err != nil {
		return nil, errClusterAddress
	}
	o := &redis.ClusterOptions{
		ContextTimeoutEnabled: true, DisableIdentity: true, MaintNotificationsConfig: quiet,
		DialTimeout: answerTime, ReadTimeout: answerTime, WriteTimeout: answerTime, DialerRetries: 1,
	}
	for host := range strings.SplitSeq(strings.TrimSuffix(hosts, "/"), ",") {
		if !strings.Contains(host, ":") {
			host = net.JoinHostPort(host, "6379")
		}
		if name, _, err := net.SplitHostPort(host); err != nil || name == "" {
			return nil, errClusterAddress
		}
		o.Addrs = append(o.Addrs, host)
	}
	if u.User != nil {
		o.Username = u.User.Username()
		o.Password, _ = u.User.Password()
	}
	if u.Query().Get("tls") == "true" {
		o.TLSConfig = &tls.Config{MinVersion: tls.VersionTLS12}
	}
	return o, nil
}

// Wait pings until Redis answers or ctx ends; notify is called after each failure.
func Wait(ctx context.Context, db redis.UniversalClient, notify func(error)) error {
	for pause := 100 * time.Millisecond; ; pause = min(2*pause, 5*time.Second) {
		err := db.Ping(ctx).Err()
		if err == nil || ctx.Err() != nil {
			return ctx.Err()
		}
		notify(failed("reach Redis", err))
		rest(ctx, pause)
	}
}
