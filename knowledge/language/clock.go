package language

import "fmt"

// clockOf formats an hour and minute, "" when they are none.
func clockOf(h, m int) string {
	if h > 24 || m > 59 || h == 24 && m > 0 {
		return ""
	}
	return fmt.Sprintf("t:%02d:%02d", h, m)
}

// afternoon maps words for the part of the day to whether they add twelve hours.
var afternoon = map[string]bool{
	"утра": false, "ночи": false, "вечера": true, "дня": true, "am": false, "pm": true,
	"таңгы": false, "тангы": false, "кешки": true, "тустен": true,
	"utra": false, "vechera": true, "keshki": true, "tangy": false,
}

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
	if n == 1 && !ok {
		return 0, "", 0
	}
	if late && h < 12 {
		h += 12
	}
	if v := clockOf(h, m); v != "" {
		return Time, v, n + k
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
	late, ok = afternoon[w]
	if !ok || w[0] >= 0x80 && (w == "тангы" || w == "кешки" || w == "тустен") {
		return false, 0, false
	}
	return late, 1, true
}

// clockWord recognises «сағат 20», «кешкі 8» and «таңғы 7-де».
func (p *parser) clockWord(i int) (TokenKind, string, int) {
	w := p.at(i)
	late, part := afternoon[w]
	if w != "сагат" && (!part || w != "тангы" && w != "кешки") {
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
	if late && h < 12 {
		h += 12
	}
	if v := clockOf(h, m); v != "" {
		return Time, v, n
	}
	return 0, "", 0
}
