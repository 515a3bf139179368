// Package recent remembers what pure functions of single words returned. People ask about the same things
// in the same words: most words of a question were in an earlier one.
package recent

import (
	"strings"
	"sync"
)

// Words holds values by word, at least the limit/2 words seen last and at most limit of them. Values are
// shared between callers, who must not change them. It is safe for concurrent use.
type Words[V any] struct {
	mu         sync.RWMutex
	half       int
	young, old map[string]V // old is what young was when it last filled up
}

// New returns an empty memory of at most limit words, two or more.
func New[V any](limit int) *Words[V] { return &Words[V]{half: max(limit/2, 1)} }

// Get returns the value of a word, and whether it is remembered.
func (w *Words[V]) Get(word string) (V, bool) {
	w.mu.RLock()
	v, ok := w.young[word]
	if ok {
		w.mu.RUnlock()
		return v, true
	}
	v, ok = w.old[word]
	w.mu.RUnlock()
	if ok {
		w.Put(word, v)
	}
	return v, ok
}

// Put remembers the value of a word, and forgets those not asked for in a long time.
func (w *Words[V]) Put(word string, v V) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.young == nil || len(w.young) >= w.half {
		w.young, w.old = map[string]V{}, w.young
	}
	w.young[strings.Clone(word)] = v // a word is often a piece of a long text
}
