package main

import (
	"context"
	"errors"

	"refbot/knowledge/evaluation"
	"refbot/knowledge/index"
)

// evalBEIR measures the product's index on a test collection.
func evalBEIR(ctx context.Context, w *World, o evalOptions) error {
	collection, err := evaluation.LoadBEIR(o.beir)
	if err != nil {
		return err
	}
	meter := newMeter(w, "queries")
	report := evaluation.RunBEIR(ctx, collection, index.Options{}, meter.show)
	meter.done()
	if ctx.Err() != nil {
		return errors.New("eval: stopped before the end; nothing was written")
	}
	if err := writeRun(o.out, report); err != nil {
		return err
	}
	if o.json {
		return writeJSON(w.Stdout, report)
	}
	return report.Print(w.Stdout)
}
