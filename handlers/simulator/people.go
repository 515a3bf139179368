package simulator

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
)

// firstPerson is the id of the first person: beyond 32 bits, as new accounts are.
const firstPerson = 7_100_000_001

// Person is somebody with a Telegram account.
type Person struct {
	ID           int64  `json:"id"`
	FirstName    string `json:"first_name"`
	LastName     string `json:"last_name,omitempty"`
	Username     string `json:"username,omitempty"`
	LanguageCode string `json:"language_code,omitempty"` // kk, ru, en
	Role         string `json:"role,omitempty"`          // citizen, moderator, outreach, admin; only the page and OnPerson look at it
	Blocked      bool   `json:"blocked"`                 // has blocked the bot
	Deactivated  bool   `json:"deactivated,omitempty"`   // the account is gone
	Started      bool   `json:"-"`                       // has written to the bot before; set it to spare a first message
}

// person is somebody; their state is swapped as a whole.
type person struct {
	id    int64
	state atomic.Pointer[Person]
}

func (p *person) get() Person { return *p.state.Load() }

func (p *person) user() *User {
	v := p.state.Load()
	return &User{ID: v.ID, FirstName: v.FirstName, LastName: v.LastName, Username: v.Username, LanguageCode: v.LanguageCode}
}

// roll lists people and groups in the order they came, and gives out their ids.
type roll struct {
	mu     sync.Mutex
	people []int64
	groups []int64
	supers int64
}

// AddPerson adds somebody and returns them with their id: the given one, or the next free one.
func (s *Server) AddPerson(p Person) Person {
	s.roll.mu.Lock()
	if p.ID == 0 {
		p.ID = firstPerson + int64(len(s.roll.people))
		for _, taken := s.people.get(p.ID); taken; _, taken = s.people.get(p.ID) {
			p.ID++
		}
	}
	if p.FirstName == "" {
		p.FirstName = fmt.Sprintf("Person %d", len(s.roll.people)+1)
	}
	if p.Role == "" {
		p.Role = "citizen"
	}
	isNew := false
	entry := s.people.getOrPut(p.ID, func() *person { isNew = true; return &person{id: p.ID} })
	entry.state.Store(&p)
	if isNew {
		s.roll.people = append(s.roll.people, p.ID)
	}
	s.roll.mu.Unlock()
	if p.Started {
		c := s.privateChat(entry)
		c.mu.Lock()
		c.started = true
		c.mu.Unlock()
	}
	s.personChanged(p)
	return p
}

func (s *Server) personChanged(p Person) {
	if s.onPerson != nil {
		s.onPerson(p)
	}
	s.hub.publish("people", 0, 0, func() any { return p })
}

// Person finds somebody by id.
func (s *Server) Person(id int64) (Person, bool) {
	p, ok := s.people.get(id)
	if !ok {
		return Person{}, false
	}
	return p.get(), true
}

var errNoPerson = errors.New("no such person")

// UpdatePerson changes somebody with edit. Blocking and unblocking the bot makes the update Telegram makes.
func (s *Server) UpdatePerson(id int64, edit func(*Person)) (Person, error) {
	p, ok := s.people.get(id)
	if !ok {
		return Person{}, errNoPerson
	}
	for {
		old := p.state.Load()
		changed := *old
		edit(&changed)
		changed.ID = id
		if p.state.CompareAndSwap(old, &changed) {
			if changed.Blocked != old.Blocked {
				s.blockChanged(p, changed.Blocked)
			}
			s.personChanged(changed)
			return changed, nil
		}
	}
}

// Block makes somebody block the bot.
func (s *Server) Block(id int64) error { return s.setBlocked(id, true) }

// Unblock makes somebody unblock the bot.
func (s *Server) Unblock(id int64) error { return s.setBlocked(id, false) }

func (s *Server) setBlocked(id int64, blocked bool) error {
	_, err := s.UpdatePerson(id, func(p *Person) { p.Blocked = blocked })
	return err
}

// Deactivate deletes somebody's account: nothing reaches them any more, and no update says so.
func (s *Server) Deactivate(id int64) error {
	_, err := s.UpdatePerson(id, func(p *Person) { p.Deactivated = true })
	return err
}

func (s *Server) blockChanged(p *person, blocked bool) {
	c := s.privateChat(p)
	c.mu.Lock()
	defer c.mu.Unlock()
	before, after := "member", "kicked"
	if !blocked {
		before, after = after, before
	}
	s.pushMembership(c, p.user(), before, after)
}
