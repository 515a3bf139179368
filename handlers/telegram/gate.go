package telegram

import (
	"context"
	"sync"
	"time"

	"refbot/bot"
)

// gate bounds how many replies are between being sent and being recorded: those, and no others, are
// repeated after a crash. It lets as many through as the network keeps busy and no more. Where a passage
// takes several times as long as the quickest of late, more at once only queue up (the idea of TCP
// Vegas), so the bound falls; where it does not and some wait, the bound rises. With Telegram 50 ms away
// it ends up high, on a busy machine low. While Redis does not answer nothing is recorded, and after the
// few that are in the gate nothing is sent.
//
// A crowd that lasts widens the gate beyond that, up to gateWide: replies that are recorded together share
// what recording costs, and where people have to wait, throughput matters more than that few replies are
// repeated after a crash.
type gate struct {
	most int // the bound never rises above it

	mu      sync.Mutex
	bound   int
	inside  int
	waiting []chan struct{}
	quick   time.Duration // the quickest passage of this spell and of the last one
	last    time.Duration
	spell   time.Time     // when this spell began
	usual   time.Duration // moving average
	judged  time.Time     // when the bound was last set
	crowded time.Duration // how long somebody has waited, less how long nobody has; 0 to gateLong
	counted time.Time     // when crowded was last set
}

const (
	gateLeast = 2
	gateSpell = 30 * time.Second
	// Every gateStep of a crowd doubles the gate, until it has gateWide.
	gateWide = 64
	gateStep = 250 * time.Millisecond
	gateLong = 6 * gateStep
	// A passage of gateSlow times the quickest shows a queue, below gateFast there is none.
	gateSlow, gateFast = 4, 2
)

func newGate(most int) *gate { return &gate{most: max(most, gateLeast), bound: gateLeast} }

// enter waits for its turn.
func (g *gate) enter(ctx context.Context) error {
	g.mu.Lock()
	g.count(time.Now())
	if g.inside < g.room() {
		g.inside++
		g.mu.Unlock()
		return nil
	}
	turn := make(chan struct{})
	g.waiting = append(g.waiting, turn)
	g.mu.Unlock()
	select {
	case <-turn:
		return nil
	case <-ctx.Done():
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	for i, w := range g.waiting {
		if w == turn {
			g.waiting = append(g.waiting[:i], g.waiting[i+1:]...)
			return ctx.Err()
		}
	}
	g.inside-- // its turn came at the same moment
	g.admit()
	return ctx.Err()
}

// leave ends a passage; took is 0 for one that tells nothing about how busy the way is.
func (g *gate) leave(took time.Duration) {
	g.mu.Lock()
	defer g.mu.Unlock()
	now := time.Now()
	g.count(now)
	g.inside--
	if took > 0 {
		g.judge(took, now)
	}
	g.admit()
}

// count counts the time since it was last called as crowded or not. The caller holds the lock.
func (g *gate) count(now time.Time) {
	elapsed := now.Sub(g.counted)
	if len(g.waiting) == 0 {
		elapsed = -elapsed
	}
	g.crowded = min(max(0, g.crowded+elapsed), gateLong)
	g.counted = now
}

// room is how many may be inside. The caller holds the lock.
func (g *gate) room() int {
	return min(g.most, max(g.bound, min(gateLeast<<int(g.crowded/gateStep), gateWide)))
}

// admit lets in who may enter. The caller holds the lock.
func (g *gate) admit() {
	for len(g.waiting) > 0 && g.inside < g.room() {
		close(g.waiting[0])
		g.waiting = g.waiting[1:]
		g.inside++
	}
}

// judge learns from a passage, and sets the bound once in as long as a passage takes. The caller holds the
// lock.
func (g *gate) judge(took time.Duration, now time.Time) {
	if now.Sub(g.spell) > gateSpell {
		g.last, g.quick, g.spell = g.quick, took, now
	}
	g.quick = min(g.quick, took)
	g.usual += (took - g.usual) / 8
	if now.Sub(g.judged) < g.usual {
		return
	}
	g.judged = now
	quickest := g.quick
	if g.last > 0 {
		quickest = min(quickest, g.last)
	}
	switch {
	case g.usual > gateSlow*quickest:
		g.bound = max(g.bound-1, gateLeast)
	case g.usual < gateFast*quickest && len(g.waiting) > 0:
		g.bound = min(g.bound+1, g.most)
	}
}

// passage is one update's way through the gate, carried in the context of its handling.
type passage struct {
	gate   *gate
	since  time.Time
	inside bool
	slow   bool // it waited for something on the way
}

type passageKey struct{}

// through returns a context whose messages pass the gate, and the passage to end once they are recorded.
func (g *gate) through(ctx context.Context) (context.Context, *passage) {
	p := &passage{gate: g}
	return context.WithValue(ctx, passageKey{}, p), p
}

// enterGate is called before a message is sent. Without a gate in the context it does nothing.
func enterGate(ctx context.Context) error {
	p, ok := ctx.Value(passageKey{}).(*passage)
	if !ok || p.inside {
		return nil
	}
	if err := p.gate.enter(ctx); err != nil {
		return &bot.Error{Op: "wait to send", Kind: bot.Unavailable, Err: err}
	}
	p.inside, p.since = true, time.Now()
	return nil
}

// stepOut gives the place to others while a message has to wait.
func stepOut(ctx context.Context) {
	if p, ok := ctx.Value(passageKey{}).(*passage); ok && p.inside {
		p.inside, p.slow = false, true
		p.gate.leave(0)
	}
}

// end ends the passage.
func (p *passage) end() {
	if !p.inside {
		return
	}
	p.inside = false
	took := time.Since(p.since)
	if p.slow {
		took = 0
	}
	p.gate.leave(took)
}
