package evaluation

import (
	"math"
	"sort"
	"time"
)

// reciprocalRank returns 1/rank of the first id graded at least least among the first k; 0 if none.
func reciprocalRank(ranked []string, grades map[string]int, least, k int) float64 {
	for i, id := range ranked[:min(k, len(ranked))] {
		if grades[id] >= least {
			return 1 / float64(i+1)
		}
	}
	return 0
}

// hitAt reports whether an id graded at least least stands among the first k.
func hitAt(ranked []string, grades map[string]int, least, k int) bool {
	return reciprocalRank(ranked, grades, least, k) > 0
}

// recallAt returns the share of the graded ids that stand among the first k.
func recallAt(ranked []string, grades map[string]int, k int) float64 {
	relevant, found := 0, 0
	for _, grade := range grades {
		if grade > 0 {
			relevant++
		}
	}
	for _, id := range ranked[:min(k, len(ranked))] {
		if grades[id] > 0 {
			found++
		}
	}
	if relevant == 0 {
		return 0
	}
	return float64(found) / float64(relevant)
}

// ndcgDepth is the depth of nDCG@10.
const ndcgDepth = 10

// ndcg returns the discounted cumulative gain of the first ndcgDepth ids with linear gains, divided by that
// of the best possible order; 0 where nothing is graded.
func ndcg(ranked []string, grades map[string]int) float64 {
	var gain float64
	for i, id := range ranked[:min(ndcgDepth, len(ranked))] {
		gain += float64(grades[id]) / math.Log2(float64(i)+2)
	}
	best := make([]int, 0, len(grades))
	for _, grade := range grades {
		best = append(best, grade)
	}
	sort.Sort(sort.Reverse(sort.IntSlice(best)))
	var ideal float64
	for i, grade := range best[:min(ndcgDepth, len(best))] {
		ideal += float64(grade) / math.Log2(float64(i)+2)
	}
	if ideal == 0 {
		return 0
	}
	return gain / ideal
}

// percentile returns the p-th percentile (0 to 1) of durations by nearest rank, in milliseconds.
func percentile(durations []time.Duration, p float64) float64 {
	if len(durations) == 0 {
		return 0
	}
	sorted := append([]time.Duration(nil), durations...)
	sort.Slice(sorted, func(i, j int) bool { return sorted[i] < sorted[j] })
	rank := int(math.Ceil(p*float64(len(sorted)))) - 1
	return milliseconds(sorted[max(rank, 0)])
}

func milliseconds(d time.Duration) float64 {
	return math.Round(float64(d)/float64(time.Millisecond)*1e4) / 1e4
}

// auc returns the chance that a score drawn from yes exceeds one drawn from no, ties counting half
// (the Mann-Whitney statistic); 0.5 where either is empty.
func auc(yes, no []float64) float64 {
	if len(yes) == 0 || len(no) == 0 {
		return 0.5
	}
	sorted := append([]float64(nil), no...)
	sort.Float64s(sorted)
	var wins float64
	for _, score := range yes {
		below := sort.SearchFloat64s(sorted, score)
		notAbove := sort.Search(len(sorted), func(i int) bool { return sorted[i] > score })
		wins += float64(below) + float64(notAbove-below)/2
	}
	return wins / float64(len(yes)*len(no))
}

// mean returns the average of a sum over n; 0 where n is 0.
func mean(sum float64, n int) float64 {
	if n == 0 {
		return 0
	}
	return sum / float64(n)
}
