package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
)

// sense says which value of a column is the best.
type sense int

const (
	most  sense = iota // the highest
	least              // the lowest
)

// table is one figure of every contender, by set or size.
type table struct {
	title   string
	format  string // of a value, such as "%.3f"
	best    sense
	columns []string
	rows    []string
	value   func(row, column int) float64
	// lead adds a row: the first row against the best of the others. In most tables it is a difference
	// in points of a hundred, in least ones a quotient, above 1 where the first row is ahead.
	lead bool
}

// write prints the table with the best value of every column marked by a star.
func (t *table) write(w io.Writer) error {
	tw := tabwriter.NewWriter(w, 0, 4, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(tw, "%s\t%s\t\n", t.title, strings.Join(t.columns, " \t")+" ")
	for r, name := range t.rows {
		fmt.Fprintf(tw, "%s\t", name)
		for c := range t.columns {
			mark := " "
			if t.isBest(r, c) {
				mark = "*"
			}
			fmt.Fprintf(tw, t.format+"%s\t", t.value(r, c), mark)
		}
		fmt.Fprintln(tw)
	}
	if t.lead && len(t.rows) > 1 {
		fmt.Fprintf(tw, "%s ahead by\t", t.rows[0])
		for c := range t.columns {
			fmt.Fprintf(tw, "%s\t", t.ahead(c))
		}
		fmt.Fprintln(tw)
	}
	fmt.Fprintln(tw)
	return tw.Flush()
}

// isBest compares values as they are printed, so that what reads alike is marked alike.
func (t *table) isBest(row, column int) bool {
	mine := t.printed(row, column)
	for r := range t.rows {
		if other := t.printed(r, column); t.best == most && other > mine || t.best == least && other < mine {
			return false
		}
	}
	return true
}

func (t *table) printed(row, column int) float64 {
	var v float64
	// A format of one verb prints a number Sscan reads back.
	if _, err := fmt.Sscan(fmt.Sprintf(t.format, t.value(row, column)), &v); err != nil {
		return t.value(row, column)
	}
	return v
}

func (t *table) ahead(column int) string {
	rival := t.value(1, column)
	for r := 2; r < len(t.rows); r++ {
		if t.best == most {
			rival = max(rival, t.value(r, column))
		} else {
			rival = min(rival, t.value(r, column))
		}
	}
	mine := t.value(0, column)
	if t.best == most {
		return fmt.Sprintf("%+.1f ", 100*(mine-rival))
	}
	if mine <= 0 {
		return "- "
	}
	return fmt.Sprintf("×%.2f ", rival/mine)
}
