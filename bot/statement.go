package bot

import (
	"math"

	"refbot/bot/texts"
	"refbot/knowledge"
)

// ComposeStatement shows one statement whole: its title, its words, who said them, where, and
// whether they still hold.
func ComposeStatement(e *knowledge.Engine, t *texts.Catalog, s *knowledge.Statement) Reply {
	r := Reply{Language: t.Code}
	if s.Title != "" {
		r.Parts = append(r.Parts, Part{Spans: []Span{{Text: s.Title, Bold: true}}})
	}
	hit := knowledge.Hit{Statement: s, Score: 1}
	r.Parts = append(r.Parts, statementParts(t, hit, math.MaxInt)...)
	if len(s.SupersededBy) > 0 {
		r.Parts = append(r.Parts, Part{Style: Note, Spans: []Span{{Text: t.ReplacedBy}}})
	}
	r.Statements = []knowledge.Hit{hit}
	r.Buttons = statementButtons(e, t, s)
	return r
}

func statementButtons(e *knowledge.Engine, t *texts.Catalog, s *knowledge.Statement) [][]Button {
	var rows [][]Button
	for _, id := range s.SupersededBy {
		if newer, ok := e.Statement(id); ok && len(rows) == 0 {
			rows = append(rows, []Button{{Text: listCaption(newer), Data: "st:" + newer.ID}})
		}
	}
	last := []Button{{Text: t.Button.Source, URL: s.URL}}
	if topics := e.Pack().Campaign.TopicsOf(s); len(topics) > 0 {
		last = append(last, Button{Text: t.Button.Follow + topicTitle(e, topics[0], t.Code), Data: "topic:" + topics[0]})
	}
	return append(rows, last)
}
