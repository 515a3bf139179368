package bot

import (
	"context"
	"time"

	"refbot/bot/gate"
	"refbot/knowledge/language"
)

// Writer writes an answer in plain sentences. bot/llm implements it. What it returns is foreign text: it goes
// to nobody before the gate has passed it. Errors are *Error and hold no text of people.
type Writer interface {
	Write(ctx context.Context, b Brief) (Draft, error)
	// Prompt names the version of the prompts that Write uses: another version is another cache.
	Prompt() string
}

// Brief is all a Writer is told.
type Brief struct {
	Question string // redacted
	Language language.Code
	Sources  []gate.Source // numbered from 1
	// Faults are the sentences of an earlier draft with what the gate found; nil for the first draft.
	Faults []gate.Judged
}

// Draft is what a Writer wrote.
type Draft struct {
	Sentences []gate.Sentence
	Raw       string // as the model wrote it
	Usage     Usage
}

// Usage counts tokens.
type Usage struct {
	In  int `json:"in"`
	Out int `json:"out"`
}

// Phrasing tells what became of an answer that was to be phrased. It is kept with the journal entry.
type Phrasing struct {
	Ending  Ending        `json:"ending"`
	Prompt  string        `json:"prompt,omitempty"`
	Reasons []gate.Reason `json:"reasons,omitempty"` // the gate's, of all drafts
	Drafts  []Judgement   `json:"drafts,omitempty"`
	Usage   Usage         `json:"usage,omitzero"`
	Millis  int64         `json:"ms"`

	Sentences []gate.Sentence `json:"-"` // that passed; nil: the extractive answer goes out
}

// Judgement is one draft with the gate's verdict.
type Judgement struct {
	Raw       string         `json:"raw"`
	Sentences []gate.Judged  `json:"sentences,omitempty"`
	Findings  []gate.Finding `json:"findings,omitempty"` // against the answer as a whole
}

// Ending is how a phrasing ended. It is a label of a metric.
type Ending string

// The endings. All but the first two mean the extractive answer.
const (
	Phrased     Ending = "phrased"
	Remembered  Ending = "cached"
	Stopped     Ending = "gate"      // twice
	Malformed   Ending = "malformed" // no JSON, too large
	OutOfTime   Ending = "timeout"
	Broken      Ending = "breaker"      // the LLM failed repeatedly and is left alone for a while
	Busy        Ending = "busy"         // concurrency or tokens per minute are used up
	UsedUp      Ending = "daily_total"  // the day's answers are used up
	PersonLimit Ending = "daily_person" // this person's answers of the day are used up
	Refused     Ending = "refused"      // wrong key, wrong model
	Limited     Ending = "rate_limited" // the server's own limit
	Down        Ending = "unavailable"
)

// Endings lists the endings.
func Endings() []Ending {
	return []Ending{Phrased, Remembered, Stopped, Malformed, OutOfTime, Broken, Busy, UsedUp, PersonLimit, Refused, Limited, Down}
}

// Quota bounds what is asked of the LLM, shared by all replicas. Errors are *Error of kind StoreDown.
type Quota interface {
	// Take books a call of about that many tokens for a person; the ending says which limit is reached, ""
	// when none is.
	Take(ctx context.Context, person int64, tokens int) (Grant, Ending, error)
	// Settle ends a call that used that many tokens.
	Settle(ctx context.Context, g Grant, tokens int) error
}

// Grant is a booked call.
type Grant struct {
	ID     string
	Person int64
	Minute int64 // the minute it counts in, as Unix time divided by 60
	Tokens int   // booked
}

// Phrases remembers phrased answers. Errors are *Error of kind StoreDown.
type Phrases interface {
	// Remembered returns the sentences kept under a name, nil when there are none.
	Remembered(ctx context.Context, name string) ([]gate.Sentence, error)
	Remember(ctx context.Context, name string, sentences []gate.Sentence) error
}

// Sirens tell staff of trouble once, whichever replica notices first. Errors are *Error of kind StoreDown.
type Sirens interface {
	// Sound reports whether nobody has told of this trouble within a while.
	Sound(ctx context.Context, trouble string, within time.Duration) (bool, error)
}
