package redisstore

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/redis/go-redis/v9"

	"refbot/bot/notice"
)

// toldKey names the knowledge base up to which people who asked for it were told of answers: a notice.Mark as JSON.
const toldKey = "rb:{meta}:told"

var _ notice.Ledger = (*Store)(nil)

// Told implements notice.Ledger.
func (s *Store) Told(ctx context.Context) (m notice.Mark, err error) {
	text, err := s.db.Get(ctx, toldKey).Bytes()
	if errors.Is(err, redis.Nil) {
		return m, nil
	}
	if err == nil {
		err = json.Unmarshal(text, &m)
	}
	return m, failed("look who was told", err)
}

// SetTold implements notice.Ledger.
func (s *Store) SetTold(ctx context.Context, m notice.Mark) error {
	text, err := json.Marshal(m)
	if err == nil {
		err = s.db.Set(ctx, toldKey, text, 0).Err()
	}
	return failed("note who was told", err)
}
