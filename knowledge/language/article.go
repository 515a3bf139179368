package language

import "strings"

// articleWord reports a word that names an article of a law in any of its forms.
func articleWord(w string) bool {
	switch w {
	case "ст", "art", "article", "articles", "бап", "бабы", "бабын", "бабында", "бабынан", "бабына", "бабынын",
		"бапта", "баптан", "бапты", "бапка", "баптын", "баптар", "баптары", "баптарын", "баптарында", "бабындагы",
		"баптагы", "статья", "статьи", "статье", "статью", "статьей", "статьях", "статей", "статьям",
		"statya", "statia", "stati", "bap", "bapta", "baby", "babynda":
		return true
	}
	return false
}

// articleNumber reads 9, 70-2 at piece i: the number and the pieces taken.
func (p *parser) articleNumber(i int) (string, int) {
	if !p.digits(i, 1, 3) {
		return "", 0
	}
	v := strings.TrimLeft(p.at(i), "0")
	if v == "" {
		return "", 0
	}
	if hyphen(p.gap(i)) && p.digits(i+1, 1, 2) {
		return v + "-" + p.at(i+1), 2
	}
	return v, 1
}

// articleBefore recognises ст. 9, статья 9, Article 9, бап 9.
func (p *parser) articleBefore(i int) (TokenKind, string, int) {
	if !articleWord(p.at(i)) {
		return 0, "", 0
	}
	if g := p.gap(i); len(g) > 8 || strings.Trim(g, " \u00a0.№#") != "" {
		return 0, "", 0
	}
	v, n := p.articleNumber(i + 1)
	if n == 0 {
		return 0, "", 0
	}
	return Article, "art:" + v, 1 + n
}

// articleAfter recognises 9-бап, 70-2-бабында, 9 статья and 9-я статья.
func (p *parser) articleAfter(i int) (TokenKind, string, int) {
	v, n := p.articleNumber(i)
	if n == 0 || !near(p.gap(i+n-1)) {
		return 0, "", 0
	}
	n += p.ordinalEnding(i + n - 1)
	w := p.at(i + n)
	if !articleWord(w) || w == "статей" || w == "статьи" || w == "articles" || w == "ст" || !near(p.gap(i+n-1)) {
		return 0, "", 0
	}
	return Article, "art:" + v, n + 1
}
