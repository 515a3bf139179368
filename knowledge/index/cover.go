package index

import "refbot/knowledge/language"

// Cover returns how much of a question's weight a piece of text holds, and rewards a value of the
// kind asked for.
func (x *Index) Cover(q *Query, text string, code language.Code) float32 {
	has := map[Term]bool{}
	tokens := language.Tokenize(text)
	fits := false
	note := func(name string) {
		if t, ok := x.vocabulary.numbers[name]; ok {
			has[t] = true
		}
	}
	for i := range tokens {
		t := &tokens[i]
		for _, value := range values(t) {
			name := key(Value, value)
			note(name)
			fits = fits || valueFits(q.Asks, name)
		}
		if t.Kind == language.Word {
			note(language.Stem(t.Folded, stemmer(t.Folded, code)))
		}
	}
	if x.options.Thesaurus != nil {
		for _, m := range x.options.Thesaurus.Mentions(tokens) {
			note(key(Notion, m.Notion))
		}
	}
	var sum float32
	for i := range q.Groups {
		g := &q.Groups[i]
		for _, v := range g.Variants {
			if has[v.Term] {
				sum += g.Weight * v.Weight * g.IDF
				break
			}
		}
	}
	if fits {
		sum *= 1.3
	}
	return sum
}
