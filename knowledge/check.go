package knowledge

import (
	"fmt"
	"io"
	"slices"

	"refbot/knowledge/language"
)

// Report is what [Check] finds in a pack: how much it holds, and everything wrong or doubtful.
type Report struct {
	Origin     string                `json:"origin"`
	Version    string                `json:"version,omitempty"`
	Statements int                   `json:"statements"` // every language version counts
	Facts      int                   `json:"facts"`      // statements whatever their number of versions
	Languages  map[language.Code]int `json:"languages"`  // statements by language
	Missing    map[language.Code]int `json:"missing"`    // facts without a version in the language
	Topics     map[string]int        `json:"topics,omitempty"`
	Terms      int                   `json:"terms"`
	Problems   []Problem             `json:"problems"` // by file and line
}

// Check reads a pack as [Load] does and reports errors, which keep it from being served, and
// warnings: what a second look often mends.
func Check(path string) Report {
	pack, p, err := read(path)
	if err != nil {
		return Report{Origin: path, Problems: []Problem{{File: path, Severity: SeverityError, Message: err.Error()}}}
	}
	doubt(pack, p)
	return report(pack, p)
}

// report counts what the pack holds.
func report(pack *Pack, p *problems) Report {
	r := Report{
		Origin: pack.Origin, Version: pack.Version, Statements: len(pack.Statements), Terms: len(pack.Glossary.Terms),
		Languages: map[language.Code]int{}, Missing: map[language.Code]int{}, Topics: map[string]int{},
	}
	spoken := versions(pack)
	r.Facts = len(spoken)
	for i := range pack.Statements {
		s := &pack.Statements[i]
		r.Languages[s.Language]++
		if s.Key != s.ID {
			continue
		}
		for _, topic := range pack.Campaign.TopicsOf(s) {
			r.Topics[topic]++
		}
		for _, code := range language.Codes() {
			if !slices.Contains(spoken[s.Key], code) {
				r.Missing[code]++
			}
		}
	}
	r.Problems = p.sorted()
	return r
}

// versions gives the languages of each fact.
func versions(pack *Pack) map[string][]language.Code {
	spoken := make(map[string][]language.Code, len(pack.Statements))
	for i := range pack.Statements {
		s := &pack.Statements[i]
		spoken[s.Key] = append(spoken[s.Key], s.Language)
	}
	return spoken
}

// Errors gives the problems that keep the pack from being served.
func (r *Report) Errors() []Problem { return r.with(SeverityError) }

// Warnings gives the problems that deserve a look.
func (r *Report) Warnings() []Problem { return r.with(SeverityWarning) }

func (r *Report) with(s Severity) []Problem {
	var found []Problem
	for _, p := range r.Problems {
		if p.Severity == s {
			found = append(found, p)
		}
	}
	return found
}

// Print writes the report for a terminal: a problem a line, then what the pack holds.
func (r *Report) Print(w io.Writer) error {
	for _, p := range r.Problems {
		if _, err := fmt.Fprintf(w, "%s (%s)\n", p.Error(), p.Severity); err != nil {
			return fmt.Errorf("print report: %w", err)
		}
	}
	_, err := fmt.Fprintf(w, "%s: %s in %s, %s; %s, %s\n", r.Origin,
		count(r.Facts, "statement"), count(r.Statements, "language version"), r.byLanguage(),
		count(len(r.Errors()), "error"), count(len(r.Warnings()), "warning"))
	if err != nil {
		return fmt.Errorf("print report: %w", err)
	}
	return nil
}

// byLanguage gives "kk 130 (33 missing), ru 161, en 120 (43 missing)".
func (r *Report) byLanguage() string {
	text := ""
	for _, code := range language.Codes() {
		if text != "" {
			text += ", "
		}
		text += fmt.Sprintf("%s %d", code, r.Languages[code])
		if n := r.Missing[code]; n > 0 {
			text += fmt.Sprintf(" (%d missing)", n)
		}
	}
	return text
}

// count gives "1 error" or "2 errors".
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// emptyTopics gives the topics of the campaign that hold no statement.
func (r *Report) emptyTopics(c *Campaign) []string {
	var empty []string
	for _, t := range c.Topics {
		if r.Topics[t.ID] == 0 {
			empty = append(empty, t.ID)
		}
	}
	slices.Sort(empty)
	return slices.Compact(empty)
}
