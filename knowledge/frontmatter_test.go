package knowledge

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"refbot/knowledge/language"
)

// checkWritten writes every statement of a pack, campaign and glossary too, and wants the same
// pack back.
func checkWritten(t *testing.T, pack *Pack) {
	t.Helper()
	files := fstest.MapFS{}
	for i := range pack.Statements {
		s := &pack.Statements[i]
		files[fmt.Sprintf("statements/%d/%s", i, s.FileName())] = &fstest.MapFile{Data: s.Markdown()}
	}
	if pack.Campaign.ID != "" {
		files["campaign.yaml"] = &fstest.MapFile{Data: pack.Campaign.yaml()}
	}
	files["glossary.yaml"] = &fstest.MapFile{Data: pack.Glossary.yaml()}
	p := &problems{}
	again := readFS(files, "again", p)
	ignoreOrigin := cmp.FilterPath(func(path cmp.Path) bool { return path.Last().String() == ".Origin" }, cmp.Ignore())
	sameZone := cmp.Comparer(func(a, b *time.Location) bool { return a == b || a != nil && b != nil && a.String() == b.String() })
	if diff := cmp.Diff(pack, again, ignoreOrigin, sameZone); diff != "" {
		t.Errorf("written and read again (-want +got):\n%s\nproblems: %v", diff, p.found)
	}
}

func TestMarkdownRoundTrip(t *testing.T) {
	checkWritten(t, mustLoad(t, wholePack()))
	awkward := []string{
		"- a dash", "a: b", "a #b", "#b", "'quoted'", `"double"`, "no", "2026", "2026-03-15", "0x1F", "1e3", "null", "~", "[list]",
		"{map}", "a, b", "* star", "&anchor", "!tag", "%percent", "@at", "`tick", "|", ">", "-", "?", ": x", "ends:", "87,15 %", "О’Нил",
		"=", "<<", ".5", "+7 701", "1_000", "true", "...", "---",
	}
	for _, value := range awkward {
		s := Statement{
			ID: "s1", Key: "s1", Language: language.Russian, Date: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC), DateExact: true,
			Speaker: value, Office: value, Kind: Official, Outlet: value, Title: value, URL: "https://x.kz/#a: 'b'"[:14],
			Aliases: []string{value, "x"}, Conflict: value,
			Text: value + "\n\n" + strings.Repeat("слово "+value+" ", 30) + "конец",
		}
		s.Text = paragraphs(s.Text)
		checkWritten(t, &Pack{Statements: []Statement{s}, Version: (&Pack{Statements: []Statement{s}}).fingerprint()})
	}
}

// TestMarkdown keeps the written form in testdata, as people will see it.
func TestMarkdown(t *testing.T) {
	pack := mustLoad(t, wholePack())
	golden(t, "testdata/statement.md", pack.Statements[0].Markdown())
	golden(t, "testdata/translation.md", pack.Statements[1].Markdown())
	golden(t, "testdata/campaign.yaml", pack.Campaign.yaml())
	golden(t, "testdata/glossary.yaml", pack.Glossary.yaml())
	var b strings.Builder
	if err := WriteStatement(&b, &pack.Statements[0]); err != nil || b.String() != string(pack.Statements[0].Markdown()) {
		t.Errorf("WriteStatement: %v, %q", err, b.String())
	}
}

var updatePack = flag.Bool("update-pack", false, "write the golden files of packs")

// golden compares got with a file, or writes the file with -update-pack.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	if *updatePack {
		if err := os.WriteFile(name, got, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

func TestParseMarkdownNames(t *testing.T) {
	tests := []struct {
		file, header          string
		id, key, lang, doubts string
	}{
		{"a/s1.md", "language: en", "s1", "s1", "en", ""},
		{"a/s1.kk.md", "", "s1-kk", "s1", "kk", ""},
		{"a/s1.kk.md", "id: s1-kk\nkey: s1\nlanguage: kk", "s1-kk", "s1", "kk", ""},
		{"a/s1.kk.md", "language: ru", "s1-kk", "s1", "ru", `f:2: the file's name says "kk", the language "ru"`},
		{"a/page.md", "id: s2\nlanguage: ru", "s2", "s2", "ru", `f:2: the file's name says "page", the id "s2"`},
	}
	for _, test := range tests {
		p := &problems{}
		d := parseMarkdown(test.file, []byte("---\r\n"+strings.ReplaceAll(test.header, "\n", "\r\n")+"\r\n---\r\ntext\r\n"), p)
		if d == nil || d.id != test.id || d.key != test.key || d.language != test.lang || d.text != "text" {
			t.Errorf("%s with %q: %+v, problems %v", test.file, test.header, d, p.found)
		}
		doubts := ""
		for _, problem := range p.found {
			doubts += strings.Replace(problem.Error(), test.file, "f", 1)
		}
		if doubts != test.doubts {
			t.Errorf("%s with %q: doubts %q, want %q", test.file, test.header, doubts, test.doubts)
		}
	}
}

func FuzzFrontMatter(f *testing.F) {
	f.Add([]byte(original), []byte(translation))
	f.Add([]byte("---\n---\n"), []byte("---\n{}\n---\n- a\n- b\n\nc"))
	f.Add([]byte("---\nid: &a [*a]\n---\n"), []byte("---\n? [a]\n: b\n---"))
	f.Add([]byte("---\ntitle: |\n  a\n  b\n---\ntext"), []byte("\ufeff---\r\nid: 'x'\r\n---\r\n"))
	f.Fuzz(func(t *testing.T, first, second []byte) {
		pack, err := LoadFS(fstest.MapFS{"s058.md": {Data: first}, "s058.kk.md": {Data: second}}, "f")
		if err == nil {
			checkWritten(t, pack)
		}
	})
}

func ExampleStatement_Markdown() {
	s := Statement{
		ID: "s400", Key: "s400", Language: language.English,
		Date: time.Date(2026, 2, 23, 0, 0, 0, 0, time.UTC), DateExact: true,
		Speaker: "Mikhail Bortnik", Office: "member of the Central Referendum Commission", Kind: Official,
		URL: "https://example.kz/ballot", Topics: []string{"ballot"},
		Text: "The ballot has one question.",
	}
	fmt.Print(string(s.Markdown()))
	// Output:
	// ---
	// id: s400
	// language: en
	// date: 2026-02-23
	// speaker: Mikhail Bortnik
	// office: member of the Central Referendum Commission
	// kind: official
	// url: https://example.kz/ballot
	// topics: [ballot]
	// ---
	//
	// The ballot has one question.
}
