package gate

import (
	"slices"
	"strings"

	"refbot/knowledge/language"
)

// values asks for every number, date, percent, article and time of a sentence in what it cites.
func (k *checker) values(c *claim) {
	for i := range c.words {
		w := &c.words[i]
		if w.Value != "" && !c.vouched(c.vouching, w.Kind, w.Value) && !(k.loose && w.Kind == language.Ordinal) {
			c.blame(reasonOf(w.Kind), c.vouched(c.cited, w.Kind, w.Value), w.Text)
		}
		if m := monthOf(w); m != "" && !c.any(func(e *evidence) bool { return e.month(m) }) {
			c.stop(Date, w.Text)
		}
	}
	for _, a := range c.amounts {
		if a.worded && a.value != "n:1" && !c.vouched(c.vouching, language.Number, a.value) {
			c.blame(Number, c.vouched(c.cited, language.Number, a.value), c.phrase(a.from, a.to))
		}
	}
}

// monthOf returns the month, "01" to "12", that a word names by itself: «в феврале», "February".
func monthOf(w *word) string {
	if w.Kind != language.Word || w.Text[0] < 0x80 && !w.capital || letters(w.Folded) < 3 || w.quoted {
		return ""
	}
	if t := language.Tokenize("11 " + w.Folded); len(t) == 1 && t[0].Kind == language.Date {
		return strings.TrimPrefix(t[0].Value, "d:")[:2]
	}
	return ""
}

// month reports whether the statement names a day of a month, or was made in it.
func (e *evidence) month(m string) bool {
	if !e.Date.IsZero() && e.Date.Format("01") == m {
		return true
	}
	for v := range e.values {
		if d, ok := strings.CutPrefix(v, "d:"); ok && (len(d) == 5 && d[:2] == m || len(d) >= 7 && d[5:7] == m) {
			return true
		}
	}
	return slices.ContainsFunc(e.text.words, func(w word) bool { return monthOf(&w) == m })
}

func reasonOf(kind language.TokenKind) Reason {
	switch kind {
	case language.Date, language.Year:
		return Date
	case language.Percent:
		return Percent
	case language.Article:
		return Article
	case language.Time:
		return Time
	}
	return Number
}

// vouched reports whether a value stands in one of the statements.
func (c *claim) vouched(list []*evidence, kind language.TokenKind, value string) bool {
	return slices.ContainsFunc(list, func(e *evidence) bool {
		return e.values[value] || e.equal(kind, value) || e.saidOn(kind, value) && (c.toldOn(value) || kind == language.Year && e.onlyYear(value)) || c.hour(e, value)
	})
}

// equal knows other ways to write a value: «7-й» of a number in digits, one.
func (e *evidence) equal(kind language.TokenKind, value string) bool {
	_, v, _ := strings.Cut(value, ":")
	switch kind {
	case language.Number:
		return v == "1" || e.values["p:"+v] && strings.Contains(v, ".") || e.values["y:"+v] || !e.same && e.values["art:"+v] || e.values["o:"+v] && len(v) <= 2
	case language.Ordinal:
		return e.values["n:"+v] && len(v) <= 2
	case language.Year:
		return e.values["n:"+v]
	case language.Article:
		return !e.same && e.values["n:"+v] // «77 бап» is 77 articles and Article 77
	}
	return false
}

// saidOn reports the day the statement was made, which a sentence may name when it tells who said it.
func (e *evidence) saidOn(kind language.TokenKind, value string) bool {
	if kind != language.Date && kind != language.Year || e.Date.IsZero() {
		return false
	}
	switch strings.TrimLeft(value, "dy:") {
	case e.Date.Format("2006-01-02"), e.Date.Format("01-02"), e.Date.Format("2006-01"), e.Date.Format("2006"):
		return true
	}
	return false
}

