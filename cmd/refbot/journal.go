package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/redis/go-redis/v9"

	"refbot/bot/redisstore"
	"refbot/config"
)

// journalCommand dispatches to the subcommands of the journal.
func journalCommand(ctx context.Context, w *World, args []string) error {
	if len(args) == 0 {
		return usagef("what about the journal? `refbot journal export`")
	}
	if args[0] == "export" {
		return journalExport(ctx, w, args[1:])
	}
	if _, err := newFlags(w, "journal").parse(args); err != nil {
		return helped(err)
	}
	return usagef("there is no command \"journal %s\"; see `refbot journal --help`", args[0])
}

// openStore opens the store the bot uses, beside a bot that may be at work, and makes sure of its key. It
// writes nothing, but that an embedded store is started where none runs.
func openStore(ctx context.Context, settings config.Config) (store *redisstore.Store, closing func(), err error) {
	c := settings.Store
	db, closing, err := openRedis(ctx, c)
	if err != nil {
		return nil, nil, err
	}
	sealer, err := newSealer(c, redisstore.ReadLocalKey)
	if err == nil {
		err = redisstore.CheckKey(ctx, db, sealer)
	}
	if err != nil {
		closing()
		if errors.Is(err, redisstore.ErrWrongKey) {
			return nil, nil, wrongKey()
		}
		return nil, nil, fmt.Errorf("the store cannot be read, see `refbot doctor`: %w", err)
	}
	return redisstore.New(db, sealer, retention(settings.Keep)), closing, nil
}

// wrongKey is the error of a command whose data key is not the store's.
func wrongKey() error {
	return &config.Error{Variable: "DATA_KEY", Advice: "does not open what is stored; " + wrongKeyAdvice}
}

// newSealer seals with the data key of the settings, else with the one kept beside the embedded store, which
// local gets; it opens with the former keys as well.
func newSealer(c config.Store, local func(dir string) ([]byte, error)) (*redisstore.Sealer, error) {
	key, err := []byte(c.DataKey.Reveal()), error(nil)
	if !c.DataKey.Set() {
		key, err = local(c.DataDir)
	}
	if err != nil {
		return nil, err
	}
	former := make([][]byte, len(c.OldKeys))
	for i, k := range c.OldKeys {
		former[i] = []byte(k.Reveal())
	}
	return redisstore.NewSealer(key, former...)
}

func openRedis(ctx context.Context, c config.Store) (db redis.UniversalClient, closing func(), err error) {
	if !c.Embedded() {
		db, err = redisstore.Connect(c.RedisURL.Reveal())
		if err != nil {
			return nil, nil, err
		}
		return db, func() { _ = db.Close() }, nil
	}
	db, err = redisstore.ConnectLocal(ctx, c.DataDir)
	switch {
	case err == nil:
		return db, func() { _ = db.Close() }, nil
	case !errors.Is(err, redisstore.ErrStopped):
		return nil, nil, fmt.Errorf("nothing is stored in %s: %w", c.DataDir, err)
	}
	embedded, err := redisstore.StartEmbedded(ctx, c.DataDir)
	if err != nil {
		return nil, nil, err
	}
	return embedded.DB, func() { _ = embedded.Close() }, nil
}
