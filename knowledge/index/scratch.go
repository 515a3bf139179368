package index

import "sync"

// cell is what a search notes of a document: its sum, and what the group being added gives it.
type cell struct {
	sum, best float32
	group     uint16 // number of that group, 0 before the first
	has       uint32 // bits of the groups with a subject it holds
}

// groupBits is how many groups have a bit of their own; later ones share them.
const groupBits = 32

// scratch holds the arrays of one search.
type scratch struct {
	cells      []cell
	touched    []uint32 // documents with a sum
	candidates []uint32
	order      []int
	most       []float32 // by group, what it can add at most
	bound      []float32 // by place in order, what it and all later groups can add at most
	heap       floor
	keys       []uint64
	matches    []Match
	places     places
	near       []int    // groups with a subject
	bits       []uint32 // by group, its bit, 0 for one without a subject
	asked      []uint64 // a bit for every term: whether it is in places
	counts     [levels]uint32
}

// scratches recycles them.
type scratches struct{ pool sync.Pool }

func newScratches(documents, terms int) *scratches {
	return &scratches{sync.Pool{New: func() any {
		return &scratch{cells: make([]cell, documents), asked: make([]uint64, terms/64+1)}
	}}}
}

func (p *scratches) get() *scratch { return p.pool.Get().(*scratch) }

func (p *scratches) put(s *scratch) {
	for _, d := range s.touched {
		s.cells[d] = cell{}
	}
	s.touched = s.touched[:0]
	p.pool.Put(s)
}

// places maps the terms of a question to numbers.
type places struct {
	slots []place // by hash, a power of two, at most a quarter full
	shift uint
}

type place struct {
	term   Term
	number int32 // plus 1, 0 where free
}

// reset makes room for n terms.
func (p *places) reset(n int) {
	size, shift := 16, uint(28)
	for size < 4*n {
		size, shift = 2*size, shift-1
	}
	if cap(p.slots) < size {
		p.slots = make([]place, size)
	}
	p.slots, p.shift = p.slots[:size], shift
	clear(p.slots)
}

// open returns the slot of a term, its number 0 where the term is new.
func (p *places) open(t Term) *place {
	at := t * 0x9e3779b1 >> p.shift
	for p.slots[at].number != 0 && p.slots[at].term != t {
		at = (at + 1) & uint32(len(p.slots)-1)
	}
	p.slots[at].term = t
	return &p.slots[at]
}

// find returns the number of a term, -1 for none.
func (p *places) find(t Term) int {
	at := t * 0x9e3779b1 >> p.shift
	for p.slots[at].number != 0 {
		if p.slots[at].term == t {
			return int(p.slots[at].number) - 1
		}
		at = (at + 1) & uint32(len(p.slots)-1)
	}
	return -1
}
