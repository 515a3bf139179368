package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestRunWritesWeights(t *testing.T) {
	dir := t.TempDir()
	kb, questions, out := filepath.Join(dir, "statements.jsonl"), filepath.Join(dir, "questions.jsonl"), filepath.Join(dir, "w.json")
	write(t, kb, `{"id":"a","lang":"ru","date":"2026-03-17","date_exact":true,"office":"комиссия","kind":"official","outlet":"x","title":"Итоги","url":"https://example.org/a","topics":["results"],"text":"Явка составила 73 процента."}`+"\n"+
		`{"id":"b","lang":"ru","date":"2026-03-01","date_exact":true,"office":"комиссия","kind":"official","outlet":"x","title":"Участки","url":"https://example.org/b","topics":["stations"],"text":"Участки открыты с семи утра."}`+"\n")
	write(t, questions, `{"id":"q1","lang":"ru","type":"answerable","style":"plain","turns":["какая явка"],"relevant":{"a":2},"expected":"answer"}`+"\n"+
		`{"id":"q2","lang":"ru","type":"answerable","style":"plain","turns":["когда открыты участки"],"relevant":{"b":2},"expected":"answer"}`+"\n"+
		`{"id":"q3","lang":"ru","type":"unanswerable","style":"plain","turns":["какого цвета бюллетень"],"relevant":{},"expected":"abstain"}`+"\n")
	var b strings.Builder
	sets, err := loadAll(kb, questions, "", "")
	if err != nil {
		t.Fatal(err)
	}
	if err := run(context.Background(), &b, sets, out); err != nil {
		t.Fatal(err)
	}
	weights, err := os.ReadFile(out)
	if err != nil || !strings.Contains(string(weights), `"share"`) {
		t.Errorf("%v\n%s", err, weights)
	}
	if !strings.HasPrefix(b.String(), "5 examples") {
		t.Errorf("reports %q; two questions are asked twice, one once", b.String())
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
