package knowledge

import (
	"cmp"
	"slices"
	"strings"
)

// assembly puts drafts together into statements: what one of them says about another is checked
// here, once all of them are known.
type assembly struct {
	*problems
	byID  map[string]*draft
	byKey map[string][]*draft // language versions, by id
}

// assemble gives the statements of the drafts, ordered by id.
func assemble(drafts []*draft, aliases *aliasFile, p *problems) []Statement {
	a := &assembly{problems: p, byID: make(map[string]*draft, len(drafts)), byKey: make(map[string][]*draft, len(drafts))}
	slices.SortStableFunc(drafts, func(x, y *draft) int { return cmp.Compare(x.id, y.id) })
	for _, d := range drafts {
		a.register(d)
	}
	for _, d := range drafts {
		a.checkVersion(d)
	}
	a.checkCycles(drafts)
	a.shareAliases(aliases)
	statements := make([]Statement, 0, len(drafts))
	for _, d := range drafts {
		if !d.orphan {
			statements = append(statements, d.statement(p))
		}
	}
	return statements
}

// register files a draft under its id and key; the first of two with one id keeps it.
func (a *assembly) register(d *draft) {
	if d.id == "" {
		return
	}
	if first, taken := a.byID[d.id]; taken {
		d.reject(a.problems, "id", "id %q is taken by %s", d.id, first.at)
		return
	}
	a.byID[d.id] = d
	a.byKey[d.key] = append(a.byKey[d.key], d)
}

// checkVersion checks a draft against its original and its other language versions, and takes
// over what a translation leaves out.
func (a *assembly) checkVersion(d *draft) {
	if d.key != d.id {
		a.checkOriginal(d)
	} else if d.translated() {
		d.reject(a.problems, "translated_by", "a translation needs the key of its original")
	}
	for _, other := range a.byKey[d.key] {
		if other.id < d.id && other.language == d.language {
			d.reject(a.problems, "language", "%s is already the version of %q in %q", other.at, d.key, d.language)
		}
	}
	d.supersededBy = a.known(d)
}

func (a *assembly) checkOriginal(d *draft) {
	original, ok := a.byID[d.key]
	d.orphan = !ok || original.key != original.id || original.translated()
	switch {
	case !ok:
		d.reject(a.problems, "key", "no statement has the id %q: a translation needs its original", d.key)
	case d.orphan:
		d.reject(a.problems, "key", "%q is itself a version of %q: name that as the key", d.key, original.key)
	case d.translated():
		a.checkSame(d, original)
		d.inherit(original)
	}
}

// checkSame reports facts on which a translation contradicts its original.
func (a *assembly) checkSame(d, original *draft) {
	for _, name := range []string{"date", "kind", "url"} {
		f, _ := fieldNamed(name)
		mine, theirs := *f.line(d), *f.line(original)
		if mine != "" && mine != theirs {
			d.reject(a.problems, name, "%s is %q, but %q in the original %s", name, mine, theirs, original.at)
		}
	}
	if d.originalLanguage != "" && d.originalLanguage != original.language {
		d.reject(a.problems, "original_language", "original_language is %q, but the original %s is in %q", d.originalLanguage, original.at, original.language)
	}
	if len(d.topics) > 0 && !slices.Equal(d.topics, original.topics) {
		a.warnf(d.where("topics"), "topics are not those of the original %s: leave them out", original.at)
	}
	for _, name := range []string{"speaker", "office"} {
		f, _ := fieldNamed(name)
		if *f.line(d) == "" && *f.line(original) != "" {
			a.warnf(d.at, "%s is missing: give it in the language of the translation", name)
		}
	}
}

// known gives the ids in superseded_by that exist, and reports the others.
func (a *assembly) known(d *draft) []string {
	var kept []string
	for _, id := range d.supersededBy {
		if _, ok := a.byID[id]; !ok {
			d.complain(a.problems, "superseded_by", "superseded_by %q: no statement has this id", id)
			continue
		}
		kept = append(kept, id)
	}
	return kept
}

// checkCycles reports statements that, followed through superseded_by, replace themselves.
func (a *assembly) checkCycles(drafts []*draft) {
	state := make(map[string]visit, len(drafts))
	for _, d := range drafts {
		a.follow(d, state, nil)
	}
}

// visit is how far the walk through superseded_by has come with a key.
type visit int

const (
	unvisited visit = iota
	walking
	walked
)

func (a *assembly) follow(d *draft, state map[string]visit, trail []string) {
	trail = append(trail, d.key)
	switch state[d.key] {
	case walking:
		d.reject(a.problems, "superseded_by", "superseded_by leads back to itself: %s", strings.Join(trail, " → "))
		return
	case walked:
		return
	}
	state[d.key] = walking
	for _, version := range a.byKey[d.key] {
		for _, id := range version.supersededBy {
			a.follow(a.byID[id], state, trail)
		}
	}
	state[d.key] = walked
}

// shareAliases gives every language version of a statement the questions listed for any of them.
func (a *assembly) shareAliases(file *aliasFile) {
	for key, versions := range a.byKey {
		var all []string
		for _, d := range versions {
			all = append(all, d.aliases...)
		}
		all = append(all, file.aliases[key]...)
		for _, d := range versions {
			d.aliases = distinct(append(slices.Clone(d.aliases), all...))
		}
	}
	for _, key := range file.keys {
		if _, ok := a.byKey[key]; !ok {
			a.errorf(place{file.name, file.lines[key]}, "no statement has the key %q", key)
		}
	}
}

// distinct drops what repeats, keeping the order.
func distinct(list []string) []string {
	seen := make(map[string]bool, len(list))
	return slices.DeleteFunc(list, func(v string) bool {
		if seen[v] {
			return true
		}
		seen[v] = true
		return false
	})
}
