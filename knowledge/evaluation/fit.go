package evaluation

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"sort"

	"refbot/knowledge"
)

// Example is the evidence of one question with what the verdict should have been.
type Example struct {
	ID       string
	Fact     string // questions on one fact share it: they are never on both sides of a fold
	Answer   bool
	HeldOut  bool // its statements were taken out of the knowledge base
	Evidence []knowledge.TraceValue
}

// Builder builds an engine over the knowledge base without some statements.
type Builder func(without map[string]bool) (*knowledge.Engine, error)

// Set is labelled questions over a knowledge base. The bases of several sets may share statements, under
// the same ids.
type Set struct {
	Questions []Question
	Build     Builder
}

// Examples gathers the evidence a verdict between answer and abstention is fitted on. Every question
// with an answer is asked twice: over the whole base, and over a base without the statements that
// bear on its fact, where nothing answers it any more. That gives as many honest abstentions as
// answers, on the same subjects.
func Examples(ctx context.Context, sets ...Set) ([]Example, error) {
	facts := factsOf(sets)
	var examples []Example
	for i := range sets {
		list, err := examplesOf(ctx, sets[i].Questions, facts[i], sets[i].Build)
		if err != nil {
			return nil, err
		}
		examples = append(examples, list...)
	}
	return examples, nil
}

// factsOf names the facts of every set's questions, one name for one fact in all of them.
func factsOf(sets []Set) [][]string {
	var all []Question
	for _, s := range sets {
		all = append(all, s.Questions...)
	}
	names := Facts(all)
	facts := make([][]string, len(sets))
	for i, s := range sets {
		facts[i], names = names[:len(s.Questions)], names[len(s.Questions):]
	}
	return facts
}

func examplesOf(ctx context.Context, questions []Question, facts []string, build Builder) ([]Example, error) {
	engine, err := build(nil)
	if err != nil {
		return nil, fmt.Errorf("fit: %w", err)
	}
	var examples []Example
	byFact := map[string][]int{}
	for i := range questions {
		q := &questions[i]
		switch q.Expected {
		case knowledge.DecideAnswer:
			byFact[facts[i]] = append(byFact[facts[i]], i)
			examples = append(examples, example(engine, q, facts[i], true))
		case knowledge.DecideAbstain:
			examples = append(examples, example(engine, q, facts[i], false))
		}
	}
	for _, fact := range sortedKeys(byFact) {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		held, err := heldOut(questions, byFact[fact], fact, build)
		if err != nil {
			return nil, err
		}
		examples = append(examples, held...)
	}
	return examples, nil
}

func heldOut(questions []Question, members []int, fact string, build Builder) ([]Example, error) {
	without := map[string]bool{}
	for _, i := range members {
		for id := range questions[i].Relevant {
			without[id] = true
		}
	}
	engine, err := build(without)
	if err != nil {
		return nil, fmt.Errorf("fit: %w", err)
	}
	var examples []Example
	for _, i := range members {
		e := example(engine, &questions[i], fact, false)
		e.HeldOut = true
		examples = append(examples, e)
	}
	return examples, nil
}

func example(e *knowledge.Engine, q *Question, fact string, answer bool) Example {
	a := e.Explain(q.Ask())
	return Example{ID: q.ID, Fact: fact, Answer: answer, Evidence: a.Trace.Evidence}
}

// Facts groups questions: two that share a fully answering statement are on one fact, and so are those
// either shares one with. It returns a name of the fact for every question; a question that nothing
// answers is its own.
func Facts(questions []Question) []string {
	parent := map[string]string{}
	var root func(string) string
	root = func(name string) string {
		if parent[name] == "" || parent[name] == name {
			return name
		}
		parent[name] = root(parent[name])
		return parent[name]
	}
	for i := range questions {
		for id, grade := range questions[i].Relevant {
			if grade >= Full {
				a, b := root("q:"+questions[i].ID), root(id)
				parent[max(a, b)] = min(a, b)
			}
		}
	}
	facts := make([]string, len(questions))
	for i := range questions {
		facts[i] = root("q:" + questions[i].ID)
	}
	return facts
}

// Weights are those of a logistic model, by the name of the feature.
type Weights map[string]float64

// Write writes the weights as the engine reads them.
func (w Weights) Write(out io.Writer) error {
	enc := json.NewEncoder(out)
	enc.SetIndent("", "  ")
	return enc.Encode(w)
}

// Settings of the fit: real unanswerable questions are few and count more; the penalty keeps weights
// of features that say the same from growing against each other.
const (
	realWeight = 4
	answerMass = .62
	penalty    = .003
	steps      = 4000
	rate       = .5
)

