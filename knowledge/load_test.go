package knowledge

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"refbot/knowledge/language"
)

const original = `---
id: s058
language: ru
date: 2026-03-17
date_exact: false
date_note: day of the session
speaker: Нурлан Абдиров
office: председатель ЦИК
kind: official
outlet: Интерфакс
title: 'Итоги: референдум'
url: https://m.interfax.ru/1078292
topics: [results, final]
aliases: [какая была явка?]
valid_until: 2027-01-01
---

За проголосовали 7 954 667 человек
(87,15 %).

Против – 898 099.
`

const translation = `---
language: kk
speaker: Нұрлан Әбдіров
office: ОСК төрағасы
translated_by: refbot
---
7 954 667 адам (87,15 %) қолдады, 898 099 адам қарсы болды.
`

const campaignYAML = `id: vote
name: {kk: Дауыс, ru: Голосование, en: Vote}
vote_date: 2026-03-15
time_zone: Asia/Almaty
quiet_period: {from: 2026-03-14, until: 2026-03-15}
topics:
  - id: results
    title: {kk: Нәтиже, ru: Итоги, en: Results}
    tags: [final]
links:
  - url: https://www.gov.kz
    title: {kk: Сайт, ru: Сайт, en: Site}
`

const glossaryYAML = `terms:
  - id: commission
    kk: [Орталық сайлау комиссиясы, ОСК]
    ru: ЦИК
    entity: body
`

// folder makes a pack of files; each statement goes below statements/.
func folder(files map[string]string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for name, data := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(data)}
	}
	return fsys
}

func wholePack() map[string]string {
	return map[string]string{
		"README.md":                     "about this pack",
		"campaign.yaml":                 campaignYAML,
		"glossary.yaml":                 glossaryYAML,
		"aliases.yaml":                  "s058:\n  - what was the result?\n  - какая была явка?\n",
		"statements/README.md":          "skipped",
		"statements/_draft.md":          "skipped",
		"statements/.git/x.md":          "skipped",
		"statements/results/s058.md":    original,
		"statements/results/s058.kk.md": translation,
	}
}

func mustLoad(t testing.TB, files map[string]string) *Pack {
	t.Helper()
	pack, err := LoadFS(folder(files), "pack")
	if err != nil {
		t.Fatal(err)
	}
	return pack
}

func TestLoadFS(t *testing.T) {
	pack := mustLoad(t, wholePack())
	wantOriginal := Statement{
		ID: "s058", Key: "s058", Language: language.Russian,
		Date: time.Date(2026, 3, 17, 0, 0, 0, 0, time.UTC), DateNote: "day of the session",
		Speaker: "Нурлан Абдиров", Office: "председатель ЦИК", Kind: Official,
		Outlet: "Интерфакс", Title: "Итоги: референдум", URL: "https://m.interfax.ru/1078292",
		Topics: []string{"results", "final"}, Aliases: []string{"какая была явка?", "what was the result?"},
		ValidUntil: time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC),
		Text:       "За проголосовали 7 954 667 человек (87,15 %).\n\nПротив – 898 099.",
		Origin:     "pack/statements/results/s058.md:1",
	}
	wantTranslation := wantOriginal
	wantTranslation.ID, wantTranslation.Language, wantTranslation.OriginalLang = "s058-kk", language.Kazakh, language.Russian
	wantTranslation.Speaker, wantTranslation.Office = "Нұрлан Әбдіров", "ОСК төрағасы"
	wantTranslation.TranslatedBy = "refbot"
	wantTranslation.Text = "7 954 667 адам (87,15 %) қолдады, 898 099 адам қарсы болды."
	wantTranslation.Origin = "pack/statements/results/s058.kk.md:1"
	if diff := cmp.Diff([]Statement{wantOriginal, wantTranslation}, pack.Statements); diff != "" {
		t.Errorf("statements (-want +got):\n%s", diff)
	}
	if !strings.HasPrefix(pack.Version, "2026-03-17-") || len(pack.Version) != len("2026-03-17-1a2b3c4d") {
		t.Errorf("version %q", pack.Version)
	}
	if pack.Campaign.ID != "vote" || len(pack.Glossary.Terms) != 1 || pack.Origin != "pack" {
		t.Errorf("campaign %q, %d terms, origin %q", pack.Campaign.ID, len(pack.Glossary.Terms), pack.Origin)
	}
}

// with replaces the value of a key, adds the key, or drops it when value is "-".
func with(file, key, value string) string {
	var kept []string
	for line := range strings.SplitSeq(file, "\n") {
		if !strings.HasPrefix(line, key+":") {
			kept = append(kept, line)
		}
	}
	if value != "-" {
		kept = slices.Insert(kept, 1, key+": "+value)
	}
	return strings.Join(kept, "\n")
}

