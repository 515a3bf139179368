package simulator

import (
	"sync"
	"sync/atomic"
	"time"
)

// maxRefusals bounds what is remembered of refused calls; the counters go on.
const maxRefusals = 10_000

// Refusal is a Bot API call that was refused. Faults set by a test are none: the bot did nothing wrong there.
type Refusal struct {
	Method      string    `json:"method"`
	Chat        int64     `json:"chat,omitempty"`
	Code        int       `json:"error_code"`
	Description string    `json:"description"`
	At          time.Time `json:"at"`
}

// records counts calls and keeps refusals.
type records struct {
	calls [64]struct{ called, done atomic.Int64 }

	mu       sync.Mutex
	refusals []Refusal
	dropped  int
}

func (r *records) called(m *method) { r.calls[m.stats].called.Add(1) }
func (r *records) done(m *method)   { r.calls[m.stats].done.Add(1) }

func (r *records) refused(refusal Refusal) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.refusals) == maxRefusals {
		r.dropped++
		return
	}
	r.refusals = append(r.refusals, refusal)
}

// Refusals are the calls that were refused so far, oldest first, the first 10,000 of them.
func (s *Server) Refusals() []Refusal {
	s.records.mu.Lock()
	defer s.records.mu.Unlock()
	return append([]Refusal(nil), s.records.refusals...)
}

// RefusalCount is how many calls were refused so far.
func (s *Server) RefusalCount() int {
	s.records.mu.Lock()
	defer s.records.mu.Unlock()
	return len(s.records.refusals) + s.records.dropped
}

// ClearRefusals forgets the refusals so far, for a test that provokes some on purpose.
func (s *Server) ClearRefusals() {
	s.records.mu.Lock()
	defer s.records.mu.Unlock()
	s.records.refusals, s.records.dropped = nil, 0
}

// Calls counts the calls that reached a method, by method name.
func (s *Server) Calls() map[string]int64 {
	return s.counters(func(m *method) int64 { return s.records.calls[m.stats].called.Load() })
}

// Sent counts the calls that a method carried out, by method name, whether or not the answer reached the bot.
func (s *Server) Sent() map[string]int64 {
	return s.counters(func(m *method) int64 { return s.records.calls[m.stats].done.Load() })
}

func (s *Server) counters(read func(*method) int64) map[string]int64 {
	counts := map[string]int64{}
	for _, m := range methods {
		if n := read(m); n > 0 {
			counts[m.name] = n
		}
	}
	return counts
}
