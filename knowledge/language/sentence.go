package language

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/sentences"
)

// abbreviations are folded words whose full stop does not end a sentence.
var abbreviations = set(`ст п пп г гг т тт д е к ч н э др пр им ул обл мкр млн млрд тыс руб тг см рис стр род проф акад
	напр сокр инж б ж жж м с а кв пос мин сек зам ред
	mr mrs ms dr prof st no art arts sec para vs etc e i eg ie approx dept gov inc`)

// Sentences returns the byte ranges of the sentences of s in order, without the white space around them.
// It follows the sentence boundaries of Unicode (UAX #29) except behind abbreviations («ст. 9», «2026 г.»,
// «млн. человек»), initials («К. Токаев») and the numbers of list items.
func Sentences(s string) [][2]int {
	var out [][2]int
	join := false
	it := sentences.FromString(s)
	for it.Next() {
		start, end := it.Start(), it.End()
		body := strings.TrimRightFunc(s[start:end], unicode.IsSpace)
		broken := strings.ContainsAny(s[start+len(body):end], "\n\u2029")
		start += len(body) - len(strings.TrimLeftFunc(body, unicode.IsSpace))
		if end = it.Start() + len(body); start >= end {
			continue
		}
		if join {
			out[len(out)-1][1] = end
		} else {
			out = append(out, [2]int{start, end})
		}
		join = !broken && abbreviated(s[out[len(out)-1][0]:end])
	}
	return out
}

// abbreviated reports whether a sentence ends in an abbreviation, an initial or the number of a list item,
// so that it goes on.
func abbreviated(s string) bool {
	body, ok := strings.CutSuffix(s, ".")
	if !ok {
		return false
	}
	start := len(body)
	for start > 0 {
		r, n := utf8.DecodeLastRuneInString(body[:start])
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			break
		}
		start -= n
	}
	last := body[start:]
	switch letters := utf8.RuneCountInString(last); {
	case last == "":
		return false
	case hasDigit(last):
		return start == 0 && letters <= 2
	case letters == 1:
		r, _ := utf8.DecodeRuneInString(last)
		return unicode.IsUpper(r) || abbreviations[Fold(last)]
	default:
		return letters <= 6 && abbreviations[Fold(last)]
	}
}
