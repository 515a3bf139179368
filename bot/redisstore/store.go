package redisstore

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"time"

	"github.com/redis/go-redis/v9"

	"refbot/bot"
)

// Store keeps sessions, profiles and the journal in Redis. It implements bot.Store.
type Store struct {
	// Report, if set before the store is used, hears of trouble that stopped nothing: a value that does
	// not open, an update that waits, Redis away. It is called at most once a second, and what it is
	// given holds no text and no id.
	Report func(error)
	// MailboxSize, if set before the store is used, is how many updates of one chat may wait; further ones
	// are dropped until some are handled. 0 is far above what a person writes and below what fills Redis.
	MailboxSize int
	// Replicas, if set before the store is used, is how many replicas of Redis must hold updates before Put
	// returns. It works with one master, not in a Redis Cluster.
	Replicas int

	db       redis.UniversalClient
	flights  flights
	sealer   *Sealer
	keep     Retention
	reported atomic.Int64
}

// Retention says how long each kind of data is kept. Each must be above a millisecond.
type Retention struct {
	Session     time.Duration // since the last message
	Profile     time.Duration // since the last message, unless the person is subscribed
	Journal     time.Duration // since the question
	DeadLetters time.Duration // since the update was given up
}

// DefaultRetention is what /privacy promises.
func DefaultRetention() Retention {
	const day = 24 * time.Hour
	return Retention{Session: day, Profile: 180 * day, Journal: 180 * day, DeadLetters: 14 * day}
}

// New returns a store on an open client. Call [ClaimKey] before using it.
func New(db redis.UniversalClient, sealer *Sealer, keep Retention) *Store {
	return &Store{db: db, flights: flights{db: db}, sealer: sealer, keep: keep}
}

var _ bot.Store = (*Store)(nil)

// report passes trouble on.
func (s *Store) report(err error) {
	now := time.Now().UnixNano()
	last := s.reported.Load()
	if s.Report != nil && now-last >= int64(time.Second) && s.reported.CompareAndSwap(last, now) {
		s.Report(err)
	}
}

func (s *Store) person(id int64) personKeys { return keysOf(s.sealer.Hide("person", id)) }

// Recall implements bot.Store. A value that does not open is reported and taken as not stored: the
// person is served, and what is there stays until it is stored anew.
func (s *Store) Recall(ctx context.Context, person int64) (bot.Memory, error) {
	keys := s.person(person)
	values, err := s.flights.run(ctx, call{args: []any{"mget", keys.session, keys.profile}})[0].Slice()
	if err == nil && len(values) != 2 {
		err = errors.New("Redis answered with something else than two values") //nolint:staticcheck // a name
	}
	if err != nil {
		return bot.Memory{}, failed("recall a session", err)
	}
	var m bot.Memory
	hasSession := decode(s, keys.session, values[0], &m.Session)
	hasProfile := decode(s, keys.profile, values[1], &m.Profile)
	m.Known = hasSession || hasProfile
	return m, nil
}

// decode opens a value of MGET into v; false, and the zero value, when there is none that opens.
func decode[T any](s *Store, key string, value any, v *T) bool {
	sealed, ok := value.(string)
	if !ok {
		return false
	}
	plain, err := s.sealer.Open(key, []byte(sealed))
	if err == nil {
		err = unmarshal(plain, v)
	}
	if err != nil {
		*v = *new(T)
		s.report(fmt.Errorf("%s counts as not stored: %w; if it was sealed with another key, set the former key in DATA_KEY_OLD", kindOfValue(key), ErrSealed))
		return false
	}
	return true
}

// kindOfValue says what a key holds, without saying whose it is.
func kindOfValue(key string) string {
	switch {
	case strings.HasSuffix(key, "}:session"):
		return "a conversation"
	case strings.HasSuffix(key, "}:profile"):
		return "a profile with its subscription"
	case strings.HasPrefix(key, "rb:{p:"):
		return "a journal entry"
	case strings.HasPrefix(key, "rb:{kb}:"):
		return "a version or a proposal of the knowledge base"
	case strings.HasPrefix(key, "rb:{web}:"):
		return "a login"
	case strings.HasPrefix(key, "rb:{w"):
		return "a wish to be told of an answer"
	case key == switchesNow:
		return "what was switched"
	case strings.HasPrefix(key, broadcastPrefix):
		return "a broadcast"
	}
	return "a role"
}

