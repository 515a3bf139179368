package language

import (
	"strconv"
	"strings"
	"unicode"
)

// term recognises the typed term that begins at piece i and returns it with the number of pieces it takes,
// 0 when there is none.
func (p *parser) term(i int) (Token, int) {
	if !p.raw[i].digits {
		return p.wordTerm(i)
	}
	for _, rule := range [...]func(*parser, int) (TokenKind, string, int){
		(*parser).dateDigits, (*parser).dateDayFirst, (*parser).dateYearFirst, (*parser).clock,
		(*parser).articleAfter, (*parser).number,
	} {
		if kind, value, n := rule(p, i); n > 0 {
			return p.token(i, n, kind, value), n
		}
	}
	return Token{}, 0
}

// wordTerm recognises typed terms that begin with a word.
func (p *parser) wordTerm(i int) (Token, int) {
	if kind, value, n := p.articleBefore(i); n > 0 {
		return p.token(i, n, kind, value), n
	}
	if kind, value, n := p.dateMonthFirst(i); n > 0 {
		return p.token(i, n, kind, value), n
	}
	if kind, value, n := p.clockWord(i); n > 0 {
		return p.token(i, n, kind, value), n
	}
	if n := numeralWords[p.at(i)]; n.ordinal && n.value <= lastOrdinal {
		return p.token(i, 1, Ordinal, "o:"+strconv.Itoa(n.value)), 1
	}
	return Token{}, 0
}

// lastOrdinal is the greatest ordinal that a word by itself is taken for.
const lastOrdinal = 10

// space reports whether a gap is white space only, not a line break.
func space(gap string) bool {
	if gap == "" || len(gap) > 6 {
		return false
	}
	for _, r := range gap {
		if r == '\n' || !unicode.IsSpace(r) {
			return false
		}
	}
	return true
}

// hyphen reports whether a gap is a hyphen or dash without spaces.
func hyphen(gap string) bool { return len(gap) <= 3 && Normalize(gap) == "-" }

// near reports whether a gap joins the parts of a term: nothing, a space or a hyphen.
func near(gap string) bool { return gap == "" || space(gap) || hyphen(gap) }

// decimal reads the number at piece i: digit groups of three, a decimal fraction, a multiplier word.
// It returns the canonical value and the pieces taken.
func (p *parser) decimal(i int) (string, int) {
	whole, n := p.groups(i)
	fraction := ""
	if g := p.gap(i + n - 1); (g == "," || g == ".") && p.digits(i+n, 1, 6) && !p.followedByDot(i+n) {
		fraction = p.at(i + n)
		n++
	}
	if zeros, ok := multipliers[p.at(i+n)]; ok && near(p.gap(i+n-1)) {
		return scale(whole, fraction, zeros), n + 1
	}
	return trim(whole, fraction), n
}

// followedByDot reports a further group behind piece i, as in 1.2.3: no fraction then.
func (p *parser) followedByDot(i int) bool {
	g := p.gap(i)
	return (g == "." || g == ",") && p.digits(i+1, 1, 20)
}

// groups joins digit groups of three: 12 482 613, 12,482,613, 12.482.613. One group behind a comma counts as
// thousands unless it begins with 0; one group behind a point is a fraction.
func (p *parser) groups(i int) (string, int) {
	whole, n, sep := p.at(i), 1, ""
	if len(whole) > 3 || whole[0] == '0' {
		return whole, n
	}
	for p.digits(i+n, 3, 3) {
		g := p.gap(i + n - 1)
		if !groupGap(g) || sep != "" && g != sep {
			break
		}
		sep = g
		whole += p.at(i + n)
		n++
	}
	if sep == "." && n == 2 || sep == "," && n == 2 && p.percentAt(i+n) >= 0 {
		return p.at(i), 1
	}
	return whole, n
}

// groupGap reports separators between groups of three digits.
func groupGap(g string) bool {
	switch g {
	case " ", "\u00a0", "\u202f", "\u2009", ",", ".", "'", "’":
		return true
	}
	return false
}

// trim writes a decimal without leading and trailing zeros.
func trim(whole, fraction string) string {
	whole = strings.TrimLeft(whole, "0")
	if whole == "" {
		whole = "0"
	}
	if fraction = strings.TrimRight(fraction, "0"); fraction == "" {
		return whole
	}
	return whole + "." + fraction
}

// scale moves the decimal point zeros places to the right.
func scale(whole, fraction string, zeros int) string {
	if d := zeros - len(fraction); d >= 0 {
		return trim(whole+fraction+strings.Repeat("0", d), "")
	}
	return trim(whole+fraction[:zeros], fraction[zeros:])
}

// number recognises percents, years, ordinals and plain numbers.
func (p *parser) number(i int) (TokenKind, string, int) {
	value, n := p.decimal(i)
	if k := p.percentAt(i + n); k >= 0 {
		return Percent, "p:" + value, n + k
	}
	if n > 1 {
		return Number, "n:" + value, n
	}
	if o := p.ordinalEnding(i); o > 0 {
		return Ordinal, "o:" + value, 1
	}
	if year(p.at(i)) {
		return Year, "y:" + p.at(i), 1
	}
	return Number, "n:" + value, 1
}

// percentAt looks for a percent sign or word behind the number that ends before piece i: -1 when there is
// none, else the number of further pieces it takes.
func (p *parser) percentAt(i int) int {
	end := p.raw[i-1].end
	next := len(p.text)
	if i < len(p.raw) {
		next = p.raw[i].start
	}
	if rest := strings.TrimLeft(p.text[end:next], " \u00a0\u202f\u2009"); strings.HasPrefix(rest, "%") || strings.HasPrefix(rest, "％") {
		return 0
	}
	if !near(p.gap(i - 1)) {
		return -1
	}
	w := p.at(i)
	if w == "per" && (p.at(i+1) == "cent" || p.at(i+1) == "cents") {
		return 2
	}
	for _, stem := range [...]string{"процент", "пайыз", "percent", "pct"} {
		if strings.HasPrefix(w, stem) {
			return 1
		}
	}
	return -1
}

// year reports a year anybody may ask about.
func year(s string) bool {
	return len(s) == 4 && (strings.HasPrefix(s, "19") || strings.HasPrefix(s, "20"))
}

// ordinalEnding reports an ordinal ending behind the digits at piece i: 3-й, 3-го, 3-ші, 3rd.
func (p *parser) ordinalEnding(i int) int {
	g, w := p.gap(i), p.at(i+1)
	if g == "" || hyphen(g) {
		switch w {
		case "й", "я", "е", "го", "му", "ю", "ая", "ой", "ый", "ый-", "ом", "ую", "ши", "шы", "инши", "ыншы", "st", "nd", "rd", "th":
			return 1
		}
	}
	return 0
}

// number2 parses digits known to be short.
func number2(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}
