// Fit writes the weights of the verdict between answer and abstention anew from labelled questions,
// and shows how they do on facts they were not fitted on:
//
//	go run ./knowledge/evaluation/fit -kb STATEMENTS -questions QUESTIONS -out knowledge/verdict.json
//
// Without -out it only shows them. The lists of cues and the numbers of ranking are not touched.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"

	"refbot/knowledge"
	"refbot/knowledge/evaluation"
	"refbot/knowledge/reform2026"
)

func main() {
	kb := flag.String("kb", "", "folder or statements.jsonl")
	questions := flag.String("questions", "", "labelled questions, one JSON object a line")
	out := flag.String("out", "", "where to write the weights")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Stdout, *kb, *questions, *out); err != nil {
		fmt.Fprintln(os.Stderr, "fit:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, w io.Writer, kb, questions, out string) error {
	defaults, err := reform2026.Pack()
	if err != nil {
		return err
	}
	pack, err := knowledge.Load(kb)
	if err != nil {
		return err
	}
	set, err := evaluation.LoadQuestions(questions)
	if err != nil {
		return err
	}
	examples, err := evaluation.Examples(ctx, set, builder(pack.WithDefaults(defaults)))
	if err != nil {
		return err
	}
	v := evaluation.CrossValidate(examples)
	fmt.Fprintf(w, "%d examples; on facts not fitted on: answers %.3f, abstentions %.3f, held out %.3f, AUC %.3f\n",
		len(examples), v.Answers, v.Abstentions, v.HeldOut, v.AUC)
	weights := evaluation.FitWeights(examples)
	if out == "" {
		return weights.Write(w)
	}
	file, err := os.Create(out)
	if err != nil {
		return err
	}
	if err := weights.Write(file); err != nil {
		file.Close()
		return err
	}
	return file.Close()
}

// builder builds engines over the pack without some of its statements.
func builder(pack *knowledge.Pack) evaluation.Builder {
	return func(without map[string]bool) (*knowledge.Engine, error) {
		rest := *pack
		rest.Statements = nil
		for i := range pack.Statements {
			if !without[pack.Statements[i].ID] {
				rest.Statements = append(rest.Statements, pack.Statements[i])
			}
		}
		return knowledge.Build(&rest)
	}
}
