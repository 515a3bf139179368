package bot

import "time"

// Ruling is what a moderator says of an answer. Package moderation lists them.
type Ruling string

// Review is a moderator's ruling on a journal entry.
type Review struct {
	Ruling Ruling    `json:"ruling"`
	By     int64     `json:"by,omitempty"` // Telegram user id of the moderator; 0 where it is not to be told
	At     time.Time `json:"at"`
	Better []string  `json:"better,omitempty"` // ids of the statements that answer it better
	Note   string    `json:"note,omitempty"`
	Former *Review   `json:"former,omitempty"` // which this one replaced; undo returns to it
}
