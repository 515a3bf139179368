package gate

import (
	"slices"
	"strings"

	"refbot/knowledge/language"
)

// A number may stand in the statement and yet count something else there: «898 099 за». The words around a
// number in the sentence have to be those around it in the statement rather than those around another number.

// windowWords is how far to either side the words of a number reach.
const windowWords = 4

// binding compares what the numbers of a sentence count.
func (k *checker) binding(c *claim) {
	for _, a := range c.amounts {
		if a.unit != "" && a.unit != "clause" && !c.several() && !c.any(func(e *evidence) bool { return e.text.several() }) || a.worded && a.value == "n:1" {
			continue
		}
		if !c.any(func(e *evidence) bool { return e.binds(c.reading, a) }) {
			c.stop(Binding, c.phrase(a.from, a.to))
		}
	}
	k.swapped(c)
	k.order(c)
	k.subsets(c)
	k.dates(c)
	k.eras(c)
	k.labels(c)
}

// labels asks that a number behind a name, "Aktobe (87.05%)", does not stand behind another name in the statement.
func (k *checker) labels(c *claim) {
	for _, a := range c.amounts {
		name := c.label(a)
		if name == nil || kindOf(a.value) != "n" && kindOf(a.value) != "p" {
			continue
		}
		if c.any(func(e *evidence) bool { return e.labelled(a.value, name) }) {
			c.stop(Binding, c.phrase(a.from, a.to))
		}
	}
}

// label is the name directly in front of an amount, nil for none.
func (r *reading) label(a amount) *word {
	if a.from == 0 {
		return nil
	}
	w := &r.words[a.from-1]
	if !w.capital || w.Kind != language.Word || w.period != r.words[a.from].period || ours(w.Folded) {
		return nil
	}
	return w
}

// labelled reports that a statement has a number behind another name only, and that name in front of another number.
func (e *evidence) labelled(value string, name *word) bool {
	others, elsewhere := false, false
	for _, b := range e.text.amounts {
		w := e.text.label(b)
		if w == nil {
			if b.value == value {
				return false
			}
			continue
		}
		same := share(w, name) || sameName(w.skeleton, name.skeleton)
		switch {
		case b.value == value && same:
			return false
		case b.value == value:
			others = true
		case same:
			elsewhere = true
		}
	}
	return others && elsewhere
}

// several reports two amounts with the same unit or of time, which may change places.
func (r *reading) several() bool {
	n := 0
	for _, a := range r.amounts {
		if a.unit != "" && a.unit != "clause" && (a.value != "n:1" || spans[a.unit]) {
			n++
		}
	}
	return n > 1
}

// spans are units of time: one of them is a deadline like any other, where another "one" is hardly a number.
var spans = map[string]bool{"hour": true, "day": true, "week": true, "month": true, "year": true}

// bound is what the words of a text tie to one number, and to the others.
type bound struct{ heads, words map[string]bool }

// binds reports whether the statement does not tie the words of a number to another number of it.
func (e *evidence) binds(r *reading, a amount) bool {
	ours, others := bound{map[string]bool{}, map[string]bool{}}, bound{map[string]bool{}, map[string]bool{}}
	found := false
	for _, text := range e.near {
		for i, b := range text.amounts {
			into := others
			if b.value == a.value || sameValue(a.value, b.value) || halves(a.value, b.value) {
				into, found = ours, true
			} else if kindOf(b.value) != kindOf(a.value) {
				continue
			}
			addAll(into.heads, text.headOf(b))
			addAll(into.words, window(text, b))
			if i > 0 && text.bracketed(b) && text.words[text.amounts[i-1].from].period == text.words[b.from].period {
				addAll(into.words, window(text, text.amounts[i-1])) // «7 954 667 человек (87,15 %)»
			}
		}
	}
	if !found {
		return true
	}
	head, own := r.headOf(a), window(r, a)
	if len(ours.heads) > 0 && anyIn(head, others.heads) && !anyIn(head, ours.heads) && (kindOf(a.value) == "art" || !anyIn(own, ours.words)) {
		return false
	}
	return !misplaced(own, r.next(a), ours.words, others.words, kindOf(a.value) == "d")
}

// halves reports two ways to write a half.
func halves(a, b string) bool { return a == "n:1/2" && b == "p:50" || a == "p:50" && b == "n:1/2" }

// bracketed reports an amount that stands alone in its clause: it counts what the one before it counts.
func (r *reading) bracketed(a amount) bool { return r.meaning(r.clauses[r.words[a.from].clause]) == 1 }

// headOf returns the keys of what a number counts: the first word of meaning behind it.
func (r *reading) headOf(a amount) map[string]bool {
	out := map[string]bool{}
	for i := a.to; i < len(r.words) && r.joins(i, a.from); i++ {
		if r.words[i].content {
			addKeys(out, &r.words[i])
			break
		}
	}
	return out
}

func addAll(to, from map[string]bool) {
	for k := range from {
		to[k] = true
	}
}

func anyIn(a, b map[string]bool) bool {
	for k := range a {
		if b[k] {
			return true
		}
	}
	return false
}

// poles are sharp words that tell results apart wherever they stand in a clause; others do beside a number.
var poles = map[string]bool{
	"in-favour": true, "against": true, "valid": true, "invalid": true, "uncounted": true, "open": true, "close": true,
	"at-least": true, "at-most": true, "more": true, "less": true, "begin": true, "end": true,
}

// next returns the keys of the words directly before and behind a number.
func (r *reading) next(a amount) map[string]bool {
	out := map[string]bool{}
	for _, i := range [...]int{a.from - 1, a.to} {
		if i >= 0 && i < len(r.words) && r.words[i].clause == r.words[a.from].clause {
			addKeys(out, &r.words[i])
		}
	}
	return out
}

