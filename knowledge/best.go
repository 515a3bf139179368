package knowledge

import (
	"slices"

	"refbot/knowledge/language"
)

// best returns the sentences of a statement that answer, best first: those that hold the most of the
// question, at most three, none that holds less than half of what the best one does.
func (e *Engine) best(u *understood, s *Statement) [][2]int {
	type scored struct {
		at    [2]int
		score float32
	}
	var list []scored
	for _, r := range language.Sentences(s.Text) {
		if score := e.index.Cover(u.query, s.Text[r[0]:r[1]], s.Language); score > 0 {
			list = append(list, scored{r, score})
		}
	}
	slices.SortStableFunc(list, func(a, b scored) int {
		switch {
		case a.score > b.score:
			return -1
		case a.score < b.score:
			return 1
		}
		return 0
	})
	var out [][2]int
	for _, sc := range list[:min(3, len(list))] {
		if sc.score >= list[0].score/2 {
			out = append(out, sc.at)
		}
	}
	if len(out) == 0 && s.Text != "" {
		out = append(out, [2]int{0, len(s.Text)})
	}
	return out
}