func TestLoadErrors(t *testing.T) {
	tests := []struct {
		name  string
		files map[string]string // laid over the whole pack; "" deletes
		want  []string          // the errors, each from its file:line
	}{
		{
			"missing keys",
			map[string]string{"statements/a.md": "---\nid: a\ntopics: [final]\n---\n"},
			[]string{
				"pack/statements/a.md:1: language is missing", "pack/statements/a.md:1: date is missing",
				"pack/statements/a.md:1: kind is missing", "pack/statements/a.md:1: url is missing",
				"pack/statements/a.md:1: text is missing", "pack/statements/a.md:1: office is missing: the office held that day, or the institution",
			},
		},
		{"no front matter", map[string]string{"statements/a.md": "hello"}, []string{"pack/statements/a.md:1: no front matter: the file must begin with a line `---` and end its keys with another"}},
		{"unclosed front matter", map[string]string{"statements/a.md": "---\nid: a\n"}, []string{"pack/statements/a.md:1: no front matter: the file must begin with a line `---` and end its keys with another"}},
		{"not UTF-8", map[string]string{"statements/a.md": "---\nid: \xcf\xf0\n---\n"}, []string{"pack/statements/a.md:1: not UTF-8 text: save the file as UTF-8"}},
		{"unknown key", map[string]string{"statements/results/s058.md": with(original, "speker", "x")}, []string{`pack/statements/results/s058.md:2: unknown key "speker"`}},
		{"key twice", map[string]string{"statements/results/s058.md": strings.Replace(original, "language: ru", "language: ru\nlanguage: ru", 1)}, []string{`pack/statements/results/s058.md:4: "language" is given twice`}},
		{"bad date", map[string]string{"statements/results/s058.md": with(original, "date", "17.03.2026")}, []string{`pack/statements/results/s058.md:2: date "17.03.2026": want a day as YYYY-MM-DD`}},
		{"no such day", map[string]string{"statements/results/s058.md": with(original, "date", "2026-02-30")}, []string{`pack/statements/results/s058.md:2: date "2026-02-30": want a day as YYYY-MM-DD`}},
		{"bad language", map[string]string{"statements/results/s058.md": with(original, "language", "kz"), "statements/results/s058.kk.md": ""}, []string{`pack/statements/results/s058.md:2: language "kz": want kk, ru or en`}},
		{"bad kind", map[string]string{"statements/results/s058.md": with(original, "kind", "rumour"), "statements/results/s058.kk.md": ""}, []string{`pack/statements/results/s058.md:2: kind "rumour": want official, document, expert, party, reference, editorial or foreign`}},
		{"bad url", map[string]string{"statements/results/s058.md": with(original, "url", "ftp://gov.kz"), "statements/results/s058.kk.md": ""}, []string{`pack/statements/results/s058.md:2: url "ftp://gov.kz": want http:// or https://`}},
		{"bad flag", map[string]string{"statements/results/s058.md": with(original, "verbatim", "yes")}, []string{`pack/statements/results/s058.md:2: verbatim "yes": want true or false`}},
		{"list for a line", map[string]string{"statements/results/s058.md": with(original, "outlet", "[a, b]")}, []string{`pack/statements/results/s058.md:2: outlet: want one value`}},
		{"broken YAML", map[string]string{"statements/results/s058.md": with(original, "outlet", "'x"), "statements/results/s058.kk.md": "", "aliases.yaml": ""}, []string{"pack/statements/results/s058.md:11: broken YAML: mapping values are not allowed in this context"}},
		{"validity", map[string]string{"statements/results/s058.md": with(original, "valid_from", "2027-02-01"), "statements/results/s058.kk.md": ""}, []string{"pack/statements/results/s058.md:16: valid_until 2027-01-01 is before valid_from 2027-02-01"}},
		{"duplicate id", map[string]string{"statements/z.md": original}, []string{`pack/statements/z.md:2: id "s058" is taken by pack/statements/results/s058.md:1`}},
		{"two versions in a language", map[string]string{"statements/results/s059.md": with(with(original, "id", "s059"), "key", "s058")}, []string{`pack/statements/results/s059.md:4: pack/statements/results/s058.md:1 is already the version of "s058" in "ru"`}},
		{"no original", map[string]string{"statements/results/s058.md": "", "statements/other.md": with(original, "id", "other"), "aliases.yaml": ""}, []string{`pack/statements/results/s058.kk.md:1: no statement has the id "s058": a translation needs its original`}},
		{"translation of a translation", map[string]string{"statements/results/s058.en.md": with(with(translation, "language", "en"), "key", "s058-kk")}, []string{`pack/statements/results/s058.en.md:2: "s058-kk" is itself a version of "s058": name that as the key`}},
		{"translation without key", map[string]string{"statements/results/s058.md": with(original, "translated_by", "refbot"), "statements/results/s058.kk.md": ""}, []string{`pack/statements/results/s058.md:2: a translation needs the key of its original`}},
		{"translation contradicts", map[string]string{"statements/results/s058.kk.md": with(translation, "date", "2026-03-18")}, []string{`pack/statements/results/s058.kk.md:2: date is "2026-03-18", but "2026-03-17" in the original pack/statements/results/s058.md:1`}},
		{"translation claims another original", map[string]string{"statements/results/s058.kk.md": with(translation, "original_language", "en")}, []string{`pack/statements/results/s058.kk.md:2: original_language is "en", but the original pack/statements/results/s058.md:1 is in "ru"`}},
		{"verbatim translation", map[string]string{"statements/results/s058.kk.md": with(translation, "verbatim", "true")}, []string{`pack/statements/results/s058.kk.md:2: a translation cannot be verbatim`}},
		{"superseded by nothing", map[string]string{"statements/results/s058.md": with(original, "superseded_by", "[s999]")}, []string{`pack/statements/results/s058.md:2: superseded_by "s999": no statement has this id`}},
		{"superseded by itself", map[string]string{"statements/results/s058.md": with(original, "superseded_by", "[s058]"), "statements/results/s058.kk.md": ""}, []string{`pack/statements/results/s058.md:2: superseded_by leads back to itself: s058 → s058`}},
		{"superseded in a ring", map[string]string{
			"statements/results/s058.md": with(original, "superseded_by", "[s059]"), "statements/results/s058.kk.md": "",
			"statements/results/s059.md": with(with(original, "id", "s059"), "superseded_by", "[s058]"),
		}, []string{`pack/statements/results/s058.md:2: superseded_by leads back to itself: s058 → s059 → s058`}},
		{"no menu leads here", map[string]string{"statements/results/s058.md": with(original, "topics", "[weather]"), "statements/results/s058.kk.md": ""}, []string{`pack/statements/results/s058.md:2: none of the topics is in campaign.yaml: no menu leads to this statement`}},
		{"invisible character", map[string]string{"statements/results/s058.md": original + "x\u202ey"}, []string{`pack/statements/results/s058.md:1: text holds the invisible character U+202E: delete it`}},
		{"text too long", map[string]string{"statements/results/s058.md": original + strings.Repeat("я", MaxText)}, []string{"pack/statements/results/s058.md:1: the text has 20065 characters, at most 20000 fit"}},
		{"field too long", map[string]string{"statements/results/s058.md": with(original, "conflict", strings.Repeat("я", MaxField+1)), "statements/results/s058.kk.md": ""}, []string{"pack/statements/results/s058.md:2: conflict has 501 characters, at most 500 fit"}},
		{"file too large", map[string]string{"statements/results/s058.kk.md": translation + strings.Repeat(" ", MaxPackFile)}, []string{"pack/statements/results/s058.kk.md: larger than 1048576 bytes"}},
		{"aliases for nobody", map[string]string{"aliases.yaml": "s058: [a]\ns999: [b]\n"}, []string{`pack/aliases.yaml:2: no statement has the key "s999"`}},
		{"anchors", map[string]string{"aliases.yaml": "s058: &a [x]\ns059: *a\n"}, []string{`pack/aliases.yaml:2: s059: want one value`, `pack/aliases.yaml:2: no statement has the key "s059"`}},
		{"empty", map[string]string{"statements/results/s058.md": "", "statements/results/s058.kk.md": "", "aliases.yaml": ""}, []string{"pack: no statements found"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			files := wholePack()
			for name, data := range test.files {
				if files[name] = data; data == "" {
					delete(files, name)
				}
			}
			_, err := LoadFS(folder(files), "pack")
			if err == nil {
				t.Fatal("no error")
			}
			got := strings.Split(strings.TrimPrefix(err.Error(), "load knowledge: "), "\n")
			if len(got) != len(test.want) {
				t.Fatalf("got %d errors, want %d:\n%v", len(got), len(test.want), err)
			}
			for _, want := range test.want {
				if !slices.ContainsFunc(got, func(line string) bool { return strings.HasPrefix(line, want) }) {
					t.Errorf("no error %q in:\n%v", want, err)
				}
			}
		})
	}
}

