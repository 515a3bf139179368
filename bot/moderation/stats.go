package moderation

import (
	"math"
	"slices"
	"time"

	"refbot/bot"
	"refbot/knowledge"
	"refbot/knowledge/language"
)

// Bucket is a stretch of time that is counted together.
type Bucket string

// The buckets.
const (
	Hourly Bucket = "hour"
	Daily  Bucket = "day"
)

// MaxBuckets bounds how many buckets are counted at once: a year of days, six weeks of hours.
const MaxBuckets = 1000

// Stats counts the questions of a bucket. Counting does not look at the questions again, so it is cheap, and
// what was forgotten or is over stays counted.
type Stats struct {
	Begin, End time.Time
	Questions  int
	Decisions  map[knowledge.Decision]int
	Languages  map[language.Code]int
	Feedback   map[bot.Feedback]int
	Topics     map[string]int // answers by the topic of their first statement
	Rulings    map[bot.Ruling]int
	Phrased    map[bot.Ending]int // what became of phrasing, where there is an LLM
	Latency    Histogram
}

// Share is the part of the questions that got this decision, 0 for none at all.
func (s *Stats) Share(d knowledge.Decision) float64 {
	if s.Questions == 0 {
		return 0
	}
	return float64(s.Decisions[d]) / float64(s.Questions)
}

// Counted is a name with its count.
type Counted struct {
	Name  string
	Count int
}

// TopTopics lists the n topics that were asked for most.
func (s *Stats) TopTopics(n int) []Counted {
	list := make([]Counted, 0, len(s.Topics))
	for name, count := range s.Topics {
		list = append(list, Counted{name, count})
	}
	slices.SortFunc(list, func(a, b Counted) int {
		if a.Count != b.Count {
			return b.Count - a.Count
		}
		if a.Name < b.Name {
			return -1
		}
		return 1
	})
	return list[:min(n, len(list))]
}

// Add counts another bucket in, such as an hour into its day.
func (s *Stats) Add(o *Stats) {
	s.Questions += o.Questions
	s.Decisions = added(s.Decisions, o.Decisions)
	s.Languages = added(s.Languages, o.Languages)
	s.Feedback = added(s.Feedback, o.Feedback)
	s.Topics = added(s.Topics, o.Topics)
	s.Rulings = added(s.Rulings, o.Rulings)
	s.Phrased = added(s.Phrased, o.Phrased)
	for i, n := range o.Latency {
		s.Latency[i] += n
	}
}

func added[K comparable](sum, more map[K]int) map[K]int {
	if sum == nil && len(more) > 0 {
		sum = make(map[K]int, len(more))
	}
	for k, n := range more {
		sum[k] += n
	}
	return sum
}

// Histogram counts durations. Bucket i holds those from Bound(i) up to Bound(i+1), four buckets to an
// octave, so a percentile is off by less than a tenth.
type Histogram [Steps]int

// Steps is the number of buckets: from a microsecond to more than ten minutes.
const Steps = 120

// Step is the bucket of a duration.
func Step(d time.Duration) int {
	if d <= time.Microsecond {
		return 0
	}
	return min(Steps-1, int(4*math.Log2(float64(d)/float64(time.Microsecond))))
}

// Bound is where a bucket begins.
func Bound(step int) time.Duration {
	return time.Duration(float64(time.Microsecond) * math.Exp2(float64(step)/4))
}

// Percentile is the duration that a share p, in (0,1], stays below; 0 when nothing was counted.
func (h *Histogram) Percentile(p float64) time.Duration {
	total := 0
	for _, n := range h {
		total += n
	}
	if total == 0 {
		return 0
	}
	rank := max(1, int(math.Ceil(p*float64(total))))
	for step, n := range h {
		if rank -= n; rank <= 0 {
			return (Bound(step) + Bound(step+1)) / 2
		}
	}
	return Bound(Steps)
}
