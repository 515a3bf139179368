package index

import "refbot/knowledge/language"

// Field says where in a document a word stands.
type Field uint8

// The fields.
const (
	Text Field = iota
	Title
	Speaker
	Office
	Alias
	Topic
	Place
	fields
)

var fieldNames = [fields]string{"text", "title", "speaker", "office", "alias", "topic", "place"}

// String returns the field's name.
func (f Field) String() string { return fieldNames[f] }

// Fields is a set of fields.
type Fields uint8

// Has reports whether f is in the set.
func (s Fields) Has(f Field) bool { return s&(1<<f) != 0 }

// With returns the set with f added.
func (s Fields) With(f Field) Fields { return s | 1<<f }

// Part is a piece of a document's text.
type Part struct {
	Field    Field
	Text     string
	Language language.Code // "" to identify it
}

// Document is what one search hit stands for.
type Document struct {
	Parts []Part
	// Tags tell what the document belongs to; they are terms only documents share.
	Tags []string
}

// TagPrefix begins the terms of tags.
const TagPrefix = "topic:"

// Thesaurus finds notions in a text, so that different words for one thing share a term.
type Thesaurus interface {
	// Mentions returns the notions named by the words of a text, in any order.
	Mentions(words []language.Token) []Mention
	// Light reports whether a notion says little by itself: a word that names it counts less.
	Light(notion string) bool
}

// Mention is a notion named by the words From to To (exclusive) of a text.
type Mention struct {
	Notion   string
	From, To int
	Weight   float32 // how far the words stand for the notion, in (0,1]
}

// Options say how documents are indexed.
type Options struct {
	Thesaurus Thesaurus
	Words     map[string]int // if not nil, Build counts the folded words of the documents in it
	Tuning    Tuning         // the zero value means [Measured]
	// Read, if not nil, is given the tokens of every part of every document, in order, while Build reads them. They are
	// valid during the call.
	Read func(doc uint32, p *Part, tokens []language.Token)
}
