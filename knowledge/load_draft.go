package knowledge

import "slices"

// draft is a statement as its author wrote it: every value still text, and where it stands.
// Reading fills it, writing empties it, and what both share is the table of fields.
type draft struct {
	at    place          // of its first line
	lines map[string]int // line of each key that was given
	text  string
	// lenient is set for statements.jsonl, a format other projects write: what Markdown authors
	// must mend is only doubtful there.
	lenient bool
	// orphan is set for a translation whose original is not there to inherit from.
	orphan    bool
	inherited map[string]bool // keys taken from the original

	id, key, language               string
	date, dateExact, dateNote       string
	speaker, office, kind           string
	outlet, title, url              string
	topics, aliases, supersededBy   []string
	validFrom, validUntil, conflict string
	translatedBy, originalLanguage  string
	verbatim                        string
	unfinished                      []string
}

// field is one key of the front matter: a line of text, or a list.
type field struct {
	name      string
	line      func(*draft) *string
	list      func(*draft) *[]string
	flag      bool // the line is true or false
	inherited bool // a translation takes it from its original
}

// fields lists the keys of the front matter in the order in which files show them.
var fields = []field{
	{name: "id", line: func(d *draft) *string { return &d.id }},
	{name: "key", line: func(d *draft) *string { return &d.key }},
	{name: "language", line: func(d *draft) *string { return &d.language }},
	{name: "date", line: func(d *draft) *string { return &d.date }, inherited: true},
	{name: "date_exact", line: func(d *draft) *string { return &d.dateExact }, flag: true, inherited: true},
	{name: "date_note", line: func(d *draft) *string { return &d.dateNote }, inherited: true},
	{name: "speaker", line: func(d *draft) *string { return &d.speaker }, inherited: true},
	{name: "office", line: func(d *draft) *string { return &d.office }, inherited: true},
	{name: "kind", line: func(d *draft) *string { return &d.kind }, inherited: true},
	{name: "outlet", line: func(d *draft) *string { return &d.outlet }, inherited: true},
	{name: "title", line: func(d *draft) *string { return &d.title }, inherited: true},
	{name: "url", line: func(d *draft) *string { return &d.url }, inherited: true},
	{name: "topics", list: func(d *draft) *[]string { return &d.topics }, inherited: true},
	{name: "aliases", list: func(d *draft) *[]string { return &d.aliases }},
	{name: "superseded_by", list: func(d *draft) *[]string { return &d.supersededBy }, inherited: true},
	{name: "valid_from", line: func(d *draft) *string { return &d.validFrom }, inherited: true},
	{name: "valid_until", line: func(d *draft) *string { return &d.validUntil }, inherited: true},
	{name: "conflict", line: func(d *draft) *string { return &d.conflict }, inherited: true},
	{name: "translated_by", line: func(d *draft) *string { return &d.translatedBy }},
	{name: "original_language", line: func(d *draft) *string { return &d.originalLanguage }},
	{name: "verbatim", line: func(d *draft) *string { return &d.verbatim }, flag: true},
	{name: draftKey, list: func(d *draft) *[]string { return &d.unfinished }},
}

// draftKey lists what a person still has to do; a statement with it is not served.
const draftKey = "draft"

// fieldNamed finds a key of the front matter.
func fieldNamed(name string) (field, bool) {
	i := slices.IndexFunc(fields, func(f field) bool { return f.name == name })
	if i < 0 {
		return field{}, false
	}
	return fields[i], true
}

// values gives what a field holds: a list, or a line as a list of at most one.
func (f field) values(d *draft) []string {
	if f.list != nil {
		return *f.list(d)
	}
	if v := *f.line(d); v != "" {
		return []string{v}
	}
	return nil
}

// where gives the place of a key, or of the statement when the key was not given.
func (d *draft) where(key string) place {
	if line, ok := d.lines[key]; ok {
		return place{d.at.file, line}
	}
	return d.at
}

// reject reports a wrong value at its key, once: what a translation inherits is reported at its
// original.
func (d *draft) reject(p *problems, key, format string, args ...any) {
	if !d.inherited[key] {
		p.errorf(d.where(key), format, args...)
	}
}

// complain rejects what an author of Markdown has to mend, and warns of it in a foreign file.
func (d *draft) complain(p *problems, key, format string, args ...any) {
	switch {
	case !d.lenient:
		d.reject(p, key, format, args...)
	case !d.inherited[key]:
		p.warnf(d.where(key), format, args...)
	}
}

// translated reports whether the draft is a translation made for the knowledge base.
func (d *draft) translated() bool { return d.translatedBy != "" }

// inherit takes from the original of a translation what the translation leaves out.
func (d *draft) inherit(original *draft) {
	d.inherited = make(map[string]bool, len(fields))
	for _, f := range fields {
		if !f.inherited || len(f.values(d)) > 0 {
			continue
		}
		d.inherited[f.name] = true
		if f.list != nil {
			*f.list(d) = *f.list(original)
		} else {
			*f.line(d) = *f.line(original)
		}
	}
	if d.originalLanguage == "" {
		d.originalLanguage = original.language
	}
}
