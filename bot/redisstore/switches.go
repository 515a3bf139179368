package redisstore

import (
	"context"
	"errors"

	"github.com/redis/go-redis/v9"

	"refbot/bot"
)

// What administrators have switched, and its audit, which share a tag:
const (
	switchesNow   = "rb:{switches}:now"   // sealed bot.Switches
	switchesAudit = "rb:{switches}:audit" // list of sealed bot.Switches, newest first
)

var _ bot.SwitchStore = (*Store)(nil)

// Switches implements bot.SwitchStore. What does not open is reported and taken as never switched.
func (s *Store) Switches(ctx context.Context) (bot.Switches, error) {
	sealed, err := s.db.Get(ctx, switchesNow).Result()
	if errors.Is(err, redis.Nil) {
		return bot.Switches{}, nil
	}
	var now bot.Switches
	if err == nil {
		decode(s, switchesNow, sealed, &now)
	}
	return now, failed("read the switches", err)
}

// Switch implements bot.SwitchStore.
func (s *Store) Switch(ctx context.Context, now bot.Switches) error {
	_, err := s.db.TxPipelined(ctx, func(p redis.Pipeliner) error {
		p.Set(ctx, switchesNow, s.encode(switchesNow, now), 0)
		p.LPush(ctx, switchesAudit, s.encode(switchesAudit, now))
		p.LTrim(ctx, switchesAudit, 0, auditSize-1)
		return nil
	})
	return failed("switch", err)
}

// SwitchChanges implements bot.SwitchStore.
func (s *Store) SwitchChanges(ctx context.Context, n int) ([]bot.Switches, error) {
	lines, err := s.db.LRange(ctx, switchesAudit, 0, int64(n)-1).Result()
	if err != nil {
		return nil, failed("read the audit", err)
	}
	return opened[bot.Switches](s, switchesAudit, lines), nil
}

// opened opens the lines of a list, but for those that do not open.
func opened[T any](s *Store, key string, lines []string) (list []T) {
	for _, line := range lines {
		var v T
		plain, err := s.sealer.Open(key, []byte(line))
		if err == nil && unmarshal(plain, &v) == nil {
			list = append(list, v)
		}
	}
	return list
}
