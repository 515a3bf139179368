package language

import (
	"fmt"
	"strings"
)

// monthStems are the folded beginnings of month names with the months they name. Any ending may follow in
// Russian («марта», «марте») and Kazakh («наурызда», «наурыздың»); English names are complete words.
var monthStems = []struct {
	stem  string
	month int
	// exact: only the word itself or one of the known endings, because other words begin the same way.
	exact bool
}{
	{"январ", 1, false},
	{"феврал", 2, false},
	{"март", 3, true},
	{"апрел", 4, false},
	{"мая", 5, true},
	{"май", 5, true},
	{"мае", 5, true},
	{"маю", 5, true},
	{"июн", 6, false},
	{"июл", 7, false},
	{"август", 8, false},
	{"сентябр", 9, false},
	{"октябр", 10, false},
	{"ноябр", 11, false},
	{"декабр", 12, false},
	{"кантар", 1, true},
	{"акпан", 2, true},
	{"наурыз", 3, true},
	{"сауир", 4, true},
	{"мамыр", 5, true},
	{"маусым", 6, true},
	{"шилде", 7, true},
	{"тамыз", 8, true},
	{"кыркуйек", 9, true},
	{"казан", 10, true},
	{"караша", 11, true},
	{"желтоксан", 12, true},
	{"january", 1, true},
	{"february", 2, true},
	{"march", 3, true},
	{"april", 4, true},
	{"may", 5, true},
	{"june", 6, true},
	{"july", 7, true},
	{"august", 8, true},
	{"september", 9, true},
	{"october", 10, true},
	{"november", 11, true},
	{"december", 12, true},
	{"jan", 1, true},
	{"feb", 2, true},
	{"mar", 3, true},
	{"apr", 4, true},
	{"jun", 6, true},
	{"jul", 7, true},
	{"aug", 8, true},
	{"sep", 9, true},
	{"sept", 9, true},
	{"oct", 10, true},
	{"nov", 11, true},
	{"dec", 12, true},
	{"qantar", 1, true},
	{"aqpan", 2, true},
	{"nauryz", 3, true},
	{"naurız", 3, true},
	{"marta", 3, true},
	{"fevralya", 2, true},
	{"aprelya", 4, true},
	{"iyulya", 7, true},
	{"iyunya", 6, true},
}

// monthEndings may follow a month name marked exact.
var monthEndings = map[string]bool{
	"": true, "а": true, "е": true, "у": true, "ом": true, "да": true, "де": true, "та": true, "те": true,
	"дан": true, "ден": true, "нан": true, "нен": true, "тан": true, "тен": true, "дын": true, "дин": true,
	"нын": true, "нин": true, "тын": true, "тин": true, "га": true, "ге": true, "ка": true, "ке": true,
	"ды": true, "ди": true, "ны": true, "ни": true, "ты": true, "ти": true, "дагы": true, "деги": true,
	"тагы": true, "теги": true, "ы": true, "и": true, "ында": true, "инде": true, "ынан": true, "инен": true,
	"ына": true, "ине": true, "ынын": true, "инин": true, "айы": true, "айында": true, "da": true, "de": true,
	"ga": true, "dan": true,
}

// month returns the month a folded word names, 0 when it names none.
func month(w string) int {
	for i := range monthStems {
		m := &monthStems[i]
		rest, ok := strings.CutPrefix(w, m.stem)
		if ok && (m.exact && monthEndings[rest] || !m.exact && len(rest) <= 8) {
			return m.month
		}
	}
	return 0
}

// yearWord reports the words that follow a year: «года», «жылғы», "year".
func yearWord(w string) bool {
	switch w {
	case "г", "год", "года", "году", "годы", "годом", "жыл", "жылы", "жылгы", "жылдын", "жылда", "ж", "year", "goda", "godu":
		return true
	}
	return false
}

// day returns the value of piece i as a day of the month, 0 when it cannot be one.
func (p *parser) day(i int) int {
	if !p.digits(i, 1, 2) {
		return 0
	}
	if d := number2(p.at(i)); d <= 31 {
		return d
	}
	return 0
}

