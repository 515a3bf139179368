package outreach

import (
	"flag"
	"path/filepath"
	"strings"
	"testing"

	"refbot/bot/broadcast"
	"refbot/bot/markup"
	"refbot/bot/texts"
	"refbot/bot/texts/textstest"
	"refbot/knowledge/language"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestEverySentence writes down every sentence staff can read, in the order of the catalog, and compares it with
// testdata/<language>.golden: a text to be read aloud.
func TestEverySentence(t *testing.T) {
	for _, l := range language.Codes() {
		t.Run(string(l), func(t *testing.T) {
			textstest.Golden(t, filepath.Join("testdata", string(l)+".golden"), texts.For(l).Broadcast, *update)
		})
	}
}

// TestEveryKeyHasASentence: whatever package broadcast may say has words in every language.
func TestEveryKeyHasASentence(t *testing.T) {
	for _, l := range language.Codes() {
		c := texts.For(l).Broadcast
		for _, s := range []broadcast.State{
			broadcast.Draft, broadcast.Submitted, broadcast.Approved, broadcast.Scheduled, broadcast.Sending, broadcast.Paused,
			broadcast.Finished, broadcast.Canceled, broadcast.Expired,
		} {
			if c.States[string(s)] == "" || stateMark[s] == "" {
				t.Errorf("%s: no words for state %s", l, s)
			}
		}
		for _, why := range []broadcast.PauseReason{broadcast.PauseHand, broadcast.PauseErrors, broadcast.PauseContent, broadcast.PauseToken, broadcast.PauseQuiet} {
			if c.Paused[string(why)] == "" {
				t.Errorf("%s: no words for pause %s", l, why)
			}
		}
		for _, k := range []broadcast.DoubtKind{broadcast.DoubtClaim, broadcast.DoubtLink, broadcast.DoubtLeads, broadcast.DoubtDead, broadcast.DoubtSame, broadcast.DoubtAdvice} {
			if c.Doubts[string(k)] == nil {
				t.Errorf("%s: no words for doubt %s", l, k)
			}
		}
		for _, p := range []markup.Problem{
			markup.UnknownTag, markup.NotClosed, markup.NotOpened, markup.Crossed, markup.BadLink, markup.BadTag, markup.Inside,
		} {
			if c.Faults[string(p)] == nil {
				t.Errorf("%s: no words for fault %s", l, p)
			}
		}
		x := &visit{t: texts.For(l), b: &c}
		for _, why := range []broadcast.Reason{
			broadcast.SamePerson, broadcast.NeedsAdmin, broadcast.Outdated, broadcast.NoText, broadcast.Nobody, broadcast.Nothing,
		} {
			if x.refused(&broadcast.Refusal{Why: why}) == "" {
				t.Errorf("%s: no words for refusal %s", l, why)
			}
		}
	}
}

// TestDataFits: no button's data is longer than Telegram takes.
func TestDataFits(t *testing.T) {
	longest := strings.Repeat("s", 48) // of a statement's id
	for verb := range buttons {
		if got := data(verb, "AAAAAAAA", longest); (verb == "qu" || verb == "pt") && len(got) > 64 {
			t.Errorf("%s has %d bytes with the longest statement id", verb, len(got))
		}
	}
}
