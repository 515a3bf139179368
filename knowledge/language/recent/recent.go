// Package recent remembers what pure functions of single words returned. People ask about the same things
// in the same words: most words of a question were in an earlier one.
package recent

import (
	"hash/maphash"
	"strings"
	"sync"
	"sync/atomic"
)

// Words holds values by word, at most limit of them: where words compete for a place, those not asked for
// since the last competition go first. Values are shared between callers, who must not change them. It is
// safe for concurrent use, and reading takes no lock: all questions share it.
type Words[V any] struct {
	limit int
	seed  maphash.Seed
	table atomic.Pointer[table[V]]
	mu    sync.Mutex // writers
}

// ways is how many places a word may take.
const ways = 8

// firstSets is how many sets of places a memory begins with. It grows as words compete for them, because
// most memories are of a test or of a pack nobody asks.
const firstSets = 16

// table is a power of two of sets.
type table[V any] []set[V]

// set holds entries and the marks of their words, by which most others are passed over unread. A mark and
// its entry are not written at once: the word of the entry decides.
type set[V any] struct {
	marks   [ways]atomic.Uint32
	entries [ways]atomic.Pointer[entry[V]]
}

type entry[V any] struct {
	word  string
	value V
	asked atomic.Bool // for since its set was last full
}

// New returns an empty memory of at most limit words, eight or more.
func New[V any](limit int) *Words[V] { return &Words[V]{limit: limit, seed: maphash.MakeSeed()} }

// find returns the set of a word and its mark.
func (t table[V]) find(seed maphash.Seed, word string) (*set[V], uint32) {
	h := maphash.String(seed, word)
	return &t[h&uint64(len(t)-1)], uint32(h >> 32)
}

// Get returns the value of a word, and whether it is remembered.
func (w *Words[V]) Get(word string) (value V, ok bool) {
	t := w.table.Load()
	if t == nil {
		return value, false
	}
	s, mark := t.find(w.seed, word)
	for i := range s.marks {
		if s.marks[i].Load() != mark {
			continue
		}
		if e := s.entries[i].Load(); e != nil && e.word == word {
			if !e.asked.Load() { // written only once, so that processors need not pass it around
				e.asked.Store(true)
			}
			return e.value, true
		}
	}
	return value, false
}

// Put remembers the value of a word.
func (w *Words[V]) Put(word string, value V) {
	w.mu.Lock()
	defer w.mu.Unlock()
	t := w.table.Load()
	if t == nil {
		t = &table[V]{}
		*t = make([]set[V], max(min(firstSets, w.limit/ways), 1))
		w.table.Store(t)
	}
	e := &entry[V]{word: strings.Clone(word), value: value} // a word is often a piece of a long text
	for !t.put(w.seed, e, 2*len(*t)*ways > w.limit) {
		t = t.grow(w.seed)
		w.table.Store(t)
	}
}

// grow returns the entries in a table twice the size.
func (t *table[V]) grow(seed maphash.Seed) *table[V] {
	larger := make(table[V], 2*len(*t))
	for i := range *t {
		for j := range (*t)[i].entries {
			if e := (*t)[i].entries[j].Load(); e != nil {
				larger.put(seed, e, true)
			}
		}
	}
	return &larger
}

// put gives an entry the place of its word, a free one, or, if it may, that of a word not asked for.
func (t table[V]) put(seed maphash.Seed, e *entry[V], replace bool) bool {
	s, mark := t.find(seed, e.word)
	place := s.place(e.word)
	if place < 0 {
		if !replace {
			return false
		}
		place = s.idle()
	}
	s.entries[place].Store(e)
	s.marks[place].Store(mark)
	return true
}

// place returns the place of a word, or a free one, or -1.
func (s *set[V]) place(word string) int {
	for i := range s.entries {
		if e := s.entries[i].Load(); e == nil || e.word == word {
			return i
		}
	}
	return -1
}

// idle returns the place of a word that was not asked for since the last call, the first if all were.
func (s *set[V]) idle() int {
	place := 0
	for i := len(s.entries) - 1; i >= 0; i-- {
		if !s.entries[i].Load().asked.Swap(false) {
			place = i
		}
	}
	return place
}
