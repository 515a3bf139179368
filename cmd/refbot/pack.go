package main

import (
	"fmt"
	"os"

	"refbot/config"
	"refbot/knowledge"
	"refbot/knowledge/reform2026"
)

// packPath says which knowledge base a command means: the one its --kb names, else KNOWLEDGE_DIR,
// else "" for the embedded starter pack.
func packPath(w *World, flag string) (string, error) {
	if flag == "" {
		settings, err := config.LoadKnowledge(w.Getenv)
		return settings.Dir, err
	}
	if _, err := os.Stat(flag); err != nil {
		return "", usagef("there is no knowledge base at %s; give a folder of Markdown statements or a statements.jsonl", flag)
	}
	return flag, nil
}

// openPack loads the knowledge base at path, "" for the embedded one. A pack without a campaign or
// glossary of its own borrows the embedded ones.
func openPack(path string) (*knowledge.Pack, error) {
	embedded, err := reform2026.Pack()
	if err != nil || path == "" {
		return embedded, err
	}
	pack, err := knowledge.Load(path)
	if err != nil {
		return nil, fmt.Errorf("%s; `refbot kb check %s` tells everything that is wrong", oneLine(err.Error()), path)
	}
	return pack.WithDefaults(embedded), nil
}

// buildEngine opens the knowledge base a command means and indexes it.
func buildEngine(w *World, flag string) (*knowledge.Engine, error) {
	path, err := packPath(w, flag)
	if err != nil {
		return nil, err
	}
	pack, err := openPack(path)
	if err != nil {
		return nil, err
	}
	return knowledge.Build(pack)
}
