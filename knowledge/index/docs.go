package index

import "math"

// docs are the documents of all postings. Most bases have few enough documents for half the memory.
type docs struct {
	short []uint16 // nil where a number needs more
	long  []uint32
}

// number is the number of a document or a term, in as few bytes as suffice.
type number interface{ uint16 | uint32 }

// newDocs makes n postings of an index of so many documents.
func newDocs(n, size int) docs {
	if size <= math.MaxUint16+1 {
		return docs{short: make([]uint16, n)}
	}
	return docs{long: make([]uint32, n)}
}

func (d *docs) set(at, doc uint32) {
	if d.short != nil {
		d.short[at] = uint16(doc)
	} else {
		d.long[at] = doc
	}
}

// posting returns the place of the posting of a term in a document.
func (x *Index) posting(t Term, doc uint32) (at int, ok bool) {
	from, to := x.start[t], x.start[t+1]
	if x.docs.short != nil {
		at, ok = find(x.docs.short[from:to], doc)
	} else {
		at, ok = find(x.docs.long[from:to], doc)
	}
	return int(from) + at, ok
}

func find[D number](docs []D, doc uint32) (at int, ok bool) {
	at = lowerBound(docs, doc)
	return at, at < len(docs) && uint32(docs[at]) == doc
}

// lowerBound returns the place of the first of the ascending docs that is not below d.
func lowerBound[D number](docs []D, d uint32) int {
	low, high := 0, len(docs)
	for low < high {
		if middle := int(uint(low+high) >> 1); uint32(docs[middle]) < d {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return low
}
