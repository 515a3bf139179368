package simulator

import (
	"fmt"
	"slices"
)

// AddGroup makes a group of people with the bot in it. The bot gets a my_chat_member update from the first member.
func (s *Server) AddGroup(title string, members ...int64) (Chat, error) {
	by, err := s.checkMembers(members)
	if err != nil {
		return Chat{}, err
	}
	s.roll.mu.Lock()
	id := int64(firstGroup - len(s.roll.groups))
	s.roll.groups = append(s.roll.groups, id)
	s.roll.mu.Unlock()
	c := s.newGroup(id, "group", title, members)
	c.mu.Lock()
	defer c.mu.Unlock()
	s.pushMembership(c, by.user(), "left", "member")
	s.hub.publish("people", 0, 0, func() any { return c.view() })
	return c.view(), nil
}

func (s *Server) checkMembers(members []int64) (*person, error) {
	if len(members) == 0 {
		return nil, fmt.Errorf("add group: a group needs at least one person")
	}
	var first *person
	for _, id := range members {
		p, ok := s.people.get(id)
		if !ok {
			return nil, fmt.Errorf("add group: %d: %w", id, errNoPerson)
		}
		if first == nil {
			first = p
		}
	}
	return first, nil
}

func (s *Server) newGroup(id int64, kind, title string, members []int64) *chat {
	return s.chats.getOrPut(id, func() *chat {
		return &chat{id: id, kind: kind, title: title, members: slices.Clone(members), status: "member", started: true}
	})
}

// Kick makes a member of a group remove the bot.
func (s *Server) Kick(chatID, by int64) error { return s.setMembership(chatID, by, "kicked") }

// Readmit makes a member of a group add the bot again.
func (s *Server) Readmit(chatID, by int64) error { return s.setMembership(chatID, by, "member") }

func (s *Server) setMembership(chatID, by int64, status string) error {
	c, err := s.chat(chatID)
	if err != nil {
		return err
	}
	p, ok := s.people.get(by)
	if !ok {
		return errNoPerson
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.isGroup() || !c.has(by) {
		return fmt.Errorf("membership in %d: %w", chatID, errNotMember)
	}
	before := c.status
	c.status = status
	s.pushMembership(c, p.user(), before, status)
	return nil
}

// MigrateGroup upgrades a group to a supergroup, as Telegram does when it grows. Calls to the old id are refused with
// the new one from now on. It returns the supergroup's id.
func (s *Server) MigrateGroup(chatID int64) (int64, error) {
	c, err := s.chat(chatID)
	if err != nil {
		return 0, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.movedTo != 0 {
		return c.movedTo, nil
	}
	if c.kind != "group" {
		return 0, fmt.Errorf("migrate %d: only a group can become a supergroup", chatID)
	}
	s.roll.mu.Lock()
	id := firstSupergroup - s.roll.supers
	s.roll.supers++
	s.roll.groups[slices.Index(s.roll.groups, chatID)] = id
	s.roll.mu.Unlock()

	next := s.newGroup(id, "supergroup", c.title, c.members)
	c.movedTo = id
	by := &User{ID: c.members[0]}
	if p, ok := s.people.get(c.members[0]); ok {
		by = p.user()
	}
	s.post(c, &message{from: by, service: &service{text: "migrated", movedTo: id, reachesTheBot: true}})
	next.mu.Lock()
	defer next.mu.Unlock()
	s.post(next, &message{from: by, service: &service{text: "migrated", movedFrom: chatID, reachesTheBot: true}})
	s.hub.publish("people", 0, 0, func() any { return next.view() })
	return id, nil
}

// Join brings somebody into a group.
func (s *Server) Join(chatID, personID int64) error {
	return s.changeMember(chatID, personID, func(c *chat, u *User) *service {
		c.members = append(slices.Clone(c.members), personID)
		return &service{text: "joined", joined: []*User{u}, reachesTheBot: true}
	}, false)
}

// Leave takes somebody out of a group.
func (s *Server) Leave(chatID, personID int64) error {
	return s.changeMember(chatID, personID, func(c *chat, u *User) *service {
		c.members = slices.DeleteFunc(slices.Clone(c.members), func(id int64) bool { return id == personID })
		return &service{text: "left", left: u, reachesTheBot: true}
	}, true)
}

func (s *Server) changeMember(chatID, personID int64, change func(*chat, *User) *service, present bool) error {
	c, err := s.chat(chatID)
	if err != nil {
		return err
	}
	p, ok := s.people.get(personID)
	if !ok {
		return errNoPerson
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.isGroup() || c.has(personID) != present {
		return fmt.Errorf("change members of %d: nothing to change for %d", chatID, personID)
	}
	s.post(c, &message{from: p.user(), service: change(c, p.user())})
	return nil
}
