package simulator

import (
	"errors"
	"io"
	"math/rand/v2"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// The kinds of a [Fault].
const (
	FaultServerError = "5xx"        // 500 with Telegram's JSON
	FaultBadGateway  = "html502"    // 502 with a proxy's HTML page
	FaultDelay       = "delay"      // the method runs later
	FaultCutBefore   = "cut_before" // the connection is cut before the method ran
	FaultCutAfter    = "cut_after"  // the connection is cut after the method ran: the bot cannot know
	FaultFlood       = "429"        // Too Many Requests
	FaultMigrate     = "migrate"    // the group becomes a supergroup, and the call is refused for it
)

var faultKinds = []string{
	FaultServerError, FaultBadGateway, FaultDelay, FaultCutBefore, FaultCutAfter, FaultFlood, FaultMigrate,
}

// Fault is something that goes wrong with some Bot API calls.
type Fault struct {
	Method      string        `json:"method"`         // of the Bot API; "" or "*" for all
	Kind        string        `json:"kind"`           // one of the Fault constants
	Chat        int64         `json:"chat,omitempty"` // 0: any
	Probability float64       `json:"probability"`    // 0: always
	Count       int           `json:"count"`          // how often it strikes; 0: once, or without end when it has a probability
	Delay       time.Duration `json:"-"`              // of FaultDelay; 0: one second
	RetryAfter  int           `json:"retry_after"`    // seconds, of FaultFlood; 0: one
}

// faults are the faults that are set, and the dice for those with a probability.
type faults struct {
	any   atomic.Bool // spares the lock while none is set
	mu    sync.Mutex
	dice  *rand.Rand
	list  []*Fault
	fired map[string]int
}

func (f *faults) seed(seed uint64) { f.dice = rand.New(rand.NewPCG(seed, seed)) }

var errFault = errors.New("a fault needs a known kind, and a probability between 0 and 1")

// AddFault sets a fault beside those already set.
func (s *Server) AddFault(f Fault) error {
	if !slices.Contains(faultKinds, f.Kind) || f.Probability < 0 || f.Probability > 1 || f.Count < 0 {
		return errFault
	}
	if f.Count == 0 && f.Probability == 0 {
		f.Count = 1
	}
	if f.Delay <= 0 {
		f.Delay = time.Second
	}
	f.RetryAfter = max(f.RetryAfter, 1)
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	s.faults.list = append(s.faults.list, &f)
	s.faults.any.Store(true)
	return nil
}

// ClearFaults removes all faults.
func (s *Server) ClearFaults() {
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	s.faults.list = nil
	s.faults.any.Store(false)
}

// Faults counts how often faults struck, by kind.
func (s *Server) Faults() map[string]int {
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	counts := make(map[string]int, len(s.faults.fired))
	for kind, n := range s.faults.fired {
		counts[kind] = n
	}
	return counts
}

// pick finds the fault that strikes a call, or nil, and books it.
func (f *faults) pick(method string, chat int64) *Fault {
	if !f.any.Load() {
		return nil
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	for i, fault := range f.list {
		if (fault.Method != "" && fault.Method != "*" && fault.Method != method) || (fault.Chat != 0 && fault.Chat != chat) {
			continue
		}
		if fault.Probability > 0 && f.dice.Float64() >= fault.Probability {
			continue
		}
		if fault.Count > 0 {
			if fault.Count--; fault.Count == 0 {
				f.list = slices.Delete(f.list, i, i+1)
				f.any.Store(len(f.list) > 0)
			}
		}
		if f.fired == nil {
			f.fired = map[string]int{}
		}
		f.fired[fault.Kind]++
		struck := *fault
		return &struck
	}
	return nil
}

// strikeBefore lets a fault happen that comes before the method; it says whether the call is over.
func (s *Server) strikeBefore(w http.ResponseWriter, c *call, f *Fault) (over bool) {
	switch f.Kind {
	case FaultServerError:
		writeError(w, errServer)
	case FaultBadGateway:
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(http.StatusBadGateway)
		_, _ = io.WriteString(w, "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx/1.18.0</center>\r\n</body>\r\n</html>\r\n")
	case FaultFlood:
		writeError(w, tooManyRequests(f.RetryAfter))
	case FaultCutBefore:
		cut()
	case FaultDelay:
		select {
		case <-time.After(f.Delay):
		case <-c.ctx.Done():
			return true
		}
		return false
	case FaultMigrate:
		return s.strikeMigrate(w, c)
	case FaultCutAfter:
		return false
	}
	return true
}

// strikeMigrate upgrades the group a call writes to. Private chats and supergroups stay what they are.
func (s *Server) strikeMigrate(w http.ResponseWriter, c *call) (over bool) {
	to, err := s.target(c.str("chat_id"))
	if err != nil {
		return false
	}
	id, err := s.MigrateGroup(to.id)
	if err != nil {
		return false
	}
	writeError(w, migrated(id))
	return true
}

// cut closes the connection without an answer.
func cut() { panic(http.ErrAbortHandler) }
