package gate

import (
	"strings"

	"refbot/knowledge/language"
)

// amount is a number of a text with what it counts.
type amount struct {
	value    string // as language.Token.Value: "n:7"; "n:1/2" for shares in words
	unit     string // "day", "year", "clause"…; "" where no unit of cues.txt follows
	from, to int    // words
	worded   bool   // written in words
}

// count finds the amounts of a reading, in order.
func (r *reading) count() {
	for i := 0; i < len(r.words); {
		a, ok := r.amountAt(i)
		if !ok {
			i++
			continue
		}
		r.amounts = append(r.amounts, a)
		i = a.to
	}
	r.bareUnits()
}

// amountAt reads the amount that begins at word i.
func (r *reading) amountAt(i int) (amount, bool) {
	a := amount{from: i, to: i + 1}
	switch w := &r.words[i]; w.Kind {
	case language.Number, language.Ordinal, language.Percent, language.Date, language.Year, language.Article, language.Time:
		a.value = w.Value
	default:
		c, ok := r.numeral(i)
		if !ok {
			return a, false
		}
		value, unit, _ := strings.Cut(c.name, ":")
		a.value, a.unit, a.to, a.worded = "n:"+value, unit, c.to, true
	}
	if a.unit == "" && (a.worded || r.words[i].Kind == language.Number || r.words[i].Kind == language.Ordinal) {
		a.unit = r.unitOf(a.from, a.to)
	}
	return a, true
}

// numeral returns the longest number in words that begins at word i.
func (r *reading) numeral(i int) (cue, bool) {
	var best cue
	for _, c := range r.cues {
		if (c.family == "num" || c.family == "adj") && c.from == i && c.to > best.to {
			best = c
		}
	}
	return best, best.to > 0
}

// unitOf looks for a unit at the two words behind a number, or a clause in front of it.
func (r *reading) unitOf(from, to int) string {
	for _, c := range r.cues {
		if c.family != "unit" {
			continue
		}
		if c.from >= to && c.from <= to+1 && c.from < len(r.words) && r.words[c.from].period == r.words[from].period && !r.numberBetween(to, c.from) {
			return c.name
		}
		if c.name == "clause" && c.to == from {
			return c.name
		}
	}
	return ""
}

func (r *reading) numberBetween(from, to int) bool {
	for i := from; i < to; i++ {
		if r.words[i].Value != "" {
			return true
		}
	}
	return false
}

// bareUnits adds the one of «в течение месяца», "within a year": a unit that a deadline counts without a number.
func (r *reading) bareUnits() {
	for _, c := range r.cues {
		if c.family != "unit" || c.name == "clause" {
			continue
		}
		for _, d := range r.cues {
			behind := r.lang != language.Kazakh && c.from >= d.to && c.from <= d.to+1
			before := r.lang == language.Kazakh && d.from == c.to
			if d.family == "within" && (behind || before) && !r.counted(c.from) {
				r.amounts = append(r.amounts, amount{value: "n:1", unit: c.name, from: c.from, to: c.to, worded: true})
				break
			}
		}
	}
}

// counted reports whether an amount stands at or up to two words in front of word i.
func (r *reading) counted(i int) bool {
	for _, a := range r.amounts {
		if a.from <= i && a.to >= i-1 && a.unit != "" {
			return true
		}
	}
	return false
}
