package redisstore

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/redis/go-redis/v9"
)

// Embedded is a Redis of refbot's own: a supervised child redis-server with an append-only file when
// one is installed, else an in-memory store that forgets everything at exit.
type Embedded struct {
	DB redis.UniversalClient
	// Durable is false for the in-memory store.
	Durable bool

	memory *miniredis.Miniredis
	child  *child
}

// StartEmbedded starts the embedded store; its data and data key lie in dir, which it makes.
func StartEmbedded(ctx context.Context, dir string) (*Embedded, error) {
	program, err := exec.LookPath("redis-server")
	if err != nil {
		return StartMemory()
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make the data folder: %w", err)
	}
	c, err := startChild(ctx, program, dir)
	if err != nil {
		return nil, err
	}
	return &Embedded{DB: c.client(), Durable: true, child: c}, nil
}

// StartMemory starts the in-memory store.
func StartMemory() (*Embedded, error) {
	m, err := miniredis.Run()
	if err != nil {
		return nil, fmt.Errorf("start the in-memory store: %w", err)
	}
	stop := make(chan struct{})
	e := &Embedded{DB: redis.NewClient(&redis.Options{Addr: m.Addr()}), memory: m}
	go tick(m, stop)
	e.child = &child{stop: sync.OnceFunc(func() { close(stop) })}
	return e, nil
}

// tick moves the in-memory store's clock, which stands still by itself: keys could not expire.
func tick(m *miniredis.Miniredis, stop <-chan struct{}) {
	const step = 10 * time.Second
	t := time.NewTicker(step)
	defer t.Stop()
	for {
		select {
		case <-stop:
			return
		case <-t.C:
			m.FastForward(step)
		}
	}
}

// Close stops the store; a durable one writes everything down first.
func (e *Embedded) Close() error {
	err := e.DB.Close()
	e.child.stop()
	if e.memory != nil {
		e.memory.Close()
	}
	return err
}

// child is a redis-server process that is started again when it ends by itself.
type child struct {
	program, dir, password string
	port                   int
	stop                   func()
}

func startChild(ctx context.Context, program, dir string) (*child, error) {
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	c := &child{program: program, dir: dir, password: rand.Text(), port: port}
	first, err := c.spawn()
	if err != nil {
		return nil, fmt.Errorf("start redis-server: %w", err)
	}
	quit, done := make(chan struct{}), make(chan struct{})
	go c.supervise(first, quit, done)
	c.stop = sync.OnceFunc(func() { close(quit); <-done })
	if err := c.ready(ctx); err != nil {
		c.stop()
		return nil, err
	}
	return c, nil
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, fmt.Errorf("find a free port: %w", err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}

// spawn starts one process. The settings go through standard input, so that the password stands in no
// process list. The child dies with refbot.
func (c *child) spawn() (*exec.Cmd, error) {
	cmd := exec.Command(c.program, "-")
	cmd.Dir = c.dir
	cmd.Stdin = strings.NewReader(fmt.Sprintf(
		"bind 127.0.0.1\nport %d\nrequirepass %s\ndir %q\nappendonly yes\nappendfsync everysec\nsave \"\"\nloglevel warning\nlogfile %q\nmaxmemory-policy noeviction\n",
		c.port, c.password, c.dir, filepath.Join(c.dir, "redis.log")))
	cmd.Stdout, cmd.Stderr = io.Discard, io.Discard
	cmd.SysProcAttr = childAttributes()
	return cmd, cmd.Start()
}

// supervise starts the child again when it ends, a second later, until quit.
func (c *child) supervise(cmd *exec.Cmd, quit <-chan struct{}, done chan<- struct{}) {
	defer close(done)
	for {
		ended := make(chan struct{})
		go func() { _ = cmd.Wait(); close(ended) }()
		select {
		case <-quit:
			_ = cmd.Process.Signal(syscall.SIGTERM)
			<-ended
			return
		case <-ended:
		}
		for {
			select {
			case <-quit:
				return
			case <-time.After(time.Second):
			}
			if next, err := c.spawn(); err == nil {
				cmd = next
				break
			}
		}
	}
}

func (c *child) client() *redis.Client {
	return redis.NewClient(&redis.Options{
		Addr: fmt.Sprintf("127.0.0.1:%d", c.port), Password: c.password, ContextTimeoutEnabled: true,
	})
}

// ready waits until the child answers: loading a large append-only file takes its time.
func (c *child) ready(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	db := c.client()
	defer db.Close()
	if err := Wait(ctx, db, func(error) {}); err != nil {
		return errors.New("redis-server does not start: see redis.log in the data folder")
	}
	return nil
}
