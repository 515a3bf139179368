package index

import "math/bits"

// rerank reads the candidates word by word, adds what the postings cannot tell, and returns the best k.
// A candidate too weak to come among them whatever it holds is not read.
func (x *Index) rerank(s *scratch, q *Query, k int) []Match {
	if k == 0 {
		return nil
	}
	s.locate(q)
	defer s.leave(q)
	wanted := q.Asks.holds()
	near := x.tuning.Near * s.mostNear(q)
	share := float32(1)
	if wanted != 0 {
		share += x.tuning.Kind
	}
	s.heap = s.heap[:0]
	read := 0
	for i := range s.matches {
		m := &s.matches[i]
		if read >= k && m.Words*share+near < s.heap[0] {
			break // the others are weaker still
		}
		m.Near = x.tuning.Near * x.nearness(s, q, m.Doc)
		if x.holds[m.Doc]&wanted != 0 {
			m.Kind = x.tuning.Kind * m.Words
		}
		m.Score = m.Words + m.Near + m.Kind
		s.heap.offer(m.Score, k)
		read++
	}
	sortMatches(s.matches[:read])
	return s.matches[:k]
}

// locate maps the terms of a question to their places among the groups that have a subject.
func (s *scratch) locate(q *Query) {
	terms := 0
	for _, i := range s.near {
		terms += len(q.Groups[i].Variants)
	}
	s.places.reset(terms)
	for n, i := range s.near {
		for _, v := range q.Groups[i].Variants {
			if slot := s.places.open(v.Term); slot.number == 0 {
				slot.number = int32(n + 1)
			}
			s.asked[v.Term/64] |= 1 << (v.Term % 64)
		}
	}
}

// leave forgets the terms of the question.
func (s *scratch) leave(q *Query) {
	for _, i := range s.near {
		for _, v := range q.Groups[i].Variants {
			s.asked[v.Term/64] = 0
		}
	}
}

// reach is how many words apart two words may stand to count as together.
const reach = 6

// maxGroups bounds the groups whose nearness counts.
const maxGroups = 64

// mostNear is the highest nearness a document can have.
func (s *scratch) mostNear(q *Query) float32 {
	var sum float32
	for n := range max(len(s.near)-1, 0) {
		sum += s.together(q, n)
	}
	return sum
}

// together is what a group and the next one add where they stand side by side.
func (s *scratch) together(q *Query, n int) float32 {
	a, b := &q.Groups[s.near[n]], &q.Groups[s.near[n+1]]
	return min(a.Weight*a.IDF, b.Weight*b.IDF)
}

// nearness sums over pairs of neighbouring groups the smaller of their worths, divided by how many
// words lie between their closest places in the document.
func (x *Index) nearness(s *scratch, q *Query, d uint32) float32 {
	// A group of a pair beside each other is found by the bits; the last bit is beside the first.
	if has := s.cells[d].has; len(s.near) < 2 || has&bits.RotateLeft32(has, 1) == 0 {
		return 0
	}
	var last, closest [maxGroups]int32 // where a group stood last, and closest to the next one
	at := int32(0)
	for _, t := range x.sequence[x.offset[d]:x.offset[d+1]] {
		if t == sentenceBreak {
			at += reach
			continue
		}
		at++
		t &^= notionBit
		if s.asked[t/64]>>(t%64)&1 == 0 {
			continue
		}
		g := s.places.find(t)
		last[g] = at
		if g > 0 && last[g-1] != 0 {
			meet(&closest[g-1], at-last[g-1])
		}
		if g+1 < maxGroups && last[g+1] != 0 {
			meet(&closest[g], at-last[g+1])
		}
	}
	var sum float32
	for n := range len(s.near) - 1 {
		if gap := closest[n]; gap > 0 && gap <= reach {
			sum += s.together(q, n) / float32(gap)
		}
	}
	return sum
}

// meet keeps the smaller gap, 1 at least.
func meet(closest *int32, gap int32) {
	if gap = max(gap, 1); *closest == 0 || gap < *closest {
		*closest = gap
	}
}
