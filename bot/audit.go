package bot

import (
	"context"
	"time"
)

// AuditLine is something one of the staff did. It holds nothing about citizens: What names an entry, a
// cluster, a version, a broadcast, never a question or its asker.
type AuditLine struct {
	At     time.Time `json:"at"`
	By     int64     `json:"by"`             // Telegram user id; 0: the program
	Room   string    `json:"room"`           // where it was done: one of the Room constants
	Action string    `json:"action"`         // what was done, a word or two of English: "rule", "publish", "grant"
	What   string    `json:"what,omitempty"` // to what: a ref, an id, a version, a role
	Why    string    `json:"why,omitempty"`  // as the person put it
}

// The rooms of audit lines.
const (
	RoomReview    = "review"    // rulings, clusters
	RoomKnowledge = "knowledge" // proposals, versions
	RoomBroadcast = "broadcast"
	RoomRoles     = "roles"
	RoomSettings  = "settings"  // switches, limits, emergency stop
	RoomDashboard = "dashboard" // logins, exports
)

// AuditFilter narrows the audit; the zero value is all of it.
type AuditFilter struct {
	By           int64 // 0: anybody
	Room         string
	Since, Until time.Time // Until is exclusive; zero times set no bound
}

// Fits reports whether a line belongs to what was asked for.
func (f AuditFilter) Fits(l AuditLine) bool {
	return (f.By == 0 || f.By == l.By) && (f.Room == "" || f.Room == l.Room) &&
		(f.Since.IsZero() || !l.At.Before(f.Since)) && (f.Until.IsZero() || l.At.Before(f.Until))
}

// Audit is one log of everything staff do, newest first; what roles and broadcasts keep of themselves is in it.
// Errors are *Error of kind StoreDown, or Internal for a cursor nobody gave.
type Audit interface {
	// Note adds a line. A zero At is now.
	Note(ctx context.Context, l AuditLine) error
	// Lines gives at most n lines after the cursor, "" for the newest; next is "" when there are no more. A page
	// may be shorter than n and not be the last.
	Lines(ctx context.Context, f AuditFilter, cursor string, n int) (lines []AuditLine, next string, err error)
}
