package knowledge

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"refbot/knowledge/language"
)

func TestParseGlossary(t *testing.T) {
	p := &problems{}
	got := parseGlossary("g", []byte(glossaryYAML+"  - {id: iin, ru: [ИИН, ИИН, ЖСН]}\n"), p)
	want := Glossary{Terms: []Term{
		{ID: "commission", Entity: Body, Forms: map[language.Code][]string{
			language.Kazakh: {"Орталық сайлау комиссиясы", "ОСК"}, language.Russian: {"ЦИК"},
		}},
		{ID: "iin", Forms: map[language.Code][]string{language.Russian: {"ИИН", "ЖСН"}}},
	}}
	if diff := cmp.Diff(want, got); diff != "" || len(p.found) > 0 {
		t.Errorf("%s%v", diff, p.found)
	}
}

func TestParseGlossaryErrors(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"unknown key", "words: []", `g:1: unknown key "words"`},
		{"terms no list", "terms: x", "g:1: terms: want a list, each entry beginning with `- `"},
		{"no id", "terms:\n  - ru: x", `g:2: term id "": want 1 to 48 of a-z 0-9 -`},
		{"no form", "terms:\n  - id: x", `g:2: term "x" has no form`},
		{"twice", "terms:\n  - {id: x, ru: a}\n  - {id: x, ru: b}", `g:3: term "x" is already given at g:2`},
		{"entity", "terms:\n  - {id: x, ru: a, entity: thing}", `g:2: entity "thing": want person, office, place or body`},
		{"key of a term", "terms:\n  - {id: x, ru: a, kz: b}", `g:2: unknown key "kz" in a term`},
		{"invisible", "terms:\n  - {id: x, ru: \"a\\u202eb\"}", "g:2: form "},
		{"many forms", "terms:\n  - {id: x, ru: [" + strings.Repeat("a,", MaxForms+1) + "]}", "g:2: 65 forms, at most 64 are read"},
		{"many terms", "terms: [" + strings.Repeat("a,", MaxTerms+1) + "]", "g:1: 5001 terms, at most 5000 are read"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p := &problems{}
			parseGlossary("g", []byte(test.text), p)
			for _, problem := range p.found {
				if strings.HasPrefix(problem.Error(), test.want) {
					return
				}
			}
			t.Errorf("want %q in %v", test.want, p.found)
		})
	}
}

func FuzzGlossary(f *testing.F) {
	f.Add([]byte(glossaryYAML))
	f.Add([]byte("terms:\n  - {id: x, ru: [a, [b]], kk: {c: d}}\n  - null"))
	f.Add([]byte("terms:\n  - {id: x, kk: К, ru: }"))
	f.Fuzz(func(t *testing.T, data []byte) {
		pack, err := LoadFS(fstest.MapFS{
			"glossary.yaml":    {Data: data},
			"statements.jsonl": {Data: []byte(recordLine)},
		}, "f")
		if err == nil {
			checkWritten(t, pack)
		}
	})
}
