package knowledge

import (
	"slices"

	"refbot/knowledge/language"
)

// Statement finds a statement by its id.
func (e *Engine) Statement(id string) (*Statement, bool) {
	i, ok := e.ids.Find(id)
	if !ok {
		return nil, false
	}
	return &e.pack.Statements[i], true
}

// Versions returns the language versions of a statement by their key, the original before
// translations; nil if no statement has that key.
func (e *Engine) Versions(key string) []*Statement {
	var list []*Statement
	for _, i := range e.keyed(key) {
		list = append(list, &e.pack.Statements[i])
	}
	slices.SortStableFunc(list, func(a, b *Statement) int { return compareBool(a.Translated(), b.Translated()) })
	return list
}

// Topic returns the statements of a campaign topic, one language version each: lang where there is
// one, else the original. Those that hold come before replaced ones, newer before older.
func (e *Engine) Topic(id string, lang language.Code) []*Statement {
	topic, ok := e.pack.Campaign.Topic(id)
	if !ok {
		topic = Topic{ID: id}
	}
	var list []*Statement
	seen := map[string]bool{}
	for i := range e.pack.Statements {
		s := &e.pack.Statements[i]
		if s.Kind == Foreign || !topic.Holds(s.Topics) || seen[key(s)] {
			continue
		}
		seen[key(s)] = true
		list = append(list, e.version(s, lang))
	}
	slices.SortStableFunc(list, func(a, b *Statement) int {
		if c := compareBool(e.lapsed(a), e.lapsed(b)); c != 0 {
			return c
		}
		return b.Date.Compare(a.Date)
	})
	return list
}

// lapsed reports whether a statement no longer gives the current state of things.
func (e *Engine) lapsed(s *Statement) bool {
	t := &e.traits[e.numberOf(s)]
	return t.replaced || t.past
}

// version returns the version of a statement in a language, or its original.
func (e *Engine) version(s *Statement, lang language.Code) *Statement {
	versions := e.Versions(key(s))
	for _, v := range versions {
		if v.Language == lang {
			return v
		}
	}
	return versions[0]
}

// Search ranks statements for a text without deciding whether they answer it: for inline mode and
// pickers. At most n hits, one language version each.
func (e *Engine) Search(text string, lang language.Code, n int) []Hit {
	u := e.understand(Question{Text: text, Language: lang})
	candidates := e.rank(u)
	defer u.clear()
	hits := make([]Hit, 0, n)
	for i := range candidates[:min(n, len(candidates))] {
		hit := e.hit(u, &candidates[i])
		hit.Best = e.best(u, candidates[i].at)
		hits = append(hits, hit)
	}
	return hits
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}
