package evaluation

import (
	"fmt"
	"io"
	"strings"
)

// Comparison lists, question by question, what a run won and lost against an earlier one.
type Comparison struct {
	Won, Lost []Change
	// Same counts the questions with the same outcome in both; Missing those the earlier run lacks.
	Same, Missing int
}

// Change is a question whose outcome differs between two runs.
type Change struct {
	ID            string
	Text          string
	Before, After Fault
	// Cited then and now.
	BeforeCites, AfterCites []string
}

// Compare judges the lines of an earlier run by the labels of r's questions and sets them against r.
func (r *Report) Compare(earlier []Line) Comparison {
	before := make(map[string]*Line, len(earlier))
	for i := range earlier {
		before[earlier[i].ID] = &earlier[i]
	}
	var c Comparison
	for i := range r.outcomes {
		o := &r.outcomes[i]
		old, ok := before[o.Question.ID]
		if !ok {
			c.Missing++
			continue
		}
		c.add(o, old)
	}
	return c
}

func (c *Comparison) add(o *Outcome, old *Line) {
	fault := judgeLine(&o.Question, old)
	change := Change{
		ID: o.Question.ID, Text: o.Question.Turns[len(o.Question.Turns)-1],
		Before: fault, After: o.Fault,
		BeforeCites: ids(old.Statements), AfterCites: ids(scored(o.Answer.Hits)),
	}
	switch {
	case fault != NoFault && o.Fault == NoFault:
		c.Won = append(c.Won, change)
	case fault == NoFault && o.Fault != NoFault:
		c.Lost = append(c.Lost, change)
	default:
		c.Same++
	}
}

func ids(list []Scored) []string {
	names := make([]string, len(list))
	for i, s := range list {
		names[i] = s.ID
	}
	return names
}

// Print writes the comparison as plain text, wins first.
func (c Comparison) Print(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "won %d, lost %d, same %d", len(c.Won), len(c.Lost), c.Same)
	if c.Missing > 0 {
		fmt.Fprintf(&b, ", not in the earlier run %d", c.Missing)
	}
	b.WriteByte('\n')
	for _, change := range c.Won {
		fmt.Fprintf(&b, "+ %s\n", change)
	}
	for _, change := range c.Lost {
		fmt.Fprintf(&b, "- %s\n", change)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// String tells a change in one line.
func (c Change) String() string {
	return fmt.Sprintf("%s %q: %s [%s] → %s [%s]", c.ID, c.Text,
		name(c.Before), strings.Join(c.BeforeCites, " "), name(c.After), strings.Join(c.AfterCites, " "))
}

func name(f Fault) string {
	if f == NoFault {
		return "right"
	}
	return "wrong " + string(f)
}
