package index

import "refbot/knowledge/language"

// holdsKindBonus raises a sentence that holds a value of the kind asked for.
const holdsKindBonus = 1.3

// Covers returns, for every sentence of a document's title and text in order, how much of a question's
// weight it holds. The title is one sentence; sentences are those of [Sentences].
func (x *Index) Covers(q *Query, doc uint32) []float32 {
	s := x.pool.get()
	defer x.pool.put(s)
	s.findWays(q)
	held := make([]float32, len(q.Groups))
	var covers []float32
	fits, wanted := false, q.Asks.holds()
	for _, t := range x.sequence[x.offset[doc]:x.offset[doc+1]] {
		if t == sentenceBreak {
			covers = append(covers, q.sum(held, fits))
			clear(held)
			fits = false
			continue
		}
		t &^= notionBit
		for n := s.places.find(t); n >= 0; n = s.ways[n].next {
			w := &s.ways[n]
			held[w.group] = max(held[w.group], w.weight)
		}
		fits = fits || x.vocabulary.traits[t]&wanted != 0
	}
	return covers
}

// way is a group that a term is a variant of, and the place of the term's next one, -1 for none.
type way struct {
	group  int
	weight float32
	next   int
}

// findWays maps the terms of a question to the groups they are variants of.
func (s *scratch) findWays(q *Query) {
	n := 0
	for i := range q.Groups {
		n += len(q.Groups[i].Variants)
	}
	s.places.reset(n)
	s.ways = s.ways[:0]
	for i := range q.Groups {
		for _, v := range q.Groups[i].Variants {
			slot := s.places.open(v.Term)
			s.ways = append(s.ways, way{i, v.Weight, int(slot.number) - 1})
			slot.number = int32(len(s.ways))
		}
	}
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

// AppendSentences appends the byte ranges of the sentences of a text that hold words or values. The tokens are
// those [language.Tokenize] gives of it.
func AppendSentences(list [][2]int32, text string, tokens []language.Token) [][2]int32 {
	i := 0
	for _, s := range language.Sentences(text) {
		first := i
		for i < len(tokens) && tokens[i].Start < s[1] {
			i++
		}
		if i > first {
			list = append(list, [2]int32{int32(s[0]), int32(s[1])})
		}
	}
	return list
}
