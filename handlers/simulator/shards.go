package simulator

import "sync"

// shardCount spreads locks widely enough that two cores sending to 100,000 chats rarely meet.
const shardCount = 64

// shards is a map by id whose locks are spread over many parts.
type shards[V any] struct {
	part [shardCount]struct {
		sync.RWMutex
		m map[int64]V
	}
}

func shardOf(id int64) uint64 { return (uint64(id) * 0x9E3779B97F4A7C15) >> 58 }

func (s *shards[V]) get(id int64) (V, bool) {
	p := &s.part[shardOf(id)]
	p.RLock()
	defer p.RUnlock()
	v, ok := p.m[id]
	return v, ok
}

// getOrPut returns the value under id, making it with build when there is none.
func (s *shards[V]) getOrPut(id int64, build func() V) V {
	if v, ok := s.get(id); ok {
		return v
	}
	p := &s.part[shardOf(id)]
	p.Lock()
	defer p.Unlock()
	if v, ok := p.m[id]; ok {
		return v
	}
	if p.m == nil {
		p.m = make(map[int64]V)
	}
	v := build()
	p.m[id] = v
	return v
}
