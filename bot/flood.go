package bot

import (
	"sync"
	"time"
)

// Patience says how much one person may ask for before it counts as a flood. The zero value sets no bounds.
type Patience struct {
	Burst int           // events at once; a person at a keyboard stays far below the default
	Every time.Duration // in which one more is granted
	Calm  time.Duration // of silence that ends a flood
}

// DefaultPatience is generous: it stops machines and stuck keys, not people in a hurry.
func DefaultPatience() Patience {
	return Patience{Burst: 30, Every: 2 * time.Second, Calm: 10 * time.Second}
}

// maxWatched bounds how many people a Guard remembers, twice over: those of the current spell and
// those of the one before. Forgetting somebody forgives them.
const maxWatched = 50_000

// Guard tells floods from conversations. It lives in memory, so that ignoring a flood costs nothing;
// each replica judges what it sees. The zero value with a Patience is ready.
type Guard struct {
	Patience Patience

	mu          sync.Mutex
	now, before map[int64]*watched
}

// watched is one person's recent behaviour.
type watched struct {
	full  time.Time // when the whole burst is available again (generic cell rate algorithm)
	last  time.Time
	flood bool
}

// ruling is what a Guard makes of an event.
type ruling uint8

const (
	fine   ruling = iota
	warn          // the flood begins: say so, once
	ignore        // it goes on
)

// judge books an event of a person at the time they did it, so that what piled up while the bot was
// away is no flood.
func (g *Guard) judge(person int64, at time.Time) ruling {
	if g == nil || g.Patience.Burst <= 0 {
		return fine
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	w := g.watch(person)
	calm := at.Sub(w.last) >= g.Patience.Calm
	at = latest(w.last, at) // an edit carries the time of the first writing
	w.last = at
	if w.flood && !calm {
		return ignore
	}
	if w.flood {
		w.flood, w.full = false, time.Time{}
	}
	w.full = latest(w.full, at).Add(g.Patience.Every)
	if w.full.Sub(at) <= time.Duration(g.Patience.Burst)*g.Patience.Every {
		return fine
	}
	w.flood = true
	return warn
}

// watch finds a person, or begins to watch them. The caller holds the lock.
func (g *Guard) watch(person int64) *watched {
	if w := g.now[person]; w != nil {
		return w
	}
	if g.now == nil || len(g.now) >= maxWatched {
		g.before, g.now = g.now, map[int64]*watched{}
	}
	w := g.before[person]
	if w == nil {
		w = &watched{}
	}
	g.now[person] = w
	return w
}
