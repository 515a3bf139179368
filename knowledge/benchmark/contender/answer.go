package contender

import (
	"cmp"
	"fmt"
	"strconv"
	"time"

	"refbot/knowledge"
	"refbot/knowledge/language"
	"refbot/knowledge/reform2026"
)

// answer asks the whole engine: repairs, language, glossary, ranking, verdict and the sentences shown.
type answer struct{ engine *knowledge.Engine }

// campaignDay dates every passage, so that recency ranks nothing.
var campaignDay = time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC)

func buildAnswer(passages []Passage, code language.Code) (Engine, error) {
	embedded, err := reform2026.Pack()
	if err != nil {
		return nil, fmt.Errorf("build whole engine: %w", err)
	}
	pack := &knowledge.Pack{
		Campaign: embedded.Campaign, Glossary: embedded.Glossary, Origin: "benchmark",
		Statements: make([]knowledge.Statement, len(passages)),
	}
	for i, p := range passages {
		id := fmt.Sprintf("%07d", i)
		pack.Statements[i] = knowledge.Statement{
			ID: id, Key: id, Language: cmp.Or(p.Language, code), Title: p.Title, Text: p.Text,
			Date: campaignDay, DateExact: true, Kind: knowledge.Official, Outlet: "benchmark", URL: "https://example.org/",
		}
	}
	engine, err := knowledge.Build(pack)
	if err != nil {
		return nil, fmt.Errorf("build whole engine: %w", err)
	}
	return &answer{engine}, nil
}

func (a *answer) Search(text string, k int) ([]Hit, error) {
	ranked := a.engine.Ask(knowledge.Question{Text: text}).Ranked
	ranked = ranked[:min(k, len(ranked))]
	hits := make([]Hit, len(ranked))
	for i, r := range ranked {
		doc, err := strconv.Atoi(r.Statement.ID)
		if err != nil {
			return nil, fmt.Errorf("ask: %w", err)
		}
		hits[i] = Hit{doc, r.Score}
	}
	return hits, nil
}

func (a *answer) Sure(text string) (float64, error) {
	hits, err := a.Search(text, 1)
	if err != nil || len(hits) == 0 {
		return 0, err
	}
	return hits[0].Score, nil
}

func (a *answer) OffHeap() (int64, error) { return 0, nil }
func (a *answer) Close() error            { return nil }
