package telegram

import (
	"context"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// crossing has many pass the gate, each for as long as the way takes with so many inside, and returns the
// bound it settles at.
func crossing(t *testing.T, g *gate, crowd int, way func(inside int) time.Duration) int {
	t.Helper()
	var all sync.WaitGroup
	for range crowd {
		all.Go(func() {
			for range 400 {
				ctx, p := g.through(t.Context())
				if err := enterGate(ctx); err != nil {
					t.Error(err)
				}
				g.mu.Lock()
				inside := g.inside
				g.mu.Unlock()
				if inside > g.most {
					t.Errorf("%d inside", inside)
				}
				time.Sleep(way(inside))
				p.end()
			}
		})
	}
	all.Wait()
	if g.inside != 0 || len(g.waiting) != 0 {
		t.Errorf("%d inside and %d waiting at the end", g.inside, len(g.waiting))
	}
	return g.bound
}

func TestGateRisesWhereTheNetworkIsFar(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		if bound := crossing(t, newGate(64), 64, func(int) time.Duration { return 50 * time.Millisecond }); bound != 64 {
			t.Errorf("the bound is %d", bound)
		}
	})
}

func TestGateFallsWhereMoreOnlyQueue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newGate(64)
		g.bound = 64
		if bound := crossing(t, g, 64, func(inside int) time.Duration { return time.Duration(inside) * time.Millisecond }); bound > 6 {
			t.Errorf("the bound is %d", bound)
		}
	})
}

func TestGateIsLeftByWhoGivesUp(t *testing.T) {
	g := newGate(8)
	g.bound, g.inside = 2, 2
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := g.enter(ctx); err == nil || len(g.waiting) != 0 {
		t.Errorf("entered a full gate, or still waits: %v", err)
	}
	g.leave(0)
	if err := g.enter(t.Context()); err != nil || g.inside != 2 {
		t.Errorf("%d inside, %v", g.inside, err)
	}
	with, p := g.through(t.Context())
	p.inside = true
	stepOut(with)
	p.end()
	if g.inside != 1 {
		t.Errorf("%d inside after stepping out", g.inside)
	}
}

// TestGateWidensForACrowdThatLasts: slowly, no further than it should, and not for long.
func TestGateWidensForACrowdThatLasts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newGate(2 * gateWide)
		slow := func(inside int) time.Duration { return time.Duration(inside) * 400 * time.Microsecond }
		crossing(t, g, 2*gateWide, func(inside int) time.Duration {
			g.mu.Lock()
			defer g.mu.Unlock()
			if room := g.room(); g.crowded < gateStep && room > 6 || room > gateWide {
				t.Errorf("room for %d after a crowd of %v", room, g.crowded)
			}
			return slow(inside)
		})
		if room := g.room(); room != gateWide {
			t.Errorf("room for %d at the end", room)
		}
		time.Sleep(gateLong)
		if err := g.enter(t.Context()); err != nil || g.room() > 6 {
			t.Errorf("room for %d after a rest", g.room())
		}
		g.leave(0)
	})
}
