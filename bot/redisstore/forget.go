package redisstore

import (
	"context"
	"fmt"
	"strconv"

	"github.com/redis/go-redis/v9"
)

// Forget implements bot.Store. It also deletes the dead letters of the person's private chat, takes the
// person out of the audience and of the ledgers of broadcasts, ends what they are told of, and deletes what the index
// of the journal knows. That goes first: after a failure in between all of it can be found again. The limiter's note
// of the chat goes by itself within minutes, a role that was granted stays until it is revoked.
func (s *Store) Forget(ctx context.Context, person int64) error {
	keys := s.person(person)
	entries, err := s.db.ZRangeWithScores(ctx, keys.entries, 0, -1).Result()
	if err == nil {
		err = s.unindex(ctx, keys, entries)
	}
	if err != nil {
		return failed("forget a person", err)
	}
	mailbox := s.sealer.Hide("mailbox", person) // a private chat has the id of its person
	results := run(
		ctx, s.db,
		call{forgetScript, []string{keys.session, keys.profile, keys.entries}, []any{keys.entry}},
		call{purgeScript, []string{shards[shardOf(mailbox)].dead}, []any{mailbox}},
		s.enlist(person, nil), s.forgetWishes(person), s.forgetDigest(person),
	)
	if err := firstError(results); err != nil {
		return failed("forget a person", err)
	}
	gone, err := parseEntries(results[0].Val())
	if err == nil && len(gone) > len(entries) { // one more was stored meanwhile
		err = s.unindex(ctx, keys, gone)
	}
	if err != nil {
		return failed("forget a person", err)
	}
	return s.Broadcasts().Forget(ctx, person)
}

// parseEntries reads the reply of forgetScript: refs and times in turn.
func parseEntries(reply any) ([]redis.Z, error) {
	list, ok := reply.([]any)
	if !ok || len(list)%2 != 0 {
		return nil, errRow
	}
	var entries []redis.Z
	for i := 0; i < len(list); i += 2 {
		at, err := strconv.ParseFloat(fmt.Sprint(list[i+1]), 64)
		if err != nil {
			return nil, errRow
		}
		entries = append(entries, redis.Z{Member: fmt.Sprint(list[i]), Score: at})
	}
	return entries, nil
}

// unindex takes entries out of the index of the journal.
func (s *Store) unindex(ctx context.Context, keys personKeys, entries []redis.Z) error {
	if len(entries) == 0 {
		return nil
	}
	pipe := s.db.Pipeline()
	for _, e := range entries {
		member := indexMember(keys.person, fmt.Sprint(e.Member))
		pipe.ZRem(ctx, dayKey(keys.person, int64(e.Score)), member)
		pipe.RPush(ctx, unfiledKey(shardOf(keys.person)), member) // the clerk forgets them as well
	}
	_, err := pipe.Exec(ctx)
	return err
}
