package main

import (
	"bufio"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"refbot/bot"
	"refbot/bot/moderation"
	"refbot/bot/redisstore"
	"refbot/config"
)

// journalExport writes the redacted question log, entry by entry, in the memory of a few hundred entries.
func journalExport(ctx context.Context, w *World, args []string) error {
	f := newFlags(w, "journal export")
	format := f.String("format", "jsonl", "")
	since := f.String("since", "", "")
	until := f.String("until", "", "")
	out := f.String("out", "", "")
	questions := f.String("questions", "", "")
	if err := f.none(f.parse(args)); err != nil {
		return helped(err)
	}
	if *questions != "" {
		if *out != "" || *format != "jsonl" {
			return usagef("--questions writes a question set to its own file; leave out --out and --format")
		}
		*format, *out = "questions", *questions
	}
	newWriter, known := journalFormats[*format]
	known = known && (*format != "questions" || *questions != "")
	if !known {
		return usagef("--format is jsonl or csv, not %q", *format)
	}
	settings, err := config.Load(w.Getenv)
	if err != nil {
		return err
	}
	from, to, err := journalDays(settings.Knowledge, *since, *until)
	if err != nil {
		return err
	}
	store, closing, err := openStore(ctx, settings)
	if err != nil {
		return err
	}
	defer closing()
	return toFile(w, *out, func(file io.Writer) error {
		return exportJournal(ctx, w, store, from, to, newWriter(file))
	})
}

// journalDays reads the bounds of the export: days of the campaign's time zone, or moments.
func journalDays(k config.Knowledge, since, until string) (from, to time.Time, err error) {
	pack, err := openPack(k.Dir)
	if err != nil {
		return from, to, err
	}
	zone := time.UTC
	if pack.Campaign.TimeZone != nil {
		zone = pack.Campaign.TimeZone
	}
	if from, _, err = journalDay("since", since, zone); err != nil {
		return from, to, err
	}
	to, wholeDay, err := journalDay("until", until, zone)
	if err != nil {
		return from, to, err
	}
	if wholeDay {
		to = to.AddDate(0, 0, 1)
	}
	if !to.IsZero() && !to.After(from) {
		return from, to, usagef("--until comes before --since")
	}
	return from, to, nil
}

func journalDay(flag, text string, zone *time.Location) (t time.Time, wholeDay bool, err error) {
	if text == "" {
		return time.Time{}, false, nil
	}
	if t, err := time.ParseInLocation(time.DateOnly, text, zone); err == nil {
		return t, true, nil
	}
	if t, err := time.Parse(time.RFC3339, text); err == nil {
		return t, false, nil
	}
	return time.Time{}, false, usagef("--%s is a day such as 2026-03-15, or a moment such as 2026-03-15T09:00:00+05:00, not %q", flag, text)
}

// toFile has write fill a file, which appears whole or not at all; "" is standard output.
func toFile(w *World, path string, write func(io.Writer) error) error {
	if path == "" {
		return write(w.Stdout)
	}
	draft, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*") // readable by its owner alone
	if err != nil {
		return fmt.Errorf("--out %s cannot be written: %w", path, err)
	}
	defer os.Remove(draft.Name())
	err = write(draft)
	if errors.As(err, new(*incompleteError)) { // what could be read is worth keeping
		return errors.Join(err, draft.Close(), os.Rename(draft.Name(), path))
	}
	if err = errors.Join(err, draft.Close()); err != nil {
		return err
	}
	return os.Rename(draft.Name(), path)
}

// incompleteError says that some entries are missing from an export.
type incompleteError struct{ sealed int }

func (e *incompleteError) Error() string {
	return fmt.Sprintf("entries that do not open with this DATA_KEY are missing, %d of them: they were sealed with another", e.sealed)
}

func exportJournal(ctx context.Context, w *World, store *redisstore.Store, from, to time.Time, lines lineWriter) error {
	progress, written := &tally{out: io.Discard, what: "entries"}, 0
	if isTerminal(w.Stderr) {
		progress.out = w.Stderr
	}
	_, onlyRuled := lines.(*ruledLines)
	sealed, err := store.Journal(ctx, from, to, func(l redisstore.Journaled) error {
		if _, ok := moderation.Ruled(&moderation.Question{Entry: l.Entry}); onlyRuled && !ok {
			return nil
		}
		written++
		progress.show(written)
		return lines.write(l)
	})
	progress.done()
	if err = errors.Join(err, lines.flush()); err != nil {
		return err
	}
	if sealed > 0 {
		return &incompleteError{sealed}
	}
	_, err = fmt.Fprintf(w.Stderr, "%d entries exported\n", written)
	return err
}

