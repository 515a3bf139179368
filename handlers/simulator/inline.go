package simulator

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
)

const (
	maxInlineQuery   = 256 // UTF-16 units
	maxInlineResults = 50
	maxResultID      = 64 // bytes
	maxNextOffset    = 64 // bytes
	maxStartParam    = 64 // bytes
)

// InlineResult is one card of an inline answer.
type InlineResult struct {
	ID          string     `json:"id"`
	Type        string     `json:"type"`
	Title       string     `json:"title"`
	Description string     `json:"description,omitempty"`
	HTML        string     `json:"html"` // the message it posts, rendered
	Buttons     [][]Button `json:"buttons,omitempty"`
	content     formatted
	markup      *inlineKeyboard
}

// InlineAnswer is what the bot answered to an inline query.
type InlineAnswer struct {
	ID         string         `json:"id"`
	Results    []InlineResult `json:"results"`
	NextOffset string         `json:"next_offset,omitempty"`
	CacheTime  int64          `json:"cache_time"` // seconds
	Personal   bool           `json:"is_personal"`
}

// Inline makes a person type "@bot query" in a chat; chat 0 means one the bot knows nothing about. It returns the id of
// the query, for [Server.InlineAnswer].
func (s *Server) Inline(personID, chatID int64, text, offset string) (string, error) {
	p, ok := s.people.get(personID)
	if !ok {
		return "", errNoPerson
	}
	if utf16Len(text) > maxInlineQuery {
		return "", fmt.Errorf("inline query of %d characters: a client sends at most %d", utf16Len(text), maxInlineQuery)
	}
	q := s.queries.open(query{person: personID, text: text, inline: true, made: s.now()})
	payload := map[string]any{"id": q.id, "from": p.user(), "query": text, "offset": offset}
	switch c, err := s.chat(chatID); {
	case chatID == personID:
		payload["chat_type"] = "sender"
	case err == nil:
		payload["chat_type"] = c.kind
	}
	s.pushUpdate("inline_query", -personID, inlineLife, payload)
	return q.id, nil
}

// InlineAnswer waits for the bot's answer to an inline query.
func (s *Server) InlineAnswer(ctx context.Context, id string) (InlineAnswer, error) {
	q, err := s.queries.wait(ctx, id)
	if err != nil {
		return InlineAnswer{}, err
	}
	return q.results, nil
}

