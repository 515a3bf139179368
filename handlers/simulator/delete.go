package simulator

import (
	"encoding/json"
	"time"
)

const (
	deleteLife    = 48 * time.Hour
	maxDeleteList = 100
)

func (s *Server) deleteMessage(c *call) (any, error) {
	id := c.id("message_id")
	if id == 0 {
		return nil, errMessageNoID
	}
	to, err := s.target(c.str("chat_id"))
	if err != nil {
		return nil, err
	}
	to.mu.Lock()
	defer to.mu.Unlock()
	if err := groupWritable(to); err != nil {
		return nil, err
	}
	m, err := s.deletable(to, id)
	if err != nil {
		return nil, err
	}
	s.drop(to, m)
	return true, nil
}

// deletable finds a message that the bot may delete: its own, in private chats also the person's, younger than 48 hours.
func (s *Server) deletable(c *chat, id int64) (*message, error) {
	m := c.find(id)
	switch {
	case m == nil:
		return nil, errDeleteNotFound
	case c.isGroup() && m.from.ID != s.bot.ID, m.service != nil:
		return nil, errCantBeDeleted
	case s.now().Sub(time.Unix(m.date, 0)) >= deleteLife:
		return nil, errDeleteTooOld
	}
	return m, nil
}

func (s *Server) drop(c *chat, m *message) {
	c.remove(m)
	s.hub.publish("delete", c.id, 0, func() any { return map[string]int64{"chat": c.id, "message_id": m.id} })
	c.wake()
}

// deleteMessages deletes up to 100 messages and skips those it cannot find.
func (s *Server) deleteMessages(c *call) (any, error) {
	var ids []int64
	if c.str("message_ids") == "" || json.Unmarshal([]byte(c.str("message_ids")), &ids) != nil || len(ids) == 0 {
		return nil, badRequest("message identifiers are not specified")
	}
	if len(ids) > maxDeleteList {
		return nil, badRequest("too many message identifiers specified")
	}
	to, err := s.target(c.str("chat_id"))
	if err != nil {
		return nil, err
	}
	to.mu.Lock()
	defer to.mu.Unlock()
	for _, id := range ids {
		if m, err := s.deletable(to, id); err == nil {
			s.drop(to, m)
		}
	}
	return true, nil
}
