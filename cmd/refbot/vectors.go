package main

import (
	"context"
	"os"
	"path/filepath"

	"refbot/bot"
	"refbot/bot/vectors"
	"refbot/config"
	"refbot/knowledge"
)

// vectorsFile is the cache of vectors in the folder it lies in.
const vectorsFile = ".vectors.bin"

// newVectors makes the ranked list by embeddings; nil where the settings name no model for them.
func newVectors(l config.LLM, kb, dataDir string) (*vectors.Index, error) {
	if l.Embedding == "" || !l.Enabled() {
		return nil, nil
	}
	cache, err := vectors.OpenCache(filepath.Join(vectorsFolder(kb, dataDir), vectorsFile))
	if err != nil {
		return nil, err
	}
	return &vectors.Index{Embedder: newWriter(l), Cache: cache, Breaker: &bot.Breaker{}}, nil
}

// vectorsFolder is where the statements lie, or the data folder where those are built in or may not be written beside.
func vectorsFolder(kb, dataDir string) string {
	if kb == "" {
		return dataDir
	}
	if info, err := os.Stat(kb); err == nil && !info.IsDir() {
		kb = filepath.Dir(kb)
	}
	if writable(kb) == nil {
		return kb
	}
	return dataDir
}

// startVectors has the vectors made while the bot serves.
func (p *Program) startVectors(context.Context) (func(), error) {
	index, err := newVectors(p.Config.LLM, p.Config.Knowledge.Dir, p.Config.Store.DataDir)
	if index == nil {
		return nil, err
	}
	index.Progress = func(done, total int) { p.Log.Info("embedding statements", "done", done, "of", total) }
	index.Trouble = func(err error) {
		p.Log.Warn("statements are ranked by their words alone: embedding fails", "error", err)
	}
	p.near = index
	return background(func(ctx context.Context) { index.Run(ctx, p.live) }), nil
}

// nearOf makes the vectors of an engine for a command, with a meter, and waits for them; nil without a model.
func nearOf(ctx context.Context, w *World, l config.LLM, kb string, engine *knowledge.Engine) (knowledge.Neighbours, error) {
	dir, err := config.LoadDataDir(w.Getenv)
	if err != nil {
		return nil, err
	}
	index, err := newVectors(l, kb, dir)
	if index == nil {
		return nil, err
	}
	meter := newMeter(w, "statements embedded")
	defer meter.done()
	index.Progress = meter.show
	if err := index.Build(ctx, engine); err != nil {
		return nil, err
	}
	return index, nil
}
