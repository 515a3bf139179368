package exposition

import (
	"bytes"
	"math"
	"slices"
	"sync"
)

// Histograms are distributions under one name, told apart by labels.
type Histograms struct{ *series[Histogram] }

// Histogram counts observations by size. It is safe for concurrent use.
type Histogram struct {
	bounds []float64 // upper, ascending
	mu     sync.Mutex
	counts []uint64 // one more than bounds: what is beyond them
	sum    float64
}

// Histograms registers histograms with these upper bounds, in the unit of the name, ascending and
// without infinity; otherwise Histograms panics, as it does for a name that is taken.
func (r *Registry) Histograms(name, help string, bounds []float64, labels ...string) Histograms {
	if !slices.IsSorted(bounds) || len(slices.Compact(slices.Clone(bounds))) != len(bounds) || slices.ContainsFunc(bounds, unbounded) {
		panic("exposition: the bounds of " + name + " do not ascend")
	}
	h := Histograms{newSeries(header{name, help, "histogram", labels}, func() *Histogram {
		return &Histogram{bounds: bounds, counts: make([]uint64, len(bounds)+1)}
	})}
	r.register(h)
	return h
}

func unbounded(v float64) bool { return math.IsInf(v, 0) || math.IsNaN(v) }

// With returns the histogram with these label values, in the order of the labels.
func (h Histograms) With(values ...string) *Histogram { return h.with(values) }

// Observe counts one value; a value that is no number is left out.
func (h *Histogram) Observe(v float64) {
	if math.IsNaN(v) {
		return
	}
	at, _ := slices.BinarySearch(h.bounds, v)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.counts[at]++
	h.sum += v
}

func (h *Histogram) read() (counts []uint64, sum float64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Clone(h.counts), h.sum
}

func (h Histograms) write(b *bytes.Buffer) {
	h.each(b, func(b *bytes.Buffer, values []string, is *Histogram) {
		counts, sum := is.read()
		total := uint64(0)
		for i, n := range counts {
			total += n
			bound := math.Inf(1)
			if i < len(is.bounds) {
				bound = is.bounds[i]
			}
			h.head.sample(b, "_bucket", values, figure(bound), float64(total))
		}
		h.head.sample(b, "_sum", values, "", sum)
		h.head.sample(b, "_count", values, "", float64(total))
	})
}
