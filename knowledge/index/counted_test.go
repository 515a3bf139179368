package index

import "testing"

func TestCountedWantsANumberOfTheThing(t *testing.T) {
	x := Build([]Document{
		{Parts: []Part{{Field: Text, Text: "В комиссию вошли 130 человек."}}},
		{Parts: []Part{{Field: Text, Text: "Комиссия собралась. Проголосовали 9 127 192 человека."}}},
		{Parts: []Part{{Field: Text, Text: "В комиссию вошли люди из всех регионов, 21 января."}}},
		{Parts: []Part{{Field: Text, Text: "Человек вошёл в комиссию в 9:00."}}},
	}, Options{})
	q := x.Parse("сколько человек в комиссии")
	r := x.Reader(q)
	defer r.Close()
	counted := func(doc uint32) float32 { return r.Counted(1, doc) }
	if !(counted(0) > counted(1) && counted(1) > 0) {
		t.Errorf("people of the commission %.2f, of elsewhere %.2f: want the first higher, both above 0", counted(0), counted(1))
	}
	for doc := uint32(2); doc < 4; doc++ {
		if counted(doc) != 0 {
			t.Errorf("document %d: %.2f though it gives no number of people", doc, counted(doc))
		}
	}
}
