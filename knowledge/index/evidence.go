package index

// Found says how a group of the question stands in a document.
type Found struct {
	Group  int
	By     int // index of the variant, -1 where the document lacks it
	Fields Fields
	Score  float32
}

// Evidence is what a document holds of a question.
type Evidence struct {
	Groups []Found
	// Share is the share of the question's weight the document covers: each group counts its weight
	// times its idf, and is covered to the degree of the variant found.
	Share float32
}

// Evidence reads how a document covers a question.
func (x *Index) Evidence(q *Query, doc uint32) Evidence {
	e := Evidence{Groups: make([]Found, len(q.Groups))}
	var covered, all float32
	for i := range q.Groups {
		g := &q.Groups[i]
		score, by, mask := x.bestVariant(g, doc)
		e.Groups[i] = Found{Group: i, By: by, Fields: mask, Score: score}
		weight := g.Weight * g.IDF
		all += weight
		if by >= 0 {
			covered += weight * g.Variants[by].Weight
		}
	}
	if all > 0 {
		e.Share = covered / all
	}
	return e
}
