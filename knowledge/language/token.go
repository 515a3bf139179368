package language

import (
	"unicode"
	"unicode/utf8"

	"refbot/knowledge/language/internal/lid"
)

// TokenKind says what a token is.
type TokenKind uint8

// The kinds of tokens. All but Word are typed terms and carry a Value.
const (
	Word    TokenKind = iota
	Number            // 12 482 613, 12,482,613, 0.5, 2 млн
	Percent           // 87,15 %, 50 пайыз, 50 per cent
	Date              // 15 марта 2026 года, 15.03, 15 наурыз, March 15
	Year              // 2026
	Article           // ст. 9, 9-бап, Article 9
	Time              // 07:00, 7:00-ден, 8 p.m., 7 утра
	Ordinal           // 3-й, үшінші, third
)

var kindNames = [...]string{"word", "number", "percent", "date", "year", "article", "time", "ordinal"}

// String returns the kind in lower case, "unknown" outside the constants.
func (k TokenKind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return "unknown"
}

// Token is a word or a typed term of a text.
type Token struct {
	Text   string // as written
	Folded string // Fold of Text
	Kind   TokenKind
	// Value is the same for every way to write a typed term, "" for plain words: "n:12482613", "p:87.15",
	// "d:03-15", "d:2026-03-15", "d:2026-03", "y:2026", "art:9", "art:70-2", "t:07:00", "o:3".
	Value string
	// Start and End are byte offsets in the text given to Tokenize.
	Start, End int
}

// Tokenize cuts s into words and typed terms, in order and without overlap. A typed term takes the words
// that belong to it («15 марта 2026 года» is one token); grammatical endings written after a hyphen behind
// an abbreviation or a number («ТМД-дан», «2026-жылы») are left out. Punctuation is not returned.
func Tokenize(s string) []Token {
	p := parser{text: s, raw: split(s)}
	out := make([]Token, 0, len(p.raw))
	for i := 0; i < len(p.raw); {
		t, n := p.term(i)
		if n == 0 {
			t, n = p.word(i)
		}
		if n > 0 {
			out = append(out, t)
			i += n
			continue
		}
		i++
	}
	return out
}

// piece is a run of letters or of digits.
type piece struct {
	start, end int
	digits     bool
	folded     string
}

// split finds the runs of letters and of ASCII digits in s. Marks and invisible characters stay inside a
// word; an apostrophe does between letters («qurylta'ida», "people's").
func split(s string) []piece {
	out := make([]piece, 0, len(s)/8+1)
	for i := 0; i < len(s); {
		start, end, digits := next(s, i)
		i = end
		if digits {
			out = append(out, piece{start: start, end: end, digits: true, folded: s[start:end]})
		} else if f := Fold(s[start:end]); f != "" {
			out = append(out, piece{start: start, end: end, folded: f})
		}
	}
	return out
}

// next returns the first run of letters or digits at or behind byte i, an empty one at the end of s.
func next(s string, i int) (start, end int, digits bool) {
	for i < len(s) {
		if c := s[i]; c >= '0' && c <= '9' {
			end = i + 1
			for end < len(s) && s[end] >= '0' && s[end] <= '9' {
				end++
			}
			return i, end, true
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if lid.Letter(r) || unicode.IsNumber(r) {
			return i, wordEnd(s, i+n), false
		}
		i += n
	}
	return i, i, false
}

// wordEnd returns where the word whose first letter ends at i ends.
func wordEnd(s string, i int) int {
	for i < len(s) {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r >= '0' && r <= '9':
			return i
		case r < utf8.RuneSelf && r != '\'' && r != '`':
			if r|0x20 < 'a' || r|0x20 > 'z' {
				return i
			}
		case lid.Letter(r) || unicode.IsMark(r) || unicode.IsNumber(r) || r != utf8.RuneError && invisible(r):
		case punctuation(r) == '\'' && letterAt(s, i+n):
		default:
			return i
		}
		i += n
	}
	return i
}

// letterAt reports whether a letter begins at byte i of s.
func letterAt(s string, i int) bool {
	r, _ := utf8.DecodeRuneInString(s[i:])
	return lid.Letter(r)
}

// parser recognises typed terms in a row of pieces.
type parser struct {
	text string
	raw  []piece
}

// word returns the plain word at i, or nothing for an ending behind a hyphen.
func (p *parser) word(i int) (Token, int) {
	if p.ending(i) {
		return Token{}, 0
	}
	return p.token(i, 1, Word, ""), 1
}

// token joins n pieces from i into one token.
func (p *parser) token(i, n int, k TokenKind, value string) Token {
	start, end := p.raw[i].start, p.raw[i+n-1].end
	t := Token{Text: p.text[start:end], Kind: k, Value: value, Start: start, End: end}
	if n == 1 {
		t.Folded = p.raw[i].folded
	} else {
		t.Folded = Fold(t.Text)
	}
	return t
}

// gap returns the text between piece i and the next, "\x00" when there is no next.
func (p *parser) gap(i int) string {
	if i < 0 || i+1 >= len(p.raw) {
		return "\x00"
	}
	return p.text[p.raw[i].end:p.raw[i+1].start]
}

// at returns the folded text of piece i, "" outside.
func (p *parser) at(i int) string {
	if i < 0 || i >= len(p.raw) {
		return ""
	}
	return p.raw[i].folded
}

// digits reports whether piece i is a run of lo to hi digits.
func (p *parser) digits(i, lo, hi int) bool {
	return i >= 0 && i < len(p.raw) && p.raw[i].digits && len(p.raw[i].folded) >= lo && len(p.raw[i].folded) <= hi
}