func TestLoadErrorCap(t *testing.T) {
	files := map[string]string{}
	for i := range 60 {
		files[fmt.Sprintf("statements/x%02d.md", i)] = "no front matter"
	}
	files["statements/s058.md"] = original
	_, err := LoadFS(folder(files), "pack")
	var problem Problem
	if !errors.As(err, &problem) || problem.File != "pack/statements/x00.md" || problem.Severity != SeverityError {
		t.Errorf("first problem: %+v", problem)
	}
	if lines := strings.Split(err.Error(), "\n"); len(lines) != 51 || lines[50] != "and 10 more errors" {
		t.Errorf("%d lines, the last %q", len(lines), lines[len(lines)-1])
	}
}

func TestLoadPath(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, folder(wholePack())); err != nil {
		t.Fatal(err)
	}
	fromDir, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	if fromDir.Origin != dir || fromDir.Version != mustLoad(t, wholePack()).Version {
		t.Errorf("origin %q, version %q", fromDir.Origin, fromDir.Version)
	}
	for name, want := range map[string]string{"absent": "no such file", "campaign.yaml": "want a folder of statements or a .jsonl file"} {
		if _, err := Load(filepath.Join(dir, name)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Load(%s): %v, want %q", name, err, want)
		}
	}
}

// TestLoadPlainFolder reads a folder that has statements and nothing else.
func TestLoadPlainFolder(t *testing.T) {
	pack := mustLoad(t, map[string]string{"s058.md": original, "sub/s058.kk.md": translation})
	if len(pack.Statements) != 2 {
		t.Fatalf("%d statements", len(pack.Statements))
	}
	defaults := mustLoad(t, wholePack())
	completed := pack.WithDefaults(defaults)
	if completed.Campaign.ID != "vote" || len(completed.Glossary.Terms) != 1 || completed.Version == pack.Version {
		t.Errorf("campaign %q, %d terms, version %s", completed.Campaign.ID, len(completed.Glossary.Terms), completed.Version)
	}
	if pack.Campaign.ID != "" {
		t.Error("WithDefaults changed its receiver")
	}
	if again := defaults.WithDefaults(pack); again.Version != defaults.Version {
		t.Errorf("a whole pack changed from %s to %s", defaults.Version, again.Version)
	}
}