// signs are those a weight may have where the meaning of its feature leaves no doubt: what a statement holds never
// speaks against an answer, and what it lacks never for one. Few examples would say otherwise by chance.
var signs = map[string]float64{
	"share": 1, "top3": 1, "focus": 1, "score": 1, "margin": 1, "title": 1, "near": 1, "held": 1, "wordy": 1, "dense": 1, "listed": 1,
	"rarest": -1, "silent": -1, "unspoken": -1, "unknown": -1, "entity": -1, "number": -1, "no kind": -1, "lacks": -1,
	"absent": -1, "place": -1, "unit": -1, "uncounted": -1, "even": -1, "even top": -1, "name": -1, "term": -1, "stranger": -1,
}

// FitWeights fits a logistic model by gradient descent with an L2 penalty, projected on [signs]. Answers and abstentions count by
// fixed shares, however many examples they have.
func FitWeights(examples []Example) Weights {
	if len(examples) == 0 {
		return Weights{}
	}
	n := len(examples[0].Evidence)
	w, mass := make([]float64, n), masses(examples)
	for range steps {
		gradient := make([]float64, n)
		for i := range examples {
			off := mass[i] * (chance(w, examples[i].Evidence) - count(examples[i].Answer))
			for f, v := range examples[i].Evidence {
				gradient[f] += off * v.Value
			}
		}
		for f := range w {
			if f > 0 {
				gradient[f] += penalty * w[f]
			}
			w[f] -= rate * gradient[f]
			if sign := signs[examples[0].Evidence[f].Name]; sign*w[f] < 0 {
				w[f] = 0
			}
		}
	}
	weights := Weights{}
	for f, v := range examples[0].Evidence {
		weights[v.Name] = math.Round(w[f]*1000) / 1000
	}
	return weights
}

// masses gives every example its share, so that the answers sum to [answerMass].
func masses(examples []Example) []float64 {
	mass := make([]float64, len(examples))
	sum := map[bool]float64{}
	for i, e := range examples {
		mass[i] = 1
		if !e.Answer && !e.HeldOut {
			mass[i] = realWeight
		}
		sum[e.Answer] += mass[i]
	}
	for i, e := range examples {
		share := answerMass
		if !e.Answer {
			share = 1 - answerMass
		}
		mass[i] *= share / sum[e.Answer]
	}
	return mass
}

func chance(w []float64, evidence []knowledge.TraceValue) float64 {
	var sum float64
	for f, v := range evidence {
		sum += w[f] * v.Value
	}
	return 1 / (1 + math.Exp(-sum))
}

// Chance returns the chance of an answer by these weights.
func (w Weights) Chance(evidence []knowledge.TraceValue) float64 {
	list := make([]float64, len(evidence))
	for f, v := range evidence {
		list[f] = w[v.Name]
	}
	return chance(list, evidence)
}

// Validation is the quality of a verdict on facts it was not fitted on.
type Validation struct {
	Answers, Abstentions, HeldOut float64 // share of right verdicts on each
	AUC                           float64
	Chances                       []float64 // by example
}

// CrossValidate fits on all facts but those of a fold, ten times, and judges the fold.
func CrossValidate(examples []Example) Validation {
	facts := make([]string, len(examples))
	for i := range examples {
		facts[i] = examples[i].Fact
	}
	foldOf := foldsOf(facts)
	v := Validation{Chances: make([]float64, len(examples))}
	for fold := range folds {
		var train []Example
		for _, e := range examples {
			if foldOf[e.Fact] != fold {
				train = append(train, e)
			}
		}
		w := FitWeights(train)
		for i, e := range examples {
			if foldOf[e.Fact] == fold {
				v.Chances[i] = w.Chance(e.Evidence)
			}
		}
	}
	v.sum(examples)
	return v
}

func (v *Validation) sum(examples []Example) {
	var right, n [3]float64
	var yes, no []float64
	for i, e := range examples {
		class := 0
		switch {
		case e.HeldOut:
			class = 2
		case !e.Answer:
			class = 1
		}
		n[class]++
		right[class] += count(v.Chances[i] >= .5 == e.Answer)
		if e.Answer {
			yes = append(yes, v.Chances[i])
		} else {
			no = append(no, v.Chances[i])
		}
	}
	v.Answers, v.Abstentions, v.HeldOut = mean(right[0], int(n[0])), mean(right[1], int(n[1])), mean(right[2], int(n[2]))
	v.AUC = auc(yes, no)
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}
