package importer

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
)

// readDOCX reads the paragraphs of a Word document, and its title and day from the properties.
func (d *Document) readDOCX(data []byte) error {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return fmt.Errorf("%w: it begins like a DOCX and is none", ErrUnknown)
	}
	body, err := unpack(z, "word/document.xml")
	if err != nil {
		return err
	}
	if d.Paragraphs, err = wordParagraphs(body); err != nil {
		return err
	}
	d.Verbatim = true
	if core, err := unpack(z, "docProps/core.xml"); err == nil {
		d.readProperties(core)
	}
	return nil
}

// unpack reads a file of an archive, whatever size it claims to have.
func unpack(z *zip.Reader, name string) ([]byte, error) {
	f, err := z.Open(name)
	if err != nil {
		return nil, fmt.Errorf("%w: it is an archive without %s", ErrUnknown, name)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, MaxUnpacked+1))
	if err != nil {
		return nil, fmt.Errorf("the file is damaged: %w", err)
	}
	if len(data) > MaxUnpacked {
		return nil, fmt.Errorf("%w: unpacked it has more than %d MiB", ErrTooLarge, MaxUnpacked>>20)
	}
	return data, nil
}

const wordSpace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

// wordParagraphs reads the text of WordprocessingML: what was deleted while changes were tracked, fields' codes and
// drawings have elements of their own and stay out.
func wordParagraphs(body []byte) ([]string, error) {
	var list []string
	var paragraph strings.Builder
	in, total := false, 0
	tokens := xml.NewDecoder(bytes.NewReader(body))
	for {
		token, err := tokens.Token()
		if errors.Is(err, io.EOF) {
			return append(list, paragraph.String()), nil
		}
		if err != nil {
			return nil, fmt.Errorf("the document's XML is damaged: %w", err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			switch element(t.Name) {
			case "t":
				in = true
			case "tab", "br", "cr":
				paragraph.WriteByte(' ')
			case "noBreakHyphen":
				paragraph.WriteByte('-')
			}
		case xml.EndElement:
			switch element(t.Name) {
			case "t":
				in = false
			case "p":
				list = append(list, paragraph.String())
				paragraph.Reset()
			}
		case xml.CharData:
			if total += len(t); in && total <= maxText {
				paragraph.Write(t)
			}
		}
		if total > maxText || len(list) > MaxParagraphs {
			return nil, fmt.Errorf("%w: at most %d paragraphs and %d MiB of text are read", ErrTooLarge, MaxParagraphs, maxText>>20)
		}
	}
}

// element is the local name of an element of WordprocessingML; "" for one of something else. Documents in the strict
// form of the standard have another space.
func element(name xml.Name) string {
	if name.Space == wordSpace || strings.HasSuffix(name.Space, "/wordprocessingml/main") {
		return name.Local
	}
	return ""
}

// readProperties reads title and day. The day a file was last saved is a guess at the day it says something.
func (d *Document) readProperties(core []byte) {
	var properties struct {
		Title    string `xml:"title"`
		Modified string `xml:"modified"`
	}
	if xml.Unmarshal(core, &properties) != nil {
		return
	}
	d.Title = strings.TrimSpace(properties.Title)
	if at, err := time.Parse(time.RFC3339, properties.Modified); err == nil {
		d.saved = at
	}
}
