package main

import (
	"errors"
	"fmt"
	"io"
	"runtime"
	"time"

	"refbot/knowledge/benchmark/contender"
	"refbot/knowledge/language"
)

// bench measures contenders one after the other.
type bench struct {
	*settings
	progress io.Writer
}

func (b *bench) say(format string, args ...any) { fmt.Fprintf(b.progress, format+"\n", args...) }

// Cost is what an index costs.
type Cost struct {
	Build float64 `json:"build_s"`
	// Bytes is the memory held beyond the text: the growth of Go's heap after collection, and what the
	// engine holds outside it.
	Bytes int64 `json:"bytes_beyond_text"`
}

// Pace is how fast an engine answers.
type Pace struct {
	P50 float64 `json:"p50_ms"`
	P99 float64 `json:"p99_ms"`
	// Allocations a question, and their bytes.
	Allocations float64 `json:"allocs_per_query"`
	Allocated   float64 `json:"bytes_per_query"`
}

// build indexes passages and weighs the index. One passage is indexed and searched before, so that tables
// a package unpacks at first use are in nobody's figures.
func build(c *contender.Contender, passages []contender.Passage, code language.Code) (contender.Engine, Cost, error) {
	if err := warm(c, passages[:min(1, len(passages))], code); err != nil {
		return nil, Cost{}, fmt.Errorf("%s: %w", c.Name, err)
	}
	before := heap()
	start := time.Now()
	engine, err := c.Build(passages, code)
	took := time.Since(start)
	if err != nil {
		return nil, Cost{}, fmt.Errorf("%s: %w", c.Name, err)
	}
	cost := Cost{Build: took.Seconds(), Bytes: int64(heap()) - int64(before)}
	outside, err := engine.OffHeap()
	if err != nil {
		return nil, Cost{}, fmt.Errorf("%s: %w", c.Name, err)
	}
	cost.Bytes += outside
	return engine, cost, nil
}

func warm(c *contender.Contender, passages []contender.Passage, code language.Code) error {
	engine, err := c.Build(passages, code)
	if err != nil {
		return err
	}
	_, err = engine.Search("референдум", 1)
	return errors.Join(err, engine.Close())
}

// heap returns the bytes alive on the heap. Two collections empty pools and run finalizers.
func heap() uint64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// pace asks every question passes times over and times each by itself. Callers have asked them before.
func pace(engine contender.Engine, questions []string, passes int) (Pace, error) {
	took := make([]time.Duration, 0, passes*len(questions))
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	for range passes {
		for _, q := range questions {
			start := time.Now()
			_, err := engine.Search(q, depth)
			took = append(took, time.Since(start))
			if err != nil {
				return Pace{}, err
			}
		}
	}
	runtime.ReadMemStats(&after)
	asked := float64(max(len(took), 1))
	return Pace{
		P50: percentile(took, .5), P99: percentile(took, .99),
		Allocations: float64(after.Mallocs-before.Mallocs) / asked,
		Allocated:   float64(after.TotalAlloc-before.TotalAlloc) / asked,
	}, nil
}
