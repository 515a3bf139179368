package redisstore

import (
	"context"
	"errors"
	"strconv"

	"github.com/redis/go-redis/v9"

	"refbot/bot/moderation"
)

// Moderation is the journal as moderators work with it. A [Clerk] derives its index from the journal; until the
// clerk has looked at an entry, within a second or two, it is not there. Its keys:
//
//	rb:{q}:version            counts the changes of the index, so that of two clerks only one writes
//	rb:{q}:next               number of the next entry
//	rb:{q}:a:<segment>        sealed: what 1,024 entries are filtered by, 12 bytes each: see traits
//	rb:{q}:n:<segment>        sealed: whose they are and what their refs are, 28 bytes each
//	rb:{q}:spans              hash segment → "<first> <last> <mask>": Unix seconds of its questions, which values
//	                          their traits have
//	rb:{q}:r:<3 letters>      hash ref → number of the entry; of the refs that begin so
//	rb:{q}:topics             hash topic → number
//	rb:{q}:h:<hour>           hash of counters of that hour since 1970; 400 days
//	rb:{q}:c:<cluster>        sealed group of similar questions: what they speak of, days, languages
//	rb:{q}:open, :settled     sorted sets of clusters by their size
//	rb:{q}:seen               hash cluster → its size when somebody ruled on its card
//	rb:{q}:queue              sorted set: cards by how useful they are
//	rb:{q}:leases             sorted set: cards that are out, by when they come back (ms)
//	rb:{q}:holders            hash card → <moderator>
//	rb:{q}:back:<moderator>   set of cards this moderator has given back; 12 hours
//
// Segments go when the last entry in them does, the rest of what is about an entry when it is forgotten or over.
type Moderation struct {
	store *Store
	db    redis.UniversalClient
}

// Moderation returns what moderators work with beside the store.
func (s *Store) Moderation() *Moderation { return &Moderation{s, s.db} }

var (
	_ moderation.Journal  = (*Moderation)(nil)
	_ moderation.Queue    = (*Moderation)(nil)
	_ moderation.Clusters = (*Moderation)(nil)
)

const (
	filePrefix  = "rb:{q}:"
	fileVersion = filePrefix + "version"
	fileNext    = filePrefix + "next"
	fileSpans   = filePrefix + "spans"
	fileTopics  = filePrefix + "topics"
	fileOpen    = filePrefix + "open"
	fileSettled = filePrefix + "settled"
	fileSeen    = filePrefix + "seen"
	fileQueue   = filePrefix + "queue"
	fileLeases  = filePrefix + "leases"
	fileHolders = filePrefix + "holders"
)

func traitsKey(segment int64) string { return filePrefix + "a:" + strconv.FormatInt(segment, 10) }
func namesKey(segment int64) string  { return filePrefix + "n:" + strconv.FormatInt(segment, 10) }
func refKey(ref string) string       { return filePrefix + "r:" + ref[:min(3, len(ref))] }

// found is an entry of the index.
type found struct {
	number      int64
	person, ref string
	traits      traits
}

// locate finds an entry by its ref.
func (m *Moderation) locate(ctx context.Context, ref string) (found, error) {
	if len(ref) != refSize {
		return found{}, moderation.ErrUnknown
	}
	number, err := m.db.HGet(ctx, refKey(ref), ref).Int64()
	if errors.Is(err, redis.Nil) {
		return found{}, moderation.ErrUnknown
	}
	if err != nil {
		return found{}, err
	}
	seg, at := number/segmentSize, int(number%segmentSize)
	values, err := m.db.MGet(ctx, traitsKey(seg), namesKey(seg)).Result()
	if err != nil {
		return found{}, err
	}
	t, n := m.openSegment(traitsKey(seg), values[0], traitSize), m.openSegment(namesKey(seg), values[1], nameSize)
	if len(t) < (at+1)*traitSize || len(n) < (at+1)*nameSize {
		return found{}, moderation.ErrUnknown
	}
	f := found{number: number, traits: readTraits(t[at*traitSize:])}
	if f.person, f.ref = readName(n[at*nameSize:]); f.ref != ref {
		return found{}, moderation.ErrUnknown
	}
	return f, nil
}

// refused is an error of moderation as it is, and one of Redis as the bot knows it.
func refused(op string, err error) error {
	for _, known := range []error{
		moderation.ErrUnknown, moderation.ErrCursor, moderation.ErrNothing, moderation.ErrRuling, moderation.ErrEmpty,
	} {
		if errors.Is(err, known) {
			return known
		}
	}
	return failed(op, err)
}

// Question implements moderation.Journal.
func (m *Moderation) Question(ctx context.Context, ref string) (moderation.Question, error) {
	f, err := m.locate(ctx, ref)
	if err != nil {
		return moderation.Question{}, refused("read an entry", err)
	}
	list, err := m.read(ctx, []found{f})
	if err == nil && len(list) == 0 {
		err = moderation.ErrUnknown
	}
	if err != nil {
		return moderation.Question{}, refused("read an entry", err)
	}
	return list[0], nil
}

// read reads entries of the index in their order, but for those that are gone or do not open.
func (m *Moderation) read(ctx context.Context, places []found) ([]moderation.Question, error) {
	if len(places) == 0 {
		return nil, nil
	}
	pipe := m.db.Pipeline()
	values := make([]*redis.StringCmd, len(places))
	for i, f := range places {
		values[i] = pipe.Get(ctx, keysOf(f.person).entry+f.ref)
	}
	if _, err := pipe.Exec(ctx); err != nil && !errors.Is(err, redis.Nil) {
		return nil, err
	}
	if err := lastError(values); err != nil {
		return nil, err
	}
	list := make([]moderation.Question, 0, len(places))
	for i, f := range places {
		q := moderation.Question{Asker: f.person, Cluster: moderation.NewClusterID(f.traits.cluster)}
		plain, err := m.store.sealer.Open(keysOf(f.person).entry+f.ref, []byte(values[i].Val()))
		if err == nil && unmarshal(plain, &q.Entry) == nil {
			list = append(list, q)
		}
	}
	return list, nil
}
