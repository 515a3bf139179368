package broadcast

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"strconv"

	"refbot/knowledge/language"
)

// Row is what became of the recipients of one language.
type Row struct {
	Language language.Code
	Tally    Tally
}

// add counts one line.
func (t *Tally) add(o Outcome) {
	switch o {
	case Sent:
		t.Sent++
	case Unreachable:
		t.Unreachable++
	case Failed:
		t.Failed++
	case Unknown:
		t.Unknown++
	default:
		t.Queued++
	}
}

// Tabulate counts the lines of a ledger by language, in the order of the languages; languages nobody has are left out.
func Tabulate(ctx context.Context, l Ledger, b *Broadcast) ([]Row, error) {
	counts := map[language.Code]*Tally{}
	err := l.Each(ctx, b.ID, func(line Line) error {
		if counts[line.Language] == nil {
			counts[line.Language] = &Tally{}
		}
		counts[line.Language].add(line.Outcome)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("count a ledger by language: %w", err)
	}
	var rows []Row
	for _, code := range append(language.Codes(), "") {
		if t := counts[code]; t != nil {
			rows = append(rows, Row{code, *t})
		}
	}
	return rows, nil
}

// WriteCSV writes the table of a report: RFC 4180 with a header and a last line of sums. It names nobody.
func WriteCSV(w io.Writer, rows []Row) error {
	out := csv.NewWriter(w)
	_ = out.Write([]string{"language", "recipients", "sent", "unreachable", "failed", "unknown", "queued"})
	sum := Row{Language: "all"}
	for _, r := range rows {
		_ = out.Write(r.cells())
		sum.Tally.Queued += r.Tally.Queued
		sum.Tally.Sent += r.Tally.Sent
		sum.Tally.Unreachable += r.Tally.Unreachable
		sum.Tally.Failed += r.Tally.Failed
		sum.Tally.Unknown += r.Tally.Unknown
	}
	_ = out.Write(sum.cells())
	out.Flush()
	if err := out.Error(); err != nil {
		return fmt.Errorf("write the table of a report: %w", err)
	}
	return nil
}

func (r Row) cells() []string {
	t := r.Tally
	cells := []string{string(r.Language)}
	for _, n := range []int{t.Total(), t.Sent, t.Unreachable, t.Failed, t.Unknown, t.Queued} {
		cells = append(cells, strconv.Itoa(n))
	}
	return cells
}
