package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"refbot/knowledge"
)

// maxExplained is how many candidates an explanation shows.
const maxExplained = 5

// writeTrace prints every step that led to a verdict, for the person who wonders about it.
func writeTrace(w io.Writer, t *knowledge.Trace) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	p := func(format string, args ...any) { _, _ = fmt.Fprintf(table, format+"\n", args...) }
	p("\nlanguage\t%s, written as %v, confidence %.2f", t.Identified.Code, t.Identified.Class, t.Identified.Confidence)
	for _, r := range t.Repairs {
		p("%s\t%s → %s", r.Kind, r.From, r.To)
	}
	if len(t.Words) > 0 {
		p("\nword\tweight\tfound by")
	}
	for _, word := range t.Words {
		p("%s\t%.2f\t%s", word.Word, word.Weight, ways(word.Ways))
	}
	if len(t.Candidates) > 0 {
		p("\nstatement\tscore\tmade of")
	}
	for _, c := range t.Candidates[:min(len(t.Candidates), maxExplained)] {
		p("%s\t%.3f\t%s", c.ID, c.Score, parts(c.Parts))
	}
	if len(t.Evidence) > 0 {
		p("\nevidence\tvalue\tcounted")
	}
	for _, v := range t.Evidence {
		p("%s\t%.3f\t%+.2f", v.Name, v.Value, v.Weight)
	}
	p("")
	for _, step := range t.Steps {
		p("%s", step)
	}
	return table.Flush()
}

func ways(list []knowledge.TraceWay) string {
	shown := make([]string, len(list))
	for i, way := range list {
		shown[i] = fmt.Sprintf("%s (%s)", way.Term, way.Via)
	}
	return strings.Join(shown, ", ")
}

func parts(list []knowledge.TraceValue) string {
	shown := make([]string, len(list))
	for i, v := range list {
		shown[i] = fmt.Sprintf("%s %.3f", v.Name, v.Value)
	}
	return strings.Join(shown, ", ")
}
