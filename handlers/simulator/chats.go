package simulator

import (
	"errors"
	"slices"
	"sort"
	"sync"
)

const (
	firstGroup      = -4_000_000_001
	firstSupergroup = -1_002_000_000_001
)

// Chat is a conversation, as the page lists it.
type Chat struct {
	ID      int64   `json:"id"`
	Type    string  `json:"type"` // private, group, supergroup
	Title   string  `json:"title"`
	Members []int64 `json:"members"` // people, without the bot
}

// chat is a conversation with its last messages. mu guards everything below it.
type chat struct {
	id     int64
	person *person // of a private chat

	mu       sync.Mutex
	kind     string
	title    string
	members  []int64
	status   string // the bot's: member, left, kicked
	started  bool   // the person has written to the bot
	movedTo  int64  // the supergroup this group became
	nextID   int64
	messages []*message // by id
	written  int        // messages the bot has sent, dropped ones too
	changed  chan struct{}
	rate     chatRate
}

// message is one message of a chat; the chat's lock guards it.
type message struct {
	id       int64
	from     *User
	viaBot   bool
	inlineID string // of an inline result with buttons
	date     int64
	editDate int64
	formatted
	media    *media
	markup   *inlineKeyboard
	keyboard [][]string
	replyTo  int64
	reaction string
	service  *service
}

// service is what a message without text tells.
type service struct {
	text          string
	joined        []*User
	left          *User
	movedTo       int64
	movedFrom     int64
	reachesTheBot bool
}

func (s *Server) privateChat(p *person) *chat {
	return s.chats.getOrPut(p.id, func() *chat {
		return &chat{id: p.id, kind: "private", person: p, members: []int64{p.id}, status: "member"}
	})
}

func (c *chat) isGroup() bool { return c.kind != "private" }

func (c *chat) has(person int64) bool { return slices.Contains(c.members, person) }

// find returns the message with id, or nil.
func (c *chat) find(id int64) *message {
	i := sort.Search(len(c.messages), func(i int) bool { return c.messages[i].id >= id })
	if i < len(c.messages) && c.messages[i].id == id {
		return c.messages[i]
	}
	return nil
}

func (c *chat) remove(m *message) {
	if i := slices.Index(c.messages, m); i >= 0 {
		c.messages = slices.Delete(c.messages, i, i+1)
	}
}

// add gives m the next id and drops the oldest message beyond the budget.
func (c *chat) add(m *message, budget int) {
	c.nextID++
	m.id = c.nextID
	if len(c.messages) >= budget {
		c.messages = slices.Delete(c.messages, 0, len(c.messages)-budget+1)
	}
	c.messages = append(c.messages, m)
}

// wake lets everybody who waits on the chat look again.
func (c *chat) wake() {
	if c.changed != nil {
		close(c.changed)
		c.changed = nil
	}
}

func (c *chat) wire() wireChat {
	w := wireChat{ID: c.id, Type: c.kind, Title: c.title}
	if c.person != nil {
		p := c.person.state.Load()
		w.FirstName, w.LastName, w.Username = p.FirstName, p.LastName, p.Username
	}
	return w
}

// view is the chat as the page lists it. The caller holds c.mu.
func (c *chat) view() Chat {
	v := Chat{ID: c.id, Type: c.kind, Title: c.title, Members: slices.Clone(c.members)}
	if c.person != nil {
		v.Title = c.person.state.Load().FirstName
	}
	return v
}

var errNoChat = errors.New("no such chat")

func (s *Server) chat(id int64) (*chat, error) {
	if c, ok := s.chats.get(id); ok {
		return c, nil
	}
	if p, ok := s.people.get(id); ok {
		return s.privateChat(p), nil
	}
	return nil, errNoChat
}

// isMember says whether somebody can see a chat.
func (s *Server) isMember(chatID, personID int64) bool {
	if chatID == personID {
		return true
	}
	c, ok := s.chats.get(chatID)
	if !ok || c.person != nil {
		return false
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.has(personID)
}
