package broadcast

import (
	"slices"
	"testing"
	"time"

	"refbot/knowledge/language"
)

var march = time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)

func TestSegmentIncludes(t *testing.T) {
	aigul := Subscriber{Chat: 1, Language: language.Kazakh, Topics: []string{"vote", "dates"}, Region: "almaty", Since: march}
	anybody := Subscriber{Chat: 2, Language: language.Russian, Since: march.Add(time.Hour)}
	for name, test := range map[string]struct {
		segment        Segment
		aigul, anybody bool
	}{
		"all":            {Segment{}, true, true},
		"language":       {Segment{Languages: []language.Code{language.Kazakh}}, true, false},
		"two languages":  {Segment{Languages: []language.Code{language.Kazakh, language.Russian}}, true, true},
		"topic":          {Segment{Topics: []string{"dates"}}, true, true},
		"another topic":  {Segment{Topics: []string{"kurultai"}}, false, true},
		"region":         {Segment{Regions: []string{"almaty", "astana"}}, true, false},
		"another region": {Segment{Regions: []string{"astana"}}, false, false},
		"since":          {Segment{Since: march}, true, true},
		"since later":    {Segment{Since: march.Add(time.Second)}, false, true},
		"all at once":    {Segment{Languages: []language.Code{language.Kazakh}, Topics: []string{"vote"}, Regions: []string{"almaty"}, Since: march}, true, false},
	} {
		if got := test.segment.Includes(aigul); got != test.aigul {
			t.Errorf("%s: aigul %v", name, got)
		}
		if got := test.segment.Includes(anybody); got != test.anybody {
			t.Errorf("%s: anybody %v", name, got)
		}
	}
}

func TestReach(t *testing.T) {
	kk, ru, en := language.Kazakh, language.Russian, language.English
	text := Message{Text: "x"}
	for name, test := range map[string]struct {
		b    Broadcast
		want []language.Code
		ok   bool
	}{
		"a fallback reaches all":         {Broadcast{Content: map[language.Code]Message{ru: text}, Fallback: ru}, nil, true},
		"and keeps the segment":          {Broadcast{Content: map[language.Code]Message{ru: text}, Fallback: ru, Segment: Segment{Languages: []language.Code{kk}}}, []language.Code{kk}, true},
		"without one, what is written":   {Broadcast{Content: map[language.Code]Message{ru: text, kk: text}}, []language.Code{kk, ru}, true},
		"within the segment":             {Broadcast{Content: map[language.Code]Message{ru: text, kk: text}, Segment: Segment{Languages: []language.Code{en, ru}}}, []language.Code{ru}, true},
		"nobody":                         {Broadcast{Content: map[language.Code]Message{ru: text}, Segment: Segment{Languages: []language.Code{en}}}, nil, false},
		"a fallback that is not written": {Broadcast{Content: map[language.Code]Message{ru: text}, Fallback: en}, []language.Code{ru}, true},
		"no text":                        {Broadcast{}, nil, false},
	} {
		s, ok := test.b.Reach()
		if ok != test.ok || !slices.Equal(s.Languages, test.want) {
			t.Errorf("%s: %v %v", name, s.Languages, ok)
		}
	}
}

func TestCanarySize(t *testing.T) {
	for total, want := range map[int]int{0: 0, 1: 1, 49: 49, 50: 50, 51: 50, 4999: 50, 5000: 50, 10_000: 100, 100_000: 1000} {
		if got := CanarySize(total); got != want {
			t.Errorf("of %d: %d, want %d", total, got, want)
		}
	}
}

func TestSound(t *testing.T) {
	for name, test := range map[string]struct {
		now, judged Tally
		enough, ok  bool
	}{
		"nothing yet":                {Tally{Queued: 10}, Tally{}, true, true},
		"blocked is no error":        {Tally{Sent: 10, Unreachable: 90}, Tally{}, true, true},
		"five percent":               {Tally{Sent: 95, Failed: 5}, Tally{}, true, true},
		"more":                       {Tally{Sent: 94, Failed: 3, Unknown: 3}, Tally{}, true, false},
		"too few to tell":            {Tally{Sent: 10, Failed: 39}, Tally{}, false, true},
		"few, and nobody else comes": {Tally{Sent: 10, Failed: 3}, Tally{}, true, false},
		"judged before":              {Tally{Sent: 194, Failed: 6}, Tally{Sent: 94, Failed: 6}, false, true},
		"again since":                {Tally{Sent: 104, Failed: 60}, Tally{Sent: 94, Failed: 6}, false, false},
		"a crash":                    {Tally{Sent: 60, Unknown: 48}, Tally{}, false, true},
		"a crash of the canary":      {Tally{Sent: 60, Unknown: 48}, Tally{}, true, false},
		"a network that swallows":    {Tally{Sent: 94, Unknown: 120}, Tally{Sent: 94}, false, false},
	} {
		if got := Sound(test.now, test.judged, test.enough); got != test.ok {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestTally(t *testing.T) {
	tally := Tally{Queued: 1, Sent: 2, Unreachable: 3, Failed: 4, Unknown: 5}
	if tally.Total() != 15 || tally.Settled() != 14 || tally.Errors() != 9 {
		t.Errorf("%d %d %d", tally.Total(), tally.Settled(), tally.Errors())
	}
	sum := 0
	for _, o := range Outcomes() {
		sum += tally.Of(o)
	}
	if sum != 15 || tally.Of(Begun) != 1 || tally.Of("x") != 0 {
		t.Errorf("%d", sum)
	}
}
