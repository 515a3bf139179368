package broadcast

import (
	"context"
	"encoding/json"
	"maps"
	"sync"
	"time"

	"refbot/knowledge/language"
)

const (
	// slowCount is how long counting takes before its result is worth keeping: a card is drawn with every
	// change, and an audience of a million is not counted anew each time.
	slowCount = 300 * time.Millisecond
	// countFresh is how long it is kept.
	countFresh = 30 * time.Second
	maxCounts  = 64
)

// counts remembers how large segments are.
type counts struct {
	mu   sync.Mutex
	kept map[string]counted
}

type counted struct {
	at time.Time
	by map[language.Code]int
}

// Count counts whom the broadcast would reach, by language, those included who get it in another one. For a
// large audience the answer may be 30 s old. A correction or a recall reaches those who have the message.
func (d *Desk) Count(ctx context.Context, b *Broadcast, progress func(done, total int)) (map[language.Code]int, error) {
	if b.Corrects != "" {
		t, err := d.Ledger.Tally(ctx, b.Corrects)
		return map[language.Code]int{"": t.Sent}, err
	}
	segment, ok := b.Reach()
	if !ok {
		return nil, nil
	}
	key, err := json.Marshal(segment)
	if err != nil {
		return nil, err
	}
	began := time.Now()
	if by, ok := d.counts.recall(string(key), began); ok {
		return by, nil
	}
	by, err := d.Audience.Count(ctx, segment, progress)
	if err == nil && time.Since(began) > slowCount {
		d.counts.keep(string(key), counted{time.Now(), maps.Clone(by)})
	}
	return by, err
}

func (c *counts) recall(key string, now time.Time) (map[language.Code]int, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	kept, ok := c.kept[key]
	if !ok || now.Sub(kept.at) > countFresh {
		return nil, false
	}
	return maps.Clone(kept.by), true
}

func (c *counts) keep(key string, n counted) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.kept == nil || len(c.kept) >= maxCounts {
		c.kept = map[string]counted{}
	}
	c.kept[key] = n
}
