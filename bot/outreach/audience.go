package outreach

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"refbot/bot"
	"refbot/bot/broadcast"
	"refbot/bot/texts"
	"refbot/knowledge/language"
)

// audience is the menu of who gets it; how many that are stands above.
func (x *visit) audience(ctx context.Context, id broadcast.ID, page string) error {
	b, err := x.Desk.Store.Load(ctx, id)
	if err != nil {
		return err
	}
	return x.drawAudience(ctx, b, page)
}

func (x *visit) drawAudience(ctx context.Context, b *broadcast.Broadcast, page string) error {
	counts, err := x.Desk.Count(ctx, b, nil)
	if err != nil {
		return err
	}
	r := bot.Reply{Language: x.Language, Parts: []bot.Part{bot.Text(x.b.AskAudience), {Spans: []bot.Span{{Text: "👥 " + x.reach(b, counts), Bold: true}}}}}
	if said := x.segment(b.Segment); said != "" {
		r.Parts = append(r.Parts, bot.Part{Tight: true, Spans: []bot.Span{{Text: "🎯 " + said}}})
	}
	var tongues []bot.Button
	for _, l := range language.Codes() {
		on := slices.Contains(b.Segment.Languages, l)
		tongues = append(tongues, bot.Button{Text: chosen(on, texts.For(l).Name), Data: data("wl", b.ID, string(l))})
	}
	r.Buttons = append(r.Buttons, tongues)
	r.Buttons = append(r.Buttons, x.topicButtons(b, page)...)
	r.Buttons = append(r.Buttons, x.regionButtons(b)...)
	r.Buttons = append(r.Buttons, x.sinceButtons(b), row(data("view", b.ID, ""), x.b.Button.Ready))
	return x.replace(ctx, r)
}

const topicsShown = 5

func (x *visit) topicButtons(b *broadcast.Broadcast, page string) [][]bot.Button {
	topics := x.campaign().Topics
	from, _ := strconv.Atoi(page)
	if from < 0 || from >= len(topics) {
		from = 0
	}
	var rows [][]bot.Button
	for _, t := range topics[from:min(from+topicsShown, len(topics))] {
		verb := data("wt", b.ID, t.ID)
		if len(verb) > 64 {
			continue
		}
		rows = append(rows, row(verb, chosen(slices.Contains(b.Segment.Topics, t.ID), t.Title[x.Language])))
	}
	var pages []bot.Button
	if from > 0 {
		pages = append(pages, bot.Button{Text: x.t.Button.Previous, Data: data("who", b.ID, strconv.Itoa(from-topicsShown))})
	}
	if from+topicsShown < len(topics) {
		pages = append(pages, bot.Button{Text: x.t.Button.Next, Data: data("who", b.ID, strconv.Itoa(from+topicsShown))})
	}
	if pages != nil {
		rows = append(rows, pages)
	}
	return rows
}

// regionButtons lead to the regions, where the campaign has any.
func (x *visit) regionButtons(b *broadcast.Broadcast) [][]bot.Button {
	if len(x.campaign().Regions) == 0 {
		return nil
	}
	return [][]bot.Button{row(data("wg", b.ID), chosen(len(b.Segment.Regions) > 0, x.b.Button.Regions))}
}

// regions is the menu of regions.
func (x *visit) regions(ctx context.Context, id broadcast.ID, _ string) error {
	b, err := x.Desk.Store.Load(ctx, id)
	if err != nil {
		return err
	}
	return x.drawRegions(ctx, b)
}

func (x *visit) drawRegions(ctx context.Context, b *broadcast.Broadcast) error {
	counts, err := x.Desk.Count(ctx, b, nil)
	if err != nil {
		return err
	}
	r := bot.Reply{Language: x.Language, Parts: []bot.Part{bot.Text(x.b.AskRegions), {Spans: []bot.Span{{Text: "👥 " + x.reach(b, counts), Bold: true}}}}}
	for _, region := range x.campaign().Regions {
		button := bot.Button{Text: chosen(slices.Contains(b.Segment.Regions, region.ID), region.Title[x.Language]), Data: data("wr", b.ID, region.ID)}
		if n := len(r.Buttons); n > 0 && len(r.Buttons[n-1]) < 2 {
			r.Buttons[n-1] = append(r.Buttons[n-1], button)
			continue
		}
		r.Buttons = append(r.Buttons, []bot.Button{button})
	}
	r.Buttons = append(r.Buttons, row(data("who", b.ID), x.b.Button.Ready))
	return x.replace(ctx, r)
}

