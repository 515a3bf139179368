package bot

import (
	"sort"
	"strings"
	"unicode"

	"refbot/knowledge"
)

// Excerpt returns the words of a statement to show: the whole text when it has at most limit
// characters, else its best sentences in the order of the text, with "…" where some are left out.
func Excerpt(hit knowledge.Hit, limit int) string {
	text := hit.Statement.Text
	if characters(text) <= limit {
		return text
	}
	chosen := chooseSentences(text, hit.Best, min(limit, maxExcerpt))
	if len(chosen) == 0 {
		return Shorten(text, limit)
	}
	return stitch(text, chosen)
}

// chooseSentences takes the best sentences while they fit, and orders them by position.
func chooseSentences(text string, best [][2]int, limit int) [][2]int {
	var chosen [][2]int
	left := limit
	for _, s := range best {
		n := characters(text[s[0]:s[1]]) + 2
		if n > left {
			break
		}
		chosen, left = append(chosen, s), left-n
	}
	sort.Slice(chosen, func(i, j int) bool { return chosen[i][0] < chosen[j][0] })
	return chosen
}

func stitch(text string, ranges [][2]int) string {
	var b strings.Builder
	end := 0
	for i, r := range ranges {
		switch gap := strings.TrimSpace(text[end:r[0]]) != ""; {
		case gap && i == 0:
			b.WriteString("… ")
		case gap:
			b.WriteString(" … ")
		case i > 0:
			b.WriteByte(' ')
		}
		b.WriteString(strings.TrimSpace(text[r[0]:r[1]]))
		end = r[1]
	}
	if strings.TrimSpace(text[end:]) != "" {
		b.WriteString(" …")
	}
	return b.String()
}

// Shorten cuts s at a word's end to at most limit characters, the "…" included.
func Shorten(s string, limit int) string {
	if characters(s) <= limit {
		return s
	}
	runes := []rune(s)[:limit-1]
	cut := len(runes)
	for i := len(runes) - 1; i > len(runes)/2; i-- {
		if unicode.IsSpace(runes[i]) {
			cut = i
			break
		}
	}
	return strings.TrimRightFunc(string(runes[:cut]), func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsPunct(r) && r != '»' && r != '"' && r != ')'
	}) + "…"
}
