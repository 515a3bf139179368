package index

import (
	"math"
	"slices"
	"sync"
)

// Match is a document with its score.
type Match struct {
	Doc   uint32
	Score float32
	// Parts of Score: the sum of the groups, words that stand together, the kind of value asked for.
	Words, Near, Kind float32
}

// accumulators recycles the arrays a search needs.
type accumulators struct {
	size int
	pool sync.Pool
}

// accumulator sums scores by document. best holds what the current group gives a document.
type accumulator struct {
	sum, best []float32
	group     []uint16
	touched   []uint32
}

func (p *accumulators) get() *accumulator {
	if a, ok := p.pool.Get().(*accumulator); ok {
		return a
	}
	return &accumulator{
		sum: make([]float32, p.size), best: make([]float32, p.size),
		group: make([]uint16, p.size), touched: make([]uint32, 0, 1024),
	}
}

func (p *accumulators) put(a *accumulator) {
	for _, d := range a.touched {
		a.sum[d], a.group[d] = 0, 0
	}
	a.touched = a.touched[:0]
	p.pool.Put(a)
}

// pool of candidates the second look reorders.
const secondLook = 60

// Search returns the best k documents, best first; ties go to the lower number.
func (x *Index) Search(q *Query, k int) []Match {
	a := x.pool.get()
	defer x.pool.put(a)
	order, bound := x.plan(q)
	wanted := max(k, secondLook)
	candidates, full := []uint32(nil), true
	for i, g := range order {
		if full && i > 0 && len(a.touched) > wanted {
			if floor := a.kth(wanted); bound[i] < floor {
				full = false
				candidates = a.atLeast(floor - bound[i])
			}
		}
		if full {
			x.scan(a, &q.Groups[g], uint16(i+1))
		} else {
			x.probe(a, &q.Groups[g], candidates)
		}
	}
	if full {
		candidates = a.touched
	}
	matches := a.highest(candidates, wanted)
	x.rerank(q, matches)
	return matches[:min(k, len(matches))]
}

// plan orders the groups by what they can add at most, and returns for each what it and all later
// ones can still add.
func (x *Index) plan(q *Query) (order []int, bound []float32) {
	most := make([]float32, len(q.Groups))
	for i := range q.Groups {
		g := &q.Groups[i]
		for _, v := range g.Variants {
			most[i] = max(most[i], x.worth(g, v)*float32(x.top[v.Term])/255)
		}
		if most[i] > 0 {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(i, j int) int {
		switch {
		case most[i] > most[j]:
			return -1
		case most[i] < most[j]:
			return 1
		}
		return 0
	})
	bound = make([]float32, len(order))
	var rest float32
	for i := len(order) - 1; i >= 0; i-- {
		rest += most[order[i]]
		bound[i] = rest
	}
	return order, bound
}

// scan adds a group to every document it stands in.
func (x *Index) scan(a *accumulator, g *Group, number uint16) {
	for _, v := range g.Variants {
		unit := x.worth(g, v) / 255
		from, to := x.start[v.Term], x.start[v.Term+1]
		impacts := x.impacts[from:to]
		for i, d := range x.docs[from:to] {
			s := unit * float32(impacts[i])
			switch {
			case a.group[d] != number:
				if a.group[d] == 0 {
					a.touched = append(a.touched, d)
				}
				a.group[d], a.best[d] = number, s
				a.sum[d] += s
			case s > a.best[d]:
				a.sum[d] += s - a.best[d]
				a.best[d] = s
			}
		}
	}
}

// probe adds a group to the candidates only, by binary search in its postings.
func (x *Index) probe(a *accumulator, g *Group, candidates []uint32) {
	for _, d := range candidates {
		s, _, _ := x.bestVariant(g, d)
		a.sum[d] += s
	}
}

// bestVariant returns what a group adds to a document, by which variant and in which fields.
func (x *Index) bestVariant(g *Group, d uint32) (best float32, by int, mask Fields) {
	by = -1
	for i, v := range g.Variants {
		unit := x.worth(g, v) / 255
		if unit*float32(x.top[v.Term]) <= best {
			continue
		}
		if at, ok := x.find(v.Term, d); ok {
			if s := unit * float32(x.impacts[at]); s > best {
				best, by, mask = s, i, Fields(x.masks[at])
			}
		}
	}
	return best, by, mask
}

// find returns the posting of a term in a document.
func (x *Index) find(t Term, d uint32) (uint32, bool) {
	from, to := x.start[t], x.start[t+1]
	at, ok := slices.BinarySearch(x.docs[from:to], d)
	return from + uint32(at), ok
}

// kth returns the k-th highest sum, or 0 where fewer documents are touched.
func (a *accumulator) kth(k int) float32 {
	h := make(floor, 0, k)
	for _, d := range a.touched {
		h.offer(a.sum[d], k)
	}
	if len(h) < k {
		return 0
	}
	return h[0]
}

// atLeast returns the touched documents with that sum or more.
func (a *accumulator) atLeast(sum float32) []uint32 {
	var list []uint32
	for _, d := range a.touched {
		if a.sum[d] >= sum {
			list = append(list, d)
		}
	}
	return list
}

// highest returns the best n of the candidates in order.
func (a *accumulator) highest(candidates []uint32, n int) []Match {
	least := float32(math.Inf(-1))
	if len(candidates) > n {
		h := make(floor, 0, n)
		for _, d := range candidates {
			h.offer(a.sum[d], n)
		}
		least = h[0]
	}
	matches := make([]Match, 0, n+8)
	for _, d := range candidates {
		if a.sum[d] >= least {
			matches = append(matches, Match{Doc: d, Score: a.sum[d], Words: a.sum[d]})
		}
	}
	sortMatches(matches)
	return matches[:min(n, len(matches))]
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

// floor is a min-heap of the highest scores seen.
type floor []float32

// offer keeps s if it is among the k highest.
func (h *floor) offer(s float32, k int) {
	if len(*h) < k {
		*h = append(*h, s)
		for i := len(*h) - 1; i > 0; {
			up := (i - 1) / 2
			if (*h)[up] <= (*h)[i] {
				break
			}
			(*h)[up], (*h)[i] = (*h)[i], (*h)[up]
			i = up
		}
		return
	}
	if s <= (*h)[0] {
		return
	}
	(*h)[0] = s
	for i := 0; ; {
		least := i
		for down := 2*i + 1; down <= 2*i+2 && down < k; down++ {
			if (*h)[down] < (*h)[least] {
				least = down
			}
		}
		if least == i {
			return
		}
		(*h)[i], (*h)[least] = (*h)[least], (*h)[i]
		i = least
	}
}
