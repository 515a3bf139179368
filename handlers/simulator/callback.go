package simulator

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// maxCallbackText is the longest text of a callback answer, in UTF-16 units.
const maxCallbackText = 200

var (
	errNotMember = errors.New("not a member of this chat")
	errNoMessage = errors.New("no such message")
	errNoButton  = errors.New("no such button")
)

// CallbackAnswer is what the bot answered to a pressed button.
type CallbackAnswer struct {
	ID        string `json:"id"`
	Text      string `json:"text"`
	ShowAlert bool   `json:"show_alert"`
	URL       string `json:"url,omitempty"`
}

// Press makes a person press a button of a message, named by its text or its callback data. It returns the id of the
// callback query, for [Server.CallbackAnswer].
func (s *Server) Press(personID, chatID, messageID int64, textOrData string) (string, error) {
	return s.press(personID, chatID, messageID, func(m *message) (string, error) {
		if m.markup != nil {
			view := Message{Buttons: m.markup.Rows}
			if b, ok := view.Button(textOrData); ok && b.CallbackData != "" {
				return b.CallbackData, nil
			}
		}
		return "", fmt.Errorf("press %q under message %d: %w", textOrData, messageID, errNoButton)
	})
}

// Forge presses a button that the message does not have, as a modified client can.
func (s *Server) Forge(personID, chatID, messageID int64, data string) (string, error) {
	return s.press(personID, chatID, messageID, func(*message) (string, error) { return data, nil })
}

func (s *Server) press(personID, chatID, messageID int64, choose func(*message) (string, error)) (string, error) {
	c, p, err := s.seat(personID, chatID)
	if err != nil {
		return "", err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	m := c.find(messageID)
	if m == nil {
		return "", fmt.Errorf("press in %d: message %d: %w", chatID, messageID, errNoMessage)
	}
	data, err := choose(m)
	if err != nil {
		return "", err
	}
	q := s.queries.open(query{person: personID, made: s.now()})
	pressed := map[string]any{"id": q.id, "from": p.user(), "chat_instance": strconv.FormatInt(-c.id*31, 10), "data": data}
	if m.inlineID != "" {
		pressed["inline_message_id"] = m.inlineID // the bot is not told where its card was posted
	} else {
		pressed["message"] = s.wire(c, m)
	}
	s.pushUpdate("callback_query", c.id, callbackLife, pressed)
	return q.id, nil
}

// seat finds a chat and a person who sits in it.
func (s *Server) seat(personID, chatID int64) (*chat, *person, error) {
	p, ok := s.people.get(personID)
	if !ok {
		return nil, nil, fmt.Errorf("%d: %w", personID, errNoPerson)
	}
	c, err := s.chat(chatID)
	if err != nil {
		return nil, nil, fmt.Errorf("%d: %w", chatID, err)
	}
	if !s.isMember(chatID, personID) {
		return nil, nil, fmt.Errorf("%d in %d: %w", personID, chatID, errNotMember)
	}
	return c, p, nil
}

// CallbackAnswer waits for the bot's answer to a pressed button.
func (s *Server) CallbackAnswer(ctx context.Context, id string) (CallbackAnswer, error) {
	q, err := s.queries.wait(ctx, id)
	if err != nil {
		return CallbackAnswer{}, err
	}
	return q.callback, nil
}

func (s *Server) answerCallbackQuery(c *call) (any, error) {
	a := CallbackAnswer{
		ID: c.str("callback_query_id"), Text: c.str("text"), ShowAlert: c.boolean("show_alert"), URL: c.str("url"),
	}
	if utf16Len(a.Text) > maxCallbackText {
		return nil, badRequest("MESSAGE_TOO_LONG")
	}
	if a.URL != "" && !strings.HasPrefix(a.URL, "https://t.me/"+s.bot.Username+"?start=") {
		return nil, badRequest("URL_INVALID")
	}
	q, ok := s.queries.settle(a.ID, false, s.now(), func(q *query) { q.callback = a })
	if !ok {
		return nil, errQueryInvalid
	}
	s.hub.publish("callback", 0, q.person, func() any { return a })
	return true, nil
}
