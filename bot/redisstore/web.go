package redisstore

import (
	"context"
	"errors"
	"time"

	"github.com/redis/go-redis/v9"

	"refbot/bot"
)

// What lets staff into the dashboard; <name> is the SHA-256 of what they hold:
//
//	rb:{web}:l:<name>         sealed bot.WebLink; 5 minutes
//	rb:{web}:s:<name>         sealed bot.WebSession; two hours after the last request
//	rb:{web}:o:<person>       when the person ended all sessions, Unix nanoseconds; as long as a session can last
const (
	linkPrefix    = "rb:{web}:l:"
	sessionPrefix = "rb:{web}:s:"
	outPrefix     = "rb:{web}:o:"
)

// outLife is above what a session can last.
const outLife = 24 * time.Hour

var _ bot.WebSessions = (*Store)(nil)

// PutLink implements bot.WebSessions.
func (s *Store) PutLink(ctx context.Context, name string, link bot.WebLink, life time.Duration) error {
	key := linkPrefix + name
	return failed("keep a link", s.db.Set(ctx, key, s.encode(key, link), life).Err())
}

// TakeLink implements bot.WebSessions.
func (s *Store) TakeLink(ctx context.Context, name string) (bot.WebLink, bool, error) {
	var link bot.WebLink
	key := linkPrefix + name
	sealed, err := s.db.GetDel(ctx, key).Bytes()
	if !s.open(key, sealed, err, &link) {
		return bot.WebLink{}, false, failed("take a link", notNil(err))
	}
	ended, err := s.ended(ctx, link.Person, link.Since)
	return link, err == nil && !ended, err
}

// open reads a sealed value that was found; one sealed with a key that is gone is as good as none.
func (s *Store) open(key string, sealed []byte, err error, value any) bool {
	if err != nil {
		return false
	}
	plain, err := s.sealer.Open(key, sealed)
	return err == nil && unmarshal(plain, value) == nil
}

// notNil is an error unless it says that there is no such key.
func notNil(err error) error {
	if errors.Is(err, redis.Nil) {
		return nil
	}
	return err
}

// ended reports whether a person has ended all that began up to a time.
func (s *Store) ended(ctx context.Context, person int64, since time.Time) (bool, error) {
	out, err := s.db.Get(ctx, s.outKey(person)).Int64()
	return since.UnixNano() <= out, failed("look for a login", notNil(err))
}

// PutSession implements bot.WebSessions.
func (s *Store) PutSession(ctx context.Context, name string, session bot.WebSession, life time.Duration) error {
	key := sessionPrefix + name
	return failed("keep a login", s.db.Set(ctx, key, s.encode(key, session), life).Err())
}

// WebSession implements bot.WebSessions.
func (s *Store) WebSession(ctx context.Context, name string, life time.Duration) (bot.WebSession, bool, error) {
	var session bot.WebSession
	key := sessionPrefix + name
	found := s.db.Get(ctx, key)
	if life > 0 {
		found = s.db.GetEx(ctx, key, life)
	}
	sealed, err := found.Bytes()
	if !s.open(key, sealed, err, &session) {
		return bot.WebSession{}, false, failed("look for a login", notNil(err))
	}
	ended, err := s.ended(ctx, session.Person, session.Since)
	if err != nil {
		return bot.WebSession{}, false, err
	}
	return session, !ended, nil
}

func (s *Store) outKey(person int64) string { return outPrefix + s.sealer.Hide("web", person) }

// EndSession implements bot.WebSessions.
func (s *Store) EndSession(ctx context.Context, name string) error {
	return failed("end a login", s.db.Del(ctx, sessionPrefix+name).Err())
}

// EndSessions implements bot.WebSessions.
func (s *Store) EndSessions(ctx context.Context, person int64, now time.Time) error {
	return failed("end logins", s.db.Set(ctx, s.outKey(person), now.UnixNano(), outLife).Err())
}
