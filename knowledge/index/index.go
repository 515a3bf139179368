package index

import "refbot/knowledge/language"

// Index is immutable and safe for concurrent use.
type Index struct {
	options Options
	tuning  Tuning
	size    int // documents

	vocabulary *vocabulary
	idf        []float32 // by term
	start      []uint32  // postings of term t are start[t]..start[t+1]
	docs       []uint32
	impacts    []uint8
	masks      []uint8
	top        []uint8 // highest impact of a term's postings

	// sequence holds the terms of every document's title and text in order; notions carry notionBit,
	// sentences are parted by sentenceBreak. Document d is sequence[offset[d]:offset[d+1]].
	sequence []uint32
	offset   []uint32

	similar *similar
	pool    accumulators
}

const (
	notionBit     uint32 = 1 << 31
	sentenceBreak uint32 = 1<<32 - 1
)

// Size returns the number of documents.
func (x *Index) Size() int { return x.size }

// Term is the number of a term in the vocabulary.
type Term = uint32

// TermKind says what a term is.
type TermKind uint8

// The kinds of terms.
const (
	Word TermKind = iota
	Value
	Notion
	Cut // the first letters of a long word
)

// vocabulary numbers the terms. Values and notions are kept apart from words by a first byte no word
// can start with.
type vocabulary struct {
	numbers map[string]Term
	names   []string
	tokens  []language.TokenKind // of values
}

const (
	valueMark  = '\x01'
	notionMark = '\x02'
	cutMark    = '\x03'
)

func newVocabulary() *vocabulary { return &vocabulary{numbers: map[string]Term{}} }

// add returns the number of a term, numbering it if it is new.
func (v *vocabulary) add(name string) Term {
	if t, ok := v.numbers[name]; ok {
		return t
	}
	t := Term(len(v.names))
	v.numbers[name] = t
	v.names = append(v.names, name)
	return t
}

func (v *vocabulary) kind(t Term) TermKind {
	switch v.names[t][0] {
	case valueMark:
		return Value
	case notionMark:
		return Notion
	case cutMark:
		return Cut
	}
	return Word
}

// show returns a term as people read it.
func (v *vocabulary) show(t Term) string {
	if v.kind(t) == Word {
		return v.names[t]
	}
	return v.names[t][1:]
}

// Lookup returns the number of documents a stem, value ("n:54") or notion stands in.
func (x *Index) Lookup(kind TermKind, name string) int {
	t, ok := x.vocabulary.numbers[key(kind, name)]
	if !ok {
		return 0
	}
	return int(x.start[t+1] - x.start[t])
}

func key(kind TermKind, name string) string {
	switch kind {
	case Value:
		return string(valueMark) + name
	case Notion:
		return string(notionMark) + name
	case Cut:
		return string(cutMark) + name
	}
	return name
}

// Name returns a term as people read it.
func (x *Index) Name(t Term) string { return x.vocabulary.show(t) }

// Retune returns an index over the same postings that matches and ranks by other numbers; weights of
// fields, K1 and B stay those it was built with.
func (x *Index) Retune(t Tuning) *Index {
	return &Index{
		options: x.options, tuning: t, size: x.size, vocabulary: x.vocabulary, idf: x.idf, start: x.start, docs: x.docs,
		impacts: x.impacts, masks: x.masks, top: x.top, sequence: x.sequence, offset: x.offset, similar: x.similar,
		pool: accumulators{size: x.size},
	}
}
