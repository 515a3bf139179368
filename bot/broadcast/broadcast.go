package broadcast

import (
	"crypto/rand"
	"strings"
	"time"

	"refbot/knowledge/language"
)

// ID names a broadcast: 8 of [A-Z2-7], random, so that bc:approve:ID fits into callback data.
type ID string

// Broadcast is a message for many, from the first draft to the report.
type Broadcast struct {
	ID      ID                        `json:"id"`
	Version int64                     `json:"version"` // grows with every change; a change of another version is refused
	State   State                     `json:"state"`
	Author  int64                     `json:"author"` // Telegram user id
	Created time.Time                 `json:"created"`
	Content map[language.Code]Message `json:"content"`
	// Fallback is the language people get whose own is not written; "" leaves them out.
	Fallback   language.Code `json:"fallback,omitempty"`
	Segment    Segment       `json:"segment"`
	Statements []string      `json:"statements,omitempty"` // of the knowledge base, which the text rests on
	Approval   *Approval     `json:"approval,omitempty"`
	Schedule   *Schedule     `json:"schedule,omitempty"`
	Override   string        `json:"override,omitempty"` // an admin's reason to send in the quiet period
	Started    time.Time     `json:"started,omitzero"`
	Ended      time.Time     `json:"ended,omitzero"`
	Pause      string        `json:"pause,omitempty"` // why it is paused: a [PauseReason]
	// Corrects is the broadcast whose sent messages this one edits, or deletes when Recall is set.
	Corrects ID      `json:"corrects,omitempty"`
	Recall   bool    `json:"recall,omitempty"`
	Audit    []Event `json:"audit"`

	Asked    []Posted  `json:"asked,omitempty"`  // the messages that ask for approval of exactly this text and audience
	Boards   []Posted  `json:"boards,omitempty"` // the messages that show how the sending goes
	Reported time.Time `json:"reported,omitzero"`
}

// Posted is a message of the bot to one of the staff.
type Posted struct {
	Chat    int64 `json:"c"`
	Message int   `json:"m"`
	Night   bool  `json:"n,omitempty"` // it asks whether the broadcast shall go out at night
}

// same reports whether both are one message.
func (p Posted) same(q Posted) bool { return p.Chat == q.Chat && p.Message == q.Message }

// NewID returns a random name.
func NewID() ID { return ID(rand.Text()[:8]) }

// Valid reports whether an id, which is foreign text in callback data, is well formed.
func (id ID) Valid() bool {
	return len(id) == 8 && strings.Trim(string(id), "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") == ""
}

// Message is what is said in one language.
type Message struct {
	Text     string   `json:"text"`               // Telegram HTML; the caption when there is a file
	Photo    string   `json:"photo,omitempty"`    // Telegram file_id
	Document string   `json:"document,omitempty"` // Telegram file_id
	Buttons  []Button `json:"buttons,omitempty"`
}

// Button opens a link.
type Button struct {
	Text string `json:"text"`
	URL  string `json:"url"`
}

// Segment narrows the audience; the zero value is all who subscribed.
type Segment struct {
	Languages []language.Code `json:"languages,omitempty"`
	Topics    []string        `json:"topics,omitempty"`
	Regions   []string        `json:"regions,omitempty"`
	Since     time.Time       `json:"since,omitzero"` // subscribed at or after
}

// Approval is a second person's word for exactly this text and audience.
type Approval struct {
	By int64     `json:"by"`
	At time.Time `json:"at"`
}

// Schedule is when a broadcast starts, and until when a late start still makes sense.
type Schedule struct {
	At      time.Time     `json:"at"`
	TooLate time.Duration `json:"too_late"` // after At; beyond it the broadcast expires
}

// Event is a line of the audit.
type Event struct {
	At     time.Time `json:"at"`
	By     int64     `json:"by"` // 0: the program
	Action string    `json:"action"`
	Why    string    `json:"why,omitempty"`
}

// State is where a broadcast stands.
type State string

// The states.
const (
	Draft     State = "draft"
	Submitted State = "submitted"
	Approved  State = "approved"
	Scheduled State = "scheduled"
	Sending   State = "sending"
	Paused    State = "paused"
	Finished  State = "finished"
	Canceled  State = "cancelled"
	Expired   State = "expired"
)
