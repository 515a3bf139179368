// Command fit writes the weights of the verdict between answer and abstention anew from labelled questions,
// and shows how they do on facts they were not fitted on:
//
//	go run ./cmd/refbot/fit -kb STATEMENTS -questions QUESTIONS -more knowledge/testdata/nearmiss.jsonl,knowledge/testdata/fresh.jsonl,knowledge/testdata/everyday.jsonl,knowledge/testdata/basic.jsonl -hold u,t,r,p -out knowledge/verdict.json
//
// -more adds files of questions over the starter pack, with its lists of questions and without, and over the statements of -kb where
// those answer them. -hold leaves those out that only measure. The first of the files named holds many that no statement answers though it speaks
// of their subject. Without -out it only shows them. With -cv it shows instead how whole answers do on facts the verdict was
// not fitted on; leave the other two out of that, whose many labels join most facts into one. The lists of cues and the numbers of ranking are not touched.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"

	"refbot/bot"
	"refbot/knowledge"
	"refbot/knowledge/evaluation"
	"refbot/knowledge/reform2026"
)

func main() {
	kb := flag.String("kb", "", "folder or statements.jsonl")
	questions := flag.String("questions", "", "labelled questions, one JSON object a line")
	more := flag.String("more", "", "files of further labelled questions, over the starter pack, with commas between them")
	out := flag.String("out", "", "where to write the weights")
	hold := flag.String("hold", "", "first letters of the ids of those that are not to be learnt from, with commas between them")
	cv := flag.Bool("cv", false, "show how whole answers do on facts not fitted on")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	sets, err := loadAll(*kb, *questions, *more, *hold)
	switch {
	case err != nil:
	case *cv:
		err = validate(ctx, os.Stdout, sets)
	default:
		err = run(ctx, os.Stdout, sets, *out)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "fit:", err)
		os.Exit(1)
	}
}

// loadAll reads a question set over its knowledge base; those of the list more over the starter pack, with what it lists beside
// its statements and without, as most packs are; and over the knowledge base where it answers them. Questions whose ids begin
// with one of the letters of hold are left out of more.
func loadAll(kb, questions, more, hold string) ([]evaluation.Set, error) {
	starter, err := packOf("")
	if err != nil {
		return nil, err
	}
	own, err := packOf(kb)
	if err != nil {
		return nil, err
	}
	set, err := evaluation.LoadQuestions(questions)
	if err != nil || more == "" {
		return []evaluation.Set{over(own, set)}, err
	}
	sets := []evaluation.Set{over(own, set)}
	bare := unlisted(starter)
	for path := range strings.SplitSeq(more, ",") {
		set, err := evaluation.LoadQuestions(path)
		if err != nil {
			return nil, err
		}
		set = slices.DeleteFunc(set, func(q evaluation.Question) bool {
			return hold != "" && slices.Contains(strings.Split(hold, ","), q.ID[:1])
		})
		sets = append(sets, over(starter, set), over(bare, set))
		if kb != "" {
			sets = append(sets, over(own, answered(own, set)))
		}
	}
	return sets, nil
}

// packOf reads a knowledge base with the starter pack's defaults. No path is the starter pack itself.
func packOf(kb string) (*knowledge.Pack, error) {
	starter, err := reform2026.Pack()
	if err != nil || kb == "" {
		return starter, err
	}
	own, err := knowledge.Load(kb)
	if err != nil {
		return nil, err
	}
	return own.WithDefaults(starter), nil
}

// over is questions with labels for all the language versions in a pack.
func over(pack *knowledge.Pack, questions []evaluation.Question) evaluation.Set {
	return evaluation.Set{Questions: evaluation.WithVersions(questions, pack), Build: builder(pack)}
}

// unlisted is a pack that lists no questions beside its statements.
func unlisted(pack *knowledge.Pack) *knowledge.Pack {
	bare := *pack
	bare.Statements = slices.Clone(pack.Statements)
	for i := range bare.Statements {
		bare.Statements[i].Aliases = nil
	}
	return &bare
}

// answered are the questions that a pack answers fully, and those nothing answers.
func answered(pack *knowledge.Pack, questions []evaluation.Question) []evaluation.Question {
	there := map[string]bool{}
	for i := range pack.Statements {
		there[pack.Statements[i].ID] = true
	}
	return slices.DeleteFunc(slices.Clone(questions), func(q evaluation.Question) bool {
		if q.Expected != knowledge.DecideAnswer {
			return false
		}
		for id, grade := range q.Relevant {
			if grade >= evaluation.Full && there[id] {
				return false
			}
		}
		return true
	})
}

func run(ctx context.Context, w io.Writer, sets []evaluation.Set, out string) error {
	examples, err := evaluation.Examples(ctx, sets...)
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

func validate(ctx context.Context, w io.Writer, sets []evaluation.Set) error {
	reports, err := evaluation.CrossValidateAnswers(ctx, respond, sets...)
	for _, report := range reports {
		err = errors.Join(err, report.Print(w))
	}
	return err
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
