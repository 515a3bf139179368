package bot

import (
	"context"
	"slices"
	"strings"

	"refbot/knowledge"
	"refbot/knowledge/language"
)

// Desk is where staff write to subscribers, in their private chat with the bot. Package outreach implements
// it; only what staff do reaches it.
type Desk interface {
	Room
	// Rate counts a press of a rating button under a broadcast, and nothing of who pressed; false when there is
	// no such broadcast.
	Rate(ctx context.Context, broadcast string, f Feedback) (bool, error)
}

// Room is where staff talk to the bot about one thing.
type Room interface {
	// Visit handles an event of one of the staff: a command of the room, one of its buttons, or a message while
	// v.Form says that one is awaited. False: none of its business, and nothing was said.
	Visit(ctx context.Context, v *Visit) (bool, error)
}

// Visit is an event of one of the staff.
type Visit struct {
	Event
	Roles    Roles
	Language language.Code // of what the bot says to them
	Engine   *knowledge.Engine
	Form     string // what the next message is for, "" for a question; stored with the session
}

// outreachRoles may write to subscribers.
var outreachRoles = []Role{Outreach, Admin}

// reviewRoles may review questions and change the knowledge base.
var reviewRoles = []Role{Moderator, Admin}

// entrance tells who may come into a room, and what is for it.
type entrance struct {
	room     Room
	roles    []Role
	commands []string
	verb     string                 // of its buttons
	forms    func(form string) bool // whether an awaited message is for it
}

// reviewForm begins the forms of the room where questions are reviewed.
const reviewForm = "mod:"

// entrances are those of the rooms there are.
func (c *conversation) entrances() []entrance {
	var list []entrance
	if c.Desk != nil {
		list = append(list, entrance{c.Desk, outreachRoles, []string{"broadcast", "broadcasts"}, "bc", func(form string) bool {
			return form != "" && !strings.HasPrefix(form, reviewForm)
		}})
	}
	if c.Review != nil {
		list = append(list, entrance{c.Review, reviewRoles, []string{"queue", "stats"}, "mod", func(form string) bool {
			return strings.HasPrefix(form, reviewForm)
		}})
	}
	return list
}

// visit lets a room handle the event; false where it is for none or this person has no business there.
func (c *conversation) visit(ctx context.Context) (bool, error) {
	if c.Staff == nil || c.ev.Chat.Group {
		return false, nil
	}
	for _, e := range c.entrances() {
		if !c.knocks(e) {
			continue
		}
		roles, err := c.Staff.Roles(ctx, c.ev.Person.ID)
		if err != nil {
			return true, err
		}
		if !roles.May(e.roles...) {
			continue
		}
		v := &Visit{Event: c.ev, Roles: roles, Language: c.language(), Engine: c.engine, Form: c.session.Form}
		done, err := e.room.Visit(ctx, v)
		c.session.Form = v.Form
		if done || err != nil {
			return done, err
		}
	}
	return false, nil
}

// knocks tells what may be for a room without asking who it is.
func (c *conversation) knocks(e entrance) bool {
	switch c.ev.Kind {
	case Commanded:
		return slices.Contains(e.commands, c.ev.Command) || e.forms(c.session.Form)
	case Pressed:
		verb, _, _ := splitData(c.ev.Data)
		return verb == e.verb && !c.ev.Late
	case Asked, Media:
		return e.forms(c.session.Form)
	}
	return false
}

// Speaks is the language the bot talks to this person in when it begins to talk by itself: the
// fixed one, that of the last reply, that of their app. A day after their last message only the first is known.
func (m Memory) Speaks() language.Code {
	switch {
	case m.Profile.Language.Valid():
		return m.Profile.Language
	case m.Session.Language.Valid():
		return m.Session.Language
	case m.Session.App.Valid():
		return m.Session.App
	}
	return language.Russian
}
