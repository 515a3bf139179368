package outreach

import (
	"strings"
	"testing"
	"time"

	"refbot/bot/broadcast"
	"refbot/bot/texts"
	"refbot/knowledge/language"
)

// TestBoard: whatever became of a broadcast, the board says it and offers what can be done.
func TestBoard(t *testing.T) {
	at := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	v := view{t: texts.For(language.English), zone: time.UTC, now: at.Add(time.Hour)}
	sent := broadcast.Tally{Queued: 600, Sent: 300, Unreachable: 60, Failed: 30, Unknown: 10}
	base := broadcast.Broadcast{ID: "AAAAAAAA", Started: at, Ended: at, Fallback: "en", Content: map[language.Code]broadcast.Message{"en": {Text: "5 &lt; 6"}}}
	for name, c := range map[string]struct {
		change func(*broadcast.Broadcast, *view)
		says   []string
		data   []string
	}{
		"sending": {
			func(b *broadcast.Broadcast, v *view) { b.State, v.rate = broadcast.Sending, 25 },
			[]string{"«5 &lt; 6»", "████░░░░░░░░ 40\u00a0%", "300 of 1\u00a0000 delivered", "gone): 60", "sent: 30", "arrived: 10", "25 a second, less than a minute left"},
			[]string{"pause", "cancel"},
		},
		"slow": {
			func(b *broadcast.Broadcast, v *view) { b.State, v.rate = broadcast.Sending, 0.1 },
			[]string{"&lt;1 a second, 1 h 40 min left"},
			[]string{"pause", "cancel"},
		},
		"paused": {
			func(b *broadcast.Broadcast, _ *view) {
				b.State, b.Pause = broadcast.Paused, string(broadcast.PauseErrors)
			},
			[]string{"too many errors"},
			[]string{"resume", "cancel"},
		},
		"finished, some unknown": {
			func(b *broadcast.Broadcast, v *view) { b.State, v.up, v.tally.Queued = broadcast.Finished, 7, 0 },
			[]string{"👍 7  👎 0", "may have it or not", "Can be recalled until 04.03 12:00, 47 h 0 min left"},
			[]string{"again", "fix", "recall", "copy", "csv"},
		},
		"two days later": {
			func(b *broadcast.Broadcast, v *view) {
				b.State, v.now, v.tally = broadcast.Finished, at.Add(49*time.Hour), broadcast.Tally{Sent: 5}
			},
			[]string{"5 of 5 delivered"},
			[]string{"fix", "copy", "csv"},
		},
		"cancelled on the way": {
			func(b *broadcast.Broadcast, _ *view) { b.State = broadcast.Canceled },
			[]string{"Not sent: 600"},
			[]string{"fix", "recall", "copy", "csv"},
		},
		"cancelled before": {
			func(b *broadcast.Broadcast, v *view) {
				b.State, b.Started, v.tally = broadcast.Canceled, time.Time{}, broadcast.Tally{}
			},
			[]string{"Cancelled"},
			[]string{"copy"},
		},
		"a recall": {
			func(b *broadcast.Broadcast, v *view) {
				b.State, b.Corrects, b.Recall, v.tally = broadcast.Finished, "BBBBBBBB", true, broadcast.Tally{Sent: 5}
			},
			[]string{"deletes the sent BBBBBBBB", "5 of 5 deleted"},
			nil,
		},
	} {
		b, own := base, v
		own.tally = sent
		c.change(&b, &own)
		r := own.board(&b)
		for _, words := range c.says {
			if !strings.Contains(r.HTML, words) {
				t.Errorf("%s: %q is not in\n%s", name, words, r.HTML)
			}
		}
		var offered []string
		for _, row := range r.Buttons {
			for _, button := range row {
				offered = append(offered, strings.Split(button.Data, ":")[1])
			}
		}
		if strings.Join(offered, " ") != strings.Join(c.data, " ") {
			t.Errorf("%s offers %v, want %v", name, offered, c.data)
		}
	}
}
