package contender

import (
	"refbot/knowledge/index"
	"refbot/knowledge/language"
	"refbot/knowledge/thesaurus"
)

// product searches as `refbot eval --beir` does: the same options, parsing and search.
type product struct{ index *index.Index }

func buildProduct(passages []Passage, _ language.Code) (Engine, error) {
	docs := make([]index.Document, len(passages))
	for i, p := range passages {
		docs[i].Parts = []index.Part{{Field: index.Text, Text: p.Text}}
		if p.Title != "" {
			docs[i].Parts = append(docs[i].Parts, index.Part{Field: index.Title, Text: p.Title})
		}
	}
	return &product{index.Build(docs, index.Options{Thesaurus: thesaurus.New(nil)})}, nil
}

func (p *product) Search(text string, k int) ([]Hit, error) {
	matches := p.index.Search(p.index.Parse(text), k)
	hits := make([]Hit, len(matches))
	for i, m := range matches {
		hits[i] = Hit{int(m.Doc), float64(m.Score)}
	}
	return hits, nil
}

func (p *product) Sure(text string) (float64, error) {
	query := p.index.Parse(text)
	return float64(query.Sure(p.index.Search(query, 10))), nil
}

func (p *product) OffHeap() (int64, error) { return 0, nil }
func (p *product) Close() error            { return nil }
