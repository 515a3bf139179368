package bot

import (
	"net/url"
	"slices"
	"strings"

	"refbot/bot/texts"
	"refbot/knowledge"
	"refbot/knowledge/language"
)

// Limits on an answer, in characters.
const (
	MaxReply     = 1200 // a reply as a citizen reads it; the rest is behind buttons
	maxWhole     = 620  // a statement up to this length is quoted whole
	maxExcerpt   = 520  // of a longer one, the best sentences up to this length
	minRemaining = 160  // a further statement is shown only where this much room is left
	maxCaption   = 44   // of a button that names a statement
)

// Compose turns a verdict into a reply. It is pure: the same engine and answer give the same reply.
func Compose(e *knowledge.Engine, a knowledge.Answer) Reply {
	t := texts.For(a.Language)
	r := Reply{Language: t.Code, Decision: a.Decision}
	switch a.Decision {
	case knowledge.DecideAnswer:
		composeAnswer(&r, t, e, a)
	case knowledge.DecideAbstain:
		r.Parts = append(r.Parts, Text(t.Abstain), Part{Style: Note, Spans: []Span{{Text: t.AbstainReviewed}}})
		nearby(&r, t, t.AbstainNearby, e, a)
	case knowledge.DecideNeutral:
		r.Parts = append(r.Parts, Text(t.Neutral))
		nearby(&r, t, t.NeutralFacts, e, a)
	case knowledge.DecideOfftopic:
		r.Parts = append(r.Parts, Text(orDefault(t.Offtopic[a.Offtopic], t.Offtopic[knowledge.OtherSubject])))
		r.Buttons = [][]Button{{topicsButton(t)}}
	case knowledge.DecideSmalltalk:
		r.Parts = append(r.Parts, Text(orDefault(t.Smalltalk[a.Smalltalk], t.Smalltalk[knowledge.Greeting])))
		if a.Smalltalk == knowledge.Greeting || a.Smalltalk == knowledge.WhatCanYou {
			r.Buttons = [][]Button{{topicsButton(t)}}
		}
	}
	return r
}

func orDefault(s, fallback string) string {
	if s == "" {
		return fallback
	}
	return s
}

func composeAnswer(r *Reply, t *texts.Catalog, e *knowledge.Engine, a knowledge.Answer) {
	shown, length := map[string]bool{}, 0
	for i, hit := range a.Hits {
		if i > 0 && MaxReply-length < minRemaining {
			break
		}
		parts := statementParts(t, hit, room(length, i))
		if i == 0 {
			parts = append(parts, freshness(t, a)...)
		}
		added := partsLength(parts)
		if i > 0 && length+added > MaxReply {
			continue
		}
		if i > 0 {
			added += len(parts[0].gap())
		}
		r.Parts = append(r.Parts, parts...)
		length += added
		r.Statements = append(r.Statements, hit)
		shown[hit.Statement.Key] = true
	}
	r.Parts = append(r.Parts, Part{Style: Note, Spans: []Span{{Text: t.AsOf(t.Date(e.Pack().AsOf()))}}})
	r.Buttons = answerButtons(t, e, a, shown)
}

// room is the space left for the next statement's words in a reply that has a length.
func room(length, index int) int {
	if index == 0 {
		return maxWhole
	}
	return min(maxWhole, MaxReply-length-minRemaining/2)
}

func partsLength(parts []Part) int { return Reply{Parts: parts}.Length() }

// statementParts shows one statement: a line when it is in another language, the words, and who said them.
func statementParts(t *texts.Catalog, hit knowledge.Hit, limit int) []Part {
	s := hit.Statement
	var parts []Part
	if s.Language != t.Code {
		parts = append(parts, Part{Style: Note, Spans: []Span{{Text: t.In[s.Language]}}})
	}
	parts = append(parts,
		Part{Style: Quote, Tight: len(parts) > 0, Spans: []Span{{Text: Excerpt(hit, limit)}}},
		Attribution(t, s))
	if s.Translated() && t.Translation[s.OriginalLang] != "" {
		parts = append(parts, Part{Style: Note, Tight: true, Spans: []Span{{Text: t.Translation[s.OriginalLang]}}})
	}
	if s.Conflict != "" {
		parts = append(parts, Part{Style: Note, Tight: true, Spans: []Span{{Text: t.Disputed}}})
	}
	return parts
}

