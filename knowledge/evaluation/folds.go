package evaluation

import (
	"context"
	"fmt"
	"slices"

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
// is fitted on the questions of all sets on other facts, and an engine that weighs by it answers those of
// the fold. respond composes the replies of an engine. Cues and the numbers of ranking stay as they are.
// It returns a report for every set.
func CrossValidateAnswers(ctx context.Context, respond func(*knowledge.Engine) Responder, sets ...Set) ([]*Report, error) {
	examples, err := Examples(ctx, sets...)
	if err != nil {
		return nil, err
	}
	facts := factsOf(sets)
	fold := foldsOf(slices.Concat(facts...))
	weights := make([]Weights, folds)
	for n := range folds {
		weights[n] = FitWeights(slices.DeleteFunc(slices.Clone(examples), func(x Example) bool { return fold[x.Fact] == n }))
	}
	reports := make([]*Report, len(sets))
	for i, s := range sets {
		engine, err := s.Build(nil)
		if err != nil {
			return nil, fmt.Errorf("cross-validate: %w", err)
		}
		outcomes, err := s.askFolds(ctx, facts[i], fold, engine, weights, respond)
		if err != nil {
			return nil, fmt.Errorf("cross-validate: %w", err)
		}
		reports[i] = NewReport(outcomes)
	}
	return reports, nil
}

// askFolds asks every question of a set of an engine that weighs by what was fitted without its fold.
func (s *Set) askFolds(ctx context.Context, facts []string, fold map[string]int, engine *knowledge.Engine,
	weights []Weights, respond func(*knowledge.Engine) Responder,
) ([]Outcome, error) {
	var outcomes []Outcome
	for n, w := range weights {
		fitted, err := engine.WithVerdict(w)
		if err != nil {
			return nil, err
		}
		answer := respond(fitted)
		for i := range s.Questions {
			if fold[facts[i]] == n {
				outcomes = append(outcomes, ask(&s.Questions[i], answer))
			}
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
	}
	return outcomes, nil
}
