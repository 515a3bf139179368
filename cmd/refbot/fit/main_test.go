package main

import (
	"context"
	"os"
	"path/filepath"
	"slices"
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

// TestQuestionsThatOnlyMeasureAreLeftOut wants further questions over the starter pack twice, with its lists and without, and over
// the knowledge base where that answers them, but none whose id begins with a letter held back.
func TestQuestionsThatOnlyMeasureAreLeftOut(t *testing.T) {
	dir := t.TempDir()
	kb, questions, more := filepath.Join(dir, "statements.jsonl"), filepath.Join(dir, "questions.jsonl"), filepath.Join(dir, "more.jsonl")
	write(t, kb, `{"id":"s403","lang":"ru","date":"2026-02-11","date_exact":true,"office":"комиссия","kind":"official","outlet":"x","title":"Дата","url":"https://example.org/a","topics":["date"],"text":"Референдум пройдёт 15 марта."}`+"\n")
	write(t, questions, `{"id":"q1","lang":"ru","type":"answerable","style":"plain","turns":["когда референдум"],"relevant":{"s403":2},"expected":"answer"}`+"\n")
	write(t, more, `{"id":"x1","lang":"ru","type":"answerable","style":"plain","turns":["какого числа"],"relevant":{"s403":2},"expected":"answer"}`+"\n"+
		`{"id":"x2","lang":"ru","type":"answerable","style":"plain","turns":["кто может голосовать"],"relevant":{"s404":2},"expected":"answer"}`+"\n"+
		`{"id":"u1","lang":"ru","type":"answerable","style":"plain","turns":["когда голосуем"],"relevant":{"s403":2},"expected":"answer"}`+"\n")
	sets, err := loadAll(kb, questions, more, "u,t")
	if err != nil {
		t.Fatal(err)
	}
	var counts []int
	for _, set := range sets {
		counts = append(counts, len(set.Questions))
	}
	if want := []int{1, 2, 2, 1}; !slices.Equal(counts, want) {
		t.Errorf("questions by set: %v, want %v", counts, want)
	}
	if _, err := loadAll(kb, questions, filepath.Join(dir, "absent.jsonl"), ""); err == nil {
		t.Error("a file that is not there is no error")
	}
}
