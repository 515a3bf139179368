package main

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"text/tabwriter"
	"time"

	"refbot/bot/broadcast"
	"refbot/bot/markup"
	"refbot/bot/redisstore"
	"refbot/config"
	"refbot/knowledge/language"
)

// broadcastCommand dispatches to the subcommands for operators. They read; what staff do, they do in Telegram.
func broadcastCommand(ctx context.Context, w *World, args []string) error {
	if len(args) == 0 {
		return usagef("what about broadcasts? `refbot broadcast list`, `show ID` or `export ID`")
	}
	switch args[0] {
	case "list":
		return broadcastList(ctx, w, args[1:])
	case "show":
		return broadcastShow(ctx, w, args[1:])
	case "export":
		return broadcastExport(ctx, w, args[1:])
	}
	if _, err := newFlags(w, "broadcast").parse(args); err != nil {
		return helped(err)
	}
	return usagef("there is no command \"broadcast %s\"; see `refbot broadcast --help`", args[0])
}

// keeper opens what keeps broadcasts.
func keeper(ctx context.Context, w *World) (*redisstore.Broadcasts, func(), error) {
	settings, err := config.Load(w.Getenv)
	if err != nil {
		return nil, nil, err
	}
	store, closing, err := openStore(ctx, settings)
	if err != nil {
		return nil, nil, err
	}
	return store.Broadcasts(), closing, nil
}

// summary is a broadcast with its counts, as `--json` prints it.
type summary struct {
	*broadcast.Broadcast
	Tally broadcast.Tally `json:"tally"`
	Up    int             `json:"up"`
	Down  int             `json:"down"`
}

func broadcastList(ctx context.Context, w *World, args []string) error {
	f := newFlags(w, "broadcast list")
	asJSON := f.Bool("json", false, "")
	if err := f.none(f.parse(args)); err != nil {
		return helped(err)
	}
	keep, closing, err := keeper(ctx, w)
	if err != nil {
		return err
	}
	defer closing()
	table := tabwriter.NewWriter(w.Stdout, 0, 0, 2, ' ', 0)
	for cursor, first := "", true; first || cursor != ""; first = false {
		var page []*broadcast.Broadcast
		if page, cursor, err = keep.List(ctx, cursor, 100); err != nil {
			return err
		}
		for _, b := range page {
			if err := printListed(ctx, w.Stdout, table, keep, b, *asJSON); err != nil {
				return err
			}
		}
	}
	return table.Flush()
}

func printListed(ctx context.Context, out, table io.Writer, keep *redisstore.Broadcasts, b *broadcast.Broadcast, asJSON bool) error {
	s, err := summarize(ctx, keep, b)
	if err != nil {
		return err
	}
	if asJSON {
		return json.NewEncoder(out).Encode(s)
	}
	_, err = fmt.Fprintf(table, "%s\t%s\t%s\t%d of %d sent\t%s\n",
		b.ID, b.Created.Format(time.DateTime), b.State, s.Tally.Sent, s.Tally.Total(), firstWords(b))
	return err
}

func summarize(ctx context.Context, keep *redisstore.Broadcasts, b *broadcast.Broadcast) (summary, error) {
	s := summary{Broadcast: b}
	var err error
	if s.Tally, err = keep.Tally(ctx, b.ID); err != nil {
		return s, err
	}
	s.Up, s.Down, err = keep.Presses(ctx, b.ID)
	return s, err
}

// firstWords name a broadcast in a list.
func firstWords(b *broadcast.Broadcast) string {
	for _, l := range append([]language.Code{b.Fallback}, language.Codes()...) {
		if m, ok := b.Content[l]; ok {
			return oneLine(markup.Plain(m.Text))
		}
	}
	return ""
}

// broadcastShow prints one broadcast with its texts, counts and audit.
func broadcastShow(ctx context.Context, w *World, args []string) error {
	f := newFlags(w, "broadcast show")
	asJSON := f.Bool("json", false, "")
	id, err := broadcastID(f.parse(args))
	if err != nil {
		return helped(err)
	}
	keep, closing, err := keeper(ctx, w)
	if err != nil {
		return err
	}
	defer closing()
	b, err := loadBroadcast(ctx, keep, id)
	if err != nil {
		return err
	}
	s, err := summarize(ctx, keep, b)
	if err != nil {
		return err
	}
	if *asJSON {
		return json.NewEncoder(w.Stdout).Encode(s)
	}
	return printBroadcast(w.Stdout, s)
}

func broadcastID(args []string, err error) (broadcast.ID, error) {
	switch {
	case err != nil:
		return "", err
	case len(args) != 1:
		return "", usagef("which broadcast? `refbot broadcast list` gives their ids")
	case !broadcast.ID(args[0]).Valid():
		return "", usagef("%q is no id of a broadcast; `refbot broadcast list` gives them", args[0])
	}
	return broadcast.ID(args[0]), nil
}

func loadBroadcast(ctx context.Context, keep *redisstore.Broadcasts, id broadcast.ID) (*broadcast.Broadcast, error) {
	b, err := keep.Load(ctx, id)
	if errors.Is(err, broadcast.ErrUnknown) {
		return nil, fmt.Errorf("there is no broadcast %s; see `refbot broadcast list`", id)
	}
	return b, err
}

func printBroadcast(out io.Writer, s summary) error {
	p := &printer{out: out}
	p.line("%s  %s  by %d", s.ID, s.State, s.Author)
	for _, l := range language.Codes() {
		if m, ok := s.Content[l]; ok {
			p.line("\n%s (%d units)\n%s", l, s.Units(l), m.Text)
		}
	}
	t := s.Tally
	p.line("\nsent %d, unreachable %d, failed %d, unknown %d, queued %d; rated up %d, down %d\n",
		t.Sent, t.Unreachable, t.Failed, t.Unknown, t.Queued, s.Up, s.Down)
	for _, e := range s.Audit {
		who := "refbot"
		if e.By != 0 {
			who = strconv.FormatInt(e.By, 10)
		}
		p.line("%s  %s  %s  %s", e.At.Format(time.RFC3339), who, e.Action, e.Why)
	}
	return p.err
}

// printer prints lines until one fails.
type printer struct {
	out io.Writer
	err error
}

func (p *printer) line(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.out, format+"\n", args...)
	}
}

// broadcastExport writes the ledger: a line for each recipient.
func broadcastExport(ctx context.Context, w *World, args []string) error {
	f := newFlags(w, "broadcast export")
	out := f.String("out", "", "")
	only := f.String("outcome", "", "")
	id, err := broadcastID(f.parse(args))
	if err != nil {
		return helped(err)
	}
	keep, closing, err := keeper(ctx, w)
	if err != nil {
		return err
	}
	defer closing()
	if _, err := loadBroadcast(ctx, keep, id); err != nil {
		return err
	}
	return toFile(w, *out, func(file io.Writer) error {
		lines := csv.NewWriter(file)
		_ = lines.Write([]string{"chat", "language", "outcome", "message"})
		err := keep.Each(ctx, id, func(l broadcast.Line) error {
			if *only != "" && string(l.Outcome) != *only {
				return nil
			}
			chat := strconv.FormatInt(l.Chat, 10)
			if l.Chat == 0 { // whoever was forgotten counts on, without a name
				chat = ""
			}
			return lines.Write([]string{chat, string(l.Language), string(l.Outcome), strconv.Itoa(l.Message)})
		})
		lines.Flush()
		return errors.Join(err, lines.Error())
	})
}
