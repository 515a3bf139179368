package language

import "strings"

// longQuestion is the length in words above which AskingPart looks for the part that asks.
const longQuestion = 20

// AskingPart returns the part of a long or voice-like question that asks, s itself when it is short.
func AskingPart(s string) string {
	if len(strings.Fields(s)) <= longQuestion {
		return s
	}
	best := ""
	for _, r := range Sentences(s) {
		if part := s[r[0]:r[1]]; strings.HasSuffix(part, "?") {
			best = part
		}
	}
	if best == "" {
		return s
	}
	return best
}
