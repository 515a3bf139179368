package redisstore

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/redis/go-redis/v9"

	"refbot/bot"
)

// What lets staff into the dashboard; <name> is the SHA-256 of what they hold:
//
//	rb:{web}:l:<name>         sealed id of whose one-time link it is; 5 minutes
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
func (s *Store) PutLink(ctx context.Context, name string, person int64, life time.Duration) error {
	key := linkPrefix + name
	return failed("keep a link", s.db.Set(ctx, key, s.encode(key, person), life).Err())
}

// TakeLink implements bot.WebSessions.
func (s *Store) TakeLink(ctx context.Context, name string) (person int64, err error) {
	key := linkPrefix + name
	sealed, err := s.db.GetDel(ctx, key).Result()
	if errors.Is(err, redis.Nil) {
		return 0, nil
	}
	if err == nil {
		decode(s, key, sealed, &person)
	}
	return person, failed("take a link", err)
}

// PutSession implements bot.WebSessions.
func (s *Store) PutSession(ctx context.Context, name string, session bot.WebSession, life time.Duration) error {
	key := sessionPrefix + name
	return failed("keep a login", s.db.Set(ctx, key, s.encode(key, session), life).Err())
}

// WebSession implements bot.WebSessions.
func (s *Store) WebSession(ctx context.Context, name string, life time.Duration) (bot.WebSession, bool, error) {
	key := sessionPrefix + name
	sealed, err := s.db.GetEx(ctx, key, life).Bytes()
	if errors.Is(err, redis.Nil) {
		return bot.WebSession{}, false, nil
	}
	if err != nil {
		return bot.WebSession{}, false, failed("look for a login", err)
	}
	var session bot.WebSession
	plain, err := s.sealer.Open(key, sealed)
	if err != nil || json.Unmarshal(plain, &session) != nil {
		return bot.WebSession{}, false, nil //nolint:nilerr // sealed with a key that is gone: nobody is logged in by it
	}
	out, err := s.db.Get(ctx, s.outKey(session.Person)).Int64()
	if err != nil && !errors.Is(err, redis.Nil) {
		return bot.WebSession{}, false, failed("look for a login", err)
	}
	return session, session.Since.UnixNano() > out, nil
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