// onlyYear reports that a statement names no other year than the one it was made in.
func (e *evidence) onlyYear(value string) bool {
	for v := range e.values {
		if kindOf(v) == "y" && v != value || kindOf(v) == "d" && len(v) == len("d:2026-03-15") && v[2:6] != value[2:] {
			return false
		}
	}
	return true
}

// toldReach is how many words lie at most between a word for saying and the day something was said.
const toldReach = 5

// toldOn reports whether a value stands near a word for saying.
func (c *claim) toldOn(value string) bool {
	for i := range c.words {
		if c.words[i].Value != value {
			continue
		}
		for _, s := range c.cues {
			if s.family == "say" && c.words[s.from].period == c.words[i].period && s.from-i <= toldReach && i-s.from <= toldReach && !c.quotedBy(s, i) {
				return true
			}
		}
	}
	return false
}

// quotedBy reports that word i stands behind the "that" of a word for saying, where the words said begin.
func (r *reading) quotedBy(s cue, i int) bool {
	for j := s.to; j < i; j++ {
		if f := r.words[j].Folded; f == "что" || f == "that" || f == "будто" {
			return true
		}
	}
	return false
}

// hour reports a full hour written without minutes: «с 7 до 20 часов».
func (c *claim) hour(e *evidence, value string) bool {
	h, ok := strings.CutPrefix(value, "n:")
	if !ok || len(h) > 2 || !c.saw("unit", "hour") && !c.ranged(value) {
		return false
	}
	if len(h) == 1 {
		h = "0" + h
	}
	return e.values["t:"+h+":00"]
}

// ranged reports a number beside a time of day, whose range it ends or begins: «сағат 7-ден 20-ға дейін».
func (c *claim) ranged(value string) bool {
	for i, a := range c.amounts {
		if a.value != value {
			continue
		}
		if i > 0 && kindOf(c.amounts[i-1].value) == "t" && a.from-c.amounts[i-1].to <= rangeGap || i+1 < len(c.amounts) && kindOf(c.amounts[i+1].value) == "t" && c.amounts[i+1].from-a.to <= rangeGap {
			return true
		}
	}
	return false
}

// durations asks for the unit of every number that counts time, articles' clauses or occasions.
func (k *checker) durations(c *claim) {
	for _, a := range c.amounts {
		if a.unit == "" || c.hourly(a) {
			continue
		}
		if !c.any(func(e *evidence) bool { return e.counts(a) }) {
			c.stop(Duration, c.phrase(a.from, a.to+1))
		}
	}
}

// hourly reports an hour of the day, which is no duration.
func (c *claim) hourly(a amount) bool {
	return a.unit == "hour" && c.any(func(e *evidence) bool { return c.hour(e, a.value) })
}

// counts reports whether the statement counts the same number of the same unit, or of none.
func (e *evidence) counts(a amount) bool {
	if a.unit == "times" && a.value == "n:1" && slices.ContainsFunc(e.text.words, func(w word) bool { return single(w.Folded) }) {
		return true
	}
	for _, b := range e.amounts {
		if b.value == a.value && (b.unit == a.unit || b.unit == "" && !b.worded) || sameTime(a, b) {
			return true
		}
	}
	return false
}

// single reports a word for one.
func single(folded string) bool {
	for _, one := range [...]string{"один", "одн", "бир", "single", "one"} {
		if strings.HasPrefix(folded, one) && letters(folded) <= letters(one)+3 {
			return true
		}
	}
	return false
}

// sameTime knows a week and seven days, a year and twelve months to be the same.
func sameTime(a, b amount) bool {
	x, y := a.unit+a.value, b.unit+b.value
	for _, pair := range [][2]string{{"weekn:1", "dayn:7"}, {"yearn:1", "monthn:12"}, {"dayn:1", "hourn:24"}, {"weekn:2", "dayn:14"}} {
		if x == pair[0] && y == pair[1] || x == pair[1] && y == pair[0] {
			return true
		}
	}
	return false
}
