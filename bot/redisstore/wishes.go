package redisstore

import (
	"context"
	"errors"
	"fmt"

	"github.com/redis/go-redis/v9"

	"refbot/bot"
)

// Wishes of people who want to be told lie in rb:{w<n>}:wishers, a hash <person> → sealed bot.Wisher, in the shard of
// the person.

var swapScript = load("swap")

var _ bot.Wishes = (*Store)(nil)

// wisherOf names where a person's wishes lie.
func (s *Store) wisherOf(person int64) (key, field string) {
	field = s.sealer.Hide("wisher", person)
	return wishersKey(shardOf(field)), field
}

func wishersKey(shard int) string { return fmt.Sprintf("rb:{w%d}:wishers", shard) }

// Wisher implements bot.Wishes. What does not open is reported and taken as not stored.
func (s *Store) Wisher(ctx context.Context, person int64) (bot.Wisher, error) {
	w, _, err := s.wisher(ctx, person)
	return w, err
}

func (s *Store) wisher(ctx context.Context, person int64) (w bot.Wisher, sealed string, err error) {
	key, field := s.wisherOf(person)
	sealed, err = s.db.HGet(ctx, key, field).Result()
	if errors.Is(err, redis.Nil) {
		return bot.Wisher{Person: person}, "", nil
	}
	if err != nil {
		return w, "", failed("read a wish", err)
	}
	if !decode(s, key, sealed, &w) {
		w.Person = person
	}
	return w, sealed, nil
}

// ChangeWisher implements bot.Wishes.
func (s *Store) ChangeWisher(ctx context.Context, person int64, change func(*bot.Wisher) bool) error {
	key, field := s.wisherOf(person)
	for range maxSwaps {
		w, was, err := s.wisher(ctx, person)
		if err != nil || !change(&w) {
			return err
		}
		var next []byte
		if kept := w.Keep(); kept != nil {
			next = s.encode(key, kept)
		}
		done, err := run(ctx, s.db, call{swapScript, []string{key}, []any{field, was, next}})[0].Int()
		if err != nil || done == 1 {
			return failed("change a wish", err)
		}
	}
	return &bot.Error{Op: "change a wish", Kind: bot.StoreDown, Err: errors.New("others are faster again and again")}
}

// maxSwaps is how often a change is tried again because somebody else was faster.
const maxSwaps = 8

// EachWisher implements bot.Wishes.
func (s *Store) EachWisher(ctx context.Context, visit func(bot.Wisher) error) error {
	for shard := range Shards {
		key := wishersKey(shard)
		for cursor := uint64(0); ; {
			pairs, next, err := s.db.HScan(ctx, key, cursor, "", journalBatch).Result()
			if err != nil {
				return failed("read wishes", err)
			}
			for i := 1; i < len(pairs); i += 2 {
				var w bot.Wisher
				if !decode(s, key, pairs[i], &w) {
					continue
				}
				if err := visit(w); err != nil {
					return err
				}
			}
			if cursor = next; cursor == 0 {
				break
			}
		}
	}
	return nil
}

// forgetWishes prepares the deletion of a person's wishes.
func (s *Store) forgetWishes(person int64) call {
	key, field := s.wisherOf(person)
	return call{args: []any{"hdel", key, field}}
}
