package redisstore

import (
	"context"
	"errors"

	"github.com/redis/go-redis/v9"
)

// ErrWrongKey is the sentence for an operator whose data key is not the store's.
var ErrWrongKey = errors.New("DATA_KEY is not the key this Redis was filled with: set that key again; to change keys, set DATA_KEY to the new one and DATA_KEY_OLD to that")

// CheckKey finds a wrong data key before anything is read or written with it, and lets the sealer use
// the names of this store. It writes nothing; a store without data fits any key. The error is
// ErrWrongKey, or a *bot.Error of kind StoreDown.
func CheckKey(ctx context.Context, db redis.UniversalClient, s *Sealer) error {
	_, err := openProbe(ctx, db, s)
	return err
}

// ClaimKey is CheckKey for a bot that is about to work: in a store without data it makes the sealer's
// data key the store's, and after a change of keys it seals the name key with the new one. It also hands
// Redis the scripts. Every replica must call it before it uses the store.
func ClaimKey(ctx context.Context, db redis.UniversalClient, s *Sealer) error {
	if _, err := openProbe(ctx, db, s); err != nil {
		return err
	}
	sealed := s.Seal(probeKey, *s.names.Load())
	fresh, err := db.SetNX(ctx, probeKey, sealed, 0).Result()
	if err != nil {
		return failed("claim the store", err)
	}
	key, err := openProbe(ctx, db, s)
	if err != nil {
		return err
	}
	if err := beginIndex(ctx, db, fresh); err != nil {
		return failed("claim the store", err)
	}
	if err := loadScripts(ctx, db); err != nil || key == 0 {
		return failed("load the scripts", err)
	}
	return failed("claim the store", db.Set(ctx, probeKey, s.Seal(probeKey, *s.names.Load()), 0).Err())
}

// openProbe opens the store's name key and adopts it; it tells which of the sealer's keys fitted.
func openProbe(ctx context.Context, db redis.UniversalClient, s *Sealer) (key int, err error) {
	sealed, err := db.Get(ctx, probeKey).Bytes()
	if errors.Is(err, redis.Nil) {
		return 0, tryOthers(ctx, db, s)
	}
	if err != nil {
		return 0, failed("check the data key", err)
	}
	names, key, err := s.open(probeKey, sealed)
	if err != nil || len(names) != KeySize {
		return 0, ErrWrongKey
	}
	s.names.Store(&names)
	return key, nil
}

// tryOthers finds a wrong key in a store that lost its name key, by what else is sealed in it. The data key
// that a store began with gives its people their names again.
func tryOthers(ctx context.Context, db redis.UniversalClient, s *Sealer) error {
	found, err := (&Store{db: db, sealer: s}).Seals(ctx, 10*journalBatch)
	if err == nil && found.None > 0 && found.Current == 0 {
		return ErrWrongKey
	}
	return err
}

// Claim is ClaimKey for the store's own client and sealer.
func (s *Store) Claim(ctx context.Context) error { return ClaimKey(ctx, s.db, s.sealer) }
