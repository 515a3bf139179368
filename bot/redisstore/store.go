package redisstore

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/redis/go-redis/v9"

	"refbot/bot"
)

// Store keeps sessions, profiles and the journal in Redis. It implements bot.Store.
type Store struct {
	db     redis.UniversalClient
	sealer *Sealer
	keep   Retention
}

// Retention says how long each kind of data is kept.
type Retention struct {
	Session time.Duration // since the last message
	Journal time.Duration // since the question
}

// DefaultRetention is what /privacy promises.
func DefaultRetention() Retention {
	return Retention{Session: 24 * time.Hour, Journal: 180 * 24 * time.Hour}
}

// New returns a store on an open client.
func New(db redis.UniversalClient, sealer *Sealer, keep Retention) *Store {
	return &Store{db: db, sealer: sealer, keep: keep}
}

var _ bot.Store = (*Store)(nil)

func sessionKey(person string) string { return "rb:{p:" + person + "}:session" }
func profileKey(person string) string { return "rb:{p:" + person + "}:profile" }
func refsKey(person string) string    { return "rb:{p:" + person + "}:refs" }
func entryKey(ref string) string      { return "rb:{j:" + ref + "}:entry" }

// maxRefs bounds the list of a person's journal entries.
const maxRefs = 5000

// Recall implements bot.Store.
func (s *Store) Recall(ctx context.Context, person int64) (bot.Memory, error) {
	name := s.sealer.Hide("person", person)
	values, err := s.db.MGet(ctx, sessionKey(name), profileKey(name)).Result()
	if err != nil {
		return bot.Memory{}, failed("recall a session", err)
	}
	var m bot.Memory
	hasSession, err := s.decode(sessionKey(name), values[0], &m.Session)
	if err != nil {
		return bot.Memory{}, err
	}
	hasProfile, err := s.decode(profileKey(name), values[1], &m.Profile)
	m.Known = hasSession || hasProfile
	return m, err
}

// decode opens a value of MGET into v; false when there is none.
func (s *Store) decode(key string, value, v any) (bool, error) {
	sealed, ok := value.(string)
	if !ok {
		return false, nil
	}
	plain, err := s.sealer.Open(key, []byte(sealed))
	if err == nil {
		err = json.Unmarshal(plain, v)
	}
	if err != nil {
		return false, &bot.Error{Op: "open a stored value", Kind: bot.StoreDown, Err: err}
	}
	return true, nil
}

// Record implements bot.Store.
func (s *Store) Record(ctx context.Context, person int64, session bot.Session, profile *bot.Profile, entry *bot.Entry) error {
	name := s.sealer.Hide("person", person)
	_, err := s.db.Pipelined(ctx, func(p redis.Pipeliner) error {
		p.Set(ctx, sessionKey(name), s.encode(sessionKey(name), session), s.keep.Session)
		if profile != nil {
			p.Set(ctx, profileKey(name), s.encode(profileKey(name), profile), 0)
		}
		if entry != nil {
			s.journal(ctx, p, name, entry)
		}
		return nil
	})
	return failed("record a session", err)
}

// stored is a journal entry with whose it is.
type stored struct {
	Person string `json:"person"` // pseudonym
	bot.Entry
}

func (s *Store) journal(ctx context.Context, p redis.Pipeliner, person string, e *bot.Entry) {
	key := entryKey(e.Ref)
	p.Set(ctx, key, s.encode(key, stored{person, *e}), s.keep.Journal)
	p.RPush(ctx, refsKey(person), e.Ref)
	p.LTrim(ctx, refsKey(person), -maxRefs, -1)
	p.Expire(ctx, refsKey(person), s.keep.Journal)
}

// encode seals v; the types stored here always marshal.
func (s *Store) encode(key string, v any) []byte {
	plain, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Sprintf("redisstore: %T does not marshal: %v", v, err))
	}
	return s.sealer.Seal(key, plain)
}

// Rate implements bot.Store.
func (s *Store) Rate(ctx context.Context, person int64, ref string, f bot.Feedback) (bool, error) {
	key := entryKey(ref)
	sealed, err := s.db.Get(ctx, key).Result()
	if errors.Is(err, redis.Nil) {
		return false, nil
	}
	if err != nil {
		return false, failed("rate an answer", err)
	}
	var e stored
	if _, err := s.decode(key, sealed, &e); err != nil {
		return false, err
	}
	if e.Person != s.sealer.Hide("person", person) {
		return false, nil
	}
	e.Feedback = f
	err = s.db.SetArgs(ctx, key, s.encode(key, e), redis.SetArgs{Mode: "XX", KeepTTL: true}).Err()
	if errors.Is(err, redis.Nil) { // forgotten in between
		return false, nil
	}
	return err == nil, failed("rate an answer", err)
}

// Forget implements bot.Store.
func (s *Store) Forget(ctx context.Context, person int64) error {
	name := s.sealer.Hide("person", person)
	refs, err := s.db.LRange(ctx, refsKey(name), 0, -1).Result()
	if err != nil {
		return failed("forget a person", err)
	}
	_, err = s.db.Pipelined(ctx, func(p redis.Pipeliner) error {
		for _, ref := range refs {
			p.Del(ctx, entryKey(ref))
		}
		p.Del(ctx, sessionKey(name), profileKey(name), refsKey(name))
		return nil
	})
	return failed("forget a person", err)
}

// failed wraps an error of Redis; nil stays nil.
func failed(op string, err error) error {
	if err == nil {
		return nil
	}
	return &bot.Error{Op: op, Kind: bot.StoreDown, Err: err}
}
