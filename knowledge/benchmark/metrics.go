package main

import (
	"cmp"
	"math"
	"slices"
	"time"
)

// depth is how many hits are asked for and judged.
const depth = 10

// Ranking is how well the ranked lists of a set's questions fit its judgements. Questions without a
// relevant passage do not count.
type Ranking struct {
	// NDCG has linear gains, the discount 1/log2(rank+1), and is divided by that of the best possible
	// order (Järvelin and Kekäläinen 2002).
	NDCG   float64 `json:"ndcg_at_10"`
	MRR    float64 `json:"mrr_at_10"`    // mean of 1/rank of the first relevant passage, 0 beyond ten
	Recall float64 `json:"recall_at_10"` // mean share of the relevant passages among the first ten

	questions int
}

// add counts a question: its ranked passages, best first, and the grades of the relevant ones.
func (r *Ranking) add(ranked []string, grades map[string]int) {
	var ideal []int
	for _, grade := range grades {
		if grade > 0 {
			ideal = append(ideal, grade)
		}
	}
	if len(ideal) == 0 {
		return
	}
	slices.SortFunc(ideal, func(a, b int) int { return cmp.Compare(b, a) })
	var gain, best, first float64
	found := 0
	for i, id := range ranked[:min(depth, len(ranked))] {
		if grades[id] > 0 {
			gain += float64(grades[id]) / math.Log2(float64(i)+2)
			found++
			if first == 0 {
				first = 1 / float64(i+1)
			}
		}
	}
	for i, grade := range ideal[:min(depth, len(ideal))] {
		best += float64(grade) / math.Log2(float64(i)+2)
	}
	n := float64(r.questions)
	r.questions++
	mean := func(old, value float64) float64 { return old + (value-old)/(n+1) }
	r.NDCG, r.MRR = mean(r.NDCG, gain/best), mean(r.MRR, first)
	r.Recall = mean(r.Recall, float64(found)/float64(len(ideal)))
}

// auc returns the chance that a score drawn from yes exceeds one drawn from no, ties counting half (the
// Mann-Whitney statistic); .5 where either is empty.
func auc(yes, no []float64) float64 {
	if len(yes) == 0 || len(no) == 0 {
		return .5
	}
	sorted := slices.Sorted(slices.Values(no))
	var wins float64
	for _, score := range yes {
		below, _ := slices.BinarySearch(sorted, score)
		above, _ := slices.BinarySearchFunc(sorted, score, func(x, y float64) int {
			if x <= y {
				return -1
			}
			return 1
		})
		wins += float64(below) + float64(above-below)/2
	}
	return wins / float64(len(yes)) / float64(len(no))
}

// percentile returns the p-th percentile (0 to 1) by nearest rank, in milliseconds; 0 where there are
// none. It sorts its argument.
func percentile(took []time.Duration, p float64) float64 {
	if len(took) == 0 {
		return 0
	}
	slices.Sort(took)
	rank := int(math.Ceil(p*float64(len(took)))) - 1
	return float64(took[max(rank, 0)]) / float64(time.Millisecond)
}
