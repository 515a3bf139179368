package importer

import (
	"net/url"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"refbot/knowledge"
	"refbot/knowledge/language"
)

// tidy brings paragraphs into the form statements have, takes out what stands around an article, and reads from
// it what the source did not say of itself.
func (d *Document) tidy() {
	var kept []string
	seen := map[string]bool{}
	for _, p := range d.Paragraphs[:min(len(d.Paragraphs), MaxParagraphs)] {
		p = clean(p)
		if p == "" || seen[p] && utf8.RuneCountInString(p) > repeated || clutter.MatchString(p) {
			continue
		}
		seen[p] = true
		kept = append(kept, p)
	}
	d.Paragraphs = kept
	d.dateline()
	d.findTitle()
	d.findSource()
	d.Title, d.Outlet = cut(clean(d.Title)), cut(clean(d.Outlet))
	d.Language = language.Identify(strings.Join(d.Paragraphs[:min(len(d.Paragraphs), 20)], "\n")).Code
	if !d.Language.Valid() {
		d.Language = language.Russian
	}
	d.findDate()
}

// repeated is the length, in characters, from which on a paragraph that stands there again is the layout's doing.
const repeated = 60

// clean puts one space for each run of white space, and drops what nobody can see; letters with their marks are
// composed, as in statements.
func clean(p string) string {
	p = strings.Map(func(r rune) rune {
		switch {
		case r == '\u00ad' || r == '\ufeff' || r == '\ufffd' || r >= 0x200b && r <= 0x200f || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069:
			return -1
		case r == '\u2028', r == '\u2029', unicode.IsControl(r):
			return ' '
		}
		return r
	}, p)
	fields := strings.FieldsFunc(p, func(r rune) bool { return r == ' ' || r == '\t' || r == '\n' || r == '\r' })
	return strings.Trim(norm.NFC.String(strings.Join(fields, " ")), " \u00a0")
}

// cut shortens a field to what a statement can hold.
func cut(s string) string {
	runes := []rune(s)
	return string(runes[:min(len(runes), knowledge.MaxField)])
}

// clutter finds paragraphs that are about the page: captions of pictures, links to share and to read on.
var clutter = regexp.MustCompile(`(?i)^(?:` +
	`(?:фото|фотография|фотосурет|сурет(?:тер)?|photo(?:s)?|image|видео|video|инфографика|иллюстрация|скриншот)(?:[ \p{L}]{0,30})?\s*[:©/]` +
	`|(?:читайте также|читать также|по теме|подпис\p{L}+ на|поделиться|теги|комментари[ий]|реклама|распечатать|наверх)(?:[\s:]|$)` +
	`|(?:тағы оқыңыз|оқи отырыңыз|тақырыпқа сай|бөлісу|тегтер|жазылыңыз|пікірлер|жарнама)(?:[\s:]|$)` +
	`|(?:read also|read more|related|share(?: this)?|tags|follow us|subscribe|comments|advertisement)(?:[\s:]|$)` +
	`|©.*|all rights reserved.*|все права защищены.*|барлық құқықтар.*` +
	`|\d{1,4}$|(?:стр(?:аница)?|page|бет)\.? \d+(?: (?:из|of) \d+)?$` +
	`)`)

// maxTitle is how long a first line may be, in characters, to be the title.
const maxTitle = 220

// findTitle takes the first line for the title where the source named none, and leaves it out of the text where it
// only repeats the title.
func (d *Document) findTitle() {
	for len(d.Paragraphs) > 1 {
		first := d.Paragraphs[0]
		switch {
		case d.Title == "" && utf8.RuneCountInString(first) <= maxTitle && !ended(first):
			d.Title = first
		case d.Title != "" && strings.EqualFold(bare(first), bare(d.Title)):
		default:
			return
		}
		d.Paragraphs = d.Paragraphs[1:]
	}
}

// bare leaves letters and digits.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
}

var (
	// relayed finds who brings the news: "передает Kazinform", "деп хабарлайды Kazinform", "Kazinform reports".
	relayed = regexp.MustCompile(`(?:переда[её]т|сообщает|пишет|хабарлайды|жазды)\s+(?:корреспондент\p{L}*\s+)?(?:(?:МИА|ИА|агентств\p{L}*)\s+)?[«"]?([A-Z][\w.]*(?: [A-Z][\w.]*){0,2})` +
		`|([A-Z][\w.]*)\s+(?:reports|агенттігі хабарлайды|хабарлайды)`)
	address = regexp.MustCompile(`https?://[^\s<>"«»\\)\]]+`)
)

// findSource looks for outlet and address in the text where the source named none.
func (d *Document) findSource() {
	text := strings.Join(d.Paragraphs, "\n")
	if m := relayed.FindStringSubmatch(text); d.Outlet == "" && m != nil {
		d.Outlet = strings.TrimRight(m[1]+m[2], ".")
	}
	if d.URL == "" {
		d.URL = strings.TrimRight(address.FindString(text), ".,;:!?")
	}
	if u, err := url.Parse(d.URL); d.Outlet == "" && err == nil {
		d.Outlet = strings.TrimPrefix(u.Hostname(), "www.")
	}
}
