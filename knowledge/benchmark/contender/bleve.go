package contender

import (
	"context"
	"fmt"
	"math"
	"strconv"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/standard"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/analysis/lang/ru"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/search/query"
	scoring "github.com/blevesearch/bleve_index_api"

	"refbot/knowledge/language"
)

// field is a field of bleve's index: how it is read when indexed and when asked, and how much a match
// in it counts.
type field struct {
	name, index, query string
	boost              float64
	text               func(*Passage) string
}

// bleveIndex is scorch in memory with BM25 scoring. All passages go in as one batch, which gives one
// segment: a scorch in memory never merges segments, and more of them only slow it down.
type bleveIndex struct {
	index  bleve.Index
	fields []field
}

// buildBleve sets bleve up as its documentation does: one field, the analyzer of the language, the
// standard one where bleve has none.
func buildBleve(passages []Passage, code language.Code) (Engine, error) {
	name := standard.Name
	switch code {
	case language.Russian:
		name = ru.AnalyzerName
	case language.English:
		name = en.AnalyzerName
	}
	return openBleve(passages, []field{{"text", name, name, 1, (*Passage).Whole}})
}

func openBleve(passages []Passage, fields []field) (Engine, error) {
	x, err := bleve.NewUsing("", mappingOf(fields), scorch.Name, scorch.Name, nil)
	if err != nil {
		return nil, fmt.Errorf("build bleve: %w", err)
	}
	batch := x.NewBatch()
	for i := range passages {
		doc := make(map[string]any, len(fields))
		for _, f := range fields {
			doc[f.name] = f.text(&passages[i])
		}
		if err := batch.Index(strconv.Itoa(i), doc); err != nil {
			return nil, fmt.Errorf("build bleve: %w", err)
		}
	}
	if err := x.Batch(batch); err != nil {
		return nil, fmt.Errorf("build bleve: %w", err)
	}
	return &bleveIndex{x, fields}, nil
}

// mappingOf indexes the fields and nothing else: no stored text, no positions, no _all, no doc values.
func mappingOf(fields []field) *mapping.IndexMappingImpl {
	m := bleve.NewIndexMapping()
	m.ScoringModel = scoring.BM25Scoring
	m.DefaultMapping = bleve.NewDocumentStaticMapping()
	for _, f := range fields {
		text := bleve.NewTextFieldMapping()
		text.Analyzer = f.index
		text.Store, text.IncludeInAll, text.IncludeTermVectors, text.DocValues = false, false, false, false
		m.DefaultMapping.AddFieldMappingsAt(f.name, text)
	}
	return m
}

func (e *bleveIndex) query(text string) query.Query {
	parts := make([]query.Query, len(e.fields))
	for i, f := range e.fields {
		match := bleve.NewMatchQuery(text)
		match.SetField(f.name)
		match.SetBoost(f.boost)
		match.Analyzer = f.query
		parts[i] = match
	}
	if len(parts) == 1 {
		return parts[0]
	}
	return bleve.NewDisjunctionQuery(parts...)
}

func (e *bleveIndex) Search(text string, k int) ([]Hit, error) {
	result, err := e.index.Search(bleve.NewSearchRequestOptions(e.query(text), k, 0, false))
	if err != nil {
		return nil, fmt.Errorf("search bleve: %w", err)
	}
	hits := make([]Hit, len(result.Hits))
	for i, h := range result.Hits {
		if hits[i].Doc, err = strconv.Atoi(h.ID); err != nil {
			return nil, fmt.Errorf("search bleve: %w", err)
		}
		hits[i].Score = h.Score
	}
	return hits, nil
}

// Sure divides by the highest score: bleve weighs a term by its idf twice, once in BM25 and once in
// the query weight, whose length it normalises.
func (e *bleveIndex) Sure(text string) (float64, error) {
	hits, err := e.Search(text, 1)
	if err != nil || len(hits) == 0 {
		return 0, err
	}
	var sum, squares float64
	for _, f := range e.fields {
		weights, err := e.idfs(f, text)
		if err != nil {
			return 0, fmt.Errorf("search bleve: %w", err)
		}
		for _, w := range weights {
			sum += k1 * f.boost * w * w
			squares += f.boost * f.boost * w * w
		}
	}
	if sum == 0 {
		return 0, nil
	}
	return hits[0].Score * math.Sqrt(squares) / sum, nil
}

// idfs returns the inverse document frequencies of a question's terms in a field.
func (e *bleveIndex) idfs(f field, text string) ([]float64, error) {
	advanced, err := e.index.Advanced()
	if err != nil {
		return nil, err
	}
	reader, err := advanced.Reader()
	if err != nil {
		return nil, err
	}
	defer reader.Close() //nolint:errcheck // a snapshot in memory
	size, err := reader.DocCount()
	if err != nil {
		return nil, err
	}
	var list []float64
	for _, token := range e.index.Mapping().AnalyzerNamed(f.query).Analyze([]byte(text)) {
		postings, err := reader.TermFieldReader(context.Background(), token.Term, f.name, false, false, false)
		if err != nil {
			return nil, err
		}
		list = append(list, idf(float64(size), float64(postings.Count())))
		if err := postings.Close(); err != nil {
			return nil, err
		}
	}
	return list, nil
}

func (e *bleveIndex) OffHeap() (int64, error) { return 0, nil }

func (e *bleveIndex) Close() error {
	if err := e.index.Close(); err != nil {
		return fmt.Errorf("close bleve: %w", err)
	}
	return nil
}