func (x *visit) sinceButtons(b *broadcast.Broadcast) []bot.Button {
	var r []bot.Button
	for _, days := range []int{1, 7, 30} {
		since := x.daysAgo(days)
		r = append(r, bot.Button{Text: chosen(b.Segment.Since.Equal(since), x.b.Since(days)), Data: data("ws", b.ID, strconv.Itoa(days))})
	}
	return r
}

// daysAgo is the beginning of a day in the campaign's time zone.
func (x *visit) daysAgo(days int) time.Time {
	now := x.Desk.Now().In(x.zone())
	return time.Date(now.Year(), now.Month(), now.Day()-days, 0, 0, 0, 0, x.zone()).UTC()
}

// segment says in words whom a broadcast is for; "" for everybody.
func (x *visit) segment(s broadcast.Segment) string {
	var parts []string
	for _, l := range s.Languages {
		parts = append(parts, texts.For(l).Name)
	}
	for _, id := range s.Topics {
		topic, _ := x.campaign().Topic(id)
		parts = append(parts, topic.Title[x.Language])
	}
	for _, id := range s.Regions {
		region, _ := x.campaign().Region(id)
		parts = append(parts, region.Title[x.Language])
	}
	if !s.Since.IsZero() {
		parts = append(parts, x.b.SinceDate(s.Since.In(x.zone()).Format("02.01.2006")))
	}
	return strings.Join(parts, ", ")
}

func (x *visit) changeAudience(ctx context.Context, id broadcast.ID, f func(*broadcast.Segment)) error {
	b, err := x.edit(ctx, id, "audience", func(b *broadcast.Broadcast) error {
		f(&b.Segment)
		return nil
	})
	if err != nil {
		return err
	}
	return x.drawAudience(ctx, b, "")
}

func (x *visit) toggleLanguage(ctx context.Context, id broadcast.ID, l string) error {
	if !language.Code(l).Valid() {
		return nil
	}
	return x.changeAudience(ctx, id, func(s *broadcast.Segment) { s.Languages = toggled(s.Languages, language.Code(l)) })
}

func (x *visit) toggleTopic(ctx context.Context, id broadcast.ID, topic string) error {
	if _, ok := x.campaign().Topic(topic); !ok {
		return nil
	}
	return x.changeAudience(ctx, id, func(s *broadcast.Segment) { s.Topics = toggled(s.Topics, topic) })
}

func (x *visit) toggleRegion(ctx context.Context, id broadcast.ID, region string) error {
	if _, ok := x.campaign().Region(region); !ok {
		return nil
	}
	b, err := x.edit(ctx, id, "audience", func(b *broadcast.Broadcast) error {
		b.Segment.Regions = toggled(b.Segment.Regions, region)
		return nil
	})
	if err != nil {
		return err
	}
	return x.drawRegions(ctx, b)
}

func (x *visit) since(ctx context.Context, id broadcast.ID, days string) error {
	n, err := strconv.Atoi(days)
	if err != nil || n < 1 || n > 366 {
		return nil //nolint:nilerr // foreign callback data
	}
	since := x.daysAgo(n)
	return x.changeAudience(ctx, id, func(s *broadcast.Segment) {
		if s.Since.Equal(since) {
			since = time.Time{}
		}
		s.Since = since
	})
}

// toggled adds what is not in a list and takes out what is.
func toggled[T comparable](list []T, v T) []T {
	if i := slices.Index(list, v); i >= 0 {
		return slices.Delete(slices.Clone(list), i, i+1)
	}
	return append(slices.Clone(list), v)
}
