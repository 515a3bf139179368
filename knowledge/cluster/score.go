package cluster

// Scores are B³ precision, recall and their harmonic mean, all in [0,1].
type Scores struct {
	Precision, Recall, F float64
}

// Score compares a grouping of n items with what belongs together: for each item, which share of its group
// belongs to it, and which share of what belongs to it is in its group (Bagga and Baldwin 1998). together must
// hold for an item with itself; it need not be transitive.
func Score(groups []uint32, together func(i, j int) bool) Scores {
	var s Scores
	for i := range groups {
		var group, belong, both float64
		for j := range groups {
			same, fits := groups[i] == groups[j], together(i, j)
			group, belong, both = group+one(same), belong+one(fits), both+one(same && fits)
		}
		s.Precision += both / group
		s.Recall += both / belong
	}
	if n := float64(len(groups)); n > 0 {
		s.Precision, s.Recall = s.Precision/n, s.Recall/n
	}
	if sum := s.Precision + s.Recall; sum > 0 {
		s.F = 2 * s.Precision * s.Recall / sum
	}
	return s
}

func one(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}
