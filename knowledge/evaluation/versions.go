package evaluation

import (
	"cmp"

	"refbot/knowledge"
)

// WithVersions returns the questions with the grade of a statement given to all its language versions
// in the pack: a set may name any one of them, all of them, or their key. Ranked lists, which hold one
// version of each statement, are then graded by key, so that the best possible order counts a
// statement once.
func WithVersions(questions []Question, pack *knowledge.Pack) []Question {
	keys := map[string]string{} // id → key
	versions := map[string][]string{}
	for i := range pack.Statements {
		s := &pack.Statements[i]
		keys[s.ID] = keyOf(s)
		versions[keyOf(s)] = append(versions[keyOf(s)], s.ID)
	}
	out := make([]Question, len(questions))
	for i, q := range questions {
		q.byKey = map[string]int{}
		for id, grade := range q.Relevant {
			key := cmp.Or(keys[id], id)
			q.byKey[key] = max(q.byKey[key], grade)
		}
		q.Relevant = map[string]int{}
		for key, grade := range q.byKey {
			q.Relevant[key] = grade
			for _, id := range versions[key] {
				q.Relevant[id] = grade
			}
		}
		out[i] = q
	}
	return out
}

func keyOf(s *knowledge.Statement) string { return cmp.Or(s.Key, s.ID) }

// grades returns what ranked lists of the question are graded by, see [Outcome.ranked].
func (q *Question) grades() map[string]int {
	if q.byKey != nil {
		return q.byKey
	}
	return q.Relevant
}

// ranked returns the names of the answer's candidates, best first: keys where the question's grades are
// by key, else ids.
func (o *Outcome) ranked() []string {
	names := make([]string, len(o.Answer.Ranked))
	for i, hit := range o.Answer.Ranked {
		names[i] = hit.Statement.ID
		if o.Question.byKey != nil {
			names[i] = keyOf(hit.Statement)
		}
	}
	return names
}
