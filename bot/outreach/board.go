package outreach

import (
	"strings"
	"time"

	"refbot/bot"
	"refbot/bot/broadcast"
	"refbot/bot/markup"
	"refbot/bot/texts"
)

// view draws how a broadcast is doing, for one reader.
type view struct {
	t        *texts.Catalog
	zone     *time.Location
	now      time.Time
	tally    broadcast.Tally
	rate     float64 // messages a second of late; 0: not known
	up, down int
	brief    bool // a report with everything else follows
	chart    bool // above a chart, whose colours the marks are
}

func (v view) clock(t time.Time) string { return t.In(v.zone).Format("02.01 15:04") }

// board shows a broadcast that was begun, or ended before it was.
func (v view) board(b *broadcast.Broadcast) bot.Reply {
	t := &v.t.Broadcast
	title := stateMark[b.State] + " <b>" + markup.Escape(t.States[string(b.State)]) + "</b> · " + string(b.ID)
	lines := []string{title, quoted(b, v.t.Code)}
	switch {
	case b.Recall:
		lines[1] = "🗑 " + t.IsRecall(string(b.Corrects))
	case b.Corrects != "":
		lines = append(lines, "✏️ "+t.IsCorrection(string(b.Corrects)))
	}
	if !b.Started.IsZero() {
		lines = append(lines, "")
		if !v.chart {
			lines = append(lines, v.bar())
		}
		lines = append(lines, v.counts(b))
	}
	if v.brief {
		if left := v.recallLeft(b); left > 0 {
			lines = append(lines, v.recallUntil(b, left))
		}
		return bot.Reply{Language: v.t.Code, HTML: strings.Join(lines, "\n")}
	}
	switch b.State {
	case broadcast.Sending:
		lines = append(lines, v.pace())
	case broadcast.Paused:
		lines = append(lines, "⏸ "+t.Paused[b.Pause])
	case broadcast.Expired:
		lines = append(lines, t.WhyExpired[lastReason(b)])
	case broadcast.Finished, broadcast.Canceled:
		lines = append(lines, v.after(b)...)
	}
	return bot.Reply{Language: v.t.Code, HTML: strings.Join(lines, "\n"), Buttons: v.boardButtons(b)}
}

// lastReason is why the last thing that happened did.
func lastReason(b *broadcast.Broadcast) string {
	if n := len(b.Audit); n > 0 {
		return b.Audit[n-1].Why
	}
	return ""
}

const barWidth = 12

// bar is a progress bar in letters.
func (v view) bar() string {
	all := v.tally.Total()
	if all == 0 {
		return strings.Repeat("░", barWidth)
	}
	done := all - v.tally.Queued
	full := done * barWidth / all
	return strings.Repeat("█", full) + strings.Repeat("░", barWidth-full) + " " + number(done*100/all) + "\u00a0%"
}

func (v view) counts(b *broadcast.Broadcast) string {
	t := &v.t.Broadcast
	done := t.SentOf
	switch {
	case b.Recall:
		done = t.RecalledOf
	case b.Corrects != "":
		done = t.CorrectedOf
	}
	marks := [...]string{"✅", "🚫", "⚠️", "❓", "⏳"}
	if v.chart {
		marks = [...]string{"🟩", "⬜", "🟧", "🟪", "🟦"}
	}
	text := marks[0] + " " + done(number(v.tally.Sent), number(v.tally.Total()))
	left := 0
	if b.State.Over() {
		left = v.tally.Queued
	}
	for i, part := range []struct {
		name string
		n    int
	}{{t.Unreachable, v.tally.Unreachable}, {t.Failed, v.tally.Failed}, {t.Unknown, v.tally.Unknown}, {t.NotSent, left}} {
		if part.n > 0 {
			text += "\n" + marks[i+1] + " " + part.name + ": " + number(part.n)
		}
	}
	return text
}

// pace is how fast it goes and how long it will take.
func (v view) pace() string {
	t := &v.t.Broadcast
	left, known := v.tally.Left(v.rate)
	if !known {
		return "⏱ " + t.Starting
	}
	rate := "&lt;1"
	if v.rate >= 1 {
		rate = number(int(v.rate + 0.5))
	}
	return "⏱ " + t.Pace(rate, v.span(left))
}

// span is a length of time in words: hours and minutes, or less than a minute.
func (v view) span(d time.Duration) string {
	minutes := int(d.Round(time.Minute).Minutes())
	switch {
	case minutes < 1:
		return v.t.Broadcast.UnderMinute
	case minutes < 60:
		return v.t.Broadcast.Minutes(minutes)
	}
	return v.t.Broadcast.Hours(minutes/60, minutes%60)
}

// after is what there is to know once it is over.
func (v view) after(b *broadcast.Broadcast) []string {
	t := &v.t.Broadcast
	if b.Started.IsZero() {
		return nil
	}
	lines := []string{"🕘 " + v.clock(b.Started) + " – " + b.Ended.In(v.zone).Format("15:04")}
	if v.up+v.down > 0 {
		lines = append(lines, "👍 "+number(v.up)+"  👎 "+number(v.down))
	}
	if v.tally.Unknown > 0 {
		lines = append(lines, "", "❓ "+t.WhyUnknown)
	}
	if left := v.recallLeft(b); left > 0 {
		lines = append(lines, v.recallUntil(b, left))
	}
	return lines
}

func (v view) recallUntil(b *broadcast.Broadcast, left time.Duration) string {
	return "🗑 " + v.t.Broadcast.RecallUntil(v.clock(b.RecallUntil()), v.span(left))
}

// recallLeft is how long it can still be recalled.
func (v view) recallLeft(b *broadcast.Broadcast) time.Duration {
	if b.Corrects != "" || b.Started.IsZero() || v.tally.Sent == 0 {
		return 0
	}
	return max(0, b.RecallUntil().Sub(v.now))
}

func (v view) boardButtons(b *broadcast.Broadcast) [][]bot.Button {
	c := &v.t.Broadcast.Button
	switch b.State {
	case broadcast.Sending:
		return [][]bot.Button{row(data("pause", b.ID), c.Pause, data("cancel", b.ID), c.Stop)}
	case broadcast.Paused:
		return [][]bot.Button{row(data("resume", b.ID), c.Resume, data("cancel", b.ID), c.Stop)}
	}
	var rows [][]bot.Button
	if v.tally.Unknown > 0 && b.State == broadcast.Finished {
		rows = append(rows, row(data("again", b.ID), c.Again(number(v.tally.Unknown))))
	}
	if v.tally.Sent > 0 && b.Corrects == "" {
		r := row(data("fix", b.ID), c.Correct)
		if v.recallLeft(b) > 0 {
			r = append(r, bot.Button{Text: c.Recall, Data: data("recall", b.ID)})
		}
		rows = append(rows, r)
	}
	last := row(data("copy", b.ID), c.Copy)
	if !b.Started.IsZero() {
		last = append(last, bot.Button{Text: c.Table, Data: data("csv", b.ID)})
	}
	if b.Recall {
		return rows
	}
	return append(rows, last)
}
