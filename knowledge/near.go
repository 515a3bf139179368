package knowledge

import (
	"context"
	"strings"
)

// Neighbours ranks statements by another measure than their words, such as embeddings. Whoever implements it keeps to
// the context's time and returns nothing where it cannot tell: the engine is as good as ever without it.
type Neighbours interface {
	// Near lists ids of e's statements near a text, best first. Text may hold what a person typed.
	Near(ctx context.Context, e *Engine, text string) []string
}

// Refine asks again with the ranked list of n, where the answer to the words alone leads to statements. A nil n changes
// nothing. ask is Engine.Ask or Engine.Explain.
func (e *Engine) Refine(ctx context.Context, n Neighbours, q Question, a Answer, ask func(Question) Answer) Answer {
	if n == nil || a.Decision != DecideAnswer && a.Decision != DecideAbstain {
		return a
	}
	if q.Near = n.Near(ctx, e, whole(q, a)); len(q.Near) == 0 {
		return a
	}
	return ask(q)
}

// fewWords is how many words a question has at most that is looked up together with the one before it.
const fewWords = 4

// whole is the question as understood, a short one behind the question before it.
func whole(q Question, a Answer) string {
	if n := len(q.Previous); n > 0 && len(strings.Fields(a.Understood)) <= fewWords {
		return q.Previous[n-1] + " " + a.Understood
	}
	return a.Understood
}

// maxNear is how many statements of another ranked list count.
const maxNear = 30

// nearHalf is the rank, from 0, at which a place in another ranked list is worth half of the first one.
const nearHalf = 5

// places maps groups of language versions to their rank in another ranked list.
func (e *Engine) places(ids []string) map[int32]int {
	if len(ids) == 0 {
		return nil
	}
	ranks := make(map[int32]int, maxNear)
	for _, id := range ids {
		at, ok := e.ids.Find(id)
		if !ok {
			continue
		}
		if _, seen := ranks[e.group[at]]; !seen {
			ranks[e.group[at]] = len(ranks)
		}
		if len(ranks) == maxNear {
			break
		}
	}
	return ranks
}

// fuse raises candidates by their rank in another list, as reciprocal rank fusion does: Cormack, Clarke and Buettcher,
// "Reciprocal rank fusion outperforms Condorcet", SIGIR 2009. Only the order of that list counts: its scores compare
// with nothing here.
func (e *Engine) fuse(u *understood, list []candidate) {
	for i := range list {
		if rank, ok := u.near[e.group[list[i].at]]; ok {
			list[i].times("near", 1+ranks.near*nearHalf/float32(nearHalf+rank))
		}
	}
}
