package main

import (
	"fmt"
	"io"
)

// Report is everything that was measured.
type Report struct {
	Go       string       `json:"go"`
	Platform string       `json:"platform"`
	Seed     uint64       `json:"seed"`
	Passes   int          `json:"passes"`
	Quality  []SetReport  `json:"quality,omitempty"`
	Speed    []SizeReport `json:"speed,omitempty"`
}

// print writes the tables: a figure each, contenders below each other, sets or sizes side by side.
func (r *Report) print(w io.Writer) error {
	fmt.Fprintf(w, "%s %s, one core, seed %d, %d timed passes; * marks the best of a column\n\n", r.Go, r.Platform, r.Seed, r.Passes)
	var ranked, judged []SetReport
	for _, s := range r.Quality {
		if s.Abstention {
			judged = append(judged, s)
		} else {
			ranked = append(ranked, s)
		}
	}
	for _, t := range append(append(rankingTables(ranked), abstentionTables(judged)...), r.speedTables()...) {
		if err := t.write(w); err != nil {
			return err
		}
	}
	return nil
}

func rankingTables(sets []SetReport) []*table {
	if len(sets) == 0 {
		return nil
	}
	list := []*table{
		setTable(sets, "nDCG@10", "%.3f", most, true, func(r *Result) float64 { return r.NDCG }),
		setTable(sets, "MRR@10", "%.3f", most, true, func(r *Result) float64 { return r.MRR }),
		setTable(sets, "Recall@10", "%.3f", most, true, func(r *Result) float64 { return r.Recall }),
	}
	if sets[0].Results[0].Typo != nil {
		list = append(list,
			setTable(sets, "nDCG@10, one typo", "%.3f", most, true, func(r *Result) float64 { return r.Typo.NDCG }),
			setTable(sets, "nDCG@10 lost to it, points", "%.1f", least, false, func(r *Result) float64 { return 100 * (r.NDCG - r.Typo.NDCG) }),
			setTable(sets, "MRR@10 lost to it, points", "%.1f", least, false, func(r *Result) float64 { return 100 * (r.MRR - r.Typo.MRR) }))
	}
	return append(list,
		setTable(sets, "p50, ms", "%.3f", least, true, func(r *Result) float64 { return r.P50 }),
		setTable(sets, "p99, ms", "%.3f", least, true, func(r *Result) float64 { return r.P99 }),
		setTable(sets, "build, s", "%.3f", least, true, func(r *Result) float64 { return r.Build }),
		setTable(sets, "memory beyond text, MB", "%.2f", least, true, func(r *Result) float64 { return float64(r.Bytes) / 1e6 }))
}

func abstentionTables(sets []SetReport) []*table {
	if len(sets) == 0 {
		return nil
	}
	return []*table{setTable(sets, "AUC, answerable or not", "%.3f", most, true, func(r *Result) float64 { return r.AUC })}
}

func setTable(sets []SetReport, title, format string, best sense, lead bool, figure func(*Result) float64) *table {
	t := &table{title: title, format: format, best: best, lead: lead}
	for _, s := range sets {
		t.columns = append(t.columns, s.Name)
	}
	for _, r := range sets[0].Results {
		t.rows = append(t.rows, r.Engine)
	}
	t.value = func(row, column int) float64 { return figure(&sets[column].Results[row]) }
	return t
}

func (r *Report) speedTables() []*table {
	if len(r.Speed) == 0 {
		return nil
	}
	list := []*table{
		sizeTable(r.Speed, "p50, ms", "%.3f", func(s *SpeedResult) float64 { return s.P50 }),
		sizeTable(r.Speed, "p99, ms", "%.3f", func(s *SpeedResult) float64 { return s.P99 }),
		sizeTable(r.Speed, "build, s per 10,000", "%.3f", func(s *SpeedResult) float64 { return s.BuildPer10k }),
		sizeTable(r.Speed, "bytes a passage beyond text", "%.0f", func(s *SpeedResult) float64 { return s.BytesPerPassage }),
		sizeTable(r.Speed, "allocations a question", "%.0f", func(s *SpeedResult) float64 { return s.Allocations }),
		sizeTable(r.Speed, "bytes allocated a question", "%.0f", func(s *SpeedResult) float64 { return s.Allocated }),
	}
	if len(r.Speed) > 1 {
		list = append(list,
			growthTable(r.Speed, "p50 grew by", func(s *SpeedResult) float64 { return s.GrowthP50 }),
			growthTable(r.Speed, "p99 grew by", func(s *SpeedResult) float64 { return s.GrowthP99 }))
	}
	return list
}

func sizeTable(sizes []SizeReport, title, format string, figure func(*SpeedResult) float64) *table {
	t := &table{title: title, format: format, best: least}
	for _, s := range sizes {
		t.columns = append(t.columns, fmt.Sprintf("%d passages", s.Passages))
	}
	for _, r := range sizes[0].Results {
		t.rows = append(t.rows, r.Engine)
	}
	t.value = func(row, column int) float64 { return figure(&sizes[column].Results[row]) }
	return t
}

func growthTable(sizes []SizeReport, title string, figure func(*SpeedResult) float64) *table {
	t := sizeTable(sizes[1:], title, "%.2f", figure)
	for i := range t.columns {
		t.columns[i] = fmt.Sprintf("%d to %d (%.1f times)", sizes[i].Passages, sizes[i+1].Passages, sizes[i+1].Results[0].Larger)
	}
	return t
}
