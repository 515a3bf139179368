package bot

import (
	"context"
	"time"

	"refbot/knowledge/language"
)

// WebSession is somebody who is logged in to the dashboard. It names no role: what somebody may do is looked up for
// each request.
type WebSession struct {
	Person   int64         `json:"p"`
	Since    time.Time     `json:"t"` // of the login
	Language language.Code `json:"l"`
}

// WebSessions keeps sessions and the links that begin them, sealed; both are named by the SHA-256 of what the person
// holds, so that nobody who reads the store can use them. Errors are *Error of kind StoreDown.
type WebSessions interface {
	// PutLink keeps a link for a person.
	PutLink(ctx context.Context, name string, person int64, life time.Duration) error
	// TakeLink returns whose link it is, and deletes it: of two who use it at once one gets it. 0 when there is none.
	TakeLink(ctx context.Context, name string) (person int64, err error)
	PutSession(ctx context.Context, name string, s WebSession, life time.Duration) error
	// WebSession returns a session and prolongs its life; false when there is none, or the person has ended all of
	// theirs since it began.
	WebSession(ctx context.Context, name string, life time.Duration) (WebSession, bool, error)
	EndSession(ctx context.Context, name string) error
	// EndSessions ends all sessions of a person that began up to now, and their links.
	EndSessions(ctx context.Context, person int64, now time.Time) error
}
