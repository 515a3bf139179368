package knowledge

import (
	"slices"
	"strings"

	"refbot/knowledge/language"
)

// noteAliases notes the questions a statement is listed for, whose language versions are a group.
func (e *Engine) noteAliases(s *Statement, group int32) {
	for _, alias := range s.Aliases {
		if words := askedWords(language.Tokenize(alias)); words != "" && !slices.Contains(e.asked[words], group) {
			e.asked[words] = append(e.asked[words], group)
		}
	}
}

// askedWords are the words of a question as they are compared: whole, folded, in order.
func askedWords(tokens []language.Token) string {
	var b strings.Builder
	for i := range tokens {
		b.WriteString(tokens[i].Folded)
		b.WriteByte(' ')
	}
	return b.String()
}

// askedSo reports whether a statement is listed for this very question. A replaced one is not: whoever listed
// it did not know the newer value.
func (e *Engine) askedSo(u *understood, at int) bool {
	return len(u.listed) > 0 && (u.past || !e.traits[at].replaced) && slices.Contains(u.listed, e.group[at])
}

// listed is how like the question is to one a statement is listed for, 1 for that very question.
func (e *Engine) listed(u *understood, doc uint32) float32 {
	switch t := &e.traits[doc]; {
	case t.replaced && !u.past:
		return 0
	case e.askedSo(u, int(doc)):
		return 1
	}
	return u.reader.Listed(doc)
}

// promoteListed puts the statements that are listed for this very question before all others: whoever listed it has judged
// better than any score.
func promoteListed(list []candidate) {
	next := 0
	for i := range list {
		if list[i].listed < 1 {
			continue
		}
		c := list[i]
		c.score = max(c.score, list[0].score)
		copy(list[next+1:i+1], list[next:i])
		list[next] = c
		next++
	}
}
