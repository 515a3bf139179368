package index

import (
	"cmp"
	"math"
	"math/bits"
	"slices"
)

// Match is a document with its score.
type Match struct {
	Doc   uint32
	Score float32
	// Parts of Score: the sum of the groups, words that stand together, the kind of value asked for.
	Words, Near, Kind float32
}

// pool of candidates the second look reorders.
const secondLook = 30

// Search returns the best k documents, best first; ties go to the lower number.
func (x *Index) Search(q *Query, k int) []Match { return x.AppendSearch(nil, q, k) }

// AppendSearch is Search that appends to a list.
func (x *Index) AppendSearch(list []Match, q *Query, k int) []Match {
	s := x.pool.get()
	defer x.pool.put(s)
	s.plan(x, q)
	wanted := max(k, secondLook)
	candidates, all := s.touched, true
	for i, g := range s.order {
		if len(candidates) > wanted && s.bound[i] < s.bound[0]/2 { // else no sum can exceed what is to come
			if least := s.floor(candidates, wanted, s.bound[i], s.bound[0]); least > 0 {
				candidates, all = s.atLeast(candidates, least-s.bound[i]), false
			}
		}
		mark := mark{uint16(i + 1), s.bits[g]}
		if all {
			x.scan(s, &q.Groups[g], mark)
			candidates = s.touched
		} else {
			x.probe(s, &q.Groups[g], mark, candidates)
		}
	}
	s.highest(candidates, wanted)
	return append(list, x.rerank(s, q, min(k, len(s.matches)))...)
}

// plan orders the groups by what they can add at most.
func (s *scratch) plan(x *Index, q *Query) {
	s.order, s.most, s.near, s.bits = s.order[:0], s.most[:0], s.near[:0], s.bits[:0]
	for i := range q.Groups {
		g := &q.Groups[i]
		bit := uint32(0)
		if !g.Stop && len(s.near) < maxGroups {
			bit = 1 << (len(s.near) % groupBits)
			s.near = append(s.near, i)
		}
		s.bits = append(s.bits, bit)
		most := float32(0)
		for _, v := range g.Variants {
			most = max(most, x.worth(g, v)*float32(x.top[v.Term])/255)
		}
		s.most = append(s.most, most)
		if most > 0 {
			s.order = append(s.order, i)
		}
	}
	slices.SortStableFunc(s.order, func(i, j int) int { return cmp.Compare(s.most[j], s.most[i]) })
	s.bound = slices.Grow(s.bound[:0], len(s.order))[:len(s.order)]
	var rest float32
	for i := len(s.order) - 1; i >= 0; i-- {
		rest += s.most[s.order[i]]
		s.bound[i] = rest
	}
}

// mark is what a document a group stands in is marked with: the number of the group, and its bit.
type mark struct {
	number uint16
	bit    uint32
}

// scan adds a group to every document it stands in.
func (x *Index) scan(s *scratch, g *Group, m mark) {
	for _, v := range g.Variants {
		unit := x.worth(g, v) / 255
		from, to := x.start[v.Term], x.start[v.Term+1]
		if impacts := x.impacts[from:to]; x.docs.short != nil {
			scan(s, x.docs.short[from:to], impacts, unit, m)
		} else {
			scan(s, x.docs.long[from:to], impacts, unit, m)
		}
	}
}

func scan[D number](s *scratch, docs []D, impacts []uint8, unit float32, m mark) {
	for i, d := range docs {
		c, score := &s.cells[d], unit*float32(impacts[i])
		switch {
		case c.group != m.number:
			if c.group == 0 {
				s.touched = append(s.touched, uint32(d))
			}
			c.group, c.best = m.number, score
			c.has |= m.bit
			c.sum += score
		case score > c.best:
			c.sum += score - c.best
			c.best = score
		}
	}
}

// probe adds a group to the candidates only: it looks them up in long lists of postings, and reads
// short ones.
func (x *Index) probe(s *scratch, g *Group, m mark, candidates []uint32) {
	for _, d := range candidates {
		s.cells[d].group, s.cells[d].best = m.number, 0
	}
	for _, v := range g.Variants {
		unit := x.worth(g, v) / 255
		from, to := x.start[v.Term], x.start[v.Term+1]
		most := unit * float32(x.top[v.Term])
		if impacts := x.impacts[from:to]; x.docs.short != nil {
			probe(s, x.docs.short[from:to], impacts, unit, most, m, candidates)
		} else {
			probe(s, x.docs.long[from:to], impacts, unit, most, m, candidates)
		}
	}
}

