package gate

import (
	"slices"
	"strings"

	"refbot/knowledge/language"
)

// MaxTranslated is how many sentences a translation has at most.
const MaxTranslated = 12

// CheckTranslation compares a translation into language asked with the statement it is of: every sentence is checked as
// one of an answer that cites the statement, and nothing of the original's numbers, dates and negations may be missing.
// That the original is a draft or replaced is told beside it.
func (g *Gate) CheckTranslation(asked language.Code, original Source, translation []Sentence) Verdict {
	original.Status, original.Versions = InForce, nil
	v := Verdict{}
	if len(translation) == 0 {
		v.Findings = append(v.Findings, Finding{Reason: Empty})
	}
	if len(translation) > MaxTranslated {
		v.Findings = append(v.Findings, Finding{Reason: TooLong})
		translation = translation[:MaxTranslated]
	}
	c := newChecker(g, asked, []Source{original})
	c.loose = true
	for i := range translation {
		c.admit(Sentence{translation[i].Text, []int{1}})
	}
	for i := range c.claims {
		c.check(&c.claims[i])
		v.Sentences = append(v.Sentences, Judged{translation[i], c.claims[i].findings})
	}
	if len(c.claims) > 0 {
		v.Findings = append(v.Findings, c.lost(g.evidenceOf(&original, asked))...)
	}
	return v
}

// lost finds what of the original no sentence of a translation has.
func (k *checker) lost(e *evidence) []Finding {
	var findings []Finding
	for _, a := range e.text.amounts {
		if kindOf(a.value) != "o" && !k.tells(a) {
			findings = append(findings, Finding{reasonOf(kindNamed(a.value)), e.text.phrase(a.from, a.to)})
		}
	}
	for _, u := range e.text.cues {
		if u.family == "sharp" && (u.name == "at-least" || u.name == "at-most" || u.name == "no-later") && !slices.ContainsFunc(k.claims, func(c claim) bool { return c.limited(u.name) }) {
			findings = append(findings, Finding{Condition, e.text.phrase(u.from, u.to)})
		}
	}
	had, has := denials(e.text), 0
	for i := range k.claims {
		has += denials(k.claims[i].reading)
	}
	if has < had {
		findings = append(findings, Finding{Negation, ""})
	}
	return findings
}

// tells reports whether a translation has an amount.
func (k *checker) tells(a amount) bool {
	for i := range k.claims {
		c := &k.claims[i]
		for _, b := range c.amounts {
			if b.value == a.value || sameValue(a.value, b.value) || sameTime(a, b) || halves(a.value, b.value) || a.value == "n:1" {
				return true
			}
			if bare(a.value) == bare(b.value) {
				return true // «5-й» for 5, a year for a number
			}
		}
		if kindOf(a.value) == "t" && c.saw("unit", "hour") {
			return true
		}
	}
	return false
}

// bare is a value without its kind.
func bare(value string) string {
	_, rest, _ := strings.Cut(value, ":")
	return rest
}

// kindNamed is the kind of token a value is of.
func kindNamed(value string) language.TokenKind {
	switch kindOf(value) {
	case "d":
		return language.Date
	case "y":
		return language.Year
	case "p":
		return language.Percent
	case "art":
		return language.Article
	case "t":
		return language.Time
	}
	return language.Number
}

// denials counts the negations that a sentence is turned round by when they are lost; a ban or a lack is also told in
// words without one.
func denials(r *reading) int {
	n := 0
	for _, m := range r.negated {
		weak := slices.ContainsFunc(r.cues, func(c cue) bool {
			return c.family == "neg" && c.from == m.at && (c.name == "ban" || c.name == "lacks")
		})
		if !weak {
			n++
		}
	}
	return n
}
