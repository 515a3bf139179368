package language

import "regexp"

// Finding is a piece of personal data: what it is and where it stood in the text given to Redact.
type Finding struct {
	Kind       string
	Start, End int
}

var redactIIN = regexp.MustCompile(`\b\d{12}\b`)

// Redact replaces personal data by neutral marks.
func Redact(s string) (string, []Finding) {
	var found []Finding
	for _, m := range redactIIN.FindAllStringIndex(s, -1) {
		found = append(found, Finding{Kind: "iin", Start: m[0], End: m[1]})
	}
	return redactIIN.ReplaceAllString(s, "[ИИН]"), found
}