func TestVersion(t *testing.T) {
	files := wholePack()
	version := mustLoad(t, files).Version
	moved := maps.Clone(files)
	moved["statements/a/z.md"], moved["statements/zz/a.md"] = with(original, "title", "'Итоги: референдум' # moved"), with(with(translation, "id", "s058-kk"), "key", "s058")
	delete(moved, "statements/results/s058.md")
	delete(moved, "statements/results/s058.kk.md")
	if got := mustLoad(t, moved).Version; got != version {
		t.Errorf("moved files: %s, want %s", got, version)
	}
	for name, change := range map[string][2]string{
		"statements/results/s058.md": {"87,15", "87,16"},
		"campaign.yaml":              {"Results", "Result"},
		"glossary.yaml":              {"ОСК", "ЦСК"},
		"aliases.yaml":               {"what was", "what is"},
	} {
		changed := maps.Clone(files)
		changed[name] = strings.Replace(changed[name], change[0], change[1], 1)
		if got := mustLoad(t, changed).Version; got == version {
			t.Errorf("%s changed, the version %s did not", name, got)
		}
	}
}

// sameLocation compares time zones by name: their insides are closed to cmp.
var sameLocation = cmp.Comparer(func(a, b *time.Location) bool { return a.String() == b.String() })

// TestLoadTwice wants the same pack every time, problems in the same order.
func TestLoadTwice(t *testing.T) {
	files := wholePack()
	for i := range 40 {
		files[fmt.Sprintf("statements/x/x%02d.md", i)] = with(with(original, "id", fmt.Sprintf("x%02d", i)), "outlet", "-")
	}
	first := CheckFS(folder(files), "pack")
	for range 5 {
		if diff := cmp.Diff(mustLoad(t, files), mustLoad(t, files), sameLocation); diff != "" {
			t.Fatal(diff)
		}
		if diff := cmp.Diff(first, CheckFS(folder(files), "pack")); diff != "" {
			t.Fatal(diff)
		}
	}
}

func ExampleLoadFS() {
	pack, err := LoadFS(fstest.MapFS{"statements/s400.md": {Data: []byte(`---
id: s400
language: en
date: 2026-02-23
office: Central Referendum Commission
kind: official
outlet: Example
title: The ballot
url: https://example.kz/ballot
---

The ballot has one question
and two answers.
`)}}, "example")
	if err != nil {
		fmt.Println(err)
		return
	}
	s := pack.Statements[0]
	fmt.Println(s.Key, s.Date.Format(time.DateOnly), s.Text)
	// Output: s400 2026-02-23 The ballot has one question and two answers.
}
