package knowledge

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
)

// Severity tells what stops a pack from being served from what merely deserves a look.
type Severity string

// The severities.
const (
	SeverityError   Severity = "error"
	SeverityWarning Severity = "warning"
)

// Problem is one thing wrong or doubtful in a pack.
type Problem struct {
	File     string   `json:"file"`
	Line     int      `json:"line,omitempty"` // from 1; 0 where the whole file or folder is meant
	Severity Severity `json:"severity"`
	Message  string   `json:"message"`

	Format string `json:"-"` // of Message, with Args: by it others say the same in other languages
	Args   []any  `json:"-"`
}

// Error gives "file:line: message", so that editors jump to the place.
func (p Problem) Error() string {
	if p.Line == 0 {
		return p.File + ": " + p.Message
	}
	return fmt.Sprintf("%s:%d: %s", p.File, p.Line, p.Message)
}

// place is a spot in a file of a pack.
type place struct {
	file string
	line int
}

// String gives "file:line".
func (at place) String() string {
	if at.line == 0 {
		return at.file
	}
	return fmt.Sprintf("%s:%d", at.file, at.line)
}

// problems gathers everything wrong with a pack, so that its author mends it in one go.
type problems struct {
	found []Problem
}

func (p *problems) errorf(at place, format string, args ...any) {
	p.add(at, SeverityError, format, args)
}

func (p *problems) warnf(at place, format string, args ...any) {
	p.add(at, SeverityWarning, format, args)
}

func (p *problems) add(at place, severity Severity, format string, args []any) {
	p.found = append(p.found, Problem{
		File: at.file, Line: at.line, Severity: severity, Message: fmt.Sprintf(format, args...), Format: format, Args: args,
	})
}

// sorted gives the problems by file and line: the order in which a person works through them.
func (p *problems) sorted() []Problem {
	slices.SortStableFunc(p.found, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	})
	return p.found
}

// err joins the errors among the problems; nil when there is none.
func (p *problems) err() error {
	var joined []error
	more := 0
	for _, problem := range p.sorted() {
		switch {
		case problem.Severity != SeverityError:
		case len(joined) == maxJoinedError:
			more++
		default:
			joined = append(joined, problem)
		}
	}
	if more > 0 {
		joined = append(joined, fmt.Errorf("and %d more errors", more))
	}
	return errors.Join(joined...)
}
