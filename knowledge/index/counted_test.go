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

func TestDensestCountsOneSentence(t *testing.T) {
	x := Build([]Document{
		{Parts: []Part{{Field: Text, Text: "Комиссия собралась. Люди проголосовали."}}},
		{Parts: []Part{{Field: Text, Text: "Люди из комиссии проголосовали."}}},
	}, Options{})
	q := x.Parse("люди комиссии проголосовали")
	r := x.Reader(q)
	defer r.Close()
	weights := []float32{1, 1, 1}
	if apart, together := r.Densest(0, weights), r.Densest(1, weights); apart != 2 || together != 3 {
		t.Errorf("%v words in one sentence and %v, want 2 and 3", apart, together)
	}
}

func TestTogetherWantsOneSentence(t *testing.T) {
	forms := pairs{"против": "against"}
	x := Build([]Document{
		{Parts: []Part{{Field: Text, Text: "В Алматы пришла треть. Против были немногие."}}},
		{Parts: []Part{{Field: Text, Text: "Против в Алматы были немногие."}}},
	}, Options{Thesaurus: forms})
	q := x.Parse("сколько против в Алматы")
	r := x.Reader(q)
	defer r.Close()
	for doc, want := range []bool{false, true} {
		if got := r.Together(3, "against", uint32(doc)); got != want {
			t.Errorf("document %d: %t, want %t", doc, got, want)
		}
	}
}

func TestListedIsTheLikenessOfQuestions(t *testing.T) {
	x := Build([]Document{
		{Parts: []Part{{Field: Text, Text: "Участки открыты."}, {Field: Alias, Text: "До скольки открыты участки?"}, {Field: Alias, Text: "Где участки?"}}},
		{Parts: []Part{{Field: Text, Text: "Участки открыты с семи утра, а бюллетени печатают в Астане."}}},
	}, Options{})
	listed := func(question string) float32 {
		r := x.Reader(x.Parse(question))
		defer r.Close()
		if r.Listed(1) != 0 {
			t.Error("a document listed for no question is like one")
		}
		return r.Listed(0)
	}
	same, near, other := listed("до скольки открыты участки"), listed("когда открыты участки"), listed("где печатают бюллетени")
	if same < .7 || near <= other || near >= same {
		t.Errorf("the same question %.2f, one near to it %.2f, another %.2f", same, near, other)
	}
}
