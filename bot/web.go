package bot

import (
	"context"
	"time"

	"refbot/knowledge/language"
)

// WebLink is a way into the dashboard, to be used once. It holds for the roles its person had when it was made.
type WebLink struct {
	Person int64     `json:"p"`
	Roles  Roles     `json:"r"`
	Since  time.Time `json:"t"`
}

// WebSession is somebody who is logged in to the dashboard, with the roles they came in with. What somebody may do is
// looked up for each request, and a session ends when the roles change.
type WebSession struct {
	Person   int64         `json:"p"`
	Roles    Roles         `json:"r"`
	Since    time.Time     `json:"t"` // of the login
	Language language.Code `json:"l"`
}

// WebSessions keeps sessions and the links that begin them, sealed; both are named by the SHA-256 of what the person
// holds, so that nobody who reads the store can use them. Errors are *Error of kind StoreDown.
type WebSessions interface {
	PutLink(ctx context.Context, name string, link WebLink, life time.Duration) error
	// TakeLink returns a link, and deletes it: of two who use it at once one gets it. False when there is none, or its
	// person has ended all sessions since it was made.
	TakeLink(ctx context.Context, name string) (WebLink, bool, error)
	PutSession(ctx context.Context, name string, s WebSession, life time.Duration) error
	// WebSession returns a session and prolongs its life, unless life is 0; false when there is none, or the person has
	// ended all of theirs since it began.
	WebSession(ctx context.Context, name string, life time.Duration) (WebSession, bool, error)
	EndSession(ctx context.Context, name string) error
	// EndSessions ends all sessions of a person that began up to now, and their links.
	EndSessions(ctx context.Context, person int64, now time.Time) error
}
