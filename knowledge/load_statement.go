package knowledge

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"refbot/knowledge/language"
)

// Shapes of names in a pack.
var (
	idShape   = regexp.MustCompile(`^[A-Za-z0-9_-]{1,48}$`)
	slugShape = regexp.MustCompile(`^[a-z0-9-]{1,32}$`)
)

// statement checks a draft by itself and gives the statement it describes. What is wrong is
// reported; the statement is of use only when nothing was.
func (d *draft) statement(p *problems) Statement {
	d.checkRequired(p)
	d.checkShapes(p)
	d.checkLengths(p)
	s := Statement{
		ID: d.id, Key: d.key, Language: language.Code(d.language),
		DateNote: d.dateNote, Speaker: d.speaker, Office: d.office, Kind: Kind(d.kind),
		Outlet: d.outlet, Title: d.title, URL: d.url,
		Topics: d.topics, Aliases: d.aliases, SupersededBy: d.supersededBy,
		Conflict: d.conflict, TranslatedBy: d.translatedBy, OriginalLang: language.Code(d.originalLanguage),
		Text: d.text, Origin: d.at.String(),
	}
	s.Date = d.date8601("date", d.date, p)
	s.ValidFrom = d.date8601("valid_from", d.validFrom, p)
	s.ValidUntil = d.date8601("valid_until", d.validUntil, p)
	if !s.ValidUntil.IsZero() && s.ValidUntil.Before(s.ValidFrom) {
		d.reject(p, "valid_until", "valid_until %s is before valid_from %s", d.validUntil, d.validFrom)
	}
	s.DateExact = d.flag("date_exact", d.dateExact, true, p)
	s.Verbatim = d.flag("verbatim", d.verbatim, false, p)
	if s.Verbatim && s.Translated() {
		d.reject(p, "verbatim", "a translation cannot be verbatim")
	}
	return s
}

// checkRequired reports keys that are missing.
func (d *draft) checkRequired(p *problems) {
	required := []struct{ key, value string }{
		{"id", d.id}, {"language", d.language}, {"date", d.date}, {"kind", d.kind}, {"url", d.url}, {"text", d.text},
	}
	for _, r := range required {
		if r.value == "" {
			d.reject(p, r.key, "%s is missing", r.key)
		}
	}
	if d.office == "" {
		d.complain(p, "office", "office is missing: the office held that day, or the institution")
	}
	for _, todo := range d.unfinished {
		d.reject(p, draftKey, "still a draft: %s. Delete the line under %q when it is done", todo, draftKey)
	}
}

// checkShapes reports values that are not what their key wants.
func (d *draft) checkShapes(p *problems) {
	for _, name := range []string{"id", "key"} {
		f, _ := fieldNamed(name)
		if v := *f.line(d); v != "" && !idShape.MatchString(v) {
			d.reject(p, name, "%s %q: want 1 to 48 of A-Z a-z 0-9 _ -", name, v)
		}
	}
	for _, name := range []string{"language", "original_language"} {
		f, _ := fieldNamed(name)
		if v := *f.line(d); v != "" && !language.Code(v).Valid() {
			d.reject(p, name, "%s %q: want kk, ru or en", name, v)
		}
	}
	if d.kind != "" && !Kind(d.kind).Valid() {
		d.reject(p, "kind", "kind %q: want official, document, expert, party, reference, editorial or foreign", d.kind)
	}
	if err := checkURL(d.url); d.url != "" && err != nil {
		d.reject(p, "url", "url %q: %v", d.url, err)
	}
	for name, text := range d.texts {
		if r, bad := unprintable(text); bad {
			d.reject(p, name, "%s holds the invisible character %U: delete it", name, r)
		}
	}
}

// texts yields every value of the draft with its key.
func (d *draft) texts(yield func(key, value string) bool) {
	for _, f := range fields {
		for _, v := range f.values(d) {
			if !yield(f.name, v) {
				return
			}
		}
	}
	yield("text", d.text)
}

// checkLengths reports values beyond the limits.
func (d *draft) checkLengths(p *problems) {
	for _, f := range fields {
		values := f.values(d)
		if len(values) > MaxList {
			d.reject(p, f.name, "%s has %d entries, at most %d are read", f.name, len(values), MaxList)
		}
		for _, v := range values {
			if n := utf8.RuneCountInString(v); n > MaxField && f.name != "url" {
				d.reject(p, f.name, "%s has %d characters, at most %d fit", f.name, n, MaxField)
			}
		}
	}
	if n := utf8.RuneCountInString(d.text); n > MaxText {
		d.reject(p, "text", "the text has %d characters, at most %d fit", n, MaxText)
	}
}

// date8601 reads a day as midnight UTC; zero for an empty or wrong value.
func (d *draft) date8601(key, value string, p *problems) time.Time {
	if value == "" {
		return time.Time{}
	}
	date, err := time.Parse(time.DateOnly, value)
	if err != nil || date.Year() < 1 {
		d.reject(p, key, "%s %q: want a day as YYYY-MM-DD", key, value)
		return time.Time{}
	}
	return date
}

// flag reads true or false.
func (d *draft) flag(key, value string, fallback bool, p *problems) bool {
	switch value {
	case "":
		return fallback
	case "true":
		return true
	case "false":
		return false
	}
	d.reject(p, key, "%s %q: want true or false", key, value)
	return fallback
}

// checkURL reports why an address cannot be opened by a citizen.
func checkURL(raw string) error {
	if len(raw) > MaxURL {
		return fmt.Errorf("longer than %d bytes", MaxURL)
	}
	if strings.ContainsAny(raw, " <>\"\\") {
		return fmt.Errorf("holds a character that an address cannot")
	}
	u, err := url.Parse(raw)
	switch {
	case err != nil:
		return fmt.Errorf("not an address")
	case u.Scheme != "http" && u.Scheme != "https":
		return fmt.Errorf("want http:// or https://")
	case u.Hostname() == "" || u.User != nil:
		return fmt.Errorf("want the name of a site")
	}
	return nil
}
