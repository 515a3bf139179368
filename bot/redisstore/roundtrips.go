package redisstore

import (
	"context"
	"errors"
	"net"
	"sync/atomic"
	"time"

	"github.com/redis/go-redis/v9"
)

// RoundTrips counts how often a client asks Redis and waits for the answer. A pipeline is one round
// trip, however many commands it holds; on a cluster the nodes it concerns are asked at the same time.
//
//	trips := &redisstore.RoundTrips{}
//	db.AddHook(trips)
type RoundTrips struct {
	// Observe, if set before the hook is added, is told of every round trip: for histograms.
	Observe func(took time.Duration, err error)

	count atomic.Int64
}

var _ redis.Hook = (*RoundTrips)(nil)

// Count returns the number of round trips so far.
func (r *RoundTrips) Count() int64 { return r.count.Load() }

// DialHook implements redis.Hook; opening a connection is no round trip of a question.
func (r *RoundTrips) DialHook(next redis.DialHook) redis.DialHook {
	return func(ctx context.Context, network, addr string) (net.Conn, error) { return next(ctx, network, addr) }
}

// ProcessHook implements redis.Hook.
func (r *RoundTrips) ProcessHook(next redis.ProcessHook) redis.ProcessHook {
	return func(ctx context.Context, cmd redis.Cmder) error {
		return r.watch(cmd, func() error { return next(ctx, cmd) })
	}
}

// ProcessPipelineHook implements redis.Hook.
func (r *RoundTrips) ProcessPipelineHook(next redis.ProcessPipelineHook) redis.ProcessPipelineHook {
	return func(ctx context.Context, cmds []redis.Cmder) error {
		return r.watch(cmds[0], func() error { return next(ctx, cmds) })
	}
}

// watch counts a request that begins with first, unless it only sets up a connection.
func (r *RoundTrips) watch(first redis.Cmder, ask func() error) error {
	switch first.Name() {
	case "hello", "auth", "client", "select", "readonly":
		return ask()
	}
	r.count.Add(1)
	if r.Observe == nil {
		return ask()
	}
	started := time.Now()
	err := ask()
	if errors.Is(err, redis.Nil) {
		r.Observe(time.Since(started), nil)
	} else {
		r.Observe(time.Since(started), err)
	}
	return err
}
