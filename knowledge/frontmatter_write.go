package knowledge

import (
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// WriteStatement writes s as a Markdown file with front matter. Reading the file back gives s
// again, its Origin apart.
func WriteStatement(w io.Writer, s *Statement) error {
	if _, err := w.Write(s.Markdown()); err != nil {
		return fmt.Errorf("write statement %s: %w", s.ID, err)
	}
	return nil
}

// Markdown gives the statement as a file with front matter, paragraphs wrapped for people.
func (s *Statement) Markdown() []byte { return s.DraftMarkdown() }

// DraftMarkdown is Markdown for a statement that a person has to complete: what is left to do stands under the
// key "draft", and [Check] reports it as errors until its lines are deleted.
func (s *Statement) DraftMarkdown(todo ...string) []byte {
	var b strings.Builder
	b.WriteString("---\n")
	d := draftOf(s)
	d.unfinished = todo
	for _, f := range fields {
		writeField(&b, f, f.values(d))
	}
	b.WriteString("---\n\n")
	for line := range strings.SplitSeq(s.Text, "\n") {
		b.WriteString(wrap(line))
		b.WriteByte('\n')
	}
	return []byte(b.String())
}

// writeField writes one key; lists of short names stay on a line, questions get one each.
func writeField(b *strings.Builder, f field, values []string) {
	switch {
	case len(values) == 0:
	case f.flag:
		fmt.Fprintf(b, "%s: %s\n", f.name, values[0])
	case f.list == nil:
		fmt.Fprintf(b, "%s: %s\n", f.name, yamlScalar(values[0]))
	case f.name == "aliases" || f.name == draftKey:
		b.WriteString(f.name + ":\n")
		for _, v := range values {
			fmt.Fprintf(b, "  - %s\n", yamlScalar(v))
		}
	default:
		fmt.Fprintf(b, "%s: %s\n", f.name, yamlFlow(values))
	}
}

// draftOf turns a statement back into what its author would write, leaving out what is understood.
func draftOf(s *Statement) *draft {
	d := &draft{
		id: s.ID, language: string(s.Language), text: s.Text,
		date: day(s.Date), dateNote: s.DateNote,
		speaker: s.Speaker, office: s.Office, kind: string(s.Kind),
		outlet: s.Outlet, title: s.Title, url: s.URL,
		topics: s.Topics, aliases: s.Aliases, supersededBy: s.SupersededBy,
		validFrom: day(s.ValidFrom), validUntil: day(s.ValidUntil), conflict: s.Conflict,
		translatedBy: s.TranslatedBy, originalLanguage: string(s.OriginalLang),
	}
	if s.Key != s.ID {
		d.key = s.Key
	}
	if !s.DateExact {
		d.dateExact = strconv.FormatBool(false)
	}
	if s.Verbatim {
		d.verbatim = strconv.FormatBool(true)
	}
	return d
}

// day formats a date as YYYY-MM-DD, "" for none.
func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

// Values that YAML would not read back as the text they are: punctuation with a meaning, and
// what other readers of the file take for a number, a date or a truth value.
var (
	yamlPunctuated = regexp.MustCompile("^[-\\s\\[\\]{}&*!|>'\"%@`,?:#=]|[\\s:]$|: | #")
	yamlTyped      = regexp.MustCompile(`^(?i:[-+.]?[\d][\d_.:,eE+-]*|0[xo][\da-f]+|true|false|yes|no|on|off|y|n|null|~|[-+]?\.(nan|inf))$`)
	yamlDated      = regexp.MustCompile(`^\d{4}-\d\d-\d\d$`)
)

// yamlScalar writes a value of a block, in quotes where it needs them.
func yamlScalar(v string) string {
	if v == "" || yamlPunctuated.MatchString(v) || yamlTyped.MatchString(v) && !yamlDated.MatchString(v) {
		return yamlQuoted(v)
	}
	return v
}

func yamlQuoted(v string) string { return "'" + strings.ReplaceAll(v, "'", "''") + "'" }

// yamlFlow writes a list on one line.
func yamlFlow(values []string) string {
	quoted := make([]string, len(values))
	for i, v := range values {
		quoted[i] = yamlScalar(v)
		if quoted[i] == v && strings.ContainsAny(v, ",[]{}") {
			quoted[i] = yamlQuoted(v)
		}
	}
	return "[" + strings.Join(quoted, ", ") + "]"
}
