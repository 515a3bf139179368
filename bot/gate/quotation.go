package gate

import (
	"strings"

	"refbot/knowledge/language"
)

// quotationLeast is how many words in quotation marks have to be those of the statement.
const quotationLeast = 2

// quotations asks for words in quotation marks in the statement itself, where it is in the same language.
func (k *checker) quotations(c *claim) {
	for _, q := range quoted(c.Text) {
		if len(language.Tokenize(q)) < quotationLeast {
			continue
		}
		folded := language.Fold(strings.Trim(q, " .,;:!?"))
		same := c.any(func(e *evidence) bool { return e.same })
		if same && !c.any(func(e *evidence) bool { return e.contains(folded) }) || !same && !k.means(c, q) {
			c.stop(Quotation, q)
		}
	}
}

// means reports whether what a sentence quotes from a statement in another language has its words of meaning there, but
// for one in four.
func (k *checker) means(c *claim, passage string) bool {
	r := k.read(passage, c.lang)
	held, all := 0, 0
	for i := range r.words {
		w := &r.words[i]
		if !w.content && w.Value == "" {
			continue
		}
		all++
		if c.any(func(e *evidence) bool { return e.has(w.keys, beginnings) || e.named(w.skeleton) }) {
			held++
		}
	}
	return 4*held >= 3*all
}

// quoted returns the passages in quotation marks.
func quoted(text string) []string {
	var out []string
	start := -1
	for i, r := range text {
		switch {
		case start < 0 && strings.ContainsRune("«“„\"", r):
			start = i + len(string(r))
		case start >= 0 && strings.ContainsRune("»”\"", r):
			out = append(out, text[start:i])
			start = -1
		}
	}
	return out
}

// contains reports whether a statement holds a passage, in its own words or but for their endings.
func (e *evidence) contains(folded string) bool {
	for _, text := range e.folded {
		if strings.Contains(text, folded) {
			return true
		}
	}
	passage := language.Tokenize(folded)
	for _, r := range e.near {
		for i := 0; i+len(passage) <= len(r.words); i++ {
			if r.repeats(i, passage) {
				return true
			}
		}
	}
	return false
}

// repeats reports whether the words from i on are those of a passage but for endings.
func (r *reading) repeats(i int, passage []language.Token) bool {
	for j := range passage {
		if a, b := &passage[j], &r.words[i+j]; a.Folded != b.Folded && !sameName(language.Skeleton(a.Folded), b.skeleton) {
			return false
		}
	}
	return true
}