// Attribution is the line that says who said it, in which office, on which day, and where.
func Attribution(t *texts.Catalog, s *knowledge.Statement) Part {
	date := t.Date(s.Date)
	if !s.DateExact {
		date = t.About(date)
	}
	spans := []Span{{Text: "— "}}
	if s.Speaker != "" {
		spans = append(spans, Span{Text: s.Speaker, Bold: true}, Span{Text: ", "})
	}
	if s.Office != "" {
		spans = append(spans, Span{Text: s.Office, Bold: s.Speaker == ""}, Span{Text: ", "})
	}
	spans = append(spans, Span{Text: date + ". "}, Span{Text: sourceName(s), URL: s.URL})
	return Part{Tight: true, Spans: spans}
}

// sourceName is the outlet, or the host of the link where no outlet is given.
func sourceName(s *knowledge.Statement) string {
	if s.Outlet != "" {
		return s.Outlet
	}
	if u, err := url.Parse(s.URL); err == nil {
		return strings.TrimPrefix(u.Hostname(), "www.")
	}
	return s.URL
}

// freshness tells how the first statement relates to others in time.
func freshness(t *texts.Catalog, a knowledge.Answer) []Part {
	first := a.Hits[0].Statement
	if len(first.SupersededBy) > 0 {
		return []Part{{Style: Note, Tight: true, Spans: []Span{{Text: t.ReplacedBy}}}}
	}
	if len(a.Replaced) == 0 {
		return nil
	}
	old := a.Replaced[0]
	who := old.Speaker
	if who == "" {
		who = old.Office
	}
	return []Part{{Style: Note, Tight: true, Spans: []Span{{Text: t.Replaces(t.Date(old.Date), who)}}}}
}

// answerButtons are the source, what else there is, and the topic.
func answerButtons(t *texts.Catalog, e *knowledge.Engine, a knowledge.Answer, shown map[string]bool) [][]Button {
	var rows [][]Button
	for _, h := range a.Ranked {
		if len(rows) == 2 {
			break
		}
		s := h.Statement
		if shown[s.Key] || !s.Kind.CarriesAnswer() || h.Score < a.Ranked[0].Score*0.5 {
			continue
		}
		shown[s.Key] = true
		if caption := Caption(s); !captioned(rows, caption) {
			rows = append(rows, []Button{{Text: caption, Data: "st:" + s.ID}})
		}
	}
	last := []Button{{Text: t.Button.Source, URL: a.Hits[0].Statement.URL}}
	if title := topicTitle(e, a.Topic, t.Code); title != "" {
		last = append(last, Button{Text: t.Button.Follow + title, Data: "topic:" + a.Topic})
	}
	return append(rows, last)
}

// captioned reports whether a button already says that; several outlets run the same headline.
func captioned(rows [][]Button, caption string) bool {
	return slices.ContainsFunc(rows, func(row []Button) bool { return row[0].Text == caption })
}

// Caption names a statement on a button.
func Caption(s *knowledge.Statement) string {
	title := s.Title
	if title == "" {
		title = s.Text
	}
	return Shorten(title, maxCaption)
}

func topicTitle(e *knowledge.Engine, id string, lang language.Code) string {
	topic, _ := e.Pack().Campaign.Topic(id)
	return topic.Title[lang]
}

// nearby names up to three topics, and offers each as a button.
func nearby(r *Reply, t *texts.Catalog, lead string, e *knowledge.Engine, a knowledge.Answer) {
	for _, id := range a.Nearby {
		title := topicTitle(e, id, t.Code)
		if title == "" || len(r.Buttons) == 3 {
			continue
		}
		if len(r.Buttons) == 0 {
			r.Parts = append(r.Parts, Text(lead))
		}
		r.Parts = append(r.Parts, Part{Tight: true, Spans: []Span{{Text: "• " + title}}})
		r.Buttons = append(r.Buttons, []Button{{Text: t.Button.Follow + title, Data: "topic:" + id}})
	}
	r.Buttons = append(r.Buttons, []Button{topicsButton(t)})
}

func topicsButton(t *texts.Catalog) Button { return Button{Text: t.Button.Topics, Data: "topic:all"} }
