package evaluation

import "refbot/knowledge"

// Fault names the first reason why a reply fails; empty for a success.
type Fault string

// The faults, in the order they are looked for.
const (
	NoFault      Fault = ""
	WrongVerdict Fault = "verdict"   // another decision than expected
	WrongSource  Fault = "source"    // no cited statement answers fully
	Missing      Fault = "missing"   // a must_mention does not match
	Forbidden    Fault = "forbidden" // a must_not_mention matches
)

// Judge compares an answer and its reply, as plain text, with what the question's labels ask for.
func Judge(q *Question, a *knowledge.Answer, reply string) Fault {
	if a.Decision != q.Expected {
		return WrongVerdict
	}
	if matchesAny(q.MustNotMention, reply) {
		return Forbidden
	}
	if q.Expected != knowledge.DecideAnswer {
		return NoFault
	}
	if !citesFull(q, a.Hits) {
		return WrongSource
	}
	if !matchesAll(q.MustMention, reply) {
		return Missing
	}
	return NoFault
}

func citesFull(q *Question, hits []knowledge.Hit) bool {
	for _, hit := range hits {
		if q.Relevant[hit.Statement.ID] >= Full {
			return true
		}
	}
	return false
}

func matchesAll(patterns []string, text string) bool {
	for _, pattern := range patterns {
		if re, err := compile(pattern); err != nil || !re.MatchString(text) {
			return false
		}
	}
	return true
}

func matchesAny(patterns []string, text string) bool {
	for _, pattern := range patterns {
		if re, err := compile(pattern); err == nil && re.MatchString(text) {
			return true
		}
	}
	return false
}
