package redisstore

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"github.com/redis/go-redis/v9"

	"refbot/bot/library"
)

// Shelf keeps the versions of the knowledge base and what staff propose. Its keys:
//
//	rb:{kb}:latest            number of the newest version
//	rb:{kb}:v:<number>        sealed library.Version; for good, as it is the history
//	rb:{kb}:a:<number>        sealed archive of its pack; the newest library.KeptVersions
//	rb:{kb}:p:<id>            sealed library.Proposal; for good, as its audit is
//	rb:{kb}:revisions         hash id → revision
//	rb:{kb}:list              sorted set by name: 16 digits of the time it was made, ":", id
//	rb:{kb}:open              set of ids: drafts, and those that wait for a second person
type Shelf struct {
	store *Store
	db    redis.UniversalClient
}

// Shelf returns what keeps the knowledge base beside the store.
func (s *Store) Shelf() *Shelf { return &Shelf{s, s.db} }

var _ library.Shelf = (*Shelf)(nil)

const (
	latestKey         = "rb:{kb}:latest"
	versionPrefix     = "rb:{kb}:v:"
	archivePrefix     = "rb:{kb}:a:"
	proposalPrefix    = "rb:{kb}:p:"
	proposalRevisions = "rb:{kb}:revisions"
	proposalList      = "rb:{kb}:list"
	proposalsOpen     = "rb:{kb}:open"
)

var publishScript = load("publish")

func numbered(prefix string, number int64) string { return prefix + strconv.FormatInt(number, 10) }

// Latest implements library.Shelf.
func (r *Shelf) Latest(ctx context.Context) (int64, error) {
	n, err := r.db.Get(ctx, latestKey).Int64()
	if errors.Is(err, redis.Nil) {
		return 0, nil
	}
	return n, failed("look for the newest version", err)
}

// Version implements library.Shelf. One that does not open with this data key is unknown, and reported.
func (r *Shelf) Version(ctx context.Context, number int64) (v library.Version, err error) {
	key := numbered(versionPrefix, number)
	sealed, err := r.db.Get(ctx, key).Result()
	switch {
	case errors.Is(err, redis.Nil):
		return v, library.ErrUnknown
	case err != nil:
		return v, failed("read a version", err)
	case !decode(r.store, key, sealed, &v):
		return v, library.ErrUnknown
	}
	return v, nil
}

// Archive implements library.Shelf.
func (r *Shelf) Archive(ctx context.Context, number int64) ([]byte, error) {
	key := numbered(archivePrefix, number)
	sealed, err := r.db.Get(ctx, key).Bytes()
	if errors.Is(err, redis.Nil) {
		return nil, library.ErrUnknown
	}
	if err != nil {
		return nil, failed("read a version", err)
	}
	plain, err := r.store.sealer.Open(key, sealed)
	if err != nil {
		r.store.report(fmt.Errorf("version %d of the knowledge base counts as not stored: %w", number, err))
		return nil, library.ErrUnknown
	}
	return plain, nil
}

// Publish implements library.Shelf.
func (r *Shelf) Publish(ctx context.Context, v library.Version, archive []byte) error {
	version, pack := numbered(versionPrefix, v.Number), numbered(archivePrefix, v.Number)
	published, err := run(ctx, r.db, call{
		publishScript,
		[]string{latestKey, version, pack, numbered(archivePrefix, v.Number-library.KeptVersions)},
		[]any{v.Number, r.store.encode(version, v), r.store.sealer.Seal(pack, archive)},
	})[0].Int()
	if err == nil && published == 0 {
		return library.ErrConflict
	}
	return failed("publish a version", err)
}

// History implements library.Shelf.
func (r *Shelf) History(ctx context.Context, before int64, n int) ([]library.Version, error) {
	latest, err := r.Latest(ctx)
	if err != nil {
		return nil, err
	}
	if before == 0 || before > latest {
		before = latest + 1
	}
	var keys []string
	for number := before - 1; number > 0 && len(keys) < n; number-- {
		keys = append(keys, numbered(versionPrefix, number))
	}
	if len(keys) == 0 {
		return nil, nil
	}
	values, err := r.db.MGet(ctx, keys...).Result()
	if err != nil {
		return nil, failed("read the history", err)
	}
	var list []library.Version
	for i, value := range values {
		var v library.Version
		if decode(r.store, keys[i], value, &v) {
			list = append(list, v)
		}
	}
	return list, nil
}

// SaveProposal implements library.Shelf.
func (r *Shelf) SaveProposal(ctx context.Context, p *library.Proposal) error {
	next := *p
	next.Revision++
	key, open := proposalPrefix+string(p.ID), 0
	if p.State.Open() {
		open = 1
	}
	place := fmt.Sprintf("%016d:%s", p.Created.UnixMilli(), p.ID)
	saved, err := run(ctx, r.db, call{
		saveScript,
		[]string{key, proposalRevisions, proposalList, proposalsOpen},
		[]any{string(p.ID), p.Revision, r.store.encode(key, next), place, open},
	})[0].Int()
	if err != nil {
		return failed("save a proposal", err)
	}
	if saved == 0 {
		return library.ErrConflict
	}
	p.Revision++
	return nil
}

// Proposal implements library.Shelf. One that does not open with this data key is unknown, and reported.
func (r *Shelf) Proposal(ctx context.Context, id library.ID) (*library.Proposal, error) {
	key := proposalPrefix + string(id)
	sealed, err := r.db.Get(ctx, key).Result()
	if errors.Is(err, redis.Nil) {
		return nil, library.ErrUnknown
	}
	if err != nil {
		return nil, failed("read a proposal", err)
	}
	var p library.Proposal
	if !decode(r.store, key, sealed, &p) {
		return nil, library.ErrUnknown
	}
	return &p, nil
}

// Proposals implements library.Shelf.
func (r *Shelf) Proposals(ctx context.Context, cursor string, n int) ([]*library.Proposal, string, error) {
	places, values, next, err := listed(ctx, r.db, proposalList, proposalPrefix, cursor, n)
	if err != nil {
		return nil, "", failed("list proposals", err)
	}
	return r.open(places, values), next, nil
}

// OpenProposals implements library.Shelf, in one round trip.
func (r *Shelf) OpenProposals(ctx context.Context) ([]*library.Proposal, error) {
	ids, values, err := activeValues(ctx, r.db, proposalsOpen, proposalPrefix)
	if err != nil {
		return nil, failed("find open proposals", err)
	}
	return r.open(ids, values), nil
}

// open opens sealed proposals, but for those that do not open.
func (r *Shelf) open(ids, values []string) []*library.Proposal {
	var list []*library.Proposal
	for i, id := range ids {
		p := new(library.Proposal)
		if decode(r.store, proposalPrefix+id, values[i], p) {
			list = append(list, p)
		}
	}
	return list
}
