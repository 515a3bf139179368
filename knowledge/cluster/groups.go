package cluster

import (
	"cmp"
	"slices"
)

// Threshold is the cosine from which a question belongs to a group: found on data/reform-dev and on the questions
// of this package's tests, where anything from .55 to .6 does nearly as well.
const Threshold = .57

// Group is some questions that ask the same.
type Group struct {
	Number   uint32 // from 1
	Size     int
	Sum      Vector // of its questions
	Label    string // the question that is most typical: nearest to the sum
	LabelSum Vector // of the label
}

// Groups holds groups and finds the one a question belongs to. It is for one goroutine.
type Groups struct {
	last   uint32
	groups map[uint32]*Group
	having map[uint64][]uint32 // numbers of groups by what they speak of
	votes  map[uint32]float32  // scratch of candidates
	best   []vote              // the same
}

// NewGroups returns an empty set whose groups are numbered from after+1.
func NewGroups(after uint32) *Groups {
	return &Groups{last: after, groups: map[uint32]*Group{}, having: map[uint64][]uint32{}, votes: map[uint32]float32{}}
}

// Len is the number of groups.
func (g *Groups) Len() int { return len(g.groups) }

// Get returns a group, nil when there is none of that number. It may be read until the next call.
func (g *Groups) Get(number uint32) *Group { return g.groups[number] }

// Put adds a group as it was, or replaces it.
func (g *Groups) Put(group Group) {
	g.Drop(group.Number)
	g.last = max(g.last, group.Number)
	g.groups[group.Number] = &group
	for _, p := range group.Sum {
		g.having[p.Name] = append(g.having[p.Name], group.Number)
	}
}

// Drop forgets a group. Its number is not given again.
func (g *Groups) Drop(number uint32) {
	group := g.groups[number]
	if group == nil {
		return
	}
	for _, p := range group.Sum {
		g.unlist(p.Name, number)
	}
	delete(g.groups, number)
}

func (g *Groups) unlist(name uint64, number uint32) {
	list := g.having[name]
	if i := slices.Index(list, number); i >= 0 {
		list[i] = list[len(list)-1]
		list = list[:len(list)-1]
	}
	if len(list) == 0 {
		delete(g.having, name)
		return
	}
	g.having[name] = list
}

// Add puts a question into the group it belongs to, or begins one; id is what its group may be labelled with.
// The number is 0 for a question that says nothing.
func (g *Groups) Add(id string, v Vector) (number uint32) {
	if len(v) == 0 {
		return 0
	}
	group := g.Nearest(v)
	if group == nil {
		g.last++
		g.Put(Group{Number: g.last, Size: 1, Sum: slices.Clone(v), Label: id, LabelSum: v})
		return g.last
	}
	before := group.Sum
	group.Sum, group.Size = before.plus(v), group.Size+1
	g.relist(group.Number, before, group.Sum)
	if v.dot(group.Sum) > group.LabelSum.dot(group.Sum) {
		group.Label, group.LabelSum = id, v
	}
	return group.Number
}

// relist brings the lists up to date with what a group speaks of.
func (g *Groups) relist(number uint32, before, after Vector) {
	for len(before) > 0 || len(after) > 0 {
		switch {
		case len(before) == 0 || len(after) > 0 && after[0].Name < before[0].Name:
			g.having[after[0].Name] = append(g.having[after[0].Name], number)
			after = after[1:]
		case len(after) == 0 || before[0].Name < after[0].Name:
			g.unlist(before[0].Name, number)
			before = before[1:]
		default:
			before, after = before[1:], after[1:]
		}
	}
}

// Bounds of the work for a question: how many entries of lists are read, and how many groups are compared.
const (
	budget   = 3000
	compared = 24
)

// Nearest returns the group a question belongs to, nil when there is none. Groups that share its rarest facets
// are looked at; once the budget is spent, facets that nearly every group has are left out.
func (g *Groups) Nearest(v Vector) *Group {
	var best *Group
	least := float32(Threshold)
	for _, number := range g.candidates(v) {
		group := g.groups[number]
		if cosine := v.dot(group.Sum) / group.Sum.length(); cosine >= least && (best == nil || cosine > least) {
			best, least = group, cosine
		}
	}
	return best
}

// candidates are the groups that share most with a question, by the square of its weights.
func (g *Groups) candidates(v Vector) []uint32 {
	parts := slices.Clone(v)
	slices.SortFunc(parts, func(a, b Part) int {
		return cmp.Or(cmp.Compare(len(g.having[a.Name]), len(g.having[b.Name])), byName(a, b))
	})
	clear(g.votes)
	read := 0
	for _, p := range parts {
		list := g.having[p.Name]
		if read += len(list); read > budget && len(g.votes) > 0 {
			break
		}
		for _, number := range list {
			g.votes[number] += p.Weight * p.Weight
		}
	}
	g.best = g.best[:0]
	for number, share := range g.votes {
		g.best = keep(g.best, vote{number, share})
	}
	numbers := make([]uint32, len(g.best))
	for i, v := range g.best {
		numbers[i] = v.number
	}
	return numbers
}

// vote is a group with how much of a question it shares.
type vote struct {
	number uint32
	share  float32
}

func (v vote) before(w vote) bool {
	return v.share > w.share || v.share == w.share && v.number < w.number
}

// keep puts a vote into an ordered list of the best.
func keep(best []vote, v vote) []vote {
	if len(best) == compared && !v.before(best[compared-1]) {
		return best
	}
	if len(best) < compared {
		best = append(best, v)
	}
	i := len(best) - 1
	for ; i > 0 && v.before(best[i-1]); i-- {
		best[i] = best[i-1]
	}
	best[i] = v
	return best
}
