package language

import "fmt"

// clockOf formats an hour and minute, "" when they are none.
func clockOf(h, m int) string {
	if h > 24 || m > 59 || h == 24 && m > 0 {
		return ""
	}
	return fmt.Sprintf("t:%02d:%02d", h, m)
}

// partBehind and partBefore map the folded words for a part of the day, behind or in front of the hour, to
// whether they add twelve hours.
var (
	partBehind = map[string]bool{
		"утра": false, "ночи": false, "вечера": true, "дня": true, "am": false, "pm": true,
		"utra": false, "vechera": true,
	}
	partBefore = map[string]bool{"тангы": false, "кешки": true, "тустен": true, "tangy": false, "keshki": true}
)

// clock recognises 07:00, 20.00, 7:30 p.m., 8 pm and 7 утра.
func (p *parser) clock(i int) (TokenKind, string, int) {
	if !p.digits(i, 1, 2) {
		return 0, "", 0
	}
	h, m, n := number2(p.at(i)), 0, 1
	switch g := p.gap(i); {
	case g == ":" && p.digits(i+1, 2, 2):
		m, n = number2(p.at(i+1)), 2
	case g == "." && p.at(i+1) == "00" && !p.followedByDot(i+1) && p.percentAt(i+2) < 0:
		n = 2
	}
	late, k, ok := p.dayPart(i + n)
	if !ok {
		k = 0
	}
	if n == 1 && !ok {
		return 0, "", 0
	}
	return clockTerm(h, m, late, n+k)
}

// clockTerm makes the typed term of n pieces, none when the numbers are no time of day.
func clockTerm(h, m int, late bool, n int) (TokenKind, string, int) {
	if late && h < 12 {
		h += 12
	}
	if v := clockOf(h, m); v != "" {
		return Time, v, n
	}
	return 0, "", 0
}

// dayPart reads «утра», «вечера», "a.m.", "pm" at piece i: whether it adds twelve hours, the pieces taken.
func (p *parser) dayPart(i int) (late bool, n int, ok bool) {
	g := p.gap(i - 1)
	if g != "" && !space(g) {
		return false, 0, false
	}
	w := p.at(i)
	if (w == "a" || w == "p") && p.gap(i) == "." && p.at(i+1) == "m" {
		return w == "p", 2, true
	}
	late, ok = partBehind[w]
	return late, 1, ok
}

// clockWord recognises «сағат 20», «кешкі 8» and «таңғы 7-де».
func (p *parser) clockWord(i int) (TokenKind, string, int) {
	if !p.digits(i+1, 1, 2) && !p.digits(i+2, 1, 2) {
		return 0, "", 0
	}
	w := p.at(i)
	late, part := partBefore[w]
	if !part && w != "сагат" {
		return 0, "", 0
	}
	n := 1
	if part && p.at(i+1) == "сагат" && space(p.gap(i)) {
		n = 2
	}
	if !space(p.gap(i+n-1)) || !p.digits(i+n, 1, 2) {
		return 0, "", 0
	}
	h, m := number2(p.at(i+n)), 0
	n++
	if g := p.gap(i + n - 1); (g == ":" || g == ".") && p.digits(i+n, 2, 2) {
		m = number2(p.at(i + n))
		n++
	}
	return clockTerm(h, m, late, n)
}
