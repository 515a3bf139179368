package bot

import (
	"slices"
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
	// composed are the replies to answers found, by the place of the first hit: no two of them share it.
	composed map[*knowledge.Hit]Reply

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

// compose is Compose for an answer that find or a search has just given, for those that are remembered only once. What the
// caller appends to the reply is the caller's; what is in it belongs to all.
func (r *Recent) compose(e *knowledge.Engine, a knowledge.Answer) Reply {
	if r == nil || len(a.Hits) == 0 {
		return Compose(e, a)
	}
	r.mu.Lock()
	reply, ok := r.composed[&a.Hits[0]]
	ok = ok && r.engine == e
	r.mu.Unlock()
	if ok {
		return reply
	}
	reply = Compose(e, a)
	reply.Parts, reply.Buttons, reply.Statements = slices.Clip(reply.Parts), slices.Clip(reply.Buttons), slices.Clip(reply.Statements)
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.engine == e && len(r.composed) < maxRecent {
		r.composed[&a.Hits[0]] = reply
	}
	return reply
}

// turn forgets everything when the minute or the engine is another. The caller holds the lock.
func (r *Recent) turn(e *knowledge.Engine, now time.Time) {
	if minute := now.Unix() / 60; r.engine != e || r.minute != minute || r.found == nil {
		r.engine, r.minute, r.found, r.composed = e, minute, map[string]knowledge.Answer{}, map[*knowledge.Hit]Reply{}
	}
}
