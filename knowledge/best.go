package knowledge

import "slices"

// bestSentences is how many sentences of a statement are shown as those that answer.
const bestSentences = 3

// sentence is a sentence of a statement with how much of the question it holds.
type sentence struct {
	at    [2]int
	cover float32
}

// covers returns the sentences of a statement, in order, with what they hold of the question.
func (e *Engine) covers(u *understood, at int) []sentence {
	ranges := e.sentences(at)
	covers := u.reader.Covers(uint32(at))
	covers = covers[max(0, len(covers)-len(ranges)):] // the title comes first
	list := make([]sentence, len(covers))
	for i, cover := range covers {
		r := ranges[i]
		list[i] = sentence{[2]int{int(r[0]), int(r[1])}, cover}
	}
	return list
}

// best returns the sentences of a statement that answer, best first, none that holds less than half of
// what the best one does; the whole text if none holds a word of the question.
func (e *Engine) best(u *understood, at int) [][2]int {
	list := e.covers(u, at)
	slices.SortStableFunc(list, func(a, b sentence) int {
		switch {
		case a.cover > b.cover:
			return -1
		case a.cover < b.cover:
			return 1
		}
		return 0
	})
	var out [][2]int
	for _, s := range list[:min(bestSentences, len(list))] {
		if s.cover > 0 && s.cover >= list[0].cover/2 {
			out = append(out, s.at)
		}
	}
	if text := e.pack.Statements[at].Text; len(out) == 0 && text != "" {
		out = append(out, [2]int{0, len(text)})
	}
	return out
}

// focus is the share of the question's weight that the best single sentence of a statement holds.
func (e *Engine) focus(u *understood, at int) float32 {
	var best float32
	if u.full == 0 {
		return 0
	}
	for _, cover := range u.reader.Covers(uint32(at)) {
		best = max(best, cover)
	}
	return best / u.full
}
