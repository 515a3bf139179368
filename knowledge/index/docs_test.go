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
		docs[i].Parts = []Part{{Field: Text, Text: "участок " + strconv.Itoa(1000+i), Language: "ru"}}
	}
	for _, size := range []int{len(docs), math.MaxUint16 + 1} {
		x := Build(docs[:size], Options{})
		last := size - 1
		matches := x.Search(x.Parse("участок "+strconv.Itoa(1000+last)), 3)
		if len(matches) == 0 || matches[0].Doc != uint32(last) {
			t.Errorf("%d documents: %v, want document %d first", size, matches, last)
		}
		if q := x.Parse("участок"); x.Find(q, 0, uint32(last)).By < 0 {
			t.Errorf("%d documents: the last one lacks its word", size)
		}
	}
}
