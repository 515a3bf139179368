package redisstore

import (
	"context"
	"errors"

	"github.com/redis/go-redis/v9"

	"refbot/bot/moderation"
)

// digests is a hash <person> → sealed moderation.DigestChoice.
const digests = "rb:{digest}:choices"

var _ moderation.DigestChoices = (*Store)(nil)

// DigestChoice implements moderation.DigestChoices.
func (s *Store) DigestChoice(ctx context.Context, person int64) (moderation.DigestChoice, bool, error) {
	var c moderation.DigestChoice
	sealed, err := s.db.HGet(ctx, digests, s.sealer.Hide("digest", person)).Result()
	if err != nil {
		if errors.Is(err, redis.Nil) {
			err = nil
		}
		return c, false, failed("read a choice", err)
	}
	return c, decode(s, digests, sealed, &c), nil
}

// SetDigestChoice implements moderation.DigestChoices.
func (s *Store) SetDigestChoice(ctx context.Context, person int64, c moderation.DigestChoice) error {
	return failed("keep a choice", s.db.HSet(ctx, digests, s.sealer.Hide("digest", person), s.encode(digests, c)).Err())
}

// forgetDigest prepares the deletion of a person's choice.
func (s *Store) forgetDigest(person int64) call {
	return call{args: []any{"hdel", digests, s.sealer.Hide("digest", person)}}
}
