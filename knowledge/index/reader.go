package index

import (
	"slices"
	"sync"
)

// Reader reads what documents hold of one question, term by term. It is for one goroutine, and must not be used
// once it is closed.
type Reader struct {
	x      *Index
	q      *Query
	places places // of terms in ways
	ways   []way
	held   []float32
	covers []float32
	count  counting
}

// way is a group that a term is a variant of, and the place of the term's next one, -1 for none.
type way struct {
	group  int
	weight float32
	next   int
}

func newReaders() *sync.Pool { return &sync.Pool{New: func() any { return &Reader{} }} }

// Reader returns a reader of a question, which must not be changed until it is closed.
func (x *Index) Reader(q *Query) *Reader {
	r := x.readers.Get().(*Reader)
	r.x, r.q = x, q
	n := 0
	for i := range q.Groups {
		n += len(q.Groups[i].Variants)
	}
	r.places.reset(n)
	r.ways = r.ways[:0]
	for i := range q.Groups {
		for _, v := range q.Groups[i].Variants {
			slot := r.places.open(v.Term)
			r.ways = append(r.ways, way{i, v.Weight, int(slot.number) - 1})
			slot.number = int32(len(r.ways))
		}
	}
	return r
}

// zero makes the reader hold nothing of the question.
func (r *Reader) zero() {
	r.held = slices.Grow(r.held[:0], len(r.q.Groups))[:len(r.q.Groups)]
	clear(r.held)
}

// hold notes what a term holds of the question, and reports whether it does.
func (r *Reader) hold(t Term) bool {
	first := r.places.find(t)
	for n := first; n >= 0; n = r.ways[n].next {
		w := &r.ways[n]
		r.held[w.group] = max(r.held[w.group], w.weight)
	}
	return first >= 0
}

// Close gives the reader back.
func (r *Reader) Close() {
	r.q, r.count.q = nil, nil
	r.x.readers.Put(r)
}
