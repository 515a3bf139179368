package simulator

import (
	"slices"
	"strconv"
	"strings"
)

// target finds the chat of a call's chat_id argument, whether or not the bot may write there.
func (s *Server) target(raw string) (*chat, error) {
	raw = strings.TrimSpace(raw)
	if raw == "" {
		return nil, errChatEmpty
	}
	id, err := strconv.ParseInt(raw, 10, 64)
	if err != nil {
		return nil, errChatNotFound // the simulator has no public usernames to resolve
	}
	c, ok := s.chats.get(id)
	if !ok {
		return nil, errChatNotFound
	}
	return c, nil
}

// writable says why the bot may not write to c, in Telegram's order of reasons. The caller holds c.mu.
func (s *Server) writable(c *chat) error {
	if c.person == nil {
		return groupWritable(c)
	}
	p := c.person.state.Load()
	switch {
	case p.Deactivated && c.started:
		return errDeactivated
	case !c.started && s.sharesGroup(p.ID):
		return errCantInitiate
	case !c.started:
		return errChatNotFound
	case p.Blocked:
		return errBlocked
	}
	return nil
}

func groupWritable(c *chat) error {
	switch {
	case c.movedTo != 0:
		return migrated(c.movedTo)
	case c.status == "kicked":
		return forbidden("bot was kicked from the " + c.kind + " chat")
	case c.status == "left":
		return forbidden("bot is not a member of the " + c.kind + " chat")
	}
	return nil
}

// sharesGroup says whether the bot knows somebody from a group: then it may not begin to write to them, where of a
// stranger it would not even find the chat.
func (s *Server) sharesGroup(personID int64) bool {
	s.roll.mu.Lock()
	groups := slices.Clone(s.roll.groups)
	s.roll.mu.Unlock()
	for _, id := range groups {
		if s.isMember(id, personID) {
			return true
		}
	}
	return false
}

// open finds the chat of a call, locks it and checks that the bot may write there. On success the caller must unlock.
func (s *Server) open(c *call) (*chat, error) {
	to, err := s.target(c.str("chat_id"))
	if err != nil {
		if id, e := strconv.ParseInt(strings.TrimSpace(c.str("chat_id")), 10, 64); e == nil && s.sharesGroup(id) {
			return nil, errCantInitiate
		}
		return nil, err
	}
	to.mu.Lock()
	if err := s.writable(to); err != nil {
		to.mu.Unlock()
		return nil, err
	}
	return to, nil
}
