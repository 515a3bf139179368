package redisstore

import (
	"context"
	"crypto/rand"
	"fmt"
	"os"
	"sync"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/redis/go-redis/v9"

	"refbot/bot/redisstore/internal/process"
)

// Embedded is a Redis of refbot's own: a supervised child redis-server with an append-only file when
// one is installed, else an in-memory store that forgets everything at exit.
type Embedded struct {
	DB redis.UniversalClient
	// Durable is false for the in-memory store.
	Durable bool
	// Why says why it is not durable: "redis-server is not installed".
	Why string

	child *child // nil for the in-memory store
	stop  func()
}

// The first release of redis-server with every command used here.
const oldestMajor, oldestMinor = 6, 2

// StartEmbedded starts the embedded store; its data and data key lie in dir, which it makes. The error
// is a sentence for the operator when another refbot uses dir.
func StartEmbedded(ctx context.Context, dir string) (*Embedded, error) {
	program, version := process.Program()
	switch {
	case program == "":
		return startMemory("redis-server is not installed")
	case !version.AtLeast(oldestMajor, oldestMinor):
		return startMemory(fmt.Sprintf("redis-server %s is older than %d.%d", version, oldestMajor, oldestMinor))
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make the data folder: %w", err)
	}
	c, err := startChild(ctx, program, dir)
	if err != nil {
		return nil, err
	}
	return &Embedded{DB: c.client(), Durable: true, child: c, stop: c.stop}, nil
}

// StartMemory starts the in-memory store.
func StartMemory() (*Embedded, error) { return startMemory("it was asked for") }

func startMemory(why string) (*Embedded, error) {
	m, password := miniredis.NewMiniRedis(), rand.Text()
	m.RequireAuth(password) // it listens where others on this machine could ask
	if err := m.Start(); err != nil {
		return nil, fmt.Errorf("start the in-memory store: %w", err)
	}
	quit := make(chan struct{})
	go tick(m, quit)
	o := tuned(&redis.Options{Addr: m.Addr(), Password: password})
	stop := sync.OnceFunc(func() { close(quit); m.Close() })
	return &Embedded{DB: redis.NewClient(o), Why: why, stop: stop}, nil
}

// tick moves the in-memory store's expiry clock, which stands still by itself.
func tick(m *miniredis.Miniredis, quit <-chan struct{}) {
	const step = 10 * time.Second
	t := time.NewTicker(step)
	defer t.Stop()
	for {
		select {
		case <-quit:
			return
		case <-t.C:
			m.FastForward(step)
		}
	}
}

// OnRestart has notify called each time the child has ended by itself and is about to be started again.
func (e *Embedded) OnRestart(notify func()) {
	if e.child != nil {
		e.child.notify.Store(&notify)
	}
}

// Close stops the store; a durable one writes everything down first.
func (e *Embedded) Close() error {
	err := e.DB.Close()
	e.stop()
	return err
}
