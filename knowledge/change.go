package knowledge

import (
	"slices"
)

// Change is a step from one state of a knowledge base to the next: a statement put in, in the place of
// one with its id if there is one, or a statement taken out with its translations.
type Change struct {
	Put    *Statement // nil: Remove
	Remove string     // an id
}

// With gives the pack with changes made to it, and what is wrong or doubtful about the statements that were
// put in, as [Check] of a folder would find it: File is then the name of the statement's file. The pack is of
// use only when the report has no errors. p stays as it is.
func (p *Pack) With(changes ...Change) (*Pack, Report) {
	found := &problems{}
	put := map[string]bool{}
	var drafts []*draft
	for i := range p.Statements {
		if s := &p.Statements[i]; !slices.ContainsFunc(changes, func(c Change) bool { return c.touches(s) }) {
			d := draftOf(s)
			d.key, d.lenient, d.at = s.Key, true, origin(s)
			drafts = append(drafts, d)
		}
	}
	for _, c := range changes {
		if c.Put == nil {
			continue
		}
		d := c.draft()
		put[d.at.file] = true
		drafts = append(drafts, d)
		for _, version := range drafts { // what is asked for a statement is asked for all its versions
			if version.key == d.key && version != d {
				version.aliases = d.aliases
			}
		}
	}
	next := &Pack{Campaign: p.Campaign, Glossary: p.Glossary, Origin: p.Origin}
	next.Statements = assemble(drafts, &aliasFile{}, found)
	next.Version = next.fingerprint()
	doubt(next, found)
	found.found = slices.DeleteFunc(found.found, func(x Problem) bool {
		return x.Severity == SeverityWarning && !put[x.File]
	})
	return next, report(next, found)
}

// touches reports whether a change takes a statement out or its place.
func (c Change) touches(s *Statement) bool {
	if c.Put != nil {
		return s.ID == c.Put.ID
	}
	return s.ID == c.Remove || s.Key == c.Remove
}

// draft is the statement that is put in, as its author would have written it in a file.
func (c Change) draft() *draft {
	d := draftOf(c.Put)
	d.key = orElse(c.Put.Key, c.Put.ID)
	d.text = paragraphs(d.text)
	for _, f := range fields {
		if f.list != nil {
			*f.list(d) = squeezeAll(*f.list(d))
		} else {
			*f.line(d) = squeeze(*f.line(d))
		}
	}
	named := *c.Put
	named.Key = d.key
	d.at = place{file: named.FileName()}
	return d
}