// twoWords is how many keys two words have at least.
const twoWords = 3

// misplaced reports words of another number: a sharp one that is not this number's, or some where this number has
// none. Words that both numbers have tell nothing, unless those of the other are clearly more. Dates are told of in more
// words: for them one word of another is not enough.
func misplaced(own, next, ours, others map[string]bool, date bool) bool {
	mine, theirs, common := 0, 0, 0
	for key := range own {
		switch {
		case ours[key] && others[key]:
			common++
		case ours[key]:
			mine++
		case others[key]:
			theirs++
			if name, ok := strings.CutPrefix(key, "csharp"); ok && !date && (poles[name] || next[key]) {
				return true
			}
		}
	}
	if date {
		return len(ours) > 0 && mine == 0 && common == 0 && theirs > twoWords
	}
	return len(ours) > 0 && mine == 0 && theirs > 0 && (common == 0 || theirs > common+twoWords)
}

// kindOf is the letter of a value: times compete with times, dates with dates.
func kindOf(value string) string {
	kind, _, _ := strings.Cut(value, ":")
	return kind
}

// sameValue compares dates with and without their year.
func sameValue(a, b string) bool {
	return kindOf(a) == "d" && kindOf(b) == "d" && len(a) > 2 && len(b) > 2 && (strings.HasSuffix(a, "-"+b[2:]) || strings.HasSuffix(b, "-"+a[2:]))
}

// window returns the keys of the words that belong to an amount: those of its clause, up to the next numbers
// and to an "and" between them; a number in brackets belongs to the one before them.
func window(r *reading, a amount) map[string]bool {
	out := map[string]bool{}
	for i, left := a.from-1, windowWords; i >= 0 && left > 0 && r.joins(i, a.from); i-- {
		if r.words[i].content && !r.words[i].unit && !r.isHead(i) {
			left--
			addKeys(out, &r.words[i])
		}
	}
	from := a.to
	if a.unit == "clause" && from < len(r.words) && r.words[from].Kind == language.Article {
		from++ // «пункт 2 статьи 21»
	}
	for i, left := from, windowWords; i < len(r.words) && left > 0 && (r.joins(i, a.from) || r.aside(i, a.to)); i++ {
		if r.words[i].content && !r.words[i].unit {
			left--
			addKeys(out, &r.words[i])
		}
	}
	return out
}

// isHead reports a word that is the first of meaning behind another number.
func (r *reading) isHead(i int) bool {
	for j := i - 1; j >= 0 && r.words[j].clause == r.words[i].clause; j-- {
		if r.words[j].Value != "" {
			return true
		}
		if r.words[j].content {
			return false
		}
	}
	return false
}

// aside reports whether the way from an amount to word i behind it leads through clauses that only hold another way to
// count the same, "(87.15 %)", or tells more of it, «бюллетеней, где отмечены оба варианта».
func (r *reading) aside(i, from int) bool {
	if r.words[i].period != r.words[from-1].period {
		return false
	}
	for k := r.words[from-1].clause + 1; k <= r.words[i].clause; k++ {
		s := r.clauses[k]
		counted := r.words[s.from].Value != "" && r.meaning(s) == 1
		behind := k > 0 && k-1 > r.words[from-1].clause && r.words[r.clauses[k-1].from].Value != "" && r.meaning(r.clauses[k-1]) == 1
		if !counted && !behind && !relative(r.words[s.from].Folded) {
			return false
		}
	}
	return r.words[i].clause > r.words[from-1].clause && !and(r.words[i].Folded, r.lang)
}

// relative reports a word that begins a clause about the word in front of it.
func relative(folded string) bool {
	return folded == "где" || strings.HasPrefix(folded, "котор") || folded == "which" || folded == "who" || folded == "where"
}

// joins reports whether word i may belong to the number at word at.
func (r *reading) joins(i, at int) bool {
	w := &r.words[i]
	return w.clause == r.words[at].clause && w.Value == "" && !and(w.Folded, r.lang)
}

// and reports words that part what two numbers count.
func and(folded string, lang language.Code) bool {
	switch lang {
	case language.Russian:
		return folded == "и" || folded == "а" || folded == "но" || folded == "или"
	case language.Kazakh:
		return folded == "жане" || folded == "ал" || folded == "бирак" || folded == "мен"
	}
	return folded == "and" || folded == "but" || folded == "while" || folded == "or" || folded == "with"
}

func addKeys(to map[string]bool, w *word) {
	for _, k := range w.keys {
		to[k] = true
	}
}

// swapped asks that two numbers have not changed places: "54 stations in 71 countries" for 71 stations in 54 countries.
func (k *checker) swapped(c *claim) {
	for i, a := range c.amounts {
		for _, b := range c.amounts[i+1:] {
			if kindOf(a.value) != "n" || kindOf(b.value) != "n" || a.value == b.value || c.words[a.from].period != c.words[b.from].period {
				continue
			}
			one, two := c.headOf(a), c.headOf(b)
			if len(one) == 0 || len(two) == 0 || anyIn(one, two) {
				continue
			}
			if c.counted(a.value, two) && c.counted(b.value, one) && !c.counted(a.value, one) && !c.counted(b.value, two) {
				c.stop(Binding, c.phrase(a.from, b.to))
			}
		}
	}
}

// counted reports whether a statement has a number in front of one of the words.
func (c *claim) counted(value string, head map[string]bool) bool {
	return c.any(func(e *evidence) bool {
		return slices.ContainsFunc(e.near, func(text *reading) bool {
			return slices.ContainsFunc(text.amounts, func(x amount) bool { return x.value == value && anyIn(head, text.headOf(x)) })
		})
	})
}
