package main

import (
	"fmt"
	"hash/fnv"

	"refbot/knowledge/benchmark/contender"
	"refbot/knowledge/benchmark/typo"
)

// SetReport is what the contenders made of a set.
type SetReport struct {
	Name      string   `json:"name"`
	Passages  int      `json:"passages"`
	Questions int      `json:"questions"`
	Mistyped  int      `json:"mistyped,omitempty"` // questions with a word long enough for a typo
	Results   []Result `json:"results"`
	// Abstention tells that the set measures AUC.
	Abstention bool `json:"abstention,omitempty"`
}

// Result is what one contender made of a set.
type Result struct {
	Engine string `json:"engine"`
	Ranking
	// Typo is the ranking of the same questions with a typo each.
	Typo *Ranking `json:"typo,omitempty"`
	// AUC is the chance that the normalised best score of a question with an answer exceeds that of one
	// without.
	AUC float64 `json:"auc,omitempty"`
	Cost
	Pace
}

// quality measures the ranking of every contender on every set.
func (b *bench) quality(sets []*set) ([]SetReport, error) {
	reports := make([]SetReport, 0, len(sets))
	for _, s := range sets {
		r := SetReport{Name: s.Name, Passages: len(s.passages), Questions: len(s.Queries), Abstention: s.abstention}
		var mistyped []string
		if b.typos && !s.abstention {
			mistyped, r.Mistyped = s.mistyped(b.seed)
		}
		for _, c := range contender.Retrieval() {
			b.say("%s: %s", s.Name, c.Name)
			result, err := b.judge(s, &c, mistyped)
			if err != nil {
				return nil, fmt.Errorf("%s: %s: %w", s.Name, c.Name, err)
			}
			r.Results = append(r.Results, *result)
		}
		reports = append(reports, r)
	}
	return reports, nil
}

func (b *bench) judge(s *set, c *contender.Contender, mistyped []string) (*Result, error) {
	engine, cost, err := build(c, s.passages, s.code)
	if err != nil {
		return nil, err
	}
	defer engine.Close() //nolint:errcheck // nothing was written
	questions := s.questions()
	r := &Result{Engine: c.Name, Cost: cost}
	if r.Ranking, err = s.rank(engine, questions); err != nil {
		return nil, err
	}
	if r.Pace, err = pace(engine, questions, b.passes); err != nil {
		return nil, err
	}
	if mistyped != nil {
		typo, err := s.rank(engine, mistyped)
		if err != nil {
			return nil, err
		}
		r.Typo = &typo
	}
	if s.abstention {
		r.AUC, err = s.separate(engine)
	}
	return r, err
}

// rank asks the questions, each standing for the set's own of the same place, and judges the lists.
func (s *set) rank(engine contender.Engine, questions []string) (Ranking, error) {
	var r Ranking
	for i, text := range questions {
		hits, err := engine.Search(text, depth)
		if err != nil {
			return Ranking{}, err
		}
		ranked := make([]string, len(hits))
		for j, h := range hits {
			ranked[j] = s.Passages[h.Doc].ID
		}
		r.add(ranked, s.Relevant[s.Queries[i].ID])
	}
	return r, nil
}

// separate returns how well the normalised best score tells answerable questions from the others.
func (s *set) separate(engine contender.Engine) (float64, error) {
	var yes, no []float64
	for i := range s.Queries {
		q := &s.Queries[i]
		if q.Answerable == nil {
			continue
		}
		sure, err := engine.Sure(q.Text)
		if err != nil {
			return 0, err
		}
		if *q.Answerable {
			yes = append(yes, sure)
		} else {
			no = append(no, sure)
		}
	}
	return auc(yes, no), nil
}

// mistyped returns the questions with a typo each, and how many could take one. The typo follows from
// the seed and the question's id, whatever else is measured.
func (s *set) mistyped(seed uint64) (list []string, changed int) {
	for i := range s.Queries {
		h := fnv.New64a()
		h.Write([]byte(s.Queries[i].ID))
		text, ok := typo.Make(s.Queries[i].Text, seed^h.Sum64())
		list = append(list, text)
		if ok {
			changed++
		}
	}
	return list, changed
}
