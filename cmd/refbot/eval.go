package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"refbot/knowledge/evaluation"
)

// evalOptions are the flags of eval.
type evalOptions struct {
	kb, questions, beir string
	out, against        string
	json                bool
	llm, embeddings     bool
	clusters            bool
	price               string
}

func evalCommand(ctx context.Context, w *World, args []string) error {
	f := newFlags(w, "eval")
	var o evalOptions
	f.StringVar(&o.kb, "kb", "", "")
	f.StringVar(&o.questions, "questions", "", "")
	f.StringVar(&o.beir, "beir", "", "")
	f.StringVar(&o.out, "out", "", "")
	f.StringVar(&o.against, "against", "", "")
	f.BoolVar(&o.json, "json", false, "")
	f.BoolVar(&o.llm, "llm", false, "")
	f.BoolVar(&o.embeddings, "embeddings", false, "")
	f.BoolVar(&o.clusters, "clusters", false, "")
	f.StringVar(&o.price, "price", "", "")
	if err := f.none(f.parse(args)); err != nil {
		return helped(err)
	}
	if err := o.check(); err != nil {
		return err
	}
	if o.beir != "" {
		return evalBEIR(ctx, w, o)
	}
	if o.clusters {
		return evalClusters(w, o)
	}
	return evalQuestions(ctx, w, o)
}

// evalClusters groups the questions as the bot groups those it cannot answer.
func evalClusters(w *World, o evalOptions) error {
	engine, err := buildEngine(w, o.kb)
	if err != nil {
		return err
	}
	questions, err := evaluation.LoadQuestions(o.questions)
	if err != nil {
		return err
	}
	report := evaluation.RunClusters(engine, evaluation.WithVersions(questions, engine.Pack()))
	if o.json {
		return writeJSON(w.Stdout, report)
	}
	return report.Print(w.Stdout)
}

// check refuses combinations that mean nothing and files that do not exist, before any work begins.
func (o evalOptions) check() error {
	switch {
	case (o.questions == "") == (o.beir == ""):
		return usagef("what shall be measured? Give either --questions FILE or --beir DIR; see `refbot eval --help`")
	case o.beir != "" && (o.llm || o.embeddings):
		return usagef("--beir measures retrieval by words, which no LLM takes part in; leave out --llm and --embeddings")
	case o.clusters && (o.beir != "" || o.llm || o.embeddings || o.out != "" || o.against != ""):
		return usagef("--clusters groups the questions of --questions; leave out --beir, --llm, --embeddings, --out and --against")
	case o.price != "" && !o.llm:
		return usagef("--price goes with --llm")
	case o.beir != "" && (o.kb != "" || o.against != ""):
		return usagef("--beir brings its own corpus; leave out --kb and --against")
	}
	for name, path := range map[string]string{"questions": o.questions, "beir": o.beir, "against": o.against} {
		if path == "" {
			continue
		}
		if _, err := os.Stat(path); err != nil {
			return usagef("--%s: there is no %s", name, path)
		}
	}
	return nil
}

func evalQuestions(ctx context.Context, w *World, o evalOptions) error {
	engine, err := buildEngine(w, o.kb)
	if err != nil {
		return err
	}
	questions, err := evaluation.LoadQuestions(o.questions)
	if err != nil {
		return err
	}
	earlier, err := readRun(o.against)
	if err != nil {
		return err
	}
	phrased, err := newPhrasedRun(ctx, w, o, engine)
	if err != nil {
		return err
	}
	meter := newMeter(w, "questions")
	report := evaluation.Run(ctx, evaluation.WithVersions(questions, engine.Pack()), phrased.respond, meter.show)
	meter.done()
	if ctx.Err() != nil {
		return errors.New("eval: stopped before the end; nothing was written")
	}
	if err := writeRun(o.out, report); err != nil {
		return err
	}
	if err := printReport(w, o, report, phrased); err != nil || earlier == nil {
		return err
	}
	return printComparison(w, o, report, earlier)
}

func printReport(w *World, o evalOptions, r *evaluation.Report, p *phrasedRun) error {
	switch {
	case o.json && o.llm:
		return writeJSON(w.Stdout, struct {
			*evaluation.Report
			LLM phrasedReport `json:"llm"`
		}{r, p.report()})
	case o.json:
		return writeJSON(w.Stdout, r)
	}
	if err := r.Print(w.Stdout); err != nil || !o.llm {
		return err
	}
	return p.report().print(w.Stdout)
}

// printComparison keeps standard output one JSON object where that was asked for.
func printComparison(w *World, o evalOptions, r *evaluation.Report, earlier []evaluation.Line) error {
	comparison := r.Compare(earlier)
	if o.json {
		return comparison.Print(w.Stderr)
	}
	if _, err := fmt.Fprintf(w.Stdout, "\nagainst %s: ", o.against); err != nil {
		return err
	}
	return comparison.Print(w.Stdout)
}

// readRun reads an earlier run; none for an empty path.
func readRun(path string) ([]evaluation.Line, error) {
	if path == "" {
		return nil, nil
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	lines, err := evaluation.ReadRun(file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return lines, nil
}

// runWriter is a report that can be kept as a run.
type runWriter interface{ WriteRun(w io.Writer) error }

// writeRun keeps a run; an empty path keeps none.
func writeRun(path string, r runWriter) error {
	if path == "" {
		return nil
	}
	file, err := os.Create(path)
	if err != nil {
		return fmt.Errorf("--out cannot be written: %w", err)
	}
	return errors.Join(r.WriteRun(file), file.Close())
}
