package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"refbot/knowledge/benchmark/contender"
	"refbot/knowledge/evaluation"
	"refbot/knowledge/index"
	"refbot/knowledge/language"
)

// writeSet lays out a small set and returns the folder it stands in.
func writeSet(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"meta.json": `{"lang": "ru"}`,
		"corpus.jsonl": `{"_id":"p1","title":"","text":"Референдум состоится пятнадцатого марта."}
{"_id":"p2","title":"Бюджет","text":"Депутаты приняли бюджет на следующий год."}
{"_id":"p3","title":"","text":"Участки для голосования откроются в семь утра."}
{"_id":"p4","title":"","text":"Дороги области отремонтируют до осени."}
`,
		"queries.jsonl": `{"_id":"q1","text":"когда состоится референдум","answerable":true}
{"_id":"q2","text":"кто принял бюджет","answerable":true}
{"_id":"q3","text":"во сколько откроются участки","answerable":true}
`,
		"qrels.tsv": "query-id\tcorpus-id\tscore\nq1\tp1\t1\nq2\tp2\t1\nq3\tp3\t1\n",
	} {
		path := filepath.Join(dir, "tiny", name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestWholeRun(t *testing.T) {
	data, out := writeSet(t), &bytes.Buffer{}
	result := filepath.Join(t.TempDir(), "result.json")
	args := []string{"--data", data, "--set", "tiny", "--sizes", "20,40", "--typos", "--passes", "1", "--queries", "6", "--json", result}
	if err := run(args, out, io.Discard); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"nDCG@10", "one typo", "40 passages", "20 to 40 (2.0 times)", "allocations a question", contender.Product} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the tables lack %q:\n%s", want, out)
		}
	}
	text, err := os.ReadFile(result)
	if err != nil {
		t.Fatal(err)
	}
	var r Report
	if err := json.Unmarshal(text, &r); err != nil {
		t.Fatal(err)
	}
	if len(r.Quality) != 1 || len(r.Quality[0].Results) != len(contender.Retrieval()) || len(r.Speed) != 2 {
		t.Fatalf("report: %+v", r)
	}
	for _, e := range r.Quality[0].Results {
		if e.MRR < .6 || e.Typo == nil {
			t.Errorf("%s: MRR %v, typos %v", e.Engine, e.MRR, e.Typo)
		}
	}
	for _, e := range r.Speed[1].Results {
		if e.Bytes <= 0 || e.P50 <= 0 || e.P99 < e.P50 || e.Allocations <= 0 || e.Larger != 2 {
			t.Errorf("%s: %+v", e.Engine, e)
		}
	}
}

// The product has to be measured here as `refbot eval --beir` measures it.
func TestSameFiguresAsTheProductsOwnEvaluation(t *testing.T) {
	s, err := loadSet(filepath.Join(writeSet(t), "tiny"))
	if err != nil {
		t.Fatal(err)
	}
	s.Queries[0].Text, s.Queries[1].Text = "принял участки бюджет", "дороги осени" // not every answer first
	want := evaluation.RunBEIR(context.Background(), s.BEIR, index.Options{}, nil)
	b := &bench{settings: &settings{passes: 1}, progress: io.Discard}
	got, err := b.judge(s, &contender.Retrieval()[0], nil)
	if err != nil {
		t.Fatal(err)
	}
	if math.Abs(got.NDCG-want.NDCG) > 1e-9 || math.Abs(got.MRR-want.MRR) > 1e-9 || got.MRR == 1 {
		t.Errorf("nDCG %v, MRR %v; refbot eval says %v, %v", got.NDCG, got.MRR, want.NDCG, want.MRR)
	}
}

func TestAbstentionSet(t *testing.T) {
	no := false
	yes := true
	s := newSet(&evaluation.BEIR{
		Name:     "tiny",
		Passages: []evaluation.Passage{{ID: "p1", Text: "Референдум состоится пятнадцатого марта."}, {ID: "p2", Text: "Участки открыты утром."}},
		Queries: []evaluation.Query{
			{ID: "q1", Text: "когда состоится референдум", Answerable: &yes},
			{ID: "q2", Text: "сколько жирафов живёт утром", Answerable: &no},
		},
		Relevant: map[string]map[string]int{"q1": {"p1": 1}},
	}, "kk->ru")
	if !s.abstention || s.code != language.Russian {
		t.Fatalf("abstention %v, language %q", s.abstention, s.code)
	}
	b := &bench{settings: &settings{passes: 1}, progress: io.Discard}
	reports, err := b.quality([]*set{s})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range reports[0].Results {
		if r.AUC != 1 {
			t.Errorf("%s: AUC %v", r.Engine, r.AUC)
		}
	}
}

func TestProfilesAreWritten(t *testing.T) {
	dir := t.TempDir()
	args := []string{"--data", writeSet(t), "--set", "tiny", "--sizes", "10", "--only", "speed", "--passes", "1", "--queries", "3", "--profile", dir}
	if err := run(args, io.Discard, io.Discard); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"index-build", "index-search", "index-held", "index-alloc", "answer-search"} {
		if info, err := os.Stat(filepath.Join(dir, name+"-10.pprof")); err != nil || info.Size() == 0 {
			t.Errorf("%s: %v, %v", name, info, err)
		}
	}
}

func TestWrongCommandLines(t *testing.T) {
	data := writeSet(t)
	for _, args := range [][]string{
		{},
		{"--data", data, "--set", "missing"},
		{"--data", data, "--sizes", "300,200"},
		{"--data", data, "--sizes", "many"},
		{"--data", data, "--only", "neither"},
		{"--data", data, "--passes", "0"},
		{"--data", data, "stray"},
	} {
		if err := run(args, io.Discard, io.Discard); err == nil {
			t.Errorf("%v: no error", args)
		}
	}
}

func TestDrawTakesFromEverySource(t *testing.T) {
	sources := [][]string{{"a1", "a2", "a3"}, {"b1"}, {"c1", "c2", "c3"}}
	got := draw(sources, 6, 1)
	count := map[byte]int{}
	for _, q := range got {
		count[q[0]]++
	}
	if len(got) != 6 || count['b'] != 1 || count['a'] < 2 || count['c'] < 2 {
		t.Errorf("draw = %v", got)
	}
	if all := draw(sources, 100, 1); len(all) != 7 {
		t.Errorf("draw of more than there are = %v", all)
	}
}

func TestTableMarksTheBest(t *testing.T) {
	values := [][]float64{{.9004, 2}, {.9001, 4}, {.5, 3}}
	out := &bytes.Buffer{}
	table := &table{
		title: "figure", format: "%.3f", best: most, columns: []string{"one", "two"}, rows: []string{"we", "you", "they"}, lead: true,
		value: func(r, c int) float64 { return values[r][c] },
	}
	if err := table.write(out); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"0.900*   2.000 ", "0.900*   4.000*", "+0.0   -200.0"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	out.Reset()
	table.best = least
	if err := table.write(out); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"0.500*", "2.000*", "×0.56", "×1.50"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
}
