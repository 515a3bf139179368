package llm

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"refbot/bot"
	"refbot/bot/gate"
	"refbot/knowledge/language"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestPrompts compares whole conversations with testdata/<language>.golden: a text to be read.
func TestPrompts(t *testing.T) {
	for _, code := range language.Codes() {
		b := brief()
		b.Language = code
		b.Faults = []gate.Judged{
			{Sentence: gate.Sentence{Text: "Референдум 16 марта.", Statements: []int{1}}, Findings: []gate.Finding{{Reason: gate.Date, Detail: "16 марта"}}},
			{Sentence: gate.Sentence{Text: "В Конституции 96 статей.", Statements: []int{2}}, Findings: []gate.Finding{{Reason: gate.DraftAsLaw}, {Reason: "new"}}},
		}
		var text strings.Builder
		for _, m := range conversation(b) {
			text.WriteString("== " + m.Role + "\n" + m.Content + "\n")
		}
		text.WriteString("== a translation\n")
		for _, m := range translation(bot.Brief{Language: code, Sources: b.Sources[1:]}) {
			text.WriteString("== " + m.Role + "\n" + m.Content + "\n")
		}
		path := filepath.Join("testdata", string(code)+".golden")
		if *update {
			if err := os.WriteFile(path, []byte(text.String()), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if text.String() != string(want) {
			t.Errorf("the prompts differ from %s; raise their version, read the difference, run with -update", path)
		}
	}
}

func TestPromptVersion(t *testing.T) {
	if PromptVersion() != "answer-1+repair-1" {
		t.Errorf("%s: the goldens were made for another version", PromptVersion())
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{good, "```json\n" + good + "\n```", `{"sentences":[]}`, `{"sentences":null}`, `{"sentences":[{"text":1}]}`, "[]", "\xff", good + good} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		sentences, err := parse(raw)
		if err == nil && (sentences == nil || len(sentences) > maxSentences) {
			t.Fatalf("%d sentences of %q", len(sentences), raw)
		}
	})
}
