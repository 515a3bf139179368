package broadcast

import (
	"context"
	"log/slog"
	"sync"
	"time"
)

// scribe writes the ledger for many senders: what they note while a writing is on its way goes into the next
// one, in the order it was noted.
type scribe struct {
	ledger Ledger
	lease  time.Duration
	log    *slog.Logger

	mu     sync.Mutex
	notes  []note
	closed bool
	wake   chan struct{}
	done   chan struct{}
}

// note is what a sender has noted.
type note struct {
	mark    Mark
	batch   *claimed
	written chan bool // buffered; hears whether the mark was taken; nil where nobody waits
}

const (
	scribeFirst = 50 * time.Millisecond // the pause after a writing that failed; twice as long after each further one
	scribeMost  = time.Second
	// linger is how long notes are gathered: much less than a message is under way, and enough for the notes of
	// several to go together where thousands are sent a second.
	linger = 500 * time.Microsecond
	// scribePatience is how long a writing is tried when sending has ended.
	scribePatience = 5 * time.Second
)

func newScribe(l Ledger, lease time.Duration, log *slog.Logger) *scribe {
	s := &scribe{ledger: l, lease: lease, log: log, wake: make(chan struct{}, 1), done: make(chan struct{})}
	go s.run()
	return s
}

// note takes a note, to be written soon.
func (s *scribe) note(n note) {
	s.mu.Lock()
	s.notes = append(s.notes, n)
	s.mu.Unlock()
	s.ring()
}

func (s *scribe) ring() {
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// begin writes that a line is about to be sent; false when it must not be.
func (s *scribe) begin(it item) bool {
	written := make(chan bool, 1)
	s.note(note{it.mark(Begun, 0), it.batch, written})
	return <-written
}

// close returns when everything is written, or cannot be.
func (s *scribe) close() {
	s.mu.Lock()
	s.closed = true
	s.mu.Unlock()
	s.ring()
	<-s.done
}

func (s *scribe) run() {
	defer close(s.done)
	for {
		<-s.wake
		time.Sleep(linger)
		s.mu.Lock()
		notes, closed := s.notes, s.closed
		s.notes = nil
		s.mu.Unlock()
		if len(notes) > 0 {
			s.write(notes)
		}
		if closed {
			return
		}
	}
}

// write writes notes until that succeeds. While it does not, nobody may begin, so nothing is sent that could
// not be written down. Once closed it gives up after a while: what was begun is unknown then.
func (s *scribe) write(notes []note) {
	marks := make([]Mark, len(notes))
	for i, n := range notes {
		marks[i] = n.mark
	}
	var deadline time.Time
	for pause := scribeFirst; ; pause = min(2*pause, scribeMost) {
		ctx, cancel := context.WithTimeout(context.Background(), askPatience)
		err := s.ledger.Write(ctx, marks, s.lease)
		cancel()
		if err == nil {
			break
		}
		s.log.Warn("the ledger can't be written, sending waits", "error", err)
		if s.closing() && deadline.IsZero() {
			deadline = time.Now().Add(scribePatience)
		}
		if !deadline.IsZero() && time.Now().After(deadline) {
			for i := range marks {
				marks[i].Refused = true
			}
			break
		}
		time.Sleep(pause)
	}
	for i, n := range notes {
		if marks[i].Refused && marks[i].Outcome != Sent {
			n.batch.lost.Store(true)
		}
		if n.written != nil {
			n.written <- !marks[i].Refused
		}
	}
}

func (s *scribe) closing() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.closed
}
