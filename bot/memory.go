package bot

import (
	"context"
	"crypto/rand"
	"time"

	"refbot/bot/texts"
	"refbot/knowledge"
	"refbot/knowledge/language"
)

// DefaultKept is how long each kind of data is kept where nobody says otherwise.
func DefaultKept() texts.Kept {
	const day = 24 * time.Hour
	return texts.Kept{Session: day, Profile: 180 * day, Journal: 180 * day, DeadLetters: 14 * day}
}

// Session is what the bot remembers of a conversation. It expires a day after the last message.
type Session struct {
	Chat     int64         `json:"c"`           // the chat the turns belong to; they are not carried to another
	Language language.Code `json:"l,omitempty"` // of the last reply
	Turns    []Turn        `json:"t,omitempty"` // oldest first, at most knowledge.MaxTurns
	Replies  []Pair        `json:"r,omitempty"` // newest last, at most maxPairs
	Topic    string        `json:"s,omitempty"` // of the last answer
	Last     Echo          `json:"e,omitzero"`  // the last event, when it was a question
	App      language.Code `json:"a,omitempty"` // of the person's app
	Form     string        `json:"f,omitempty"` // what the next message of one of the staff is for; see Outreach
}

// Turn is an earlier question, redacted.
type Turn struct {
	Question string `json:"q"`
}

// Pair remembers which reply belongs to which question, so that an edited question gets its reply edited.
type Pair struct {
	Question int `json:"q"`
	Reply    int `json:"r"`
	// Ref and At are those of the journal entry, which an edited question takes the place of; "" when there is none.
	Ref string    `json:"f,omitempty"`
	At  time.Time `json:"a,omitzero"`
}

const maxPairs = 10

// Profile is what the bot keeps of a person beyond the conversation: as long as they are subscribed, and
// else for a while after their last message.
type Profile struct {
	Language    language.Code `json:"l,omitempty"` // fixed by /lang; "" follows the question
	Subscribed  bool          `json:"s,omitempty"`
	Since       time.Time     `json:"d,omitzero"` // of the subscription
	Unreachable bool          `json:"u,omitempty"`

	// What a subscriber wants to hear.
	News   language.Code `json:"n,omitempty"` // the language of it: set with the subscription, and by /lang
	Topics []string      `json:"t,omitempty"` // of the campaign; none: all
	Region string        `json:"r,omitempty"` // of the campaign; "" when not given
}

// Memory is everything known of one person at the start of an event.
type Memory struct {
	Session Session
	Profile Profile
	Known   bool // false when nothing at all is stored
}

// Outcome is what handling an event leaves to be stored of its person. Nil parts stay as they are.
type Outcome struct {
	Person  int64
	Session *Session
	Profile *Profile
	Entry   *Entry
}

// Store keeps what must survive a restart. Errors are *Error of kind StoreDown.
type Store interface {
	// Recall returns the zero Memory for a person nobody knows. One round trip.
	Recall(ctx context.Context, person int64) (Memory, error)
	// Record stores the session and, where they are not nil, the profile and the journal entry. One round trip.
	Record(ctx context.Context, person int64, s Session, p *Profile, e *Entry) error
	// Rate sets the feedback of an entry; false when there is none, or another person's question led to it.
	Rate(ctx context.Context, person int64, ref string, f Feedback) (bool, error)
	// Entries returns the person's journal entries, oldest first.
	Entries(ctx context.Context, person int64) ([]Entry, error)
	// Forget deletes everything of the person: session, profile, journal entries.
	Forget(ctx context.Context, person int64) error
}

// Entry is one line of the journal: a question and what became of it. It names nobody; the store
// adds the pseudonym.
type Entry struct {
	Ref        string             `json:"ref"` // 12 characters, random
	At         time.Time          `json:"at"`
	Question   string             `json:"question"` // redacted
	Language   language.Code      `json:"language"`
	Decision   knowledge.Decision `json:"decision"`
	Confidence float64            `json:"confidence"`
	Statements []string           `json:"statements,omitempty"`
	Topic      string             `json:"topic,omitempty"`
	Reply      string             `json:"reply"`
	Micros     int64              `json:"micros"` // from the event to the composed reply, in microseconds
	Knowledge  string             `json:"knowledge"`
	Feedback   Feedback           `json:"feedback,omitempty"`
	Phrasing   *Phrasing          `json:"phrasing,omitempty"` // nil: nobody was asked to phrase it
	Review     *Review            `json:"review,omitempty"`   // nil: no moderator has ruled on it
}

// Feedback is what the asker made of the reply.
type Feedback string

// The ratings.
const (
	Helpful    Feedback = "up"
	NotHelpful Feedback = "down"
)

// refLength is the length of the name of a journal entry, in bytes.
const refLength = 12

// NewRef returns a random name for a journal entry: 12 of [A-Z2-7], 60 bits.
func NewRef() string { return rand.Text()[:refLength] }

// remember adds a question to the session.
func (s *Session) remember(question string) {
	s.Turns = append(s.Turns, Turn{Question: question})
	if extra := len(s.Turns) - knowledge.MaxTurns; extra > 0 {
		s.Turns = s.Turns[extra:]
	}
}

// pair notes that reply answers question, and which entry tells of it, if one does.
func (s *Session) pair(question, reply int, e *Entry) {
	p := Pair{Question: question, Reply: reply}
	if e != nil {
		p.Ref, p.At = e.Ref, e.At
	}
	s.Replies = append(s.Replies, p)
	if extra := len(s.Replies) - maxPairs; extra > 0 {
		s.Replies = s.Replies[extra:]
	}
}

// replyTo finds the reply to a question.
func (s *Session) replyTo(question int) (int, bool) {
	for i := len(s.Replies) - 1; i >= 0; i-- {
		if s.Replies[i].Question == question {
			return s.Replies[i].Reply, true
		}
	}
	return 0, false
}

// entryOf finds the entry of a question, "" when there is none.
func (s *Session) entryOf(question int) (ref string, at time.Time) {
	for i := len(s.Replies) - 1; i >= 0; i-- {
		if p := &s.Replies[i]; p.Question == question {
			return p.Ref, p.At
		}
	}
	return "", time.Time{}
}

// questions lists the turns' texts, oldest first.
func (s *Session) questions() []string {
	qs := make([]string, len(s.Turns))
	for i, t := range s.Turns {
		qs[i] = t.Question
	}
	return qs
}
