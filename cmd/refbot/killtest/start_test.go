package killtest

import (
	"net"
	"net/http"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"refbot/handlers/simulator"
)

// TestTakeOver: of two replicas that poll, whichever dies, people are answered within ten seconds.
func TestTakeOver(t *testing.T) {
	t.Parallel()
	w := newTown(t, scenario{name: "take-over"})
	replicas := []*replica{w.replica(), w.replica()}
	for _, r := range replicas {
		r.start()
	}
	for _, victim := range replicas {
		victim.kill()
		p := w.sim.AddPerson(simulator.Person{FirstName: "x", LanguageCode: "ru"})
		began := time.Now()
		if _, err := w.sim.Send(p.ID, p.ID, questions["ru"][0]); err != nil {
			t.Fatal(err)
		}
		if _, err := w.sim.WaitReply(t.Context(), p.ID, 0); err != nil {
			t.Fatal(err)
		}
		t.Logf("answered %v after a replica was killed", time.Since(began).Round(time.Millisecond))
		if took := time.Since(began); took > 10*time.Second {
			t.Errorf("it took %v", took)
		}
		victim.start()
	}
}

// TestStartsWithoutRedis: refbot waits for Redis, says so in its log and at /readyz, and serves once Redis
// is there. When Redis goes away, /readyz tells, and when it is back, too.
func TestStartsWithoutRedis(t *testing.T) {
	t.Parallel()
	w := newTown(t, scenario{name: "no Redis"})
	w.redis.Kill()
	r := w.replica()
	ready := make(chan struct{})
	go func() { r.start(); close(ready) }()
	w.until("it says what it waits for", func() bool { return strings.Contains(w.tail(), "waiting for Redis") })
	w.until("/readyz says no", func() bool { return r.status(t, "/readyz") == http.StatusServiceUnavailable })
	if code := r.status(t, "/healthz"); code != http.StatusOK {
		t.Errorf("/healthz answers %d", code)
	}
	w.redis.Start()
	<-ready
	w.redis.Kill()
	w.until("/readyz says no again", func() bool { return r.status(t, "/readyz") == http.StatusServiceUnavailable })
	w.redis.Start()
	w.until("/readyz says yes again", r.ready)
	if took := r.end(syscall.SIGTERM); took > 15*time.Second {
		t.Errorf("stopping took %v", took)
	}
}

// TestStopsWhileWaiting: who waits for Redis can be stopped.
func TestStopsWhileWaiting(t *testing.T) {
	t.Parallel()
	w := newTown(t, scenario{name: "stop early"})
	w.redis.Kill()
	r := w.replica()
	go r.start()
	w.until("it waits", func() bool { return strings.Contains(w.tail(), "waiting for Redis") })
	if took := r.end(syscall.SIGTERM); took > 10*time.Second {
		t.Errorf("stopping took %v", took)
	}
}

// TestSecondSignalEndsAtOnce: a reply that takes its time holds up the first signal, not the second.
func TestSecondSignalEndsAtOnce(t *testing.T) {
	t.Parallel()
	w := newTown(t, scenario{name: "second signal"})
	r := w.replica()
	r.start()
	if err := w.sim.AddFault(simulator.Fault{Method: "sendMessage", Kind: simulator.FaultDelay, Delay: time.Minute}); err != nil {
		t.Fatal(err)
	}
	p := w.sim.AddPerson(simulator.Person{FirstName: "x", LanguageCode: "ru"})
	if _, err := w.sim.Send(p.ID, p.ID, questions["ru"][0]); err != nil {
		t.Fatal(err)
	}
	w.until("it sends", func() bool { return w.sim.Faults()[simulator.FaultDelay] == 1 })
	_ = r.cmd.Process.Signal(os.Interrupt)
	w.until("it is about to stop", func() bool { return strings.Contains(w.tail(), "msg=stopping") })
	if took := r.end(syscall.SIGINT); took > 3*time.Second {
		t.Errorf("stopping took %v after the second signal", took)
	}
}

// until waits for something, for a minute at most.
func (w *town) until(what string, holds func() bool) {
	w.t.Helper()
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		if holds() {
			return
		}
	}
	w.t.Fatalf("%s: never\n%s", what, w.tail())
}

// status asks a replica for a page; 0 while nobody listens.
func (r *replica) status(t *testing.T, page string) int {
	t.Helper()
	c, err := net.Dial("tcp", r.addr)
	if err != nil {
		return 0
	}
	_ = c.Close()
	resp, err := http.Get("http://" + r.addr + page)
	if err != nil {
		return 0
	}
	_ = resp.Body.Close()
	return resp.StatusCode
}