// probe raises candidates by the postings of one term, of which none gives more than most.
func probe[D number](s *scratch, docs []D, impacts []uint8, unit, most float32, m mark, candidates []uint32) {
	if len(docs) <= lookUp*bits.Len(uint(len(docs)))*len(candidates) {
		for i, d := range docs {
			if c := &s.cells[d]; c.group == m.number {
				c.raise(unit*float32(impacts[i]), m.bit)
			}
		}
		return
	}
	for _, d := range candidates {
		if c := &s.cells[d]; most > c.best {
			if at := lowerBound(docs, d); at < len(docs) && uint32(docs[at]) == d {
				c.raise(unit*float32(impacts[at]), m.bit)
			}
		}
	}
}

// lookUp is how many postings are read in the time one step of a look-up takes.
const lookUp = 3

// raise makes score what the current group gives a document, if it gives less so far.
func (c *cell) raise(score float32, bit uint32) {
	if score > c.best {
		c.sum += score - c.best
		c.best = score
		c.has |= bit
	}
}

// posting returns the place of the posting of a term in a document.
func (x *Index) posting(t Term, doc uint32) (at int, ok bool) {
	from, to := x.start[t], x.start[t+1]
	if x.docs.short != nil {
		at, ok = find(x.docs.short[from:to], doc)
	} else {
		at, ok = find(x.docs.long[from:to], doc)
	}
	return int(from) + at, ok
}

// bestVariant returns what a group adds to a document, by which variant and in which fields.
func (x *Index) bestVariant(g *Group, d uint32) (best float32, by int, mask Fields) {
	by = -1
	for i, v := range g.Variants {
		unit := x.worth(g, v) / 255
		if unit*float32(x.top[v.Term]) <= best {
			continue
		}
		if at, ok := x.posting(v.Term, d); ok {
			if s := unit * float32(x.impacts[at]); s > best {
				best, by, mask = s, i, Fields(x.masks[at])
			}
		}
	}
	return best, by, mask
}

// levels is into how many steps [scratch.floor] cuts a range of sums.
const levels = 512

// floor returns a sum above low that at least k documents of a list reach, close to the highest such sum; 0
// where fewer than k reach one. No sum exceeds high.
func (s *scratch) floor(list []uint32, k int, low, high float32) float32 {
	if high <= low {
		return 0
	}
	clear(s.counts[:])
	step := levels / (high - low)
	for _, d := range list {
		if above := s.cells[d].sum - low; above > 0 {
			s.counts[min(int(above*step), levels-1)]++
		}
	}
	reached := 0
	for level := levels - 1; level > 0; level-- {
		if reached += int(s.counts[level]); reached >= k {
			return low + (float32(level)-.1)/step // a little below, for what rounding may have raised
		}
	}
	return 0
}

// atLeast returns the documents of a list with that sum or more.
func (s *scratch) atLeast(list []uint32, sum float32) []uint32 {
	kept := s.candidates[:0]
	for _, d := range list {
		if s.cells[d].sum >= sum {
			kept = append(kept, d)
		}
	}
	s.candidates = kept
	return kept
}

// highest gathers the best n of a list in order.
func (s *scratch) highest(list []uint32, n int) {
	least := float32(0)
	if len(list) > n {
		least = s.floor(list, n, 0, s.bound[0])
	}
	s.keys, s.matches = s.keys[:0], s.matches[:0]
	for _, d := range list {
		if sum := s.cells[d].sum; sum >= least { // sums are not negative: their bits order them
			s.keys = append(s.keys, uint64(^math.Float32bits(sum))<<32|uint64(d))
		}
	}
	slices.Sort(s.keys)
	for _, key := range s.keys[:min(n, len(s.keys))] {
		sum := math.Float32frombits(^uint32(key >> 32))
		s.matches = append(s.matches, Match{Doc: uint32(key), Score: sum, Words: sum})
	}
}

func sortMatches(m []Match) {
	slices.SortFunc(m, func(a, b Match) int {
		switch {
		case a.Score > b.Score:
			return -1
		case a.Score < b.Score:
			return 1
		}
		return int(a.Doc) - int(b.Doc)
	})
}
