package index

import "refbot/knowledge/language"

// holdsKindBonus raises a sentence that holds a value of the kind asked for.
const holdsKindBonus = 1.3

// Covers returns, for every sentence of a document's title and text in order, how much of a question's
// weight it holds. The title is one sentence; sentences are those of [Sentences].
func (x *Index) Covers(q *Query, doc uint32) []float32 {
	ways := x.ways(q)
	held := make([]float32, len(q.Groups))
	var covers []float32
	fits := false
	for _, t := range x.sequence[x.offset[doc]:x.offset[doc+1]] {
		if t == sentenceBreak {
			covers = append(covers, q.sum(held, fits))
			clear(held)
			fits = false
			continue
		}
		for _, w := range ways[t&^notionBit] {
			held[w.group] = max(held[w.group], w.weight)
		}
		fits = fits || x.fits(q.Asks, t)
	}
	return covers
}

// way is a group that a term is a variant of.
type way struct {
	group  int
	weight float32
}

func (x *Index) ways(q *Query) map[Term][]way {
	ways := make(map[Term][]way, 8*len(q.Groups))
	for i := range q.Groups {
		for _, v := range q.Groups[i].Variants {
			ways[v.Term] = append(ways[v.Term], way{i, v.Weight})
		}
	}
	return ways
}

func (q *Query) sum(held []float32, fits bool) float32 {
	var sum float32
	for i, weight := range held {
		sum += q.Groups[i].Weight * q.Groups[i].IDF * weight
	}
	if fits {
		sum *= holdsKindBonus
	}
	return sum
}

// Sentences returns the byte ranges of the sentences of a text that hold words or values.
func Sentences(text string) [][2]int {
	var list [][2]int
	tokens := language.Tokenize(text)
	i := 0
	for _, s := range language.Sentences(text) {
		first := i
		for i < len(tokens) && tokens[i].Start < s[1] {
			i++
		}
		if i > first {
			list = append(list, s)
		}
	}
	return list
}
