package knowledge

import (
	"slices"

	"refbot/knowledge/index"
)

// Ask answers a question. It never fails: what cannot be answered is a verdict too.
func (e *Engine) Ask(q Question) Answer { return e.answer(q, false) }

// Explain is Ask with the trace filled.
func (e *Engine) Explain(q Question) Answer { return e.answer(q, true) }

// found is a question with what was found for it.
type found struct {
	u          *understood
	candidates []candidate
	evidence   evidence
	chance     float64 // that it can be answered
	answer     Answer
	cued       bool // the words alone decided
}

func (e *Engine) answer(q Question, explain bool) Answer {
	u := e.understand(q)
	u.explain = explain
	f := e.windowed(e.converse(e.find(u), q.Previous), q)
	defer u.clear()
	defer f.u.clear()
	a := &f.answer
	if n := min(kept, len(f.candidates)); n > 0 {
		a.Ranked = make([]Hit, n)
	}
	for i := range a.Ranked {
		a.Ranked[i] = e.hit(f.u, &f.candidates[i])
	}
	if a.Decision == DecideAnswer {
		e.cite(f.u, f.candidates, a)
	} else {
		a.Nearby = e.nearby(f.candidates)
	}
	if explain {
		a.Trace = e.trace(f.u, f.candidates, &f.evidence)
	}
	return *a
}

// find ranks the statements for a question and gives the verdict on it.
func (e *Engine) find(u *understood) *found {
	f := &found{u: u, answer: Answer{Language: u.lang, Understood: u.text}, candidates: e.rank(u)}
	f.evidence = e.gather(u, f.candidates)
	f.cued = e.cued(u, f.candidates, &f.answer)
	if !f.cued {
		e.decide(f)
	}
	return f
}

// read reads what the candidates at these places hold of a question.
func (e *Engine) read(u *understood, list []candidate, places []int) {
	for _, at := range places {
		e.readOne(u, &list[at])
	}
}

func (e *Engine) readOne(u *understood, c *candidate) {
	if c.evidence == nil {
		evidence := e.index.Evidence(u.query, uint32(c.at))
		c.evidence = &evidence
	}
}

// held is how far a candidate that was read holds a word of the question.
func (e *Engine) held(u *understood, c *candidate, i int) float64 {
	g, found := &u.query.Groups[i], &c.evidence.Groups[i]
	if found.By < 0 {
		return 0
	}
	v := &g.Variants[found.By]
	if v.Via == index.Likely && len(g.Notions) > 0 { // its meaning is known: what only looks like it means something else
		return 0
	}
	weight := float64(v.Weight)
	if found.Fields&^saidBy == 0 && e.notSaidBy(u, g) {
		weight *= heldBySpeaker
	}
	return weight
}

// saidBy are the fields that tell who speaks, heldBySpeaker is how far they hold a word of a question that does
// not ask for somebody's words: what a deputy says is seldom about deputies.
const (
	saidBy        = index.Fields(1<<index.Speaker | 1<<index.Office)
	heldBySpeaker = .5
)

// notSaidBy reports whether a word of a question is not meant to name who speaks.
func (e *Engine) notSaidBy(u *understood, g *index.Group) bool {
	if u.reading.Saw("say") {
		return false
	}
	kind := e.entityOf(g)
	if kind == Body && u.query.Asks == index.AsksPerson && u.heads() {
		return false
	}
	return kind == NoEntity || kind == Body || kind == Office && u.query.Asks != index.AsksPerson
}

// heads reports whether a question names whoever is at the head of something: an office that speaks tells who.
func (u *understood) heads() bool {
	for i := range u.query.Groups[:u.own] {
		if slices.Contains(u.query.Groups[i].Notions, "leader") || slices.Contains(u.query.Groups[i].Notions, "chairman") {
			return true
		}
	}
	return false
}

