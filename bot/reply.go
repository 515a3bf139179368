package bot

import (
	"strings"

	"refbot/bot/markup"
	"refbot/knowledge"
	"refbot/knowledge/language"
)

// Reply is a message to a person, before any messenger's markup.
type Reply struct {
	Language   language.Code
	Decision   knowledge.Decision // "" for a reply that is no verdict, such as a menu
	Parts      []Part
	Buttons    [][]Button
	Statements []knowledge.Hit // the statements it cites
	File       *File           // sent with the reply as a document; nil for none
	Silent     bool            // it makes no sound

	// What staff wrote: HTML that package markup has checked, in place of Parts, and a file that Telegram
	// has already, by its file_id. The HTML is then the file's caption.
	HTML            string
	Photo, Document string
	Picture         *File // an image made for this reply, shown above its text
}

// Part is a paragraph.
type Part struct {
	Style Style
	Tight bool // follows the part before it without an empty line
	Spans []Span
}

// Style says how a paragraph looks.
type Style uint8

// The styles of paragraphs.
const (
	Plain Style = iota
	Quote       // words of a statement
	Note        // small print: where the words come from, how fresh they are
)

// Span is a stretch of text in one look.
type Span struct {
	Text string
	Bold bool
	URL  string // "" for no link
}

// Button is an inline button: it has either Data or URL.
type Button struct {
	Text string
	Data string // callback data, 1 to 64 bytes
	URL  string
}

// File is a document made for one person.
type File struct {
	Name string
	Data []byte
}

// Text is a plain paragraph.
func Text(s string) Part { return Part{Spans: []Span{{Text: s}}} }

// PlainText renders a reply for a terminal, a log of evaluation, or the contract's "text": links
// stand in brackets behind their words, quotations in guillemets.
func PlainText(r Reply) string {
	if r.HTML != "" {
		return markup.Plain(r.HTML)
	}
	var b strings.Builder
	b.Grow(r.size())
	for i, p := range r.Parts {
		if i > 0 {
			b.WriteString(p.gap())
		}
		p.plain(&b)
	}
	return b.String()
}

// size is about how many bytes the reply has as plain text.
func (r Reply) size() (n int) {
	for _, p := range r.Parts {
		n += len("\n\n«»")
		for _, s := range p.Spans {
			n += len(s.Text) + len(s.URL) + len(" <>")
		}
	}
	return n
}

// gap is what separates the part from the one before it.
func (p Part) gap() string {
	if p.Tight {
		return "\n"
	}
	return "\n\n"
}

func (p Part) plain(b *strings.Builder) {
	if p.Style == Quote {
		b.WriteString("«")
		defer b.WriteString("»")
	}
	for _, s := range p.Spans {
		b.WriteString(s.Text)
		if s.URL != "" {
			b.WriteString(" <" + s.URL + ">")
		}
	}
}

// length is the visible length of a part in characters, which is what a reader has to read.
func (p Part) length() int {
	n := 0
	for _, s := range p.Spans {
		n += characters(s.Text)
	}
	return n
}

// characters counts those of a text that is valid UTF-8: each begins with a byte that continues none. It takes a fraction
// of the time of utf8.RuneCountInString, which looks for what is not valid.
func characters(s string) int {
	n := 0
	for i := range len(s) {
		if s[i]&0xC0 != 0x80 {
			n++
		}
	}
	return n
}

// Length is the visible length of the reply's text in characters, without links.
func (r Reply) Length() int {
	n := 0
	for i, p := range r.Parts {
		if i > 0 {
			n += len(p.gap())
		}
		n += p.length()
	}
	return n
}
