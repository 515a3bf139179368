package gate

import (
	"testing"
	"time"
	"unicode/utf8"

	"refbot/knowledge/language"
)

// verbatimAlarms is how many of a hundred sentences of the statements themselves may be stopped: some praise,
// some are cut off from the condition in front of them.
const verbatimAlarms = 5

// TestStatementsVouchForThemselves hands the gate every sentence of every statement that holds, in its own words.
func TestStatementsVouchForThemselves(t *testing.T) {
	pack := starter()
	total, stopped := 0, 0
	reasons := map[Reason]int{}
	for i := range pack.Statements {
		s := &pack.Statements[i]
		source := NewSource(s, nil, time.Time{})
		if source.Status != InForce || !s.Kind.CarriesAnswer() {
			continue
		}
		for _, r := range language.Sentences(s.Text) {
			text := s.Text[r[0]:r[1]]
			if n := utf8.RuneCountInString(text); n > MaxSentence || n < 20 {
				continue
			}
			total++
			v := theGate().Check(s.Language, []Source{source}, []Sentence{{text, []int{1}}})
			if v.Pass() {
				continue
			}
			stopped++
			for _, r := range v.Reasons() {
				reasons[r]++
			}
			t.Logf("%s: %s\n\t%s", s.ID, text, describe(v))
		}
	}
	t.Logf("%d of %d stopped: %v", stopped, total, reasons)
	if 100*stopped > verbatimAlarms*total {
		t.Errorf("%d of %d sentences of the statements are stopped", stopped, total)
	}
}
