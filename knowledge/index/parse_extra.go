package index

import "refbot/knowledge/language"

// Knows reports whether the index or its thesaurus has the word itself: one of its stems, or a notion.
func (x *Index) Knows(t *language.Token) bool {
	if t.Kind != language.Word {
		return true
	}
	for _, stem := range stems(t.Folded) {
		if _, ok := x.vocabulary.numbers[stem]; ok {
			return true
		}
	}
	return x.options.Thesaurus != nil && len(x.options.Thesaurus.Mentions([]language.Token{*t})) > 0
}

// Carry adds the groups of an earlier question that q does not have, at a share of their weight.
func (q *Query) Carry(earlier *Query, share float32) {
	has := map[string]bool{}
	for i := range q.Groups {
		has[q.Groups[i].Token.Folded] = true
	}
	for _, g := range earlier.Groups {
		if !has[g.Token.Folded] {
			g.Weight *= share
			q.Groups = append(q.Groups, g)
		}
	}
}
