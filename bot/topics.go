package bot

import (
	"fmt"

	"refbot/bot/texts"
	"refbot/knowledge"
)

// How many buttons a page of a menu holds.
const (
	topicsPerPage     = 8
	statementsPerPage = 6
)

// topicMenu lists the campaign's topics; a page outside the list gives the nearest one.
func (c *conversation) topicMenu(page int) Reply {
	t := c.texts()
	topics := c.engine.Pack().Campaign.Topics
	page, from, to := pageBounds(page, topicsPerPage, len(topics))
	r := Reply{Language: t.Code, Parts: []Part{Text(t.TopicsTitle)}}
	for _, topic := range topics[from:to] {
		r.Buttons = append(r.Buttons, []Button{{Text: topic.Title[t.Code], Data: "topic:" + topic.ID}})
	}
	if row := pager(t, "topic:all", page, topicsPerPage, len(topics)); row != nil {
		r.Buttons = append(r.Buttons, row)
	}
	return r
}

// topicPage lists one topic's statements, newest first; false for a topic nobody knows.
func (c *conversation) topicPage(id string, page int) (Reply, bool) {
	t := c.texts()
	title := topicTitle(c.engine, id, t.Code)
	if title == "" {
		return Reply{}, false
	}
	statements := c.engine.Topic(id, t.Code)
	page, from, to := pageBounds(page, statementsPerPage, len(statements))
	r := Reply{Language: t.Code, Parts: []Part{
		{Spans: []Span{{Text: title, Bold: true}}},
		{Tight: true, Spans: []Span{{Text: topicSummary(t, statements, page)}}},
	}}
	for _, s := range statements[from:to] {
		r.Buttons = append(r.Buttons, []Button{{Text: listCaption(s), Data: "st:" + s.ID}})
	}
	if row := pager(t, "topic:"+id, page, statementsPerPage, len(statements)); row != nil {
		r.Buttons = append(r.Buttons, row)
	}
	r.Buttons = append(r.Buttons, []Button{{Text: t.Button.Back, Data: "topic:all"}})
	return r, true
}

func topicSummary(t *texts.Catalog, statements []*knowledge.Statement, page int) string {
	if len(statements) == 0 {
		return t.TopicEmpty
	}
	summary := t.TopicCount(len(statements))
	if pages := (len(statements) + statementsPerPage - 1) / statementsPerPage; pages > 1 {
		summary += " · " + t.Page(page+1, pages)
	}
	return summary
}

// listCaption is a statement in a list: the day, then its name.
func listCaption(s *knowledge.Statement) string {
	return s.Date.Format("02.01.06") + " · " + Caption(s)
}

// pageBounds clamps page into the list and returns its slice bounds.
func pageBounds(page, size, total int) (clamped, from, to int) {
	last := max(0, (total-1)/size)
	clamped = min(max(page, 0), last)
	from = clamped * size
	return clamped, from, min(from+size, total)
}

// pager is the row with ← 2/5 →, nil where one page holds everything.
func pager(t *texts.Catalog, data string, page, size, total int) []Button {
	pages := (total + size - 1) / size
	if pages < 2 {
		return nil
	}
	var row []Button
	if page > 0 {
		row = append(row, Button{Text: t.Button.Previous, Data: fmt.Sprintf("%s:%d", data, page-1)})
	}
	if page < pages-1 {
		row = append(row, Button{Text: t.Button.Next, Data: fmt.Sprintf("%s:%d", data, page+1)})
	}
	return row
}

// statement shows one statement whole, in the reader's language where there is a version in it.
func (c *conversation) statement(id string) (Reply, bool) {
	s, ok := c.engine.Statement(id)
	if !ok {
		return Reply{}, false
	}
	t := c.texts()
	for _, version := range c.engine.Versions(s.Key) {
		if version.Language == t.Code {
			s = version
		}
	}
	return ComposeStatement(c.engine, t, s), true
}
