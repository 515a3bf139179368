package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"text/tabwriter"
	"time"

	"refbot/bot/redisstore"
	"refbot/config"
	"refbot/handlers/telegram"
)

// deadLettersCommand lists, retries or drops dead letters.
func deadLettersCommand(ctx context.Context, w *World, args []string) error {
	f := newFlags(w, "deadletters")
	asJSON := f.Bool("json", false, "")
	all := f.Bool("all", false, "")
	rest, err := f.parse(args)
	if err != nil {
		return helped(err)
	}
	if len(rest) == 0 {
		return usagef("what about the dead letters? `refbot deadletters list`, `retry` or `drop`")
	}
	what, ids := rest[0], rest[1:]
	switch {
	case what == "list" && len(ids) == 0 && !*all:
		return listLetters(ctx, w, *asJSON)
	case what == "list":
		return usagef("`refbot deadletters list` lists all of them; see `refbot deadletters --help`")
	case what != "retry" && what != "drop":
		return usagef("there is no command \"deadletters %s\"; see `refbot deadletters --help`", what)
	case *all == (len(ids) > 0):
		return usagef("which of them? `refbot deadletters %s ID…`, as `refbot deadletters list` shows them, or --all", what)
	case what == "retry":
		return endLetters(ctx, w, ids, (*redisstore.Store).RetryLetters, "%d of %d put behind what waits in their chats\n")
	}
	return endLetters(ctx, w, ids, (*redisstore.Store).DropLetters, "%d of %d deleted\n")
}

// shownLetter is a dead letter as operators see it: without what is in it.
type shownLetter struct {
	ID   string              `json:"id"`
	At   time.Time           `json:"at"`
	Kind telegram.UpdateKind `json:"kind"`
	Chat string              `json:"chat"`
	Why  string              `json:"error"`
}

// sealedKind is the kind of an update that does not open.
const sealedKind telegram.UpdateKind = "sealed with another key"

func show(l redisstore.DeadLetter) shownLetter {
	s := shownLetter{ID: l.ID, At: l.At.UTC().Truncate(time.Second), Kind: sealedKind, Chat: l.Chat, Why: l.Why}
	if l.Data != nil {
		s.Kind = telegram.KindOf(l.Data)
	}
	if s.Why == "" {
		s.Why = "unknown"
	}
	return s
}

func listLetters(ctx context.Context, w *World, asJSON bool) error {
	return withLetters(ctx, w, func(_ *redisstore.Store, letters []redisstore.DeadLetter) error {
		if asJSON {
			return listJSON(w.Stdout, letters)
		}
		return listText(w.Stdout, letters)
	})
}

func listJSON(w io.Writer, letters []redisstore.DeadLetter) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	for _, l := range letters {
		if err := encoder.Encode(show(l)); err != nil {
			return err
		}
	}
	return nil
}

func listText(w io.Writer, letters []redisstore.DeadLetter) error {
	if len(letters) == 0 {
		_, err := fmt.Fprintln(w, "no dead letters")
		return err
	}
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, l := range letters {
		s := show(l)
		_, _ = fmt.Fprintf(t, "%s\t%s\t%s\t%.8s\t%s\n", s.ID, s.At.Format(time.DateTime), s.Kind, s.Chat, oneLine(s.Why))
	}
	return t.Flush()
}

// endLetters ends the letters that are named, or all of them where none is.
func endLetters(ctx context.Context, w *World, ids []string, end func(*redisstore.Store, context.Context, []string) (int, error), done string) error {
	return withLetters(ctx, w, func(store *redisstore.Store, letters []redisstore.DeadLetter) error {
		if len(ids) == 0 {
			for _, l := range letters {
				ids = append(ids, l.ID)
			}
		}
		n, err := end(store, ctx, ids)
		if err == nil {
			_, err = fmt.Fprintf(w.Stdout, done, n, len(ids))
		}
		if err == nil && n < len(ids) {
			err = fmt.Errorf("deadletters: %d are not there; see `refbot deadletters list`", len(ids)-n)
		}
		return err
	})
}

// withLetters opens the store and reads its dead letters.
func withLetters(ctx context.Context, w *World, work func(*redisstore.Store, []redisstore.DeadLetter) error) error {
	settings, err := config.Load(w.Getenv)
	if err != nil {
		return err
	}
	store, closing, err := openStore(ctx, settings)
	if err != nil {
		return err
	}
	defer closing()
	letters, err := store.DeadLetters(ctx)
	if err != nil {
		return err
	}
	return work(store, letters)
}