// cite chooses the statements of an answer: the best one that may carry it, and up to two more that
// fit nearly as well and add to it.
func (e *Engine) cite(u *understood, list []candidate, a *Answer) {
	a.Historic = u.past
	carriers := e.carriers(list, len(list))
	if len(carriers) == 0 {
		a.Decision = DecideAbstain
		return
	}
	best := closest(list, carriers).match.Score
	first := carriers[0]
	var cited []*candidate
	for _, at := range e.readable(u, list, carriers, best) {
		c := &list[at]
		if len(cited) == maxHits || len(cited) > 0 && c.score < ranks.cite*list[0].score {
			break
		}
		if len(cited) == 0 || !e.repeats(a.Hits, c) && (at == first && c.alike > 0 && !e.replaces(cited[0].at, c.at) || e.adds(u, cited, c, best)) {
			e.readOne(u, c)
			hit := e.hit(u, c)
			hit.Best = e.best(u, c.at)
			a.Hits, cited = append(a.Hits, hit), append(cited, c)
		}
	}
	shown := a.Hits[0].Statement
	if topics := e.pack.Campaign.TopicsOf(shown); len(topics) > 0 {
		a.Topic = topics[0]
	}
	a.Replaced = e.replacedBy(shown)
}

// repeats reports whether a statement says what one already cited says, in any of their language versions.
func (e *Engine) repeats(hits []Hit, c *candidate) bool {
	for i := range hits {
		for _, old := range e.keyed(key(hits[i].Statement)) {
			for _, at := range e.groups.of(e.group[c.at]) {
				if e.alike(int(old), int(at)) {
					return true
				}
			}
		}
	}
	return false
}

// The likeness from which two statements say the same: in one language, and in two, whose words differ.
const (
	duplicate  = .6
	translated = .48
)

// alike reports whether two statements say the same.
func (e *Engine) alike(a, b int) bool {
	least := float32(duplicate)
	if e.pack.Statements[a].Language != e.pack.Statements[b].Language {
		least = translated
	}
	return e.kinship.Likeness(uint32(a), uint32(b)) > least
}

// maxHits is how many statements an answer cites at most.
const maxHits = 3

// readable puts statements in the reader's language before others that fit the question hardly better. best is
// the highest score that the question's own words give one of them.
func (e *Engine) readable(u *understood, list []candidate, places []int, best float32) []int {
	if len(places) == 0 {
		return nil
	}
	least := ranks.alike * list[places[0]].score
	first := places[0] // it may owe its place to its date
	foreign := func(at int) bool {
		c := &list[at]
		return c.score < least || at != first && c.match.Score < ranks.citeWords*best || e.pack.Statements[c.at].Language != u.lang
	}
	slices.SortStableFunc(places, func(a, b int) int { return compareBool(foreign(a), foreign(b)) })
	if at := slices.Index(places, first); at > 1 && list[first].alike > 0 { // it is asked for in these words: it stays in sight
		copy(places[2:at+1], places[1:at])
		places[1] = first
	}
	return places
}

// replacedBy returns the statements whose value s replaces, newest first, one language version each.
func (e *Engine) replacedBy(s *Statement) []*Statement {
	older := e.older[e.group[e.numberOf(s)]]
	if len(older) == 0 {
		return nil
	}
	var list []*Statement
	seen := map[string]bool{key(s): true}
	for _, i := range older {
		if old := &e.pack.Statements[i]; !seen[key(old)] {
			seen[key(old)] = true
			list = append(list, e.version(old, s.Language))
		}
	}
	slices.SortStableFunc(list, func(a, b *Statement) int { return b.Date.Compare(a.Date) })
	return list
}

// nearby returns up to three topics of the best candidates.
func (e *Engine) nearby(list []candidate) []string {
	var ids []string
	seen := map[string]bool{}
	for i := range list {
		for _, id := range e.pack.Campaign.TopicsOf(&e.pack.Statements[list[i].at]) {
			if !seen[id] {
				seen[id] = true
				ids = append(ids, id)
			}
			if len(ids) == 3 {
				return ids
			}
		}
	}
	return ids
}
