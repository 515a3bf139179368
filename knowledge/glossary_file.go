package knowledge

import (
	"fmt"
	"strings"

	"go.yaml.in/yaml/v4"

	"refbot/knowledge/language"
)

// glossaryParser reads glossary.yaml.
type glossaryParser struct {
	yamlFile
	g    Glossary
	seen map[string]place
}

// parseGlossary reads glossary.yaml; the zero Glossary when the file is broken.
func parseGlossary(file string, data []byte, p *problems) Glossary {
	g := &glossaryParser{yamlFile: yamlFile{file: file, problems: p}, seen: map[string]place{}}
	root := g.root(data)
	if root == nil {
		return Glossary{}
	}
	g.each(root, func(key string, k, v *yaml.Node) {
		if key != "terms" {
			g.errorf(g.at(k), "unknown key %q", key)
			return
		}
		terms := g.sequence(key, v)
		if len(terms) > MaxTerms {
			g.errorf(g.at(v), "%d terms, at most %d are read", len(terms), MaxTerms)
			return
		}
		for _, n := range terms {
			g.term(n)
		}
	})
	return g.g
}

func (g *glossaryParser) term(n *yaml.Node) {
	t := Term{Forms: make(map[language.Code][]string, len(language.Codes()))}
	g.each(n, func(key string, k, v *yaml.Node) {
		switch code := language.Code(key); {
		case key == "id":
			t.ID = g.text(key, v)
		case key == "entity":
			t.Entity = g.entity(v)
		case key == "related":
			t.Related = distinct(g.list(key, v))
		case code.Valid():
			if forms := g.forms(code, v); len(forms) > 0 {
				t.Forms[code] = forms
			}
		default:
			g.errorf(g.at(k), "unknown key %q in a term", key)
		}
	})
	g.check(g.at(n), t)
	g.g.Terms = append(g.g.Terms, t)
}

func (g *glossaryParser) entity(v *yaml.Node) EntityKind {
	kind := EntityKind(g.text("entity", v))
	switch kind {
	case NoEntity, Person, Office, Place, Body:
		return kind
	}
	g.errorf(g.at(v), "entity %q: want person, office, place or body", kind)
	return NoEntity
}

// forms reads the ways to say a term in one language.
func (g *glossaryParser) forms(code language.Code, v *yaml.Node) []string {
	forms := g.list(string(code), v)
	if len(forms) > MaxForms {
		g.errorf(g.at(v), "%d forms, at most %d are read", len(forms), MaxForms)
	}
	for _, form := range forms {
		if r, bad := unprintable(form); bad || len(form) > MaxField {
			g.errorf(g.at(v), "form %.40q is too long or holds an invisible character (%U)", form, r)
		}
	}
	return distinct(forms)
}

func (g *glossaryParser) check(at place, t Term) {
	if !idShape.MatchString(t.ID) {
		g.errorf(at, "term id %q: want 1 to 48 of a-z 0-9 -", t.ID)
	}
	if first, taken := g.seen[t.ID]; taken {
		g.errorf(at, "term %q is already given at %s", t.ID, first)
	}
	g.seen[t.ID] = at
	if len(t.Related) > MaxForms {
		g.errorf(at, "%d related terms, at most %d are read", len(t.Related), MaxForms)
	}
	for _, id := range t.Related {
		if !idShape.MatchString(id) {
			g.errorf(at, "related term %q: want 1 to 48 of a-z 0-9 -", id)
		}
	}
	forms := 0
	for _, code := range language.Codes() {
		forms += len(t.Forms[code])
	}
	if forms == 0 {
		g.errorf(at, "term %q has no form", t.ID)
	}
}

// yaml gives the glossary as glossary.yaml; reading it back gives the same glossary.
func (g *Glossary) yaml() []byte {
	var b strings.Builder
	b.WriteString("terms:\n")
	for _, t := range g.Terms {
		fmt.Fprintf(&b, "  - id: %s\n", yamlScalar(t.ID))
		for _, code := range language.Codes() {
			if len(t.Forms[code]) > 0 {
				fmt.Fprintf(&b, "    %s: %s\n", code, yamlFlow(t.Forms[code]))
			}
		}
		if t.Entity != NoEntity {
			fmt.Fprintf(&b, "    entity: %s\n", t.Entity)
		}
		if len(t.Related) > 0 {
			fmt.Fprintf(&b, "    related: %s\n", yamlFlow(t.Related))
		}
	}
	return []byte(b.String())
}
