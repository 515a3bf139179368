package dashboard

import (
	"context"
	"net/http"
	"strings"
	"time"

	"refbot/bot"
	"refbot/bot/broadcast"
	"refbot/bot/library"
	"refbot/bot/moderation"
	"refbot/knowledge"
	"refbot/knowledge/language"
)

// overviewData is the first page.
type overviewData struct {
	Today, Week    moderation.Stats
	Hours, Days    chart
	P50, P95, P99  time.Duration
	Topics         []moderation.Counted
	Clusters       []moderation.Cluster
	Sending        []sending
	Version        library.Version
	Statements     int
	Waiting        int // proposals for a second person
	Answered       float64
	Abstained      float64
	Neutral        float64
	LanguageCounts []moderation.Counted
	Up, Down       int // ratings of the week
}

// decisions are the parts of the charts, from below.
var decisions = []knowledge.Decision{knowledge.DecideAnswer, knowledge.DecideAbstain, knowledge.DecideNeutral, knowledge.DecideOfftopic}

func (s *Server) overview(w http.ResponseWriter, r *http.Request, v *visitor) error {
	d, err := s.summary(r.Context(), v)
	if err != nil {
		return err
	}
	return s.show(w, r, v, "overview", &page{Title: "overview", Data: d})
}

func (s *Server) summary(ctx context.Context, v *visitor) (*overviewData, error) {
	now := s.Now().In(s.zone())
	today := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, now.Location())
	d := &overviewData{Statements: len(s.Live.Load().Pack().Statements)}
	hours, err := s.Journal.Stats(ctx, now.Add(-23*time.Hour).Truncate(time.Hour), now, moderation.Hourly)
	if err != nil {
		return nil, err
	}
	days, err := s.Journal.Stats(ctx, today.AddDate(0, 0, -13), now, moderation.Daily)
	if err != nil {
		return nil, err
	}
	words := s.words(v).Dashboard
	d.Hours = counted(words, "per_hour", hours, func(t time.Time) string { return t.In(s.zone()).Format("15") })
	d.Days = counted(words, "per_day", days, func(t time.Time) string { return t.In(s.zone()).Format("02.01") })
	for i := range days {
		if i >= len(days)-7 {
			d.Week.Add(&days[i])
		}
	}
	if len(days) > 0 {
		d.Today = days[len(days)-1]
	}
	d.P50, d.P95, d.P99 = d.Week.Latency.Percentile(.5), d.Week.Latency.Percentile(.95), d.Week.Latency.Percentile(.99)
	d.Answered, d.Abstained, d.Neutral = d.Week.Share(knowledge.DecideAnswer), d.Week.Share(knowledge.DecideAbstain), d.Week.Share(knowledge.DecideNeutral)
	for _, c := range language.Codes() {
		d.LanguageCounts = append(d.LanguageCounts, moderation.Counted{Name: s.words(v).Dashboard["language_"+string(c)], Count: d.Week.Languages[c]})
	}
	d.Up, d.Down = d.Week.Feedback[bot.Helpful], d.Week.Feedback[bot.NotHelpful]
	d.Topics = d.Week.TopTopics(6)
	for i, t := range d.Topics {
		if topic, known := s.campaign().Topic(t.Name); known {
			d.Topics[i].Name = topic.Title[s.words(v).Code]
		}
	}
	return d, s.activity(ctx, v, d)
}

// activity adds what goes on: gaps, proposals, broadcasts.
func (s *Server) activity(ctx context.Context, v *visitor, d *overviewData) (err error) {
	if v.may(moderators...) {
		if d.Clusters, _, err = s.Clusters.List(ctx, moderation.ClusterFilter{Least: 2}, "", 5); err != nil {
			return err
		}
		open, err := s.Library.Shelf.OpenProposals(ctx)
		if err != nil {
			return err
		}
		for _, p := range open {
			if p.State == library.Submitted {
				d.Waiting++
			}
		}
	}
	if d.Sending, err = s.inProgress(ctx); err != nil {
		return err
	}
	_, d.Version, err = s.Library.Current(ctx)
	return err
}

// counted makes a chart of buckets.
func counted(words map[string]string, title string, buckets []moderation.Stats, label func(time.Time) string) chart {
	c := chart{Title: words[title]}
	for _, d := range decisions {
		c.Names = append(c.Names, words["decision_"+string(d)])
	}
	for i := range buckets {
		b := bar{Label: label(buckets[i].Begin)}
		for _, d := range decisions {
			b.Parts = append(b.Parts, buckets[i].Decisions[d])
		}
		c.Bars = append(c.Bars, b)
	}
	return c
}

// sending is a broadcast on its way.
type sending struct {
	ID    broadcast.ID    `json:"id"`
	State broadcast.State `json:"state"`
	Title string          `json:"title"`
	Done  int             `json:"done"`
	Of    int             `json:"of"`
	Tally broadcast.Tally `json:"-"`
}

// Percent is how far it is.
func (s sending) Percent() int {
	if s.Of == 0 {
		return 0
	}
	return 100 * s.Done / s.Of
}

// inProgress are the broadcasts that are scheduled, sent or paused.
func (s *Server) inProgress(ctx context.Context) ([]sending, error) {
	active, err := s.Broadcasts.Store.Active(ctx)
	if err != nil {
		return nil, err
	}
	var list []sending
	for _, b := range active {
		tally, err := s.Broadcasts.Ledger.Tally(ctx, b.ID)
		if err != nil {
			return nil, err
		}
		done := tally.Sent + tally.Unreachable + tally.Failed + tally.Unknown
		list = append(list, sending{b.ID, b.State, titleOf(b), done, done + tally.Queued, tally})
	}
	return list, nil
}

// titleOf is the beginning of what a broadcast says.
func titleOf(b *broadcast.Broadcast) string {
	for _, code := range append([]language.Code{b.Fallback}, language.Codes()...) {
		if m, ok := b.Content[code]; ok {
			return bot.Shorten(strings.Join(strings.Fields(plain(m.Text)), " "), 80)
		}
	}
	return string(b.ID)
}
