package main

import (
	"context"
	"fmt"
	"strings"
	"text/tabwriter"
	"time"

	"refbot/bot/library"
	"refbot/config"
	"refbot/knowledge"
)

// kbPublish makes a folder the knowledge base that every bot on the store serves.
func kbPublish(ctx context.Context, w *World, args []string) error {
	f := newFlags(w, "kb publish")
	why := f.String("why", "", "")
	dryRun := f.Bool("dry-run", false, "")
	paths, err := f.parse(args)
	if err != nil {
		return helped(err)
	}
	if len(paths) != 1 {
		return usagef("which knowledge base? For example: refbot kb publish my-statements")
	}
	if len(*why) > maxWhy {
		return usagef("--why has %d bytes, at most %d fit", len(*why), maxWhy)
	}
	path, err := packPath(w, paths[0])
	if err != nil {
		return err
	}
	pack, err := openPack(path)
	if err != nil {
		return err
	}
	desk, closing, err := openLibrary(ctx, w, !*dryRun)
	if err != nil {
		return err
	}
	defer closing()
	if *dryRun {
		return previewPack(ctx, w, desk, pack)
	}
	return publishPack(ctx, w, desk, pack, *why)
}

// maxWhy bounds a reason, in bytes.
const maxWhy = 500

// openLibrary opens the library of the store. claim lets an empty store be begun, for a command that writes.
func openLibrary(ctx context.Context, w *World, claim bool) (*library.Desk, func(), error) {
	settings, err := config.Load(w.Getenv)
	if err != nil {
		return nil, nil, err
	}
	base, err := openPack(settings.Knowledge.Dir)
	if err != nil {
		return nil, nil, err
	}
	store, closing, err := openStore(ctx, settings)
	if err == nil && claim {
		if err = store.Claim(ctx); err != nil {
			closing()
		}
	}
	if err != nil {
		return nil, nil, err
	}
	return &library.Desk{Shelf: store.Shelf(), Settings: base, Now: time.Now}, closing, nil
}

func previewPack(ctx context.Context, w *World, desk *library.Desk, pack *knowledge.Pack) error {
	current, v, err := desk.Current(ctx)
	if err != nil {
		return err
	}
	table := tabwriter.NewWriter(w.Stdout, 0, 0, 2, ' ', 0)
	for _, d := range library.Compare(current, pack) {
		what, s := "change", d.After
		switch {
		case d.Before == nil:
			what = "add"
		case d.After == nil:
			what, s = "remove", d.Before
		}
		_, _ = fmt.Fprintf(table, "%s\t%s\t%s\t%s\n", what, d.ID, s.Language, s.Title)
	}
	if err := table.Flush(); err != nil {
		return err
	}
	_, err = fmt.Fprintf(w.Stdout, "%s against %s, which is served; nothing was published\n", differences(current, pack), servedAs(current, v))
	return err
}

func publishPack(ctx context.Context, w *World, desk *library.Desk, pack *knowledge.Pack, why string) error {
	current, _, err := desk.Current(ctx)
	if err != nil {
		return err
	}
	v, err := desk.PublishPack(ctx, pack, why)
	switch r := library.Refused(err); {
	case r != nil && r.Why == library.NoChange:
		return fmt.Errorf("nothing to publish: %s is what is served already", pack.Version)
	case r != nil && r.Why == library.TooLarge:
		return fmt.Errorf("the knowledge base is too large: packed it may have %d MiB", knowledge.MaxArchive>>20)
	case r != nil:
		return fmt.Errorf("the knowledge base cannot be served (%s); `refbot kb check` tells what is wrong", r.Why)
	case err != nil:
		return err
	}
	_, err = fmt.Fprintf(w.Stdout, "version %d published as %s: %s; every bot serves it within %.0f s\n",
		v.Number, v.Name, differences(current, pack), library.SwapTime.Seconds())
	return err
}

// differences gives "2 statements added, 1 changed, 0 removed".
func differences(before, after *knowledge.Pack) string {
	var n [3]int
	for _, d := range library.Compare(before, after) {
		switch {
		case d.Before == nil:
			n[0]++
		case d.After == nil:
			n[2]++
		default:
			n[1]++
		}
	}
	return fmt.Sprintf("%d statements added, %d changed, %d removed", n[0], n[1], n[2])
}

// servedAs names what is served: a version, or the settings' pack.
func servedAs(pack *knowledge.Pack, v library.Version) string {
	if v.Number == 0 {
		return pack.Version
	}
	return fmt.Sprintf("version %d (%s)", v.Number, v.Name)
}

// livePack is the pack a command means that reads: the one its --kb names, else what is published where REDIS_URL
// says, else that of the settings.
func livePack(ctx context.Context, w *World, flag string) (*knowledge.Pack, error) {
	if flag != "" || w.Getenv("REDIS_URL") == "" && w.Getenv("REDIS_URL_FILE") == "" {
		path, err := packPath(w, flag)
		if err != nil {
			return nil, err
		}
		return openPack(path)
	}
	desk, closing, err := openLibrary(ctx, w, false)
	if err != nil {
		return nil, err
	}
	defer closing()
	pack, _, err := desk.Current(ctx)
	return pack, err
}

// history is a version as `kb list --history` shows it; who did it is for the dashboard.
type history struct {
	Number     int64  `json:"number"`
	At         string `json:"at"`
	Name       string `json:"knowledge"`
	Statements int    `json:"statements"`
	Added      int    `json:"added"`
	Changed    int    `json:"changed"`
	Removed    int    `json:"removed"`
	Why        string `json:"why"`
}

// maxHistory is how many versions are listed.
const maxHistory = 200

func kbHistory(ctx context.Context, w *World, asJSON bool) error {
	desk, closing, err := openLibrary(ctx, w, false)
	if err != nil {
		return err
	}
	defer closing()
	versions, err := desk.Shelf.History(ctx, 0, maxHistory)
	if err != nil {
		return err
	}
	if len(versions) == 0 {
		_, err = fmt.Fprintf(w.Stdout, "nothing was published yet; what is served is %s\n", desk.Settings.Version)
		return err
	}
	table := tabwriter.NewWriter(w.Stdout, 0, 0, 2, ' ', 0)
	for _, v := range versions {
		line := history{v.Number, v.At.Format(time.RFC3339), v.Name, v.Statements, v.Counts[0], v.Counts[1], v.Counts[2], v.Why}
		if asJSON {
			if err := writeJSON(w.Stdout, line); err != nil {
				return err
			}
			continue
		}
		_, _ = fmt.Fprintf(table, "%d\t%s\t%s\t+%d ~%d -%d\t%s\n", line.Number, line.At, line.Name, line.Added, line.Changed, line.Removed, strings.ReplaceAll(line.Why, "\n", " "))
	}
	return table.Flush()
}
