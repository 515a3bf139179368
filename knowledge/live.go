package knowledge

import "sync/atomic"

// Live holds the engine in use. New versions of the knowledge swap it while questions are being
// answered: each question is answered by the engine it began with.
type Live struct{ engine atomic.Pointer[Engine] }

// NewLive returns a Live that holds e.
func NewLive(e *Engine) *Live {
	l := &Live{}
	l.engine.Store(e)
	return l
}

// Load returns the engine in use.
func (l *Live) Load() *Engine { return l.engine.Load() }

// Swap puts a new engine in use and returns the one it replaces.
func (l *Live) Swap(e *Engine) *Engine { return l.engine.Swap(e) }
