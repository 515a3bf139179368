package index

import (
	"slices"
	"strings"
	"sync"
)

// Leads is how many documents [Kinship.Among] compares others with at most.
const Leads = 8

// Kinship tells how much the documents of an index are about the same facts: the cosine of their
// profiles, see [Index.Profile]. It is immutable and safe for concurrent use.
//
// A term of one document ties it to no other, and one of many hardly does, so only those that few documents share are kept:
// two bytes each, four in a large vocabulary, because the weight of a term in a document follows from the term and the document's scale.
type Kinship struct {
	terms  numbers // those of document d, ascending, are start[d] to start[d+1]
	start  []uint32
	scale  []float32 // by document, what makes its profile one of length 1
	weight []float32 // by term
	pool   *sync.Pool
}

// commonShare says in which part of the documents, one in so many, a term stands at most that ties them.
const commonShare = 8

// Kinship reads the profiles of all documents.
func (x *Index) Kinship() *Kinship { return x.kinship(commonShare) }

func (x *Index) kinship(common int) *Kinship {
	k := &Kinship{start: make([]uint32, 1, x.size+1), scale: make([]float32, x.size), weight: make([]float32, len(x.idf))}
	for t := range k.weight {
		k.weight[t] = x.profileWeight(Term(t))
	}
	k.terms = newNumbers(0, len(k.weight))
	var terms []Term
	for d := range x.size {
		terms = x.profileTerms(terms[:0], d)
		k.scale[d] = scale(terms, k.weight)
		for _, t := range terms {
			if df := int(x.start[t+1] - x.start[t]); df > 1 && df <= max(x.size/common, 2) {
				k.terms.add(t)
			}
		}
		k.start = append(k.start, uint32(k.terms.size()))
	}
	k.terms.clip()
	k.pool = &sync.Pool{New: func() any {
		return &kinScratch{held: make([]uint64, len(k.weight)/64+1), row: make([]uint32, len(k.weight))}
	}}
	return k
}

// profileTerms appends the distinct terms of a document in ascending order.
func (x *Index) profileTerms(terms []Term, doc int) []Term {
	for _, t := range x.sequence[x.offset[doc]:x.offset[doc+1]] {
		if t != sentenceBreak {
			terms = append(terms, t&^notionBit)
		}
	}
	slices.Sort(terms)
	return slices.Compact(terms)
}

// profileWeight is what a term weighs in a profile before that is scaled to length 1.
func (x *Index) profileWeight(t Term) float32 {
	w := x.idf[t]
	switch x.vocabulary.kind(t) {
	case Value:
		return w * profileValue
	case Notion:
		w *= profileNotion
		if strings.HasPrefix(x.vocabulary.Name(t)[1:], TagPrefix) {
			w *= profileTag
		}
		return w
	}
	return w * profileWord
}

// scale is what makes the vector of these terms one of length 1.
func scale(terms []Term, weight []float32) float32 {
	var square float64
	for _, t := range terms {
		square += float64(weight[t]) * float64(weight[t])
	}
	return scaleOf(square)
}

// termsOf are the terms of a document, from a list of those of all.
func termsOf[T number](k *Kinship, list []T, doc uint32) []T {
	return list[k.start[doc]:k.start[doc+1]]
}

// Likeness is the cosine of the profiles of two different documents, in [0,1].
func (k *Kinship) Likeness(a, b uint32) float32 {
	if k.terms.short != nil {
		return cosine(k, k.terms.short, a, b)
	}
	return cosine(k, k.terms.long, a, b)
}

func cosine[T number](k *Kinship, list []T, a, b uint32) float32 {
	p, o := termsOf(k, list, a), termsOf(k, list, b)
	var sum float32
	for i, j := 0, 0; i < len(p) && j < len(o); {
		t, u := p[i], o[j]
		if t == u {
			sum += k.weight[t] * k.scale[a] * (k.weight[t] * k.scale[b])
		}
		i += one(t <= u) // no branch that a processor could guess wrong
		j += one(u <= t)
	}
	return sum
}

// kinScratch holds the profiles of the leads term by term, side by side.
type kinScratch struct {
	held []uint64 // a bit for every term: whether a lead has it
	row  []uint32 // of a term a lead has
	rows [][Leads]float32
	both []Term
}

// Among returns the likeness of every document to every lead, of which there are at most [Leads], in
// the order given; that of a document to itself means nothing. A lead's terms are laid out once, so that
// a document is read once, not once for every lead. The result takes the place of out.
func (k *Kinship) Among(leads, docs []uint32, out [][Leads]float32) [][Leads]float32 {
	s := k.pool.Get().(*kinScratch)
	defer k.pool.Put(s)
	out = slices.Grow(out[:0], len(docs))
	if k.terms.short != nil {
		return among(k, k.terms.short, s, leads, docs, out)
	}
	return among(k, k.terms.long, s, leads, docs, out)
}

func among[T number](k *Kinship, list []T, s *kinScratch, leads, docs []uint32, out [][Leads]float32) [][Leads]float32 {
	s.rows = s.rows[:0]
	for j, d := range leads {
		layOut(k, s, termsOf(k, list, d), j, k.scale[d])
	}
	for _, d := range docs {
		out = append(out, k.sum(s, shared(s, termsOf(k, list, d)), k.scale[d]))
	}
	for _, d := range leads {
		for _, t := range termsOf(k, list, d) {
			s.held[t/64] = 0
		}
	}
	return out
}

// sum adds up what the terms a document shares with the leads tie it to each of them.
func (k *Kinship) sum(s *kinScratch, terms []Term, scale float32) [Leads]float32 {
	var a0, a1, a2, a3, a4, a5, a6, a7 float32 // not an array, which no register holds
	for _, t := range terms {
		w, row := k.weight[t]*scale, &s.rows[s.row[t]]
		a0 += w * row[0]
		a1 += w * row[1]
		a2 += w * row[2]
		a3 += w * row[3]
		a4 += w * row[4]
		a5 += w * row[5]
		a6 += w * row[6]
		a7 += w * row[7]
	}
	return [Leads]float32{a0, a1, a2, a3, a4, a5, a6, a7}
}

// shared returns those of some terms that a lead has. It is valid until the next call.
func shared[T number](s *kinScratch, terms []T) []Term {
	if len(s.both) < len(terms) {
		s.both = make([]Term, 2*len(terms))
	}
	n := 0
	for _, t := range terms { // no branch that a processor could guess wrong
		s.both[n] = Term(t)
		n += int(s.held[t/64] >> (t % 64) & 1)
	}
	return s.both[:n]
}

// layOut writes down what lead j holds.
func layOut[T number](k *Kinship, s *kinScratch, terms []T, j int, scale float32) {
	for _, t := range terms {
		if s.held[t/64]>>(t%64)&1 == 0 {
			s.held[t/64] |= 1 << (t % 64)
			s.row[t] = uint32(len(s.rows))
			s.rows = append(s.rows, [Leads]float32{})
		}
		s.rows[s.row[t]][j] = k.weight[t] * scale
	}
}
