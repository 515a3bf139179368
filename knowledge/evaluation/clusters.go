package evaluation

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"refbot/knowledge"
	"refbot/knowledge/cluster"
)

// Clustering is the report of grouping a question set: do questions that the same statements answer come
// together?
type Clustering struct {
	Questions int `json:"questions"` // with a statement that answers them
	Groups    int `json:"groups"`
	// Same holds questions together that have the very same full answers, Most those that share more of them than
	// not (Jaccard index at least 1/2), Any those that share one at all, which puts very different questions
	// together where a statement answers many.
	Same   cluster.Scores `json:"same"`
	Most   cluster.Scores `json:"most"`
	Any    cluster.Scores `json:"any"`
	Alone  cluster.Scores `json:"alone"` // Same, if every question were a group of its own
	Second float64        `json:"per_second"`

	largest []Grouped
}

// Grouped is a group with its questions.
type Grouped struct {
	Label     string
	Questions []string
}

// shownGroups is how many of the largest groups a report lists.
const shownGroups = 10

// RunClusters groups the questions of a set that a statement answers in full, in their order. Only the last turn
// is read.
func RunClusters(e *knowledge.Engine, questions []Question) *Clustering {
	var asked []Question
	var answers []map[string]bool
	for _, q := range questions {
		if full := fullAnswers(&q); len(full) > 0 {
			asked, answers = append(asked, q), append(answers, full)
		}
	}
	r := &Clustering{Questions: len(asked)}
	started, groups := time.Now(), cluster.NewGroups(0)
	numbers, alone := make([]uint32, len(asked)), make([]uint32, len(asked))
	for i := range asked {
		text := asked[i].Ask().Text
		numbers[i] = groups.Add(text, cluster.Read(e, text))
		alone[i] = uint32(i)
	}
	r.Groups, r.Second = groups.Len(), float64(len(asked))/time.Since(started).Seconds()
	share := func(least float64) func(i, j int) bool {
		return func(i, j int) bool { return jaccard(answers[i], answers[j]) >= least }
	}
	const some = 1e-9
	r.Same, r.Most, r.Any = cluster.Score(numbers, share(1)), cluster.Score(numbers, share(.5)), cluster.Score(numbers, share(some))
	r.Alone = cluster.Score(alone, share(1))
	r.list(asked, numbers, groups)
	return r
}

// fullAnswers are the statements that answer a question by themselves, by key where that is known.
func fullAnswers(q *Question) map[string]bool {
	full := map[string]bool{}
	for id, grade := range q.grades() {
		if grade >= Full {
			full[id] = true
		}
	}
	return full
}

// jaccard is how much of two sets is common to both.
func jaccard(a, b map[string]bool) float64 {
	both := 0
	for id := range a {
		if b[id] {
			both++
		}
	}
	return float64(both) / float64(len(a)+len(b)-both)
}

// list notes the largest groups.
func (r *Clustering) list(asked []Question, numbers []uint32, groups *cluster.Groups) {
	at := map[uint32]int{}
	var all []Grouped
	for i, number := range numbers {
		if number == 0 {
			continue
		}
		n, met := at[number]
		if !met {
			n = len(all)
			at[number], all = n, append(all, Grouped{Label: groups.Get(number).Label})
		}
		all[n].Questions = append(all[n].Questions, asked[i].Ask().Text)
	}
	slices.SortStableFunc(all, func(a, b Grouped) int { return len(b.Questions) - len(a.Questions) })
	r.largest = all[:min(shownGroups, len(all))]
}

// Print writes the report for people.
func (r *Clustering) Print(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%d questions in %d groups, %.0f a second\n", r.Questions, r.Groups, r.Second)
	fmt.Fprintf(&b, "B³, belonging together by               precision  recall      F\n")
	for _, line := range []struct {
		name string
		s    cluster.Scores
	}{
		{"the same statements", r.Same},
		{"mostly the same statements", r.Most},
		{"any common statement", r.Any},
		{"the same, each question alone", r.Alone},
	} {
		fmt.Fprintf(&b, "  %-38s %8.3f %7.3f %6.3f\n", line.name, line.s.Precision, line.s.Recall, line.s.F)
	}
	for _, g := range r.largest {
		fmt.Fprintf(&b, "\n%d × %s\n", len(g.Questions), g.Label)
		for _, q := range g.Questions {
			if q != g.Label {
				fmt.Fprintf(&b, "    %s\n", q)
			}
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}
