package growth_test

import (
	"slices"
	"testing"

	"refbot/knowledge/benchmark/contender"
	"refbot/knowledge/benchmark/growth"
	"refbot/knowledge/language"
)

var base = []contender.Passage{
	{Text: "Референдум состоится пятнадцатого марта, участки откроются рано утром по всей стране.", Language: language.Russian},
	{Text: "Депутаты приняли бюджет области на следующий год после долгого обсуждения поправок.", Language: language.Russian},
	{Text: "Citizens living abroad will vote at the embassies of their country this spring.", Language: language.English},
}

func TestRealPassagesComeFirst(t *testing.T) {
	if got := growth.Grow(base, 2, 1); !slices.Equal(got, base[:2]) {
		t.Errorf("Grow to 2 = %v", got)
	}
	grown := growth.Grow(base, 40, 1)
	if len(grown) != 40 || !slices.Equal(grown[:3], base) {
		t.Errorf("%d passages, beginning with %v", len(grown), grown[:3])
	}
	if got := growth.Grow(nil, 10, 1); len(got) != 0 {
		t.Errorf("Grow of nothing = %v", got)
	}
}

func TestGrownPassagesDifferAndRepeat(t *testing.T) {
	grown := growth.Grow(base, 200, 7)
	seen := map[string]bool{}
	for _, p := range grown {
		seen[p.Text] = true
	}
	if len(seen) < 195 {
		t.Errorf("only %d of 200 passages differ", len(seen))
	}
	if !slices.Equal(growth.Grow(base, 100, 7), grown[:100]) {
		t.Error("a smaller collection is no prefix of a larger one")
	}
	if slices.Equal(growth.Grow(base, 200, 8), grown) {
		t.Error("another seed gave the same collection")
	}
}

func TestLanguagesDoNotMix(t *testing.T) {
	for _, p := range growth.Grow(base, 200, 3) {
		cyrillic := 0
		for _, r := range p.Text {
			if r >= 0x400 {
				cyrillic++
			}
		}
		if (p.Language == language.English) != (cyrillic == 0) {
			t.Fatalf("%s passage with %d Cyrillic letters: %s", p.Language, cyrillic, p.Text)
		}
	}
}
