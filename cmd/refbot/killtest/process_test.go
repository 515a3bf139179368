package killtest

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"testing"
	"time"
)

// program is refbot, built once for all scenarios.
var program string

func TestMain(m *testing.M) { os.Exit(build(m)) }

func build(m *testing.M) int {
	dir, err := os.MkdirTemp("", "killtest")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	program = filepath.Join(dir, "refbot")
	if out, err := exec.Command("go", "build", "-o", program, "refbot/cmd/refbot").CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "%s%v\n", out, err)
		return 1
	}
	return m.Run()
}

// replica is a refbot process that is started again whenever it was killed.
type replica struct {
	w    *town
	addr string
	mu   sync.Mutex
	cmd  *exec.Cmd
}

func (w *town) replica() *replica {
	w.t.Helper()
	r := &replica{w: w, addr: freeAddr(w.t)}
	w.t.Cleanup(func() { r.kill() })
	return r
}

func freeAddr(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// start starts the process and returns once it is ready or was ended.
func (r *replica) start() {
	r.mu.Lock()
	r.cmd = exec.Command(program)
	r.cmd.Env = append(r.w.env, "HTTP_ADDR="+r.addr)
	r.cmd.Stdout, r.cmd.Stderr = r.w.log, r.w.log
	err := r.cmd.Start()
	r.mu.Unlock()
	if err != nil {
		r.w.t.Error(err)
		return
	}
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		if r.ended() || r.ready() {
			return
		}
	}
	r.w.t.Errorf("refbot does not get ready\n%s", r.w.tail())
}

func (r *replica) ended() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.cmd == nil
}

func (r *replica) ready() bool {
	resp, err := http.Get("http://" + r.addr + "/readyz")
	if err != nil {
		return false
	}
	_ = resp.Body.Close()
	return resp.StatusCode == http.StatusOK
}

// kill ends the process as a power cut would.
func (r *replica) kill() { r.end(syscall.SIGKILL) }

// end sends a signal and returns how long the process took to end.
func (r *replica) end(s syscall.Signal) time.Duration {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.cmd == nil {
		return 0
	}
	began := time.Now()
	_ = r.cmd.Process.Signal(s)
	_ = r.cmd.Wait()
	r.cmd = nil
	return time.Since(began)
}

// doors is what stands before several replicas: it passes a call of the webhook to one that listens.
type doors struct {
	server *httptest.Server
	mu     sync.Mutex
	addrs  []string
	turn   int
}

func newDoors(t *testing.T) *doors {
	d := &doors{}
	transport := &http.Transport{MaxIdleConnsPerHost: 100}
	d.server = httptest.NewServer(&httputil.ReverseProxy{
		Rewrite:      func(r *httputil.ProxyRequest) { r.Out.URL.Scheme, r.Out.URL.Host = "http", d.next() },
		Transport:    transport,
		ErrorHandler: func(w http.ResponseWriter, _ *http.Request, _ error) { w.WriteHeader(http.StatusBadGateway) },
	})
	t.Cleanup(func() { d.server.Close(); transport.CloseIdleConnections() })
	return d
}

func (d *doors) url() string { return d.server.URL + "/hook" }

func (d *doors) add(addr string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.addrs = append(d.addrs, addr)
}

func (d *doors) next() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.turn++
	return d.addrs[d.turn%len(d.addrs)]
}

// proxy stands between refbot and Redis and cuts connections.
type proxy struct {
	l  net.Listener
	mu sync.Mutex
	on map[net.Conn]struct{}
}

func newProxy(t *testing.T, to string) *proxy {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &proxy{l: l, on: map[net.Conn]struct{}{}}
	t.Cleanup(func() { _ = l.Close(); p.cut() })
	go func() {
		for {
			from, err := l.Accept()
			if err != nil {
				return
			}
			go p.pass(from, to)
		}
	}()
	return p
}

func (p *proxy) addr() string { return p.l.Addr().String() }

func (p *proxy) pass(from net.Conn, to string) {
	defer from.Close()
	var d net.Dialer
	there, err := d.DialContext(context.Background(), "tcp", to)
	if err != nil {
		return
	}
	defer there.Close()
	p.mu.Lock()
	p.on[from] = struct{}{}
	p.mu.Unlock()
	go func() { _, _ = io.Copy(there, from); _ = there.Close() }()
	_, _ = io.Copy(from, there)
	p.mu.Lock()
	delete(p.on, from)
	p.mu.Unlock()
}

// cut ends all connections in the middle of whatever they carry.
func (p *proxy) cut() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for c := range p.on {
		_ = c.Close()
	}
}
