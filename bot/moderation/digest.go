package moderation

import "context"

// DigestChoice is when somebody wants the daily digest, and when they got the last one.
type DigestChoice struct {
	Hour int    `json:"h"` // of the campaign's time zone, 0 to 23; NoDigest for never
	Sent string `json:"s"` // the day of the last one, as 2026-03-15
}

// NoDigest is the hour of who wants none.
const NoDigest = -1

// DigestChoices keeps them. Errors are *bot.Error of kind StoreDown.
type DigestChoices interface {
	// DigestChoice returns what somebody chose; false where they have not.
	DigestChoice(ctx context.Context, person int64) (DigestChoice, bool, error)
	SetDigestChoice(ctx context.Context, person int64, c DigestChoice) error
}
