package redisstore

import (
	"context"
	"errors"
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
	errAddress         = errors.New("REDIS_URL is no Redis address such as redis://user:password@host:6379/0")
	errClusterAddress  = errors.New("REDIS_URL is no Redis Cluster address such as redis+cluster://host1:6379,host2:6379")
	errSentinelAddress = errors.New("REDIS_URL is no Redis Sentinel address such as redis+sentinel://host1:26379,host2:26379/mymaster/0")
)

// Connect opens a client. It makes no request. Errors do not repeat the address, which may hold a password.
//
//	redis://user:password@host:6379/0                  one Redis; rediss:// encrypts
//	redis+cluster://user:password@host1:6379,host2     a Redis Cluster, found through some of its nodes
//	redis+sentinel://user:password@host1,host2/name/0  the Redis that these Sentinels call the master "name"
//
// With the latter two, ?tls=true encrypts. Sentinels are asked with the same password only when it stands
// in ?sentinel_password=, with ?sentinel_user= beside it.
func Connect(address string) (redis.UniversalClient, error) {
	if rest, ok := strings.CutPrefix(address, "redis+cluster://"); ok {
		o, err := clusterOptions(rest)
		if err != nil {
			return nil, err
		}
		return redis.NewClusterClient(o), nil
	}
	if rest, ok := strings.CutPrefix(address, "redis+sentinel://"); ok {
		o, err := sentinelOptions(rest)
		if err != nil {
			return nil, err
		}
		return redis.NewFailoverClient(o), nil
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
