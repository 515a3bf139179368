package simulator

import (
	"encoding/json"
	"sync"
	"sync/atomic"
)

const (
	eventsKept   = 2048 // for clients that come back with Last-Event-ID
	eventsBuffer = 512  // of one subscriber; who is slower is cut off and comes back
)

// Event is something a chat page shows.
type Event struct {
	ID   int64
	Type string // message, edit, delete, typing, callback, reaction, draft, inline, commands, people
	Data json.RawMessage
	chat int64 // whose members see it; 0: not bound to a chat
	to   int64 // the only person who sees it; 0: everybody
}

// hub hands events to the pages. It does nothing until the first page subscribes.
type hub struct {
	on   atomic.Bool
	mu   sync.Mutex
	last int64
	kept []Event
	subs map[chan Event]struct{}
}

// publish makes an event. build runs only when somebody has ever listened, before publish returns.
func (h *hub) publish(kind string, chat, to int64, build func() any) {
	if !h.on.Load() {
		return
	}
	data, err := json.Marshal(build())
	if err != nil {
		return // every payload is one of this package's own types
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.last++
	e := Event{ID: h.last, Type: kind, Data: data, chat: chat, to: to}
	if len(h.kept) == eventsKept {
		h.kept = append(h.kept[:0], h.kept[eventsKept/2:]...)
	}
	h.kept = append(h.kept, e)
	for sub := range h.subs {
		select {
		case sub <- e:
		default:
			delete(h.subs, sub)
			close(sub)
		}
	}
}

// subscribe returns the kept events after an id, and a channel of those to come. The channel is closed for a subscriber
// who is too slow.
func (h *hub) subscribe(after int64) (missed []Event, sub chan Event) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.on.Store(true)
	if h.subs == nil {
		h.subs = map[chan Event]struct{}{}
	}
	sub = make(chan Event, eventsBuffer)
	h.subs[sub] = struct{}{}
	if after > 0 {
		for _, e := range h.kept {
			if e.ID > after {
				missed = append(missed, e)
			}
		}
	}
	return missed, sub
}

func (h *hub) unsubscribe(sub chan Event) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if _, ok := h.subs[sub]; ok {
		delete(h.subs, sub)
		close(sub)
	}
}

// sees says whether a person sees an event; person 0 sees all.
func (s *Server) sees(person int64, e Event) bool {
	switch {
	case person == 0:
		return true
	case e.to != 0:
		return e.to == person
	case e.chat != 0:
		return s.isMember(e.chat, person)
	}
	return true
}
