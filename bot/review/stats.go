package review

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/wcharczuk/go-chart/v2"
	"github.com/wcharczuk/go-chart/v2/drawing"

	"refbot/bot"
	"refbot/bot/moderation"
	"refbot/bot/texts"
	"refbot/knowledge"
)

// statsDays is how many days the chart shows.
const statsDays = 7

// stats shows how many questions there were and what became of them: today, yesterday, in a week.
func (x *visit) stats(ctx context.Context) error {
	defer x.Messenger.Typing(ctx, x.home)()
	r, _, err := x.Room.summary(ctx, x.t, x.zone())
	if err != nil {
		return err
	}
	choice, err := x.choiceOf(ctx, x.who.ID)
	if err != nil {
		return err
	}
	r.Buttons = [][]bot.Button{{digestButton(x.t, choice)}}
	_, err = x.Messenger.Send(ctx, x.home, r, 0)
	return err
}

// summary is the picture of the last days with what it shows in words, and how many questions there were in them.
func (r *Room) summary(ctx context.Context, t *texts.Catalog, zone *time.Location) (reply bot.Reply, asked int, err error) {
	now := r.Now().In(zone)
	today := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, zone)
	days, err := r.Journal.Stats(ctx, today.AddDate(0, 0, 1-statsDays), now, moderation.Daily)
	if err != nil {
		return bot.Reply{}, 0, err
	}
	remaining, err := r.Queue.Remaining(ctx)
	if err != nil {
		return bot.Reply{}, 0, err
	}
	reply = bot.Reply{Language: t.Code}
	if picture, err := drawDays(days); err == nil { // the words stand without it
		reply.Picture = &bot.File{Name: "stats.png", Data: picture}
	}
	var week moderation.Stats
	for i := range days {
		week.Add(&days[i])
	}
	var yesterday, last moderation.Stats
	if n := len(days); n > 1 {
		yesterday, last = days[n-2], days[n-1]
	}
	s := &t.Review.Stats
	lines := []string{line(s, s.Today, &last), line(s, s.Yesterday, &yesterday), line(s, s.Week, &week), s.Waiting(remaining)}
	reply.Parts = []bot.Part{bot.Text(strings.Join(lines, "\n"))}
	return reply, week.Questions, nil
}

// line says what became of the questions of a stretch of time.
func line(s *texts.Stats, name string, of *moderation.Stats) string {
	if of.Questions == 0 {
		return name + ": " + s.None
	}
	percent := func(d knowledge.Decision) string { return fmt.Sprintf("%.0f\u00a0%%", 100*of.Share(d)) }
	return name + ": " + s.Line(of.Questions, percent(knowledge.DecideAnswer), percent(knowledge.DecideAbstain), of.Feedback[bot.Helpful], of.Feedback[bot.NotHelpful])
}

// The picture, in pixels.
const pictureWidth, pictureHeight = 900, 420

// drawDays draws a bar a day, as PNG: how many questions there were.
func drawDays(days []moderation.Stats) ([]byte, error) {
	bars := make([]chart.Value, len(days))
	most := 1
	for i := range days {
		most = max(most, days[i].Questions)
		bars[i] = chart.Value{
			Label: fmt.Sprintf("%s\n%d", days[i].Begin.Format("02.01"), days[i].Questions), Value: float64(days[i].Questions),
			Style: chart.Style{FillColor: drawing.ColorFromHex("0b6e7c"), StrokeColor: drawing.ColorFromHex("0b6e7c")},
		}
	}
	picture := chart.BarChart{
		Width: pictureWidth, Height: pictureHeight, BarWidth: 70, Bars: bars,
		Background: chart.Style{Padding: chart.Box{Top: 30, Left: 20, Right: 20, Bottom: 40}},
		YAxis: chart.YAxis{
			Range:          &chart.ContinuousRange{Min: 0, Max: float64(most) * 1.1},
			ValueFormatter: func(v any) string { return fmt.Sprintf("%.0f", v) },
		},
	}
	var b bytes.Buffer
	if err := picture.Render(chart.PNG, &b); err != nil {
		return nil, fmt.Errorf("draw the days: %w", err)
	}
	return b.Bytes(), nil
}
