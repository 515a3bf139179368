package broadcast_test

import (
	"context"
	"encoding/json"
	"slices"
	"sync"
	"time"

	"refbot/bot"
	"refbot/bot/broadcast"
	"refbot/knowledge/language"
)

// memory is a store of broadcasts, of an audience and of ledgers, in memory.
type memory struct {
	broadcast.Ledger // what the desk does not use

	mu      sync.Mutex
	saved   map[broadcast.ID][]byte
	people  []broadcast.Subscriber
	lines   map[broadcast.ID][]broadcast.Line
	presses map[broadcast.ID][2]int
	before  func() // runs before a Save, once
}

func newMemory() *memory {
	return &memory{saved: map[broadcast.ID][]byte{}, lines: map[broadcast.ID][]broadcast.Line{}, presses: map[broadcast.ID][2]int{}}
}

func (m *memory) load(id broadcast.ID) (*broadcast.Broadcast, error) {
	raw, ok := m.saved[id]
	if !ok {
		return nil, broadcast.ErrUnknown
	}
	b := &broadcast.Broadcast{}
	return b, json.Unmarshal(raw, b)
}

func (m *memory) Load(_ context.Context, id broadcast.ID) (*broadcast.Broadcast, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.load(id)
}

func (m *memory) Save(_ context.Context, b *broadcast.Broadcast) error {
	if f := m.before; f != nil {
		m.before = nil
		f()
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	var version int64
	if old, err := m.load(b.ID); err == nil {
		version = old.Version
	}
	if version != b.Version {
		return broadcast.ErrConflict
	}
	b.Version++
	raw, err := json.Marshal(b)
	m.saved[b.ID] = raw
	return err
}

func (m *memory) List(_ context.Context, _ string, n int) ([]*broadcast.Broadcast, string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var all []*broadcast.Broadcast
	for id := range m.saved {
		b, err := m.load(id)
		if err != nil {
			return nil, "", err
		}
		all = append(all, b)
	}
	slices.SortFunc(all, func(a, b *broadcast.Broadcast) int { return b.Created.Compare(a.Created) })
	return all[:min(n, len(all))], "", nil
}

func (m *memory) Active(ctx context.Context) ([]*broadcast.Broadcast, error) {
	all, _, err := m.List(ctx, "", 1000)
	return slices.DeleteFunc(all, func(b *broadcast.Broadcast) bool {
		return b.State != broadcast.Scheduled && b.State != broadcast.Sending && b.State != broadcast.Paused
	}), err
}

func (m *memory) Put(_ context.Context, s broadcast.Subscriber) error {
	m.people = append(m.people, s)
	return nil
}

func (m *memory) Remove(context.Context, int64) error { return nil }

func (m *memory) Count(_ context.Context, s broadcast.Segment, _ func(done, total int)) (map[language.Code]int, error) {
	counts := map[language.Code]int{}
	for _, p := range m.people {
		if s.Includes(p) {
			counts[p.Language]++
		}
	}
	return counts, nil
}

func (m *memory) Tally(_ context.Context, id broadcast.ID) (broadcast.Tally, error) {
	var t broadcast.Tally
	for _, l := range m.lines[id] {
		switch l.Outcome {
		case broadcast.Sent:
			t.Sent++
		case broadcast.Unknown:
			t.Unknown++
		case broadcast.Unreachable:
			t.Unreachable++
		case broadcast.Failed:
			t.Failed++
		default:
			t.Queued++
		}
	}
	return t, nil
}

func (m *memory) Each(_ context.Context, id broadcast.ID, visit func(broadcast.Line) error) error {
	for _, l := range m.lines[id] {
		if err := visit(l); err != nil {
			return err
		}
	}
	return nil
}

func (m *memory) Requeue(_ context.Context, id broadcast.ID) (int, error) {
	n := 0
	for i := range m.lines[id] {
		if l := &m.lines[id][i]; l.Outcome == broadcast.Unknown {
			l.Outcome = broadcast.Queued
			n++
		}
	}
	return n, nil
}

func (m *memory) Press(_ context.Context, id broadcast.ID, f bot.Feedback) error {
	p := m.presses[id]
	if f == bot.Helpful {
		p[0]++
	} else {
		p[1]++
	}
	m.presses[id] = p
	return nil
}

func (m *memory) Presses(_ context.Context, id broadcast.ID) (up, down int, err error) {
	return m.presses[id][0], m.presses[id][1], nil
}

// noon is a day on which nothing is the matter.
var noon = time.Date(2026, 3, 2, 7, 0, 0, 0, time.UTC)
