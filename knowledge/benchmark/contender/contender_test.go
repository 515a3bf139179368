package contender_test

import (
	"testing"

	"refbot/knowledge/benchmark/contender"
	"refbot/knowledge/language"
)

var village = []contender.Passage{
	{Text: "Референдум состоится 15 марта 2026 года, участки откроются в 7 утра."},
	{Text: "Бюджет города принят депутатами на следующий год."},
	{Title: "Құрылтай", Text: "Құрылтайда 145 депутат болады."},
	{Text: "Citizens living abroad vote at the embassies."},
	{Text: "Дороги в области отремонтируют до осени."},
	{Text: "Мектептер мен ауруханалар салынады."},
}

func TestEveryContenderFindsTheObviousPassage(t *testing.T) {
	questions := []struct {
		text string
		doc  int
	}{
		{"референдум 15 марта", 0},
		{"бюджет города", 1},
		{"құрылтайда депутат", 2},
		{"living abroad", 3},
	}
	for _, c := range append(contender.Retrieval(), contender.Speed()...) {
		t.Run(c.Name, func(t *testing.T) {
			engine, err := c.Build(village, language.Russian)
			if err != nil {
				t.Fatal(err)
			}
			for _, q := range questions {
				hits, err := engine.Search(q.text, 3)
				if err != nil {
					t.Fatal(err)
				}
				if len(hits) == 0 || len(hits) > 3 || hits[0].Doc != q.doc {
					t.Errorf("Search(%q) = %v, want passage %d first", q.text, hits, q.doc)
				}
			}
			if err := engine.Close(); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestScoresFallAndSureIsAShare(t *testing.T) {
	for _, c := range contender.Retrieval() {
		t.Run(c.Name, func(t *testing.T) {
			engine, err := c.Build(village, language.Russian)
			if err != nil {
				t.Fatal(err)
			}
			defer engine.Close()
			hits, err := engine.Search("референдум депутат бюджет", 10)
			if err != nil {
				t.Fatal(err)
			}
			for i := 1; i < len(hits); i++ {
				if hits[i].Score > hits[i-1].Score {
					t.Errorf("scores rise: %v", hits)
				}
			}
			near, err := engine.Sure("референдум состоится")
			if err != nil {
				t.Fatal(err)
			}
			far, err := engine.Sure("референдум жирафы слоны бегемоты")
			if err != nil {
				t.Fatal(err)
			}
			if near <= far || near > 1.001 || far < 0 {
				t.Errorf("Sure: %v for a question the passage holds, %v for one it holds a quarter of", near, far)
			}
		})
	}
}

func TestNothingFoundIsNoError(t *testing.T) {
	for _, c := range contender.Retrieval() {
		t.Run(c.Name, func(t *testing.T) {
			engine, err := c.Build(village, language.Russian)
			if err != nil {
				t.Fatal(err)
			}
			defer engine.Close()
			for _, text := range []string{"", "?!", `"`, "qqqqq zzzzz", "NEAR(a b)"} {
				if hits, err := engine.Search(text, 10); err != nil || len(hits) > 6 {
					t.Errorf("Search(%q) = %v, %v", text, hits, err)
				}
				if sure, err := engine.Sure(text); err != nil || sure != sure {
					t.Errorf("Sure(%q) = %v, %v", text, sure, err)
				}
			}
		})
	}
}
