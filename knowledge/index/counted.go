package index

import "math"

// A question for how many there are of a thing is answered where a number stands beside the thing:
// within besideWords, with the rest of the question within aroundWords.
const (
	besideWords = 2
	aroundWords = 9
)

// Counted returns the share of a question's weight that stands around a number which counts what group
// unit names, in one sentence; 0 where the document gives no number of it.
func (r *Reader) Counted(unit int, doc uint32) float32 {
	return r.counted(unit, doc, math.MaxInt)
}

// TitleCounts reports whether the first sentence of a document, its title where it has one, gives a number of what
// group unit names.
func (r *Reader) TitleCounts(unit int, doc uint32) bool {
	return r.counted(unit, doc, 1) > 0
}

// counted is Counted over the first sentences of a document.
func (r *Reader) counted(unit int, doc uint32, sentences int) float32 {
	x := r.x
	if x.holds[doc]&holdsNumber == 0 {
		return 0
	}
	c := &r.count
	*c = counting{q: r.q, unit: unit, found: c.found[:0], numbers: c.numbers[:0]}
	at := 0
	for _, t := range x.sequence[x.offset[doc]:x.offset[doc+1]] {
		if t == sentenceBreak {
			c.endSentence()
			if sentences--; sentences == 0 {
				break
			}
			continue
		}
		if t&notionBit == 0 {
			at++ // a notion stands where its word does
		}
		t &^= notionBit
		for n := r.places.find(t); n >= 0; n = r.ways[n].next {
			c.found = append(c.found, spot{r.ways[n].group, at})
		}
		if x.vocabulary.traits[t]&holdsNumber != 0 {
			c.numbers = append(c.numbers, at)
		}
	}
	return c.best / max(r.q.weight(), .01)
}

// counting is what a sentence holds of a question, and the most that stood around a fitting number.
type counting struct {
	q       *Query
	unit    int
	found   []spot
	numbers []int
	best    float32
}

// spot is where a group stands, in words.
type spot struct{ group, at int }

func (c *counting) endSentence() {
	for _, p := range c.found {
		if p.group != c.unit {
			continue
		}
		for _, n := range c.numbers {
			if n != p.at && max(n-p.at, p.at-n) <= besideWords {
				c.best = max(c.best, c.around(p.at))
			}
		}
	}
	c.found, c.numbers = c.found[:0], c.numbers[:0]
}

// around is the weight of the groups that stand around a place.
func (c *counting) around(at int) float32 {
	var sum float32
	for i, p := range c.found {
		if max(p.at-at, at-p.at) > aroundWords || c.metBefore(i, at) {
			continue
		}
		sum += c.q.Groups[p.group].Weight * c.q.Groups[p.group].IDF
	}
	return sum
}

// metBefore reports whether the group of found place i stands around a place by an earlier word.
func (c *counting) metBefore(i, at int) bool {
	for _, p := range c.found[:i] {
		if p.group == c.found[i].group && max(p.at-at, at-p.at) <= aroundWords {
			return true
		}
	}
	return false
}

// weight is the weight of all words of the question.
func (q *Query) weight() float32 {
	var sum float32
	for i := range q.Groups {
		sum += q.Groups[i].Weight * q.Groups[i].IDF
	}
	return sum
}
