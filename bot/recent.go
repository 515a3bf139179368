package bot

import (
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"refbot/knowledge"
)

// Recent remembers what was found for the questions of this minute: in a crowd many ask the same
// thing in the same words, and a search costs more than all the rest of a reply. The answer is the one a search
// would give, up to the clock of the statements' validity, which is read once a minute. It holds at most
// 2,048 questions of at most 300 bytes, in memory alone. The zero value is ready, a nil one remembers nothing.
type Recent struct {
	mu     sync.Mutex
	engine *knowledge.Engine
	minute int64
	found  map[string]knowledge.Answer

	hits atomic.Int64
}

const (
	maxRecent      = 2048
	maxRecentBytes = 300
)

// Hits is how many questions needed no search.
func (r *Recent) Hits() int64 {
	if r == nil {
		return 0
	}
	return r.hits.Load()
}

// recentKeys are what a question is remembered by: alone says that the questions before it do not matter.
func recentKeys(q knowledge.Question) (alone, together string) {
	alone = string(q.Language) + "\x00" + string(q.Speaks) + "\x00" + q.Text
	if len(q.Previous) == 0 {
		return alone, alone
	}
	return alone, alone + "\x00" + strings.Join(q.Previous, "\x00")
}

// rememberable tells questions that others may ask in the same words from long texts and those with a ranking of
// their own.
func rememberable(q knowledge.Question) bool {
	size := len(q.Text)
	for _, p := range q.Previous {
		size += len(p)
	}
	return size <= maxRecentBytes && len(q.Near) == 0
}

// find looks a question up.
func (r *Recent) find(e *knowledge.Engine, q knowledge.Question) (knowledge.Answer, bool) {
	if r == nil || !rememberable(q) {
		return knowledge.Answer{}, false
	}
	alone, together := recentKeys(q)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.turn(e, q.Now)
	a, ok := r.found[alone]
	if !ok || !a.Alone && alone != together {
		a, ok = r.found[together]
	}
	if ok {
		r.hits.Add(1)
	}
	return a, ok
}

// add remembers what was found. An answer to a question that leans on none before it serves whatever went before.
func (r *Recent) add(e *knowledge.Engine, q knowledge.Question, a knowledge.Answer) {
	if r == nil || !rememberable(q) {
		return
	}
	alone, together := recentKeys(q)
	if a.Alone {
		together = alone
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.turn(e, q.Now)
	if len(r.found) < maxRecent {
		r.found[together] = a
	}
}

// turn forgets everything when the minute or the engine is another. The caller holds the lock.
func (r *Recent) turn(e *knowledge.Engine, now time.Time) {
	if minute := now.Unix() / 60; r.engine != e || r.minute != minute || r.found == nil {
		r.engine, r.minute, r.found = e, minute, map[string]knowledge.Answer{}
	}
}
