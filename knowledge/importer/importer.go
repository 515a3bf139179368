package importer

import (
	"bytes"
	"errors"
	"fmt"
	"path"
	"strings"
	"time"

	"refbot/knowledge/language"
)

// Limits of one source.
const (
	MaxSource     = 32 << 20 // bytes as it is stored
	MaxHTML       = 8 << 20  // bytes of a page
	MaxUnpacked   = 64 << 20 // bytes unpacked, of a DOCX or a PDF
	MaxPages      = 500      // pages of a PDF
	MaxElements   = 100_000  // elements of a page
	MaxParagraphs = 10_000
	MaxDrafts     = 500     // drafts of one document
	maxText       = 4 << 20 // bytes of a document's text
	patience      = 30 * time.Second
)

// Source is a page or a document as it was found.
type Source struct {
	Name string // the file's name, or the address
	URL  string // where citizens can look it up; "" where that is unknown
	Type string // media type, if a server told it
	Data []byte
}

// Document is what a source says.
type Document struct {
	Name     string // of the source
	Title    string // "" where none was found
	Outlet   string
	URL      string
	Language language.Code
	Date     time.Time // midnight UTC; zero where none was found
	// DateExact is set for the day of publication as the source itself gives it. DateNote says where another day
	// was found.
	DateExact  bool
	DateNote   string
	Paragraphs []string
	// Verbatim is set where the paragraphs are those of the source, letter for letter; those of a PDF are
	// put together from its lines.
	Verbatim bool

	saved time.Time // when the file was last changed; zero where it does not say
}

// What is wrong with a source.
var (
	ErrTooLarge = errors.New("it is too large")
	ErrEmpty    = errors.New("no text was found in it")
	ErrUnknown  = errors.New("it is neither HTML, PDF, DOCX nor text")
)

// format is a kind of source.
type format string

const (
	formatHTML format = "html"
	formatPDF  format = "pdf"
	formatDOCX format = "docx"
	formatText format = "text"
)

// formats are told by the ends of names.
var formats = map[string]format{
	".html": formatHTML, ".htm": formatHTML, ".xhtml": formatHTML, ".mhtml": "",
	".pdf": formatPDF, ".docx": formatDOCX, ".txt": formatText, ".text": formatText,
}

// Knows reports whether a file's name is that of something [Read] takes.
func Knows(name string) bool { return formats[strings.ToLower(path.Ext(name))] != "" }

// Read takes a source apart. Errors are sentences that say what is wrong with it.
func Read(src Source) (*Document, error) {
	if len(src.Data) > MaxSource {
		return nil, fmt.Errorf("%w: at most %d MiB are read", ErrTooLarge, MaxSource>>20)
	}
	d := &Document{Name: src.Name, URL: src.URL}
	var err error
	switch src.format() {
	case formatHTML:
		err = d.readHTML(src)
	case formatPDF:
		err = d.readPDF(src.Data)
	case formatDOCX:
		err = d.readDOCX(src.Data)
	case formatText:
		err = d.readText(src.Data)
	default:
		err = ErrUnknown
	}
	if err != nil {
		return nil, err
	}
	d.tidy()
	if len(d.Paragraphs) == 0 {
		return nil, ErrEmpty
	}
	return d, nil
}

// format tells what a source is: by how it begins, by what its server said, by its name.
func (src Source) format() format {
	head := bytes.ToLower(bytes.TrimLeft(src.Data[:min(len(src.Data), 1024)], "\ufeff \t\r\n"))
	begins := func(s string) bool { return bytes.HasPrefix(head, []byte(s)) }
	switch {
	case begins("%pdf-"):
		return formatPDF
	case begins("pk\x03\x04"):
		return formatDOCX
	case begins("<!doctype html"), begins("<html"), strings.Contains(src.Type, "html"):
		return formatHTML
	}
	if f, known := formats[strings.ToLower(path.Ext(src.Name))]; known && f != formatPDF && f != formatDOCX {
		return f
	}
	if strings.HasPrefix(src.Type, "text/plain") {
		return formatText
	}
	return ""
}
