package importer

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// readText reads plain text: UTF-8, UTF-16 with its mark, or windows-1251.
func (d *Document) readText(data []byte) error {
	text, err := decodeText(data)
	if err != nil {
		return err
	}
	d.Paragraphs, d.Verbatim = blocks(text), true
	return nil
}

// decodeText makes UTF-8 of plain text.
func decodeText(data []byte) (string, error) {
	if len(data) > maxText {
		return "", fmt.Errorf("%w: at most %d MiB of text are read", ErrTooLarge, maxText>>20)
	}
	var err error
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		data, err = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(data)
	case bytes.IndexByte(data, 0) >= 0:
		return "", ErrUnknown
	case !utf8.Valid(data):
		data, err = charmap.Windows1251.NewDecoder().Bytes(data)
	}
	return strings.TrimPrefix(string(data), "\ufeff"), err
}

// blocks gives the paragraphs of a text: what empty lines part, or its lines where there are none.
func blocks(text string) []string {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\f", "\n\n").Replace(text)
	lines := strings.Split(text, "\n")
	parted := false
	for _, line := range lines[min(1, len(lines)):] {
		parted = parted || strings.TrimSpace(line) == ""
	}
	if !parted || !wrapped(lines) {
		return lines
	}
	var list []string
	var block []string
	for _, line := range append(lines, "") {
		dated := isDateline(line)
		if strings.TrimSpace(line) != "" && !dated {
			block = append(block, line)
			continue
		}
		if len(block) > 0 {
			list, block = append(list, strings.Join(block, "\n")), nil
		}
		if dated {
			list = append(list, line)
		}
	}
	return list
}

// wrapped reports whether the lines of a text are mostly broken in the midst of a sentence, at some width.
func wrapped(lines []string) bool {
	inside, broken := 0, 0
	for i := 0; i+1 < len(lines); i++ {
		line, next := strings.TrimSpace(lines[i]), strings.TrimSpace(lines[i+1])
		if line == "" || next == "" {
			continue
		}
		inside++
		if !ended(line) {
			broken++
		}
	}
	return 2*broken > inside
}

// ended reports whether a line ends as a sentence or a list item does.
func ended(line string) bool {
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(line, "»”\") "))
	return strings.ContainsRune(".!?…:;", last)
}
