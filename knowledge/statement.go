package knowledge

import (
	"time"

	"refbot/knowledge/language"
)

// Kind says what a statement is, and with that whether it may carry an answer.
type Kind string

// The kinds of statements. Only Official and Document carry an answer by themselves.
const (
	Official  Kind = "official"  // an office holder or an institution speaks
	Document  Kind = "document"  // a law, a decree, a draft, the constitution
	Expert    Kind = "expert"    // a scholar's or lawyer's view
	Party     Kind = "party"     // a political party
	Reference Kind = "reference" // an encyclopaedic or explanatory text
	Editorial Kind = "editorial" // a newsroom's own words
	Foreign   Kind = "foreign"   // about another country
)

// CarriesAnswer reports whether a statement of this kind may answer a citizen by itself.
func (k Kind) CarriesAnswer() bool { return k == Official || k == Document }

// Valid reports whether k is one of the kinds above.
func (k Kind) Valid() bool {
	switch k {
	case Official, Document, Expert, Party, Reference, Editorial, Foreign:
		return true
	}
	return false
}

// Statement is one thing that was said or published: the words, who said them, in which office,
// on which day, and where that can be checked. A loaded statement is never changed.
type Statement struct {
	ID       string        // unique in a pack: 1 to 48 of [A-Za-z0-9_-], so that "st:ID" fits callback data and deep links
	Key      string        // shared by the language versions of one statement; equal to ID where there is one version
	Language language.Code // of Text and Title

	Date      time.Time // midnight UTC of the day it was said or published; never zero
	DateExact bool      // false: the day of the event, or the earliest possible day
	DateNote  string    // how an inexact date was found

	Speaker string // empty: an institution or a document speaks, see Office
	Office  string // the office held on Date, or the institution
	Kind    Kind
	Outlet  string
	Title   string
	URL     string // http or https, never empty

	Topics  []string // ids of campaign topics, or free tags in a foreign pack
	Aliases []string // questions people ask for it, in any language

	SupersededBy []string  // ids of statements that give the newer value
	ValidFrom    time.Time // zero: no bound
	ValidUntil   time.Time // last day on which it holds; zero: no bound
	Conflict     string    // where it contradicts the other statements
	TranslatedBy string    // empty: the language it was published in; else who translated ("refbot")
	OriginalLang language.Code

	Text     string
	Verbatim bool // Text quotes the page word for word

	Origin string // file and line it was loaded from, for error messages
}

// Translated reports whether the text is a translation made for the knowledge base.
func (s *Statement) Translated() bool { return s.TranslatedBy != "" }

// Pack is a validated knowledge base: what `refbot run` serves and `refbot eval` measures.
type Pack struct {
	Campaign   Campaign
	Glossary   Glossary
	Statements []Statement // ordered by ID
	Version    string      // "2026-07-01-1a2b3c4d": the newest date and a hash of the content
	Origin     string      // the path it was loaded from, or "embedded"
}

// AsOf returns the newest date among the pack's statements: how fresh the knowledge base is.
func (p *Pack) AsOf() time.Time {
	var newest time.Time
	for i := range p.Statements {
		if d := p.Statements[i].Date; d.After(newest) {
			newest = d
		}
	}
	return newest
}

// Campaign is campaign.yaml: what is voted on, when, and how its topics are called.
type Campaign struct {
	ID       string
	Name     map[language.Code]string
	VoteDate time.Time // midnight in TimeZone
	TimeZone *time.Location
	// The quiet period forbids campaigning and broadcasts: from QuietFrom (inclusive) to QuietUntil (exclusive).
	QuietFrom, QuietUntil time.Time
	Topics                []Topic
	Regions               []Region // where people live, for those who want news of their region; may be none
	Links                 []Link
}

// Region is a part of the country that a subscriber may name as theirs.
type Region struct {
	ID    string // 1 to 32 of [a-z0-9-]
	Title map[language.Code]string
}

// Topic is one subject of the menu.
type Topic struct {
	ID    string // 1 to 32 of [a-z0-9-]
	Title map[language.Code]string
	Tags  []string // statement topics that belong to it, besides ID
}

// Link is an official address a citizen may be sent to.
type Link struct {
	URL   string
	Title map[language.Code]string
}

// Glossary lists the words of the field across languages: entries let a question in one
// language find a statement in another, and expand abbreviations.
type Glossary struct {
	Terms []Term
}

// Term is one notion and the ways to say it.
type Term struct {
	ID    string                     // a short English slug
	Forms map[language.Code][]string // the first form of a language is its standard term; the rest are synonyms and abbreviations
	// Entity marks a term that names a person, an office, a place or a body: agreement on it is evidence.
	Entity EntityKind
	// Related are the ids of terms that a question for this one may be answered by too: what replaced it, or what
	// people take it for.
	Related []string
}

// EntityKind says what a glossary term names, if it names anything.
type EntityKind string

// The kinds of entities.
const (
	NoEntity EntityKind = ""
	Person   EntityKind = "person"
	Office   EntityKind = "office"
	Place    EntityKind = "place"
	Body     EntityKind = "body"
)
