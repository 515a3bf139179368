package evaluation

import (
	"context"
	"fmt"

	"refbot/knowledge"
)

// folds is how many parts facts are put in for cross-validation.
const folds = 10

// foldsOf gives every fact the fold it is judged in, in the order the facts are met.
func foldsOf(facts []string) map[string]int {
	fold := map[string]int{}
	for _, fact := range facts {
		if _, ok := fold[fact]; !ok {
			fold[fact] = len(fold) % folds
		}
	}
	return fold
}

// CrossValidateAnswers judges whole answers by cross-validation over facts: for every fold, the verdict
// is fitted on the questions of the other facts, and an engine that weighs by it answers those of the
// fold. respond composes the replies of an engine. Cues and the numbers of ranking stay as they are.
func CrossValidateAnswers(ctx context.Context, questions []Question, build Builder, respond func(*knowledge.Engine) Responder) (*Report, error) {
	examples, err := Examples(ctx, questions, build)
	if err != nil {
		return nil, err
	}
	engine, err := build(nil)
	if err != nil {
		return nil, fmt.Errorf("cross-validate: %w", err)
	}
	facts := Facts(questions)
	fold := foldsOf(facts)
	var outcomes []Outcome
	for n := range folds {
		var train []Example
		for _, x := range examples {
			if fold[x.Fact] != n {
				train = append(train, x)
			}
		}
		fitted, err := engine.WithVerdict(FitWeights(train))
		if err != nil {
			return nil, fmt.Errorf("cross-validate: %w", err)
		}
		answer := respond(fitted)
		for i := range questions {
			if fold[facts[i]] == n {
				outcomes = append(outcomes, ask(&questions[i], answer))
			}
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
	}
	return NewReport(outcomes), nil
}
