package knowledge

import (
	"regexp"
	"strings"

	"refbot/knowledge/language"
)

// impersonal takes out personal data, and the marks that stand for it: no statement speaks of a person's number. A
// sentence that holds such a thing is about the asker, and goes where others are left.
func impersonal(s string) string {
	digits := 0
	for i := range len(s) {
		if digit(s[i]) {
			digits++
		}
	}
	if digits >= fewestDigits || strings.Contains(s, "@") {
		s, _ = language.Redact(s)
	}
	bare := language.WithoutMarks(s)
	if bare == s {
		return s
	}
	var kept strings.Builder
	for sentence := range strings.FieldsFuncSeq(s, func(r rune) bool { return strings.ContainsRune(".?!;\n", r) }) {
		if language.WithoutMarks(sentence) == sentence {
			kept.WriteString(sentence + ". ")
		}
	}
	if len(strings.Fields(kept.String())) < 2 {
		return bare
	}
	return kept.String()
}

// fewestDigits is how many digits a number has that could be somebody's.
const fewestDigits = 9

// An age somebody tells of themselves or of a relative, at the end of a clause or with the word for years.
var ages = [...]struct {
	told *regexp.Regexp
	word string
}{
	{regexp.MustCompile(`(?i)(^|\s)(мне|ему|ей|сыну|дочери|дочке|ребенку|ребёнку|брату|сестре)(\s+(?:еще|ещё|уже|только|всего|исполнилось))?\s+\d{1,2}(\s*(?:лет|год|года|годик|годиков)(?:\s|[,.!?]|$)|\s*[,.!?]|\s*$|\s+(?:можно|могу|имею|смогу|а|и|я)\s)`), "возраст"},
	{regexp.MustCompile(`(?i)(^|\s)(маған|маган|мен|жасым|балам|ұлым|қызым|інім)(\s+(?:әлі|биыл|қазір))?\s+\d{1,2}(\s*(?:жас(?:та|тамын|қа|ар)?)(?:\s|[,.!?]|$)|\s*(?:де|да|те|та)мін|\s*[,.!?]|\s*$)`), "жас"},
	{regexp.MustCompile(`(?i)(^|\s)(i am|i'm|i’m|im|he is|she is|he's|she's|my son is|my daughter is)(\s+(?:only|just|already))?\s+\d{1,2}(\s*(?:years? old|yo|y\.o\.)(?:\s|[,.!?]|$)|\s*[,.!?]|\s*$|\s+(?:can|may|and|am)\s)`), "age"},
}

// ageless puts the word for age where a person tells one. Statements speak of an age from which something is
// allowed, not of the asker's; their other numbers that happen to be the same are about something else.
func ageless(s string) string {
	if !mayTellAge(s) {
		return s
	}
	for _, a := range ages {
		s = a.told.ReplaceAllString(s, "$1$2 "+a.word+" $4")
	}
	return s
}

// mayTellAge reports whether a number of one or two digits stands behind a space of a normalized text, as in every
// pattern of ages. Most questions hold none, and patterns are slow.
func mayTellAge(s string) bool {
	for i := 1; i < len(s); i++ {
		end := i
		for end < len(s) && digit(s[end]) {
			end++
		}
		if digits := end - i; s[i-1] == ' ' && (digits == 1 || digits == 2) {
			return true
		}
		i = max(i, end)
	}
	return false
}

func digit(b byte) bool { return '0' <= b && b <= '9' }
