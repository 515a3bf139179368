package main

import (
	"fmt"
	"math/rand/v2"

	"refbot/knowledge/benchmark/contender"
	"refbot/knowledge/benchmark/growth"
	"refbot/knowledge/language"
	"refbot/knowledge/reform2026"
)

// SizeReport is what the contenders took at one size.
type SizeReport struct {
	Passages  int           `json:"passages"`
	TextBytes int           `json:"text_bytes"`
	Questions int           `json:"questions"`
	Results   []SpeedResult `json:"results"`
}

// SpeedResult is what one contender took.
type SpeedResult struct {
	Engine string `json:"engine"`
	Cost
	Pace
	BuildPer10k     float64 `json:"build_s_per_10000"`
	BytesPerPassage float64 `json:"bytes_per_passage_beyond_text"`
	// GrowthP50 and GrowthP99 are against the size before, which is Larger times smaller; 0 at the first.
	Larger    float64 `json:"times_larger,omitempty"`
	GrowthP50 float64 `json:"p50_growth,omitempty"`
	GrowthP99 float64 `json:"p99_growth,omitempty"`
}

// speed measures the contenders of speed on a growing collection.
func (b *bench) speed(sets []*set) ([]SizeReport, error) {
	base, questions, err := b.stock(sets)
	if err != nil {
		return nil, err
	}
	grown := growth.Grow(base, b.sizes[len(b.sizes)-1], b.seed)
	reports := make([]SizeReport, 0, len(b.sizes))
	for _, size := range b.sizes {
		passages := grown[:min(size, len(grown))]
		r := SizeReport{Passages: len(passages), Questions: len(questions)}
		for i := range passages {
			r.TextBytes += len(passages[i].Title) + len(passages[i].Text)
		}
		for _, c := range contender.Speed() {
			b.say("%d passages: %s", len(passages), c.Name)
			result, err := b.race(&c, passages, questions)
			if err != nil {
				return nil, fmt.Errorf("%d passages: %s: %w", size, c.Name, err)
			}
			r.Results = append(r.Results, *result)
		}
		if len(reports) > 0 {
			r.compare(&reports[len(reports)-1])
		}
		reports = append(reports, r)
	}
	return reports, nil
}

func (b *bench) race(c *contender.Contender, passages []contender.Passage, questions []string) (*SpeedResult, error) {
	// Most of the words are Cyrillic: bleve's Russian analyzer leaves the other words as they are.
	engine, cost, err := build(c, passages, language.Russian)
	if err != nil {
		return nil, err
	}
	defer engine.Close() //nolint:errcheck // nothing was written
	if _, err := pace(engine, questions, 1); err != nil {
		return nil, err
	}
	r := &SpeedResult{Engine: c.Name, Cost: cost}
	if r.Pace, err = pace(engine, questions, b.passes); err != nil {
		return nil, err
	}
	n := float64(len(passages))
	r.BuildPer10k, r.BytesPerPassage = cost.Build/n*1e4, float64(cost.Bytes)/n
	if c.Profile != "" && b.profile != "" {
		err = b.record(c, engine, passages, questions)
	}
	return r, err
}

func (r *SizeReport) compare(before *SizeReport) {
	for i := range r.Results {
		now, then := &r.Results[i], &before.Results[i]
		now.Larger = float64(r.Passages) / float64(before.Passages)
		if then.P50 > 0 && then.P99 > 0 {
			now.GrowthP50, now.GrowthP99 = now.P50/then.P50, now.P99/then.P99
		}
	}
}

// stock returns the real passages growth starts from, the embedded statements before the sets', and
// questions drawn from the statements' aliases and every set in equal shares. Sets of abstention repeat
// others and stay out.
func (b *bench) stock(sets []*set) ([]contender.Passage, []string, error) {
	pack, err := reform2026.Pack()
	if err != nil {
		return nil, nil, fmt.Errorf("speed: %w", err)
	}
	var passages []contender.Passage
	sources := make([][]string, 1)
	for i := range pack.Statements {
		s := &pack.Statements[i]
		passages = append(passages, contender.Passage{Title: s.Title, Text: s.Text, Language: s.Language})
		sources[0] = append(sources[0], s.Aliases...)
	}
	for _, s := range sets {
		if !s.abstention {
			passages = append(passages, s.passages...)
			sources = append(sources, s.questions())
		}
	}
	return passages, draw(sources, b.queries, b.seed), nil
}

// draw takes n questions from shuffled sources in turn, fewer where the sources hold fewer.
func draw(sources [][]string, n int, seed uint64) []string {
	rng := rand.New(rand.NewPCG(seed, 0x6472))
	rest := make([][]string, len(sources))
	left := 0
	for i, source := range sources {
		rest[i] = append([]string(nil), source...)
		rng.Shuffle(len(rest[i]), func(a, c int) { rest[i][a], rest[i][c] = rest[i][c], rest[i][a] })
		left += len(source)
	}
	list := make([]string, 0, min(n, left))
	for i := 0; len(list) < min(n, left); i = (i + 1) % len(rest) {
		if len(rest[i]) > 0 {
			list = append(list, rest[i][0])
			rest[i] = rest[i][1:]
		}
	}
	return list
}
