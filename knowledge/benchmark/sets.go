package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"refbot/knowledge/benchmark/contender"
	"refbot/knowledge/evaluation"
	"refbot/knowledge/language"
)

// set is a test collection in the form contenders take.
type set struct {
	*evaluation.BEIR
	code     language.Code // of the passages
	passages []contender.Passage
	// abstention tells that some questions have no answer left: the set measures whether the best score
	// tells them apart, not the ranking.
	abstention bool
}

// loadSets reads the named folders under dir, and reports all that cannot be read.
func loadSets(dir string, names []string) ([]*set, error) {
	var sets []*set
	var wrong []error
	for _, name := range names {
		s, err := loadSet(filepath.Join(dir, name))
		if err != nil {
			wrong = append(wrong, err)
			continue
		}
		sets = append(sets, s)
	}
	return sets, errors.Join(wrong...)
}

func loadSet(dir string) (*set, error) {
	beir, err := evaluation.LoadBEIR(dir)
	if err != nil {
		return nil, err
	}
	data, err := os.ReadFile(filepath.Join(dir, "meta.json"))
	if err != nil {
		return nil, fmt.Errorf("load collection: %w", err)
	}
	var meta struct{ Lang string }
	if err := json.Unmarshal(data, &meta); err != nil {
		return nil, fmt.Errorf("load collection: meta.json of %s: %w", dir, err)
	}
	s := newSet(beir, meta.Lang)
	if !s.code.Valid() {
		return nil, fmt.Errorf("load collection: meta.json of %s: unknown language %q", dir, meta.Lang)
	}
	return s, nil
}

// newSet takes a language as meta.json writes it: "ru", or "kk->ru" where questions and passages differ.
func newSet(beir *evaluation.BEIR, lang string) *set {
	s := &set{BEIR: beir, code: language.Code(lang[strings.LastIndex(lang, ">")+1:])}
	s.passages = make([]contender.Passage, len(beir.Passages))
	for i, p := range beir.Passages {
		s.passages[i] = contender.Passage{Title: p.Title, Text: p.Text, Language: s.code}
	}
	for i := range beir.Queries {
		if answerable := beir.Queries[i].Answerable; answerable != nil && !*answerable {
			s.abstention = true
		}
	}
	return s
}

// questions returns the texts of the questions in order.
func (s *set) questions() []string {
	list := make([]string, len(s.Queries))
	for i := range s.Queries {
		list[i] = s.Queries[i].Text
	}
	return list
}
