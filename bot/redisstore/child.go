package redisstore

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"github.com/redis/go-redis/v9"

	"refbot/bot/redisstore/internal/process"
)

// child is a redis-server on a data folder that is started again when it ends by itself.
//
// Two locks keep two servers off one append-only file. refbot.lock is refbot's alone and ends with it,
// so that a second refbot learns at once that there is a first. server.lock is also the child's: it
// holds until both are gone, so that a refbot that was started again after a kill waits for the server
// of the one before.
//
// It listens on a socket in the data folder, which only its owner can open: no port, no password.
type child struct {
	program, dir, socket string
	refbot, server       *os.File // the locks
	notify               atomic.Pointer[func()]
	stop                 func()
}

const (
	serverPatience = 15 * time.Second // for a server to write everything down and end
	startPatience  = 30 * time.Second // for a server to load what it wrote
	restartMin     = 100 * time.Millisecond
	restartMax     = 5 * time.Second
	maxSocketPath  = 100 // the system's limit is 104 to 108 bytes
)

func startChild(ctx context.Context, program, dir string) (*child, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("find the data folder: %w", err)
	}
	c := &child{program: program, dir: dir}
	if err := c.prepare(ctx); err != nil {
		c.release()
		return nil, err
	}
	first, err := c.spawn()
	if err != nil {
		c.release()
		return nil, fmt.Errorf("start redis-server: %w", err)
	}
	quit, done := make(chan struct{}), make(chan struct{})
	go c.supervise(first, quit, done)
	c.stop = sync.OnceFunc(func() { close(quit); <-done; c.release() })
	if err := c.ready(ctx); err != nil {
		c.stop()
		return nil, err
	}
	return c, nil
}

// prepare takes the locks and finds a place for the socket.
func (c *child) prepare(ctx context.Context) (err error) {
	if c.refbot, err = lockFile(filepath.Join(c.dir, "refbot.lock")); err != nil {
		return fmt.Errorf("lock the data folder: %w", err)
	}
	if c.refbot == nil {
		return fmt.Errorf("another refbot is running on %s: stop it, or set DATA_DIR to another folder", c.dir)
	}
	if c.server, err = c.lockServer(ctx); err != nil {
		return err
	}
	c.socket = filepath.Join(c.dir, "redis.sock")
	if len(c.socket) <= maxSocketPath {
		return nil
	}
	short, err := os.MkdirTemp("", "refbot-")
	c.socket = filepath.Join(short, "redis.sock")
	return err
}

// lockServer waits for the server of a killed refbot to end.
func (c *child) lockServer(ctx context.Context) (*os.File, error) {
	ctx, cancel := context.WithTimeout(ctx, serverPatience)
	defer cancel()
	for {
		f, err := lockFile(filepath.Join(c.dir, "server.lock"))
		if err != nil {
			return nil, fmt.Errorf("lock the data folder: %w", err)
		}
		if f != nil {
			return f, nil
		}
		if ctx.Err() != nil {
			return nil, fmt.Errorf("a redis-server that an earlier refbot left behind still uses %s: end it", c.dir)
		}
		rest(ctx, restartMin)
	}
}

// release gives up what prepare took.
func (c *child) release() {
	for _, f := range []*os.File{c.server, c.refbot} {
		if f != nil {
			_ = f.Close()
		}
	}
	if dir := filepath.Dir(c.socket); c.socket != "" && dir != c.dir {
		_ = os.RemoveAll(dir)
	}
}

// spawn starts the server. It answers a write once that is on disk: with everysec, a kill loses up to two
// seconds of what was answered whenever the disk is busy.
func (c *child) spawn() (*process.Process, error) {
	settings := fmt.Sprintf("port 0\nunixsocket %q\nunixsocketperm 700\n", c.socket) +
		"appendonly yes\nappendfsync always\nauto-aof-rewrite-min-size 256mb\nrdbcompression no\nsave \"\"\nmaxmemory-policy noeviction\n" +
		"loglevel warning\nlogfile redis.log\n"
	return process.Start(c.program, c.dir, settings, c.server)
}

// supervise starts the child again when it ends, until quit.
func (c *child) supervise(p *process.Process, quit <-chan struct{}, done chan<- struct{}) {
	defer close(done)
	for pause := restartMin; ; {
		started := time.Now()
		select {
		case <-quit:
			p.Stop(serverPatience)
			return
		case <-p.Done():
		}
		if notify := c.notify.Load(); notify != nil {
			(*notify)()
		}
		if time.Since(started) > restartMax {
			pause = restartMin
		}
		select {
		case <-quit:
			return
		case <-time.After(pause):
		}
		pause = min(2*pause, restartMax)
		if next, err := c.spawn(); err == nil {
			p = next
		}
	}
}

func (c *child) client() *redis.Client {
	return redis.NewClient(tuned(&redis.Options{Network: "unix", Addr: c.socket}))
}

// ready waits until the child answers: loading a large append-only file takes its time.
func (c *child) ready(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, startPatience)
	defer cancel()
	db := c.client()
	defer db.Close()
	if err := Wait(ctx, db, func(error) {}); err != nil {
		return errors.New("redis-server does not start: see redis.log in " + c.dir)
	}
	return nil
}
