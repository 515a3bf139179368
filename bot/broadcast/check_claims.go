package broadcast

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"refbot/knowledge"
	"refbot/knowledge/language"
)

// holding is what the linked statements hold: typed values, and the stems of words.
type holding struct {
	values   map[string]bool
	stems    map[string]bool
	surnames map[string]bool // of everybody who speaks in the knowledge base
}

// holdings gathers what statements hold, in all their languages.
func holdings(e *knowledge.Engine, ids []string) *holding {
	h := &holding{values: map[string]bool{}, stems: map[string]bool{}, surnames: map[string]bool{}}
	for _, id := range ids {
		s, ok := e.Statement(id)
		if !ok {
			continue
		}
		for _, version := range e.Versions(s.Key) {
			h.add(version.Title + ".\n" + version.Text + ".\n" + version.Speaker + ", " + version.Office + ". " + version.Outlet)
			h.values["d:"+version.Date.Format("2006-01-02")] = true
		}
	}
	statements := e.Pack().Statements
	for i := range statements {
		if words := strings.Fields(statements[i].Speaker); len(words) > 1 {
			h.surnames[stem(words[len(words)-1])] = true
		}
	}
	return h
}

func (h *holding) add(text string) {
	for _, t := range language.Tokenize(text) {
		if t.Value != "" {
			h.values[t.Value] = true
			continue
		}
		h.stems[stem(t.Text)] = true
	}
}

// stem cuts the endings of both languages that have them.
func stem(word string) string {
	return language.Stem(language.Stem(language.Fold(word), language.Russian), language.Kazakh)
}

// missing lists the numbers, dates and names of a text that the statements do not hold, as written.
func (h *holding) missing(plain string) []string {
	var claims []string
	text := bareLink.ReplaceAllString(plain, " ")
	tokens := language.Tokenize(text)
	for i := 0; i < len(tokens); i++ {
		t := tokens[i]
		if t.Value != "" {
			if !h.holds(t.Value) {
				claims = append(claims, written(text, t))
			}
			continue
		}
		n := nameAt(text, tokens, i)
		if n == 0 {
			continue
		}
		if !h.knowsName(text, tokens, i, n) {
			claims = append(claims, text[t.Start:tokens[i+n-1].End])
		}
		i += n - 1
	}
	return claims
}

// written is a value as written, with the sign of a percentage.
func written(text string, t language.Token) string {
	rest := strings.TrimLeft(text[t.End:], " \u00a0\u202f")
	if t.Kind == language.Percent && strings.HasPrefix(rest, "%") {
		return t.Text + "\u00a0%"
	}
	return t.Text
}

// holds reports whether a value is held: as it is, or by a fuller date.
func (h *holding) holds(value string) bool {
	if h.values[value] {
		return true
	}
	kind, rest, _ := strings.Cut(value, ":")
	for held := range h.values {
		date, ok := strings.CutPrefix(held, "d:")
		switch {
		case !ok:
		case kind == "y" && strings.HasPrefix(date, rest+"-"):
			return true
		case kind == "d" && len(rest) == len("03-15") && strings.HasSuffix(date, "-"+rest):
			return true
		case kind == "d" && len(rest) == len("2026-03") && strings.HasPrefix(date, rest+"-"):
			return true
		}
	}
	return false
}

// nameAt counts the capitalised words in a row from token i on.
func nameAt(text string, tokens []language.Token, i int) int {
	n := 0
	for i+n < len(tokens) && capital(tokens[i+n]) {
		if n > 0 && strings.TrimSpace(text[tokens[i+n-1].End:tokens[i+n].Start]) != "" {
			break
		}
		n++
	}
	return n
}

func capital(t language.Token) bool {
	r, _ := utf8.DecodeRuneInString(t.Text)
	return t.Value == "" && unicode.IsUpper(r)
}

// knowsName reports whether a run of capitalised words needs no statement: it is none of a person or a body,
// or a statement names it. One such word alone counts only when somebody of the knowledge base bears it; the
// first word of a sentence is capitalised anyway.
func (h *holding) knowsName(text string, tokens []language.Token, i, n int) bool {
	if begins(text[:tokens[i].Start]) && n > 1 && !h.stems[stem(tokens[i].Text)] {
		i, n = i+1, n-1
	}
	if n == 1 && !h.surnames[stem(tokens[i].Text)] {
		return true
	}
	for _, t := range tokens[i : i+n] {
		if !h.stems[stem(t.Text)] {
			return false
		}
	}
	return true
}

// begins reports whether a sentence begins behind before.
func begins(before string) bool {
	before = strings.TrimRight(before, " \t\u00a0«\"“(—–-•")
	r, _ := utf8.DecodeLastRuneInString(before)
	return before == "" || strings.ContainsRune(".!?…\n:", r)
}
