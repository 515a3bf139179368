package index

import "sync"

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

// Close gives the reader back.
func (r *Reader) Close() {
	r.q, r.count.q = nil, nil
	r.x.readers.Put(r)
}