// Choose makes the person who typed an inline query post one of its results into a chat.
func (s *Server) Choose(queryID, resultID string, chatID int64) (Message, error) {
	q := s.queries.find(queryID)
	if q == nil {
		return Message{}, fmt.Errorf("choose: no such query %s", queryID)
	}
	i := slices.IndexFunc(q.results.Results, func(r InlineResult) bool { return r.ID == resultID })
	if i < 0 {
		return Message{}, fmt.Errorf("choose: no result %q in query %s", resultID, queryID)
	}
	r := q.results.Results[i]
	c, p, err := s.seat(q.person, chatID)
	if err != nil {
		return Message{}, fmt.Errorf("choose: %w", err)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	m := &message{from: p.user(), viaBot: true, formatted: r.content, markup: r.markup}
	if r.markup != nil {
		m.inlineID = "SIM" + queryID + "-" + resultID
	}
	s.post(c, m)
	if m.inlineID != "" {
		s.queries.mu.Lock()
		s.queries.cards[m.inlineID] = card{chatID, m.id}
		s.queries.mu.Unlock()
	}
	if s.feedback {
		s.pushChosen(q, m, resultID, p)
	}
	return s.view(c, m), nil
}

func (s *Server) pushChosen(q *query, m *message, resultID string, p *person) {
	chosen := map[string]any{"result_id": resultID, "from": p.user(), "query": q.text}
	if m.inlineID != "" {
		chosen["inline_message_id"] = m.inlineID
	}
	s.pushUpdate("chosen_inline_result", -q.person, messageLife, chosen)
}

// openInline finds and locks a message by its inline id.
func (s *Server) openInline(id string) (edited, error) {
	s.queries.mu.Lock()
	at, ok := s.queries.cards[id]
	s.queries.mu.Unlock()
	c, err := s.chat(at.chat)
	if !ok || err != nil {
		return edited{}, badRequest("MESSAGE_ID_INVALID")
	}
	c.mu.Lock()
	m := c.find(at.message)
	if m == nil {
		c.mu.Unlock()
		return edited{}, badRequest("MESSAGE_ID_INVALID")
	}
	return edited{chat: c, msg: m, inline: true}, nil
}

func (s *Server) answerInlineQuery(c *call) (any, error) {
	answer := InlineAnswer{
		ID: c.str("inline_query_id"), NextOffset: c.str("next_offset"), Personal: c.boolean("is_personal"),
		CacheTime: c.integer("cache_time", 300, 0, 24*60*60),
	}
	if err := checkInlineButton(c.str("button")); err != nil {
		return nil, err
	}
	var err error
	if answer.Results, err = s.readResults(c.str("results")); err != nil {
		return nil, err
	}
	if len(answer.NextOffset) > maxNextOffset {
		return nil, badRequest("NEXT_OFFSET_INVALID")
	}
	q, ok := s.queries.settle(answer.ID, true, s.now(), func(q *query) { q.results = answer })
	if !ok {
		return nil, errQueryInvalid
	}
	s.hub.publish("inline", 0, q.person, func() any { return answer })
	return true, nil
}

func checkInlineButton(raw string) error {
	if raw == "" {
		return nil
	}
	var button struct {
		Text  string  `json:"text"`
		Start *string `json:"start_parameter"`
	}
	if json.Unmarshal([]byte(raw), &button) != nil {
		return badRequest("can't parse inline query results button JSON object")
	}
	if button.Start == nil {
		return nil
	}
	switch {
	case *button.Start == "":
		return badRequest("can't use empty start_parameter")
	case len(*button.Start) > maxStartParam:
		return badRequest("too long start_parameter specified")
	case !isPayload(*button.Start):
		return badRequest("unallowed characters in start_parameter are used")
	}
	return nil
}

func (s *Server) readResults(raw string) ([]InlineResult, error) {
	var items []json.RawMessage
	if raw != "" && json.Unmarshal([]byte(raw), &items) != nil {
		return nil, badRequest("can't parse JSON encoded inline query results")
	}
	if len(items) > maxInlineResults {
		return nil, badRequest("too many inline query results specified")
	}
	results, seen := []InlineResult{}, map[string]bool{}
	for _, item := range items {
		r, err := readResult(item)
		if err != nil {
			return nil, err
		}
		switch {
		case r.ID == "":
			return nil, badRequest("RESULT_ID_EMPTY")
		case len(r.ID) > maxResultID:
			return nil, badRequest("RESULT_ID_INVALID")
		case seen[r.ID]:
			return nil, badRequest("RESULT_ID_DUPLICATE")
		}
		seen[r.ID] = true
		results = append(results, r)
	}
	return results, nil
}

const resultError = "can't parse InlineQueryResult: "

// readResult reads one result. Articles are what the bot sends; other known types pass with their title and caption.
func readResult(raw json.RawMessage) (InlineResult, error) {
	var fields struct {
		InlineResult
		Content json.RawMessage `json:"input_message_content"`
		Markup  json.RawMessage `json:"reply_markup"`
	}
	if json.Unmarshal(raw, &fields) != nil {
		return InlineResult{}, badRequest(resultError + "InlineQueryResult must be an Object")
	}
	r := fields.InlineResult
	switch {
	case r.Type == "":
		return r, badRequest(resultError + `Can't find field "type"`)
	case r.Type != "article":
		return r, badRequest(resultError+`type "%s" is unsupported for the inline query result`, r.Type)
	case len(fields.Content) == 0:
		return r, badRequest(resultError + `Can't find field "input_message_content"`)
	case r.Title == "":
		return r, badRequest("ARTICLE_TITLE_EMPTY")
	}
	content, err := readContent(fields.Content)
	if err != nil {
		return r, err
	}
	var m message
	if len(fields.Markup) > 0 && string(fields.Markup) != "null" {
		if err := readMarkup(string(fields.Markup), &m); err != nil {
			return r, err
		}
	}
	r.content, r.markup = content, m.markup
	r.HTML = renderHTML(content.text, content.entities)
	if m.markup != nil {
		r.Buttons = m.markup.Rows
	}
	return r, nil
}

// readContent reads input_message_content: text only.
func readContent(raw json.RawMessage) (formatted, error) {
	var content struct {
		Text     *string         `json:"message_text"`
		Mode     string          `json:"parse_mode"`
		Entities json.RawMessage `json:"entities"`
	}
	if json.Unmarshal(raw, &content) != nil || content.Text == nil {
		return formatted{}, badRequest("invalid inline message content specified")
	}
	entities := string(content.Entities)
	if entities == "null" {
		entities = ""
	}
	text, err := parseText(*content.Text, content.Mode, entities)
	if err != nil {
		return formatted{}, err
	}
	text = finishText(text)
	switch {
	case text.text == "":
		return formatted{}, badRequest("message text is empty")
	case utf16Len(text.text) > maxText:
		return formatted{}, badRequest("MESSAGE_TOO_LONG")
	}
	return text, nil
}