// date formats the value of a date; a zero year or day is left out.
func date(y string, m, d int) string {
	switch {
	case y == "":
		return fmt.Sprintf("d:%02d-%02d", m, d)
	case d == 0:
		return fmt.Sprintf("d:%s-%02d", y, m)
	}
	return fmt.Sprintf("d:%s-%02d-%02d", y, m, d)
}

// dateDigits recognises 15.03.2026, 15/03/2026, 15.03 and 2026-03-15.
func (p *parser) dateDigits(i int) (TokenKind, string, int) {
	if p.digits(i, 4, 4) && hyphen(p.gap(i)) && p.digits(i+1, 2, 2) && hyphen(p.gap(i+1)) && p.day(i+2) > 0 {
		if m := number2(p.at(i + 1)); m >= 1 && m <= 12 {
			return Date, date(p.at(i), m, p.day(i+2)), 3
		}
	}
	d, sep := p.day(i), p.gap(i)
	if d == 0 || sep != "." && sep != "/" || !p.digits(i+1, 2, 2) {
		return 0, "", 0
	}
	m := number2(p.at(i + 1))
	if m < 1 || m > 12 {
		return 0, "", 0
	}
	if p.gap(i+1) == sep && p.digits(i+2, 4, 4) && year(p.at(i+2)) {
		return Date, date(p.at(i+2), m, d), 3
	}
	if sep != "." || !p.digits(i, 2, 2) || p.followedByDot(i+1) || p.percentAt(i+2) >= 0 || multipliers[p.at(i+2)] > 0 {
		return 0, "", 0
	}
	return Date, date("", m, d), 2
}

// dateDayFirst recognises 15 марта 2026 года, 15 наурыз, 15-го марта, 15th of March 2026.
func (p *parser) dateDayFirst(i int) (TokenKind, string, int) {
	d := p.day(i)
	if d == 0 {
		return 0, "", 0
	}
	n := 1 + p.ordinalEnding(i)
	if p.at(i+n) == "of" {
		n++
	}
	m := month(p.at(i + n))
	if m == 0 || !near(p.gap(i+n-1)) {
		return 0, "", 0
	}
	n++
	y, k := p.yearAfter(i + n)
	return Date, date(y, m, d), n + k
}

// dateYearFirst recognises 2026 жылғы 15 наурыз and 2026 жылдың наурызы.
func (p *parser) dateYearFirst(i int) (TokenKind, string, int) {
	if !year(p.at(i)) {
		return 0, "", 0
	}
	n := 1
	if yearWord(p.at(i+1)) && near(p.gap(i)) {
		n = 2
	}
	d := p.day(i + n)
	if d > 0 && n == 2 {
		if m := month(p.at(i + n + 1)); m > 0 && near(p.gap(i+n)) && near(p.gap(i+n-1)) {
			return Date, date(p.at(i), m, d), n + 2
		}
		return 0, "", 0
	}
	if m := month(p.at(i + n)); m > 0 && n == 2 && space(p.gap(i+n-1)) {
		return Date, date(p.at(i), m, 0), n + 1
	}
	return 0, "", 0
}

// dateMonthFirst recognises March 15, 2026, and a month with its year.
func (p *parser) dateMonthFirst(i int) (TokenKind, string, int) {
	if !p.digits(i+1, 1, 4) || !space(p.gap(i)) {
		return 0, "", 0
	}
	m := month(p.at(i))
	if m == 0 {
		return 0, "", 0
	}
	if year(p.at(i + 1)) {
		y, k := p.yearAfter(i + 1)
		return Date, date(y, m, 0), 1 + k
	}
	d := p.day(i + 1)
	if d == 0 || p.at(i)[0] >= 0x80 {
		return 0, "", 0
	}
	n := 2 + p.ordinalEnding(i+1)
	y, k := p.yearAfter(i + n)
	return Date, date(y, m, d), n + k
}

// yearAfter reads a year at piece i and the word for "year" behind it.
func (p *parser) yearAfter(i int) (string, int) {
	g := p.gap(i - 1)
	if !year(p.at(i)) || !space(g) && !space(strings.TrimPrefix(g, ",")) {
		return "", 0
	}
	if yearWord(p.at(i+1)) && near(p.gap(i)) {
		return p.at(i), 2
	}
	return p.at(i), 1
}