// Record implements bot.Store.
func (s *Store) Record(ctx context.Context, person int64, session bot.Session, profile *bot.Profile, entry *bot.Entry) error {
	calls := s.record(bot.Outcome{Person: person, Session: &session, Profile: profile, Entry: entry})
	return failed("record a session", firstError(s.flights.run(ctx, calls...)))
}

// record prepares the storing of an outcome. A change of profile goes with one of the audience, which lies in
// another slot: they take one round trip, and where only one of them succeeds, the caller does both again.
func (s *Store) record(o bot.Outcome) []call {
	keys := s.person(o.Person)
	var session, profile, entry []byte
	entryKey, ref, endless, at := keys.entry, "", 0, int64(0)
	if o.Session != nil {
		session = s.encode(keys.session, o.Session)
	}
	if o.Profile != nil {
		profile = s.encode(keys.profile, o.Profile)
		if o.Profile.Subscribed {
			endless = 1
		}
	}
	if o.Entry != nil {
		ref, entryKey, at = o.Entry.Ref, keys.entry+o.Entry.Ref, o.Entry.At.UnixMilli()
		entry = s.encode(entryKey, o.Entry)
	}
	calls := []call{{
		recordScript,
		[]string{keys.session, keys.profile, keys.entries, entryKey},
		[]any{
			session, s.keep.Session.Milliseconds(), profile, entry, s.keep.Journal.Milliseconds(), ref, keys.entry,
			s.keep.Profile.Milliseconds(), endless, at,
		},
	}}
	if o.Entry != nil {
		calls = append(calls, s.index(keys, o.Entry))
	}
	if o.Profile != nil {
		calls = append(calls, s.enlist(o.Person, o.Profile))
	}
	return calls
}

// encode seals v; the types stored here always marshal.
func (s *Store) encode(key string, v any) []byte {
	return s.sealer.Seal(key, marshal(v))
}

// Rate implements bot.Store. An entry is stored under its asker's name, so that nobody else finds it.
func (s *Store) Rate(ctx context.Context, person int64, ref string, f bot.Feedback) (bool, error) {
	_, found, err := s.amend(ctx, s.sealer.Hide("person", person), ref, func(e *bot.Entry) error { e.Feedback = f; return nil })
	return found, failed("rate an answer", err)
}

// maxAmends is how often a change of an entry is tried again because somebody else was faster.
const maxAmends = 8

// amend changes an entry where it lies, and has the clerk look at it; false when it is not there. An error of
// change leaves it as it is and is returned.
func (s *Store) amend(ctx context.Context, person, ref string, change func(*bot.Entry) error) (e bot.Entry, found bool, err error) {
	key := keysOf(person).entry + ref
	for range maxAmends {
		sealed, err := s.db.Get(ctx, key).Result()
		if errors.Is(err, redis.Nil) {
			return e, false, nil
		}
		if err != nil {
			return e, false, err
		}
		e = bot.Entry{}
		if !decode(s, key, sealed, &e) {
			return e, false, nil
		}
		if err := change(&e); err != nil {
			return e, true, err
		}
		look := []any{"rpush", unfiledKey(shardOf(person)), indexMember(person, ref)}
		results := run(ctx, s.db, call{resealScript, []string{key}, []any{"string", "", sealed, s.encode(key, e)}}, call{args: look})
		if err := firstError(results); err != nil {
			return e, false, err
		}
		if n, _ := results[0].Int(); n == 1 {
			return e, true, nil
		}
	}
	return e, false, errors.New("an entry is changed by many at once")
}

// Entries implements bot.Store. What does not open is reported and left out.
func (s *Store) Entries(ctx context.Context, person int64) ([]bot.Entry, error) {
	keys := s.person(person)
	refs, err := s.db.ZRange(ctx, keys.entries, 0, -1).Result()
	if err != nil || len(refs) == 0 {
		return nil, failed("read a person's entries", err)
	}
	for i, ref := range refs {
		refs[i] = keys.entry + ref
	}
	values, err := s.db.MGet(ctx, refs...).Result()
	if err != nil {
		return nil, failed("read a person's entries", err)
	}
	var entries []bot.Entry
	for i, value := range values {
		var e bot.Entry
		if decode(s, refs[i], value, &e) {
			entries = append(entries, e)
		}
	}
	return entries, nil
}

// failed wraps an error of Redis; nil stays nil.
func failed(op string, err error) error {
	if err == nil {
		return nil
	}
	return &bot.Error{Op: op, Kind: bot.StoreDown, Err: err}
}
