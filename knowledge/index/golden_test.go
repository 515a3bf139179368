package index

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the goldens anew")

// library returns the documents of testdata/corpus.txt: a title and a text a line.
func library(t testing.TB) []Document {
	t.Helper()
	var docs []Document
	for _, line := range lines(t, "corpus.txt") {
		title, text, _ := strings.Cut(line, "\t")
		docs = append(docs, Document{Parts: []Part{{Field: Title, Text: title}, {Field: Text, Text: text}}})
	}
	return docs
}

func lines(t testing.TB, name string) []string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSpace(string(data)), "\n")
}

// TestRankings compares what questions in every language and spelling find with testdata/ranked.golden:
// document, score, and the share of the question the first one covers.
func TestRankings(t *testing.T) {
	x := Build(library(t), Options{Thesaurus: pairs{"turnout": "turnout", "явка": "turnout", "катысу": "turnout", "deputies": "deputy", "депутат": "deputy"}})
	var got bytes.Buffer
	for _, question := range lines(t, "questions.txt") {
		q := x.Parse(question)
		fmt.Fprintf(&got, "%s\n", question)
		for i, m := range x.Search(q, 5) {
			fmt.Fprintf(&got, "\t%d %.3f", m.Doc, m.Score)
			if i == 0 {
				fmt.Fprintf(&got, " covers %.3f", x.Evidence(q, m.Doc).Share)
			}
		}
		fmt.Fprintln(&got)
	}
	golden := filepath.Join("testdata", "ranked.golden")
	if *update {
		if err := os.WriteFile(golden, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	was, is := strings.Split(string(want), "\n"), strings.Split(got.String(), "\n")
	for i := range was {
		if i >= len(is) || was[i] != is[i] {
			t.Fatalf("line %d of %s:\nwas %s\nnow %s", i+1, golden, was[i], strings.Join(is[min(i, len(is)):min(i+1, len(is))], ""))
		}
	}
}
