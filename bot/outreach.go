package bot

import (
	"context"

	"refbot/knowledge"
	"refbot/knowledge/language"
)

// Desk is where staff write to subscribers, in their private chat with the bot. Package outreach implements
// it; only what staff do reaches it.
type Desk interface {
	// Visit handles an event of one of the staff: a command of outreach, one of its buttons, or a message while
	// v.Form says that one is awaited. False: none of its business, and nothing was said.
	Visit(ctx context.Context, v *Visit) (bool, error)
	// Rate counts a press of a rating button under a broadcast, and nothing of who pressed; false when there is
	// no such broadcast.
	Rate(ctx context.Context, broadcast string, f Feedback) (bool, error)
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

// visit lets the desk handle the event; false where it is not for it or this person has no business there.
func (c *conversation) visit(ctx context.Context) (bool, error) {
	if c.Desk == nil || c.Staff == nil || c.ev.Chat.Group || !c.forDesk() {
		return false, nil
	}
	roles, err := c.Staff.Roles(ctx, c.ev.Person.ID)
	if err != nil {
		return true, err
	}
	if !roles.May(outreachRoles...) {
		return false, nil
	}
	v := &Visit{Event: c.ev, Roles: roles, Language: c.language(), Engine: c.engine, Form: c.session.Form}
	done, err := c.Desk.Visit(ctx, v)
	c.session.Form = v.Form
	return done, err
}

// forDesk tells what may be for the desk without asking who it is.
func (c *conversation) forDesk() bool {
	switch c.ev.Kind {
	case Commanded:
		return c.ev.Command == "broadcast" || c.ev.Command == "broadcasts" || c.session.Form != ""
	case Pressed:
		verb, _, _ := splitData(c.ev.Data)
		return verb == "bc" && !c.ev.Late
	case Asked, Media:
		return c.session.Form != ""
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
