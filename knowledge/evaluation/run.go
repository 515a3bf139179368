package evaluation

import (
	"context"
	"time"

	"refbot/knowledge"
)

// Responder answers a question and composes the reply a person would read, as plain text.
type Responder func(knowledge.Question) (knowledge.Answer, string)

// Outcome is one question with what came of it.
type Outcome struct {
	Question Question
	Answer   knowledge.Answer
	Reply    string
	Took     time.Duration
	Fault    Fault
	// CleanFault is the fault of the same question asked with its clean turns; CleanAsked says
	// whether it has any.
	CleanFault Fault
	CleanAsked bool
}

// Run asks every question in order, those with clean turns twice, and reports. It stops between
// questions when ctx ends: the report then covers those already asked. progress may be nil.
func Run(ctx context.Context, questions []Question, respond Responder, progress func(done, total int)) *Report {
	outcomes := make([]Outcome, 0, len(questions))
	for i := range questions {
		if ctx.Err() != nil {
			break
		}
		outcomes = append(outcomes, ask(&questions[i], respond))
		if progress != nil {
			progress(i+1, len(questions))
		}
	}
	return NewReport(outcomes)
}

func ask(q *Question, respond Responder) Outcome {
	start := time.Now()
	answer, reply := respond(q.Ask())
	o := Outcome{Question: *q, Answer: answer, Reply: reply, Took: time.Since(start)}
	o.Fault = Judge(q, &answer, reply)
	if clean, ok := q.Clean(); ok {
		answer, reply := respond(clean.Ask())
		o.CleanFault, o.CleanAsked = Judge(q, &answer, reply), true
	}
	return o
}
