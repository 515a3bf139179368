package index

import (
	"math"
	"strconv"
	"testing"
)

// TestManyDocuments searches more documents than two bytes can number.
func TestManyDocuments(t *testing.T) {
	docs := make([]Document, math.MaxUint16+2)
	for i := range docs {
		docs[i].Parts = []Part{{Field: Text, Text: "участок " + strconv.Itoa(1000+i) + " " + strconv.Itoa(200_000+i/2), Language: "ru"}}
	}
	for _, size := range []int{len(docs), math.MaxUint16 + 1} {
		x := Build(docs[:size], Options{})
		last := size - 1
		matches := x.Search(x.Parse("участок "+strconv.Itoa(1000+last)), 3)
		if len(matches) == 0 || matches[0].Doc != uint32(last) {
			t.Errorf("%d documents: %v, want document %d first", size, matches, last)
		}
		k := x.Kinship()
		if together, apart := k.Likeness(0, 1), k.Likeness(1, 2); together <= 0 || apart != 0 {
			t.Errorf("%d documents: likeness of two that share a number %v, of two that do not %v", size, together, apart)
		}
		if rows := k.Among([]uint32{0}, []uint32{1, 2}, nil); rows[0][0] != k.Likeness(0, 1) || rows[1][0] != 0 {
			t.Errorf("%d documents: likeness among others %v", size, rows)
		}
		if q := x.Parse("участок"); x.Find(q, 0, uint32(last)).By < 0 {
			t.Errorf("%d documents: the last one lacks its word", size)
		}
	}
}
