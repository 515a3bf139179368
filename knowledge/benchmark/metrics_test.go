package main

import (
	"math"
	"testing"
	"time"
)

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > 1e-9 {
		t.Errorf("%s = %v, want %v", what, got, want)
	}
}

// Computed by hand: log2(2)=1, log2(3)=1.58496…, log2(4)=2.
func TestRankingByHand(t *testing.T) {
	log3 := math.Log2(3)
	tests := []struct {
		name              string
		ranked            []string
		grades            map[string]int
		ndcg, mrr, recall float64
	}{
		{"first", []string{"a", "b"}, map[string]int{"a": 1}, 1, 1, 1},
		{"third", []string{"x", "y", "a"}, map[string]int{"a": 1}, .5, 1. / 3, 1},
		{"grades turned round", []string{"b", "a"}, map[string]int{"a": 2, "b": 1}, (1 + 2/log3) / (2 + 1/log3), 1, 1},
		{"one of two", []string{"x", "a"}, map[string]int{"a": 1, "b": 1}, (1 / log3) / (1 + 1/log3), .5, .5},
		{"beyond ten", []string{"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "a"}, map[string]int{"a": 1}, 0, 0, 0},
		{"grade zero is not relevant", []string{"b", "a"}, map[string]int{"a": 1, "b": 0}, 1 / log3, .5, 1},
		{"nothing found", nil, map[string]int{"a": 1}, 0, 0, 0},
	}
	var all Ranking
	var ndcg, mrr, recall float64
	for _, tt := range tests {
		var r Ranking
		r.add(tt.ranked, tt.grades)
		all.add(tt.ranked, tt.grades)
		near(t, tt.name+": nDCG", r.NDCG, tt.ndcg)
		near(t, tt.name+": MRR", r.MRR, tt.mrr)
		near(t, tt.name+": recall", r.Recall, tt.recall)
		ndcg, mrr, recall = ndcg+tt.ndcg, mrr+tt.mrr, recall+tt.recall
	}
	all.add([]string{"a"}, nil) // without judgements: does not count
	n := float64(len(tests))
	near(t, "mean nDCG", all.NDCG, ndcg/n)
	near(t, "mean MRR", all.MRR, mrr/n)
	near(t, "mean recall", all.Recall, recall/n)
}

func TestAUCByHand(t *testing.T) {
	near(t, "apart", auc([]float64{.9, .8}, []float64{.1, .2}), 1)
	near(t, "turned round", auc([]float64{.1}, []float64{.2, .3}), 0)
	near(t, "one tie, one win, one loss, one win", auc([]float64{.5, .3}, []float64{.5, .1}), 2.5/4)
	near(t, "no one to beat", auc([]float64{1}, nil), .5)
}

func TestPercentileByHand(t *testing.T) {
	took := []time.Duration{4 * time.Millisecond, time.Millisecond, 3 * time.Millisecond, 2 * time.Millisecond}
	near(t, "p50", percentile(took, .5), 2)
	near(t, "p99", percentile(took, .99), 4)
	near(t, "p0", percentile(took, 0), 1)
	near(t, "of none", percentile(nil, .5), 0)
}
