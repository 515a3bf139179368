package index

import (
	"slices"

	"refbot/knowledge/language"
)

// Knows reports whether the index or its thesaurus has the word itself: one of its stems, or a notion.
func (x *Index) Knows(t *language.Token) bool {
	if t.Kind != language.Word {
		return true
	}
	if len(t.Folded) > longWord {
		return x.knows(t)
	}
	known, met := x.known.Get(t.Folded)
	if !met {
		known = x.knows(t)
		x.known.Put(t.Folded, known)
	}
	return known
}

func (x *Index) knows(t *language.Token) bool {
	for _, stem := range stems(t.Folded) {
		if _, ok := x.vocabulary.Find(stem); ok {
			return true
		}
	}
	return x.options.Thesaurus != nil && len(x.options.Thesaurus.Mentions([]language.Token{*t})) > 0
}

// Carry adds the groups of an earlier question that q does not have, each at a share of its weight, and returns which.
func (q *Query) Carry(earlier *Query, share func(*Group) float32) (added []int) {
	own := q.Groups
	for i, g := range earlier.Groups {
		if !slices.ContainsFunc(own, func(o Group) bool { return o.Token.Folded == g.Token.Folded }) {
			g.Weight *= share(&g)
			q.Groups, added = append(q.Groups, g), append(added, i)
		}
	}
	return added
}
