package index

// rerank reads the candidates word by word and adds what the postings cannot tell.
func (x *Index) rerank(q *Query, matches []Match) {
	groups, near := x.positions(q)
	for i := range matches {
		m := &matches[i]
		m.Near = x.tuning.Near * x.nearness(q, groups, near, m.Doc)
		m.Kind = x.tuning.Kind * m.Words * x.holdsKind(q.Asks, m.Doc)
		m.Score = m.Words + m.Near + m.Kind
	}
	sortMatches(matches)
}

// positions maps the terms of a query to their places among the groups that have a subject, and lists
// those groups.
func (x *Index) positions(q *Query) (groups map[uint32]int, near []int) {
	groups = map[uint32]int{}
	n := 0
	for i := range q.Groups {
		if q.Groups[i].Stop {
			continue
		}
		n++
		if n > maxGroups {
			break
		}
		near = append(near, i)
		for _, v := range q.Groups[i].Variants {
			t := v.Term
			if x.vocabulary.kind(t) == Notion {
				t |= notionBit
			}
			if _, taken := groups[t]; !taken {
				groups[t] = n - 1
			}
		}
	}
	return groups, near
}

// reach is how many words apart two words may stand to count as together.
const reach = 6

// nearness sums over pairs of neighbouring groups the smaller of their worths, divided by how many
// words lie between their closest places in the document.
func (x *Index) nearness(q *Query, groups map[uint32]int, near []int, d uint32) float32 {
	var place, closest [maxGroups]int32 // where a group stood last, and closest to the next one
	at := int32(0)
	for _, t := range x.sequence[x.offset[d]:x.offset[d+1]] {
		if t == sentenceBreak {
			at += reach
			continue
		}
		at++
		g, ok := groups[t]
		if !ok {
			continue
		}
		place[g] = at
		for _, other := range [2]int{g - 1, g + 1} {
			if other < 0 || other >= maxGroups || place[other] == 0 {
				continue
			}
			low := min(g, other)
			if gap := max(at-place[other], 1); closest[low] == 0 || gap < closest[low] {
				closest[low] = gap
			}
		}
	}
	var sum float32
	for g := 0; g+1 < len(near); g++ {
		if gap := closest[g]; gap > 0 && gap <= reach {
			a, b := &q.Groups[near[g]], &q.Groups[near[g+1]]
			sum += min(a.Weight*a.IDF, b.Weight*b.IDF) / float32(gap)
		}
	}
	return sum
}

// maxGroups bounds the groups whose nearness counts.
const maxGroups = 64

// holdsKind is 1 where the document holds a value of the kind asked for.
func (x *Index) holdsKind(asked Asked, d uint32) float32 {
	if asked != AsksNumber && asked != AsksTime {
		return 0
	}
	for _, t := range x.sequence[x.offset[d]:x.offset[d+1]] {
		if t != sentenceBreak && x.fits(asked, t) {
			return 1
		}
	}
	return 0
}

// numberWord is the notion of numbers written as words.
const numberWord = string(notionMark) + "number-word"

// fits reports whether a term of a sequence is a value of the kind asked for.
func (x *Index) fits(asked Asked, t uint32) bool {
	name := x.vocabulary.names[t&^notionBit]
	switch name[0] {
	case valueMark:
		return valueFits(asked, name)
	case notionMark:
		return asked == AsksNumber && name == numberWord
	}
	return false
}

func valueFits(asked Asked, name string) bool {
	switch name[1] {
	case 'n', 'p':
		return asked == AsksNumber
	case 'd', 'y', 't':
		return asked == AsksTime
	}
	return false
}