// tally shows how many there are so far; how many there will be nobody knows.
type tally struct {
	out  io.Writer
	what string
	next time.Time
}

func (t *tally) show(n int) {
	if now := time.Now(); now.After(t.next) {
		t.next = now.Add(redraw)
		_, _ = fmt.Fprintf(t.out, "\r%d %s", n, t.what)
	}
}

func (t *tally) done() { _, _ = io.WriteString(t.out, "\r\x1b[K") }

// lineWriter writes entries in a format.
type lineWriter interface {
	write(redisstore.Journaled) error
	flush() error
}

var journalFormats = map[string]func(io.Writer) lineWriter{"jsonl": newJSONLines, "csv": newCSVLines, "questions": newRuledLines}

// jsonLines writes one JSON object a line.
type jsonLines struct {
	buffer  *bufio.Writer
	encoder *json.Encoder
}

func newJSONLines(w io.Writer) lineWriter {
	l := &jsonLines{buffer: bufio.NewWriter(w)}
	l.encoder = json.NewEncoder(l.buffer)
	l.encoder.SetEscapeHTML(false)
	return l
}

func (l *jsonLines) write(j redisstore.Journaled) error {
	j.Entry = moderation.Shown(j.Entry)
	return l.encoder.Encode(j)
}

func (l *jsonLines) flush() error { return l.buffer.Flush() }

// ruledLines writes what moderators have ruled on as a question set for `refbot eval`.
type ruledLines struct{ jsonLines }

func newRuledLines(w io.Writer) lineWriter {
	l, _ := newJSONLines(w).(*jsonLines)
	return &ruledLines{*l}
}

func (l *ruledLines) write(j redisstore.Journaled) error {
	q, ok := moderation.Ruled(&moderation.Question{Asker: j.Asker, Entry: j.Entry})
	if !ok {
		return nil
	}
	return l.encoder.Encode(q)
}

// csvLines writes RFC 4180 with a header, safe to open in a spreadsheet.
type csvLines struct {
	csv    *csv.Writer
	header bool
}

func newCSVLines(w io.Writer) lineWriter { return &csvLines{csv: csv.NewWriter(w)} }

var journalColumns = []string{
	"ref", "at", "asker", "question", "language", "decision", "confidence", "statements", "topic", "reply", "micros", "knowledge", "feedback",
	"phrasing", "prompt", "gate", "ruling", "better",
}

func (l *csvLines) write(j redisstore.Journaled) error {
	if err := l.begin(); err != nil {
		return err
	}
	row := []string{
		j.Ref, j.At.Format(time.RFC3339Nano), j.Asker, j.Question, string(j.Language), string(j.Decision),
		strconv.FormatFloat(j.Confidence, 'f', -1, 64), strings.Join(j.Statements, " "), j.Topic, j.Reply,
		strconv.FormatInt(j.Micros, 10), j.Knowledge, string(j.Feedback),
	}
	row = append(append(row, phrasingCells(j.Phrasing)...), reviewCells(j.Review)...)
	for i, cell := range row {
		row[i] = harmless(cell)
	}
	return l.csv.Write(row)
}

// phrasingCells are how a phrasing ended, with which prompts, and what the gate found; empty where nobody phrased. The
// drafts with the verdict of each sentence are in the JSONL.
func phrasingCells(p *bot.Phrasing) []string {
	if p == nil {
		return []string{"", "", ""}
	}
	reasons := make([]string, len(p.Reasons))
	for i, r := range p.Reasons {
		reasons[i] = string(r)
	}
	return []string{string(p.Ending), p.Prompt, strings.Join(reasons, " ")}
}

// reviewCells are the ruling, and the statements that answer better.
func reviewCells(r *bot.Review) []string {
	if r == nil {
		return []string{"", ""}
	}
	return []string{string(r.Ruling), strings.Join(r.Better, " ")}
}

// begin writes the header, which an empty export has too.
func (l *csvLines) begin() error {
	if l.header {
		return nil
	}
	l.header = true
	return l.csv.Write(journalColumns)
}

func (l *csvLines) flush() error {
	err := l.begin()
	l.csv.Flush()
	return errors.Join(err, l.csv.Error())
}

// harmless puts an apostrophe before what a spreadsheet would take for a formula, see
// https://owasp.org/www-community/attacks/CSV_Injection. Citizens' words must run nothing.
func harmless(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}
