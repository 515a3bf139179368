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
		e.Groups[i] = x.Find(q, i, doc)
		weight := g.Weight * g.IDF
		all += weight
		if by := e.Groups[i].By; by >= 0 {
			covered += weight * g.Variants[by].Weight
		}
	}
	if all > 0 {
		e.Share = covered / all
	}
	return e
}

// Names reports whether a document names a notion.
func (x *Index) Names(doc uint32, notion string) bool { return x.NamesIn(doc, notion, allFields) }

// allFields are all fields of a document.
const allFields Fields = 1<<8 - 1

// NamesIn reports whether one of some fields of a document names a notion.
func (x *Index) NamesIn(doc uint32, notion string, fields Fields) bool {
	t, ok := x.notions[notion]
	if !ok {
		return false
	}
	at, ok := x.posting(t, doc)
	return ok && Fields(x.masks[at])&fields != 0
}

// Find reads how a group of a question stands in a document.
func (x *Index) Find(q *Query, group int, doc uint32) Found {
	score, by, mask := x.bestVariant(&q.Groups[group], doc)
	return Found{Group: group, By: by, Fields: mask, Score: score}
}

// What a score against the highest possible counts more for words that stand together, all of it, and
// for standing out from the fourth match, from none of its score to all. Chosen by hand on two public
// sets of questions with and without answers.
const (
	sureNear   = 2
	sureMargin = .5
	sureRival  = 3 // place of the fourth
)

// Sure tells how well the best of the matches of a search fits the question: its score against the
// highest the question could reach, raised where words stand together and the fourth match is far
// behind. It compares across questions, and is 0 where there are no matches.
func (q *Query) Sure(matches []Match) float32 {
	most := q.weight()
	if len(matches) == 0 || most <= 0 || matches[0].Score <= 0 {
		return 0
	}
	best := &matches[0]
	sure := best.Words / most * (1 + sureNear*best.Near/best.Score)
	if len(matches) > sureRival {
		sure *= 1 + sureMargin*(1-matches[sureRival].Score/best.Score)
	}
	return sure
}
