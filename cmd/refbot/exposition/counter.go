package exposition

import (
	"bytes"
	"strings"
	"sync/atomic"
)

// Counters are counts under one name, told apart by labels.
type Counters struct{ *series[Counter] }

// Counter only ever grows. It is safe for concurrent use.
type Counter struct{ n atomic.Uint64 }

// Counters registers counters. The name ends in _total, as the format's conventions ask, and is not
// taken; otherwise Counters panics.
func (r *Registry) Counters(name, help string, labels ...string) Counters {
	if !strings.HasSuffix(name, "_total") {
		panic("exposition: the counter " + name + " does not end in _total")
	}
	c := Counters{newSeries(header{name, help, "counter", labels}, func() *Counter { return &Counter{} })}
	r.register(c)
	return c
}

// With returns the counter with these label values, in the order of the labels; it shows 0 from then on.
func (c Counters) With(values ...string) *Counter { return c.with(values) }

// Inc adds one.
func (c *Counter) Inc() { c.n.Add(1) }

// Add adds n, which is not negative.
func (c *Counter) Add(n int) { c.n.Add(uint64(max(n, 0))) }

func (c Counters) write(b *bytes.Buffer) {
	c.each(b, func(b *bytes.Buffer, values []string, is *Counter) {
		c.head.sample(b, "", values, "", float64(is.n.Load()))
	})
}
