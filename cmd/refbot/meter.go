package main

import (
	"fmt"
	"io"
	"os"
	"time"
)

// redraw is the least time between two states of a meter: more often than that nobody can read.
const redraw = 100 * time.Millisecond

// meter shows how far a long command has come, to a person only: nothing is written unless standard
// error is a terminal.
type meter struct {
	out  io.Writer
	what string
	next time.Time
}

func newMeter(w *World, what string) *meter {
	if !isTerminal(w.Stderr) {
		return &meter{out: io.Discard, what: what}
	}
	return &meter{out: w.Stderr, what: what}
}

// show redraws the line in place.
func (m *meter) show(done, total int) {
	if now := time.Now(); done == total || now.After(m.next) {
		m.next = now.Add(redraw)
		_, _ = fmt.Fprintf(m.out, "\r%d of %d %s", done, total, m.what)
	}
}

// done clears the line.
func (m *meter) done() { _, _ = io.WriteString(m.out, "\r\x1b[K") }

// isTerminal reports whether w is a character device. /dev/null is one too, where writing is harmless.
func isTerminal(w io.Writer) bool {
	file, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
