package language

import "strings"

// splitWords cuts a table line into words.
func splitWords(s string) []string { return strings.Fields(s) }

// endings are the folded grammatical endings written behind a hyphen after an abbreviation, a number or a
// quoted name: «ТМД-дан», «7:00-ден», «2026-жылы», «15-го», «Аманат»-тың.
var endings = set(`да де та те дан ден тан тен нан нен га ге ка ке на не нын нин дын дин тын тин ны ни ды ди ты ти
мен бен пен дагы деги тагы теги лар лер дар дер тар тер шы ши ыншы инши сы си ы и ын ин сын син ына ине сына сине
ында инде сында синде ынан инен сынан синен ынын инин сынын синин лык лик дык дик тык тик
го му й я е ю ом ый ой ая ую ое ые ых ыми ми х th st nd rd s`)

// set builds a set of the words of a table.
func set(words string) map[string]bool {
	out := map[string]bool{}
	for _, w := range splitWords(words) {
		out[w] = true
	}
	return out
}

// ending reports whether piece i is such an ending: behind a number, or behind an abbreviation in capitals.
func (p *parser) ending(i int) bool {
	if i == 0 || p.raw[i].digits || !endings[p.at(i)] {
		return false
	}
	g := p.text[p.raw[i-1].end:p.raw[i].start]
	if p.raw[i-1].digits {
		return g == "" || hyphen(g)
	}
	g = strings.TrimLeft(g, "\"»”’'")
	return hyphen(g) && (g != p.text[p.raw[i-1].end:p.raw[i].start] || capitals(p.text[p.raw[i-1].start:p.raw[i-1].end]))
}

// capitals reports an abbreviation: two or more letters, all upper case.
func capitals(s string) bool { return len(s) > 2 && strings.ToUpper(s) == s }
