// Command fit writes the weights of the verdict between answer and abstention anew from labelled questions,
// and shows how they do on facts they were not fitted on:
//
//	go run ./cmd/refbot/fit -kb STATEMENTS -questions QUESTIONS -out knowledge/verdict.json
//
// Without -out it only shows them. With -cv it shows instead how whole answers do on facts the verdict was
// not fitted on. The lists of cues and the numbers of ranking are not touched.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"

	"refbot/bot"
	"refbot/knowledge"
	"refbot/knowledge/evaluation"
	"refbot/knowledge/reform2026"
)

func main() {
	kb := flag.String("kb", "", "folder or statements.jsonl")
	questions := flag.String("questions", "", "labelled questions, one JSON object a line")
	out := flag.String("out", "", "where to write the weights")
	cv := flag.Bool("cv", false, "show how whole answers do on facts not fitted on")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	work := func() error { return run(ctx, os.Stdout, *kb, *questions, *out) }
	if *cv {
		work = func() error { return validate(ctx, os.Stdout, *kb, *questions) }
	}
	if err := work(); err != nil {
		fmt.Fprintln(os.Stderr, "fit:", err)
		os.Exit(1)
	}
}

// load reads a knowledge base with the starter pack's defaults, and questions with labels for all the
// language versions in it. No path is the starter pack itself.
func load(kb, questions string) (*knowledge.Pack, []evaluation.Question, error) {
	pack, err := reform2026.Pack()
	if err != nil {
		return nil, nil, err
	}
	if kb != "" {
		own, err := knowledge.Load(kb)
		if err != nil {
			return nil, nil, err
		}
		pack = own.WithDefaults(pack)
	}
	set, err := evaluation.LoadQuestions(questions)
	return pack, evaluation.WithVersions(set, pack), err
}

func run(ctx context.Context, w io.Writer, kb, questions, out string) error {
	pack, set, err := load(kb, questions)
	if err != nil {
		return err
	}
	examples, err := evaluation.Examples(ctx, set, builder(pack))
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
	return errors.Join(weights.Write(file), file.Close())
}

func validate(ctx context.Context, w io.Writer, kb, questions string) error {
	pack, set, err := load(kb, questions)
	if err != nil {
		return err
	}
	report, err := evaluation.CrossValidateAnswers(ctx, set, builder(pack), respond)
	if err != nil {
		return err
	}
	return report.Print(w)
}

// respond answers as the bot does. The hits it returns are those the reply has room to cite.
func respond(engine *knowledge.Engine) evaluation.Responder {
	return func(q knowledge.Question) (knowledge.Answer, string) {
		answer := engine.Ask(q)
		reply := bot.Compose(engine, answer)
		answer.Hits = reply.Statements
		return answer, bot.PlainText(reply)
	}
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
