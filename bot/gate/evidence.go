package gate

import (
	"strings"
	"time"
	"unicode/utf8"

	"refbot/knowledge/language"
)

// evidence is what a statement vouches for.
type evidence struct {
	*Source
	text      *reading
	title     *reading
	speaker   *reading
	bureau    *reading   // the office or institution
	near      []*reading // text and title
	same      bool       // in the language asked for
	keys      map[string]bool
	values    map[string]bool
	cues      map[string]bool // "family:name", of texts and titles
	office    map[string]bool // likewise, of speakers, offices and outlets
	amounts   []amount
	skeletons []string
	folded    []string // texts and titles, folded, for quotations
}

// evidenceOf returns what a source vouches for, from memory where it was cited before.
func (g *Gate) evidenceOf(s *Source, asked language.Code) *evidence {
	name := s.name(asked)
	e, ok := g.seen.Get(name)
	if !ok {
		own := *s
		e = g.collect(&own, asked)
		g.seen.Put(name, e)
	}
	return e
}

// name tells sources apart by all they say.
func (s *Source) name(asked language.Code) string {
	parts := []string{
		string(asked), string(s.Language), string(s.Status), s.Date.Format(time.DateOnly), s.URL, s.Speaker, s.Office, s.Outlet, s.Title, s.Text,
	}
	for _, v := range s.Versions {
		if v.Language == asked {
			parts = append(parts, v.Speaker, v.Office, v.Title, v.Text)
		}
	}
	return strings.Join(parts, "\x00")
}

// collect reads a source: its version in the language asked for, or its own words where there is none.
func (g *Gate) collect(s *Source, asked language.Code) *evidence {
	e := &evidence{Source: s, keys: map[string]bool{}, values: map[string]bool{}, cues: map[string]bool{}, office: map[string]bool{}}
	v := Version{s.Language, s.Text, s.Title, s.Speaker, s.Office}
	for i := range s.Versions {
		if v.Language != asked && s.Versions[i].Language == asked {
			v = s.Versions[i]
		}
	}
	e.same = v.Language == asked
	e.text, e.title = g.read(v.Text, v.Language), g.read(v.Title, v.Language)
	e.speaker, e.bureau = g.read(v.Speaker, v.Language), g.read(v.Office, v.Language)
	e.near = []*reading{e.text, e.title}
	e.folded = []string{language.Fold(v.Text), language.Fold(v.Title)}
	e.take(e.text, e.cues)
	e.take(e.title, e.cues)
	e.take(e.speaker, e.office)
	e.take(e.bureau, e.office)
	e.take(g.read(s.Outlet, s.Language), e.office)
	e.close()
	return e
}

// take adds what a reading vouches for.
func (e *evidence) take(r *reading, cues map[string]bool) {
	for i := range r.words {
		w := &r.words[i]
		for _, k := range w.keys {
			e.keys[k] = true
		}
		if w.Value != "" {
			e.values[w.Value] = true
			continue
		}
		if len(w.skeleton) >= 2 {
			e.skeletons = append(e.skeletons, w.skeleton)
		}
	}
	for _, c := range r.cues {
		if c.from < r.heading && (c.family == "role" || c.family == "body") {
			e.office[c.family+":"+c.name] = true
		} else {
			cues[c.family+":"+c.name] = true
		}
	}
	for _, a := range r.amounts {
		e.values[a.value] = true
		e.amounts = append(e.amounts, a)
	}
}

// close adds what values imply: a full date its day, month and year; a day and month of the statement's
// year the full date, when no other year is given for it; half 50 %.
func (e *evidence) close() {
	year := ""
	if !e.Date.IsZero() {
		year = e.Date.Format("2006")
	}
	for v := range e.values {
		d, ok := strings.CutPrefix(v, "d:")
		switch {
		case !ok:
		case len(d) == len("2026-03-15"):
			e.values["d:"+d[5:]], e.values["d:"+d[:7]], e.values["y:"+d[:4]] = true, true, true
		case len(d) == len("2026-03"):
			e.values["y:"+d[:4]] = true
		case year != "" && !e.dated(d):
			e.values["d:"+year+"-"+d] = true
		}
	}
	for _, pair := range [][2]string{{"n:1/2", "p:50"}, {"n:1", "n:1"}} {
		if e.values[pair[0]] || e.values[pair[1]] {
			e.values[pair[0]], e.values[pair[1]] = true, true
		}
	}
}

// dated reports whether a day and month stand in the statement with a year.
func (e *evidence) dated(day string) bool {
	for v := range e.values {
		if strings.HasPrefix(v, "d:") && len(v) == len("d:2026-03-15") && strings.HasSuffix(v, "-"+day) {
			return true
		}
	}
	return false
}

// has reports whether the statement has a word with one of these keys, but for those that begin with one of the
// marks in except.
func (e *evidence) has(keys []string, except string) bool {
	for _, k := range keys {
		if strings.IndexByte(except, k[0]) < 0 && e.keys[k] {
			return true
		}
	}
	return false
}

// nameLeast is the shortest skeleton that is compared by its beginning.
const nameLeast = 3

// named reports whether the statement has a word that spells the same name, in another script or case.
func (e *evidence) named(s string) bool {
	for _, o := range e.skeletons {
		if sameName(s, o) {
			return true
		}
	}
	return false
}

// sameName compares skeletons but for an ending.
func sameName(a, b string) bool {
	if a == b {
		return true
	}
	if len(a) > len(b) {
		a, b = b, a
	}
	common := 0
	for common < len(a) && a[common] == b[common] {
		common++
	}
	if len(a) < nameLeast || len(b)-common > 6 {
		return false
	}
	return common == len(a) && len(a) > nameLeast || common >= len(a)-1 && common >= nameLeast+1
}

// letters counts the letters of a word.
func letters(s string) int { return utf8.RuneCountInString(s) }
