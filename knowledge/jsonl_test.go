package knowledge

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
)

const recordLine = `{"id":"s1","lang":"ru","date":"2026-03-17","date_exact":false,"speaker":"","office":"ЦИК","kind":"official","outlet":"X","title":"T","url":"https://x.kz/1","topics":["results"],"text":"Явка 73,12 %.","verbatim":false,"superseded_by":["s9"],"conflict":null,"more":[1]}`

// writeJSONL saves lines as a statements.jsonl.
func writeJSONL(t *testing.T, lines ...string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "statements.jsonl")
	if err := os.WriteFile(name, []byte(strings.Join(lines, "\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestLoadJSONL(t *testing.T) {
	second := strings.NewReplacer(`"s1"`, `"s2"`, `"s9"`, `"s1"`).Replace(recordLine)
	name := writeJSONL(t, "\ufeff"+second, "", recordLine, "")
	pack, err := Load(name)
	if err != nil {
		t.Fatal(err)
	}
	if len(pack.Statements) != 2 || pack.Origin != name {
		t.Fatalf("%d statements from %s", len(pack.Statements), pack.Origin)
	}
	first, last := pack.Statements[0], pack.Statements[1]
	if first.ID != "s1" || first.Key != "s1" || first.DateExact || first.Verbatim || first.Origin != name+":3" {
		t.Errorf("first: %+v", first)
	}
	if len(first.SupersededBy) != 0 || len(last.SupersededBy) != 1 {
		t.Errorf("superseded by %q and %q", first.SupersededBy, last.SupersededBy)
	}
	warnings := Check(name)
	if got := warnings.Warnings(); len(got) != 1 || got[0].Line != 3 || !strings.Contains(got[0].Message, `"s9"`) {
		t.Errorf("warnings: %v", got)
	}
}

func TestLoadJSONLInFolder(t *testing.T) {
	fsys := fstest.MapFS{"statements.jsonl": {Data: []byte(recordLine)}}
	pack, err := LoadFS(fsys, "pack")
	if err != nil || len(pack.Statements) != 1 || pack.Statements[0].Origin != "pack/statements.jsonl:1" {
		t.Errorf("%v, %+v", err, pack)
	}
}

func TestLoadJSONLErrors(t *testing.T) {
	tests := []struct{ name, line, want string }{
		{"no JSON", `{"id":`, ":2: broken JSON: unexpected end of JSON input"},
		{"wrong type", strings.Replace(recordLine, `["results"]`, `"results"`, 1), ":2: broken JSON"},
		{"not UTF-8", strings.Replace(recordLine, "ЦИК", "\xff", 1), ":2: not UTF-8 text"},
		{"no url", strings.Replace(recordLine, "https://x.kz/1", "", 1), ":2: url is missing"},
		{"bad kind", strings.Replace(recordLine, "official", "gossip", 1), `:2: kind "gossip"`},
		{"long line", `{"id":"` + strings.Repeat("x", MaxJSONLLine) + `"}`, ":2: line longer than 1048576 bytes"},
		{"duplicate", recordLine + "\n" + recordLine, `:3: id "s1" is taken by`},
		{"nothing", "", "no statements found"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := Load(writeJSONL(t, "", test.line))
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want %q", err, test.want)
			}
		})
	}
}

func TestLoadJSONLTooMany(t *testing.T) {
	p := &problems{}
	many := strings.NewReader(strings.Repeat("{}\n", MaxStatements+1))
	if drafts := parseJSONL("f", many, p); drafts != nil || len(p.found) != 1 || p.found[0].Line != MaxStatements+1 {
		t.Errorf("%d drafts, problems %v", len(drafts), p.found)
	}
}

func FuzzJSONL(f *testing.F) {
	f.Add([]byte(recordLine))
	f.Add([]byte(recordLine + "\n" + strings.Replace(recordLine, `"s1"`, `"s1-kk","key":"s1","translated_by":"x"`, 1)))
	f.Add([]byte(`{"id":"a","superseded_by":["a"]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		pack, err := LoadFS(fstest.MapFS{"statements.jsonl": {Data: data}}, "f")
		if err == nil {
			checkWritten(t, pack)
		}
	})
}
