package index

import (
	"sync"

	"refbot/knowledge/language/recent"
)

// Index is immutable and safe for concurrent use.
type Index struct {
	options Options
	tuning  Tuning
	size    int // documents

	vocabulary *vocabulary
	notions    map[string]Term // by name
	idf        []float32       // by term
	start      []uint32        // postings of term t are start[t]..start[t+1]
	docs       numbers
	impacts    []uint8
	masks      []uint8
	top        []uint8 // highest impact of a term's postings

	// sequence holds the terms of every document's title and text in order; notions carry notionBit,
	// sentences are parted by sentenceBreak. Document d is sequence[offset[d]:offset[d+1]].
	sequence []uint32
	offset   []uint32
	holds    []uint8 // kinds of values in the sequence of a document

	// listed holds the terms of the questions every document is listed for in the same way, asked what each asks for.
	// Those of document d are listed[listedAt[d]:listedAt[d+1]] and asked[askedAt[d]:askedAt[d+1]].
	listed            []uint32
	asked             []Asked
	listedAt, askedAt []uint32

	similar *similar
	met     *recent.Words[*Group] // words of questions
	known   *recent.Words[bool]   // whether the index knows them
	pool    *scratches
	readers *sync.Pool // of *Reader
}

// remembered is how many words of questions an index remembers.
const remembered = 16384

const (
	notionBit     uint32 = 1 << 31
	sentenceBreak uint32 = 1<<32 - 1
)

// Size returns the number of documents.
func (x *Index) Size() int { return x.size }

// Lookup returns the number of documents a stem, value ("n:54") or notion stands in.
func (x *Index) Lookup(kind TermKind, name string) int {
	t, ok := x.vocabulary.Find(key(kind, name))
	if !ok {
		return 0
	}
	return int(x.start[t+1] - x.start[t])
}

// Name returns a term as people read it.
func (x *Index) Name(t Term) string { return x.vocabulary.show(t) }

// Retune returns an index over the same postings that matches and ranks by other numbers; weights of
// fields, K1 and B stay those it was built with.
func (x *Index) Retune(t Tuning) *Index {
	y := *x
	y.tuning, y.met = t, recent.New[*Group](remembered)
	return &y
}
