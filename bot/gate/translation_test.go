package gate

import (
	"strings"
	"testing"
	"time"

	"refbot/knowledge/language"
)

// translatedLeast is how many of a hundred translations made by people pass. The others fall back to the original alone.
const translatedLeast = 50

// TestTranslationsByPeople hands the gate the pack's own translations, whole, and the same with a digit or a negation spoilt.
func TestTranslationsByPeople(t *testing.T) {
	pack := starter()
	total, passed, spoilt, through := 0, 0, 0, 0
	reasons := map[Reason]int{}
	for i := range pack.Statements {
		s := &pack.Statements[i]
		if !s.Translated() {
			continue
		}
		for j := range pack.Statements {
			o := &pack.Statements[j]
			if o.Key != s.Key || o.Translated() {
				continue
			}
			var answer []Sentence
			for _, r := range language.Sentences(s.Text) {
				answer = append(answer, Sentence{Text: s.Text[r[0]:r[1]]})
			}
			original := NewSource(o, nil, time.Time{})
			total++
			v := theGate().CheckTranslation(s.Language, original, answer)
			if !v.Pass() {
				for _, r := range v.Reasons() {
					reasons[r]++
				}
				t.Logf("%s→%s %s %v %s", o.ID, s.Language, s.ID, v.Findings, describe(v))
				continue
			}
			passed++
			for k := range answer {
				for _, lie := range spoiled(answer[k].Text) {
					other := append([]Sentence{}, answer...)
					other[k].Text = lie
					spoilt++
					if v := theGate().CheckTranslation(s.Language, original, other); v.Pass() {
						through++
						t.Logf("passes: %s", lie)
					}
				}
			}
		}
	}
	t.Logf("%d of %d translations pass, stopped for %v; %d of %d spoilt ones pass", passed, total, reasons, through, spoilt)
	if 100*passed < translatedLeast*total {
		t.Errorf("%d of %d translations pass", passed, total)
	}
	if spoilt < 50 || 100*through > 5*spoilt {
		t.Errorf("%d of %d spoilt translations pass", through, spoilt)
	}
}

// spoiled are sentences with another digit, without a "not", and none at all.
func spoiled(text string) []string {
	var list []string
	if at := digits.FindStringIndex(text); at != nil {
		last := text[at[1]-1]
		list = append(list, text[:at[1]-1]+string('0'+(last-'0'+3)%10)+text[at[1]:])
	}
	for _, not := range []string{" not ", " не "} {
		if got := replaced(text, not, " "); got != "" {
			list = append(list, got)
		}
	}
	return list
}

func TestTranslationMayLoseNothing(t *testing.T) {
	s := sourceOf(t, "!s407", language.English)
	whole := []Sentence{{Text: "Anyone who will not be where they are registered on 15 March applies in writing before 18:00 on 14 March."}}
	if v := theGate().CheckTranslation(language.English, s, whole); v.Pass() {
		t.Error("half a translation passes")
	}
	if v := theGate().CheckTranslation(language.English, s, nil); v.Pass() || !strings.Contains(describe(v)+string(v.Findings[0].Reason), string(Empty)) {
		t.Error("no translation passes")
	}
}
