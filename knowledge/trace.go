package knowledge

import "refbot/knowledge/language"

// Trace is how an answer came about, step by step, for `refbot ask --explain` and the dashboard.
type Trace struct {
	Identified language.Identification
	Repairs    []Repair    // what was changed before searching, in order
	Words      []TraceWord // the question's words with the ways to find them
	Candidates []TraceCandidate
	Evidence   []TraceValue // what the verdict weighed
	Steps      []string     // decisions taken on the way, one sentence each
}

// Repair is a change of what was typed.
type Repair struct {
	Kind string // "layout", "asking part", "typo", "follow-up"
	From string
	To   string
}

// TraceWord is a word of the question.
type TraceWord struct {
	Word   string
	Weight float64 // its importance: weight times idf
	Ways   []TraceWay
}

// TraceWay is a term a word is looked up by.
type TraceWay struct {
	Term   string
	Via    string // same, meaning, script, likely
	Weight float64
}

// TraceCandidate is a statement with the parts of its score.
type TraceCandidate struct {
	ID    string
	Score float64
	Parts []TraceValue
}

// TraceValue is a named number.
type TraceValue struct {
	Name   string
	Value  float64
	Weight float64 // how it counted; 0 where it was only looked at
}
