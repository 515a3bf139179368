package bot

import (
	"sync"
	"time"
)

// Breaker leaves a server alone that fails repeatedly. After Limit failures in a row, or one that will not mend
// by itself, it is open for Pause; then one call may try. A nil Breaker is always closed.
type Breaker struct {
	Limit int           // 4 where it is not set
	Pause time.Duration // 30 s where it is not set
	Now   func() time.Time

	mu       sync.Mutex
	failures int
	until    time.Time // open until then
	trying   bool      // one call is out to see whether the server is back
}

const (
	breakerLimit = 4
	breakerPause = 30 * time.Second
)

func (b *Breaker) now() time.Time {
	if b.Now != nil {
		return b.Now()
	}
	return time.Now()
}

// Allow reports whether a call may go out; what it came to is told by Succeed, Fail or Cancel.
func (b *Breaker) Allow() bool {
	if b == nil {
		return true
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.until.IsZero() {
		return true
	}
	if b.trying || b.now().Before(b.until) {
		return false
	}
	b.trying = true
	return true
}

// Succeed closes the breaker.
func (b *Breaker) Succeed() {
	if b == nil {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.failures, b.until, b.trying = 0, time.Time{}, false
}

// Cancel says that the call was not made.
func (b *Breaker) Cancel() {
	if b == nil {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.trying = false
}

// Fail counts a failure; lasting is one that repeating does not mend. It reports whether the breaker opened
// just now, from closed: staff are told then.
func (b *Breaker) Fail(lasting bool) (opened bool) {
	if b == nil {
		return lasting
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	closed := b.until.IsZero()
	b.failures++
	limit, pause := b.Limit, b.Pause
	if limit <= 0 {
		limit = breakerLimit
	}
	if pause <= 0 {
		pause = breakerPause
	}
	b.trying = false
	if !lasting && b.failures < limit {
		return false
	}
	b.until = b.now().Add(pause)
	return closed
}
