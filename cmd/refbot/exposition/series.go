package exposition

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
)

// series are the members of a family by their label values.
type series[T any] struct {
	head  header
	fresh func() *T
	mu    sync.RWMutex
	by    map[string]*member[T]
}

type member[T any] struct {
	values []string
	is     *T
}

func newSeries[T any](h header, fresh func() *T) *series[T] {
	return &series[T]{head: h, fresh: fresh, by: map[string]*member[T]{}}
}

func (s *series[T]) header() *header { return &s.head }

// separator stands in no valid UTF-8 text, so that two lists of values never make one key.
const separator = "\xff"

// with returns the member with these label values, in the order of the labels; a first call makes it.
// A wrong number of values panics.
func (s *series[T]) with(values []string) *T {
	if len(values) != len(s.head.labels) {
		panic(fmt.Sprintf("exposition: %s has %d labels, got %d values", s.head.name, len(s.head.labels), len(values)))
	}
	key := strings.Join(values, separator)
	s.mu.RLock()
	m := s.by[key]
	s.mu.RUnlock()
	if m != nil {
		return m.is
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if m = s.by[key]; m == nil {
		m = &member[T]{slices.Clone(values), s.fresh()}
		s.by[key] = m
	}
	return m.is
}

// each visits the members, sorted by their values.
func (s *series[T]) each(b *bytes.Buffer, visit func(b *bytes.Buffer, values []string, is *T)) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	for _, key := range slices.Sorted(maps.Keys(s.by)) {
		visit(b, s.by[key].values, s.by[key].is)
	}
}
