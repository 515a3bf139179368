package gate

import (
	"strings"

	"refbot/knowledge/language"
)

// conditions looks for exceptions, conditions and deadlines of the statements that the answer leaves out.
func (k *checker) conditions(c *claim) {
	for _, e := range c.vouching {
		for _, p := range e.text.periods {
			k.exception(c, e, e.text, p)
		}
		for _, s := range e.text.clauses {
			k.deadline(c, e, e.text, s)
		}
		k.limit(c, e)
	}
}

// exception: a sentence that takes over the main clause takes over its "if" or "except".
func (k *checker) exception(c *claim, e *evidence, text *reading, p span) {
	for i := range text.cues {
		u := &text.cues[i]
		if u.family != "cond" || u.name == "when" || u.from < p.from || u.from >= p.to || text.words[u.from].quoted {
			continue
		}
		condition := text.clauses[text.words[u.from].clause]
		if !text.takenOver(c.reading, text.mainClause(p, condition), condition) && !text.takenOver(c.reading, text.rest(condition, *u), span{}) {
			continue
		}
		if !k.anySentence(e, func(o *claim) bool { return o.saw("cond") || o.conditional() }) {
			c.stop(Condition, text.phrase(condition.from, condition.to))
		}
	}
}

// takenOver reports whether a sentence takes over a clause that is not the condition itself.
func (r *reading) takenOver(sentence *reading, main, condition span) bool {
	return main != condition && main.to-main.from >= 2 && cover(r, main, sentence, span{0, len(sentence.words)}) >= drawn
}

// conditional reports a Kazakh verb in the conditional: «мақұлданса», «толтырсаңыз».
func (r *reading) conditional() bool {
	if r.lang != language.Kazakh {
		return false
	}
	for i := range r.words {
		f := strings.TrimSuffix(strings.TrimSuffix(r.words[i].Folded, "ныз"), "низ")
		if letters(f) > 4 && (strings.HasSuffix(f, "са") || strings.HasSuffix(f, "се") || strings.HasSuffix(f, "сан") || strings.HasSuffix(f, "сен")) {
			return true
		}
	}
	return false
}

// mainClause is the clause next to a condition in the same period: behind it, else in front of it.
func (r *reading) mainClause(p, condition span) span {
	if condition.to < p.to {
		return r.clauses[r.words[condition.to].clause]
	}
	if condition.from > p.from {
		return r.clauses[r.words[condition.from-1].clause]
	}
	return condition
}

// rest is what stands in a clause outside its condition: in front of it, or from the fifth word behind it.
func (r *reading) rest(clause span, u cue) span {
	if u.from-clause.from >= 3 {
		return span{clause.from, u.from}
	}
	return span{min(u.to+4, clause.to), clause.to}
}

// deadlineDrawn is the share of the rest of a clause a sentence takes over for its deadline to be missed.
const deadlineDrawn = .75

// deadline: a sentence that takes over a clause takes over its deadline.
func (k *checker) deadline(c *claim, e *evidence, text *reading, s span) {
	for _, a := range text.amounts {
		if a.from < s.from || a.from >= s.to || !text.limits(a) {
			continue
		}
		if text.coverBut(s, a, c.reading) < deadlineDrawn {
			continue
		}
		if !k.anySentence(e, func(o *claim) bool { return o.mentions(a) }) {
			c.stop(Condition, text.phrase(a.from, a.to+1))
		}
	}
}

// limit: a number that a statement gives as a limit, «не более 126», stays one.
func (k *checker) limit(c *claim, e *evidence) {
	for _, u := range e.text.cues {
		if u.family != "sharp" || u.name != "at-least" && u.name != "at-most" && u.name != "no-later" {
			continue
		}
		for _, a := range e.text.amounts {
			if !e.text.bounds(u, a) || !c.mentions(a) || a.value == "n:1" || c.limited(u.name) {
				continue
			}
			c.stop(Condition, e.text.phrase(u.from, u.to)+" "+e.text.phrase(a.from, a.to))
		}
	}
}

// bounds reports whether a word for a limit stands at an amount; in Kazakh it stands behind.
func (r *reading) bounds(u cue, a amount) bool {
	if r.words[u.from].clause != r.words[a.from].clause {
		return false
	}
	if r.lang == language.Kazakh {
		return a.to <= u.from && u.from <= a.to+2 || u.to == a.from
	}
	return u.to <= a.from && a.from <= u.to+2
}

// limited reports whether the sentence gives a limit of that kind.
func (c *claim) limited(name string) bool {
	return c.saw("sharp", name) || name != "at-least" && (c.saw("bound", "until") || c.saw("within")) || name == "at-least" && c.saw("sharp", "more")
}

// limits reports an amount that says until when: «в течение 7 дней», «до 12:00», "within two months".
func (r *reading) limits(a amount) bool {
	if kind := kindOf(a.value); kind != "d" && kind != "t" && (a.unit == "" || a.unit == "clause" || a.unit == "times") {
		return false
	}
	for _, u := range r.cues {
		near := u.to <= a.from && u.to >= a.from-1 || r.lang == language.Kazakh && u.from >= a.to && u.from <= a.to+2
		if near && (u.family == "within" || u.family == "bound" && u.name == "until" || u.family == "sharp" && u.name == "no-later") {
			return true
		}
	}
	return false
}

// coverBut is the share of a clause's words other than an amount and its neighbours that a sentence has.
func (r *reading) coverBut(s span, a amount, other *reading) float64 {
	total, held := 0, 0
	for i := s.from; i < s.to; i++ {
		if i >= a.from-1 && i < a.to+1 || !r.words[i].content || r.words[i].Value != "" {
			continue
		}
		total++
		for j := range other.words {
			if share(&r.words[i], &other.words[j]) {
				held++
				break
			}
		}
	}
	if total < 2 {
		return 0
	}
	return float64(held) / float64(total)
}

// mentions reports whether the sentence has an amount of that value.
func (c *claim) mentions(a amount) bool {
	for _, b := range c.amounts {
		if b.value == a.value || sameValue(a.value, b.value) || sameTime(a, b) || a.value == "n:1" && b.unit == a.unit {
			return true
		}
	}
	return kindOf(a.value) == "t" && c.saw("unit", "hour")
}

// anySentence reports whether a sentence of the answer that cites a statement fulfils a condition.
func (k *checker) anySentence(e *evidence, ok func(*claim) bool) bool {
	for i := range k.claims {
		o := &k.claims[i]
		for _, cited := range o.cited {
			if cited == e && ok(o) {
				return true
			}
		}
	}
	return false
}
