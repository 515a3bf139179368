package main

import (
	"context"
	"fmt"
	"io"

	"refbot/bot/redisstore"
	"refbot/config"
)

// rekeyCommand seals anew what a former data key has sealed.
func rekeyCommand(ctx context.Context, w *World, args []string) error {
	f := newFlags(w, "rekey")
	if err := f.none(f.parse(args)); err != nil {
		return helped(err)
	}
	settings, err := config.Load(w.Getenv)
	if err != nil {
		return err
	}
	store, closing, err := openStore(ctx, settings)
	if err != nil {
		return err
	}
	defer closing()
	if err := store.Claim(ctx); err != nil {
		return err
	}
	progress := &tally{out: io.Discard, what: "values"}
	if isTerminal(w.Stderr) {
		progress.out = w.Stderr
	}
	found, err := store.Rekey(ctx, progress.show)
	progress.done()
	if err != nil {
		return err
	}
	return reportSeals(w.Stdout, found)
}

func reportSeals(w io.Writer, found redisstore.Seals) error {
	_, err := fmt.Fprintf(w, "%d values sealed anew, %d were sealed with DATA_KEY already\n", found.Former, found.Current)
	if err == nil && found.None > 0 {
		err = fmt.Errorf("rekey: %d values open neither with DATA_KEY nor with DATA_KEY_OLD and count as not stored: add the key they were sealed with to DATA_KEY_OLD", found.None)
	}
	return err
}
