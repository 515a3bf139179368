package knowledge

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// blank cuts at the white space that carries no meaning; a no-break space does, in "87,15 %".
func blank(r rune) bool { return r == ' ' || r == '\t' || r == '\n' || r == '\r' }

// squeeze puts one space for each run of white space, none at the ends, and composes letters with
// their marks (NFC), since text copied from a PDF often has й as и and a breve.
func squeeze(s string) string {
	if strings.ContainsAny(s, "\t\n\r") || strings.Contains(s, "  ") || strings.Trim(s, " ") != s {
		s = strings.Join(strings.FieldsFunc(s, blank), " ")
	}
	const mark, lastMark = 0xcc, 0xcd // begin the UTF-8 of U+0300 to U+037F and nothing else
	if strings.IndexByte(s, mark) >= 0 || strings.IndexByte(s, lastMark) >= 0 {
		return norm.NFC.String(s)
	}
	return s
}

// paragraphs brings a text into the one form statements have: lines of a paragraph joined by a
// space, a list item on a line of its own, an empty line between paragraphs.
func paragraphs(text string) string {
	var b strings.Builder
	gap := ""
	for line := range strings.SplitSeq(text, "\n") {
		line = squeeze(line)
		switch {
		case line == "":
			if b.Len() > 0 {
				gap = "\n\n"
			}
			continue
		case gap == " " && listItem(line):
			gap = "\n"
		}
		b.WriteString(gap)
		b.WriteString(line)
		gap = " "
	}
	return b.String()
}

// listItem reports whether a line keeps its own line.
func listItem(line string) bool {
	return strings.HasPrefix(line, "- ") || strings.HasPrefix(line, "• ")
}

// wrapWidth is the width, in runes, to which statements are wrapped when written.
const wrapWidth = 100

// wrap breaks one line of a text at spaces, so that paragraphs reads it back unchanged and no
// number is torn from its unit.
func wrap(line string) string {
	var b strings.Builder
	width := 0
	last := ' '
	for word := range strings.SplitSeq(line, " ") {
		runes := utf8.RuneCountInString(word)
		switch {
		case width == 0:
		case width+1+runes > wrapWidth && mayBegin(word, last):
			b.WriteByte('\n')
			width = 0
		default:
			b.WriteByte(' ')
			width++
		}
		b.WriteString(word)
		width += runes
		last, _ = utf8.DecodeLastRuneInString(word)
	}
	return b.String()
}

// mayBegin reports whether a line may begin with word after a line that ends in last: not where a
// reader of Markdown would see a list or heading, nor inside "7 954 667" or before "%" and a dash.
func mayBegin(word string, last rune) bool {
	first, _ := utf8.DecodeRuneInString(word)
	if strings.ContainsRune("-+*#>•=|`~%–—", first) {
		return false
	}
	if !unicode.IsDigit(first) {
		return true
	}
	return !unicode.IsDigit(last) && !strings.HasSuffix(word, ".") && !strings.HasSuffix(word, ")")
}

// unprintable gives the first character that must not reach a reader: controls, line separators,
// and the marks that turn the reading direction, which can make a text look like another.
func unprintable(s string) (rune, bool) {
	for _, r := range s {
		switch {
		case r == '\n', r >= ' ' && r < 0x7f:
		case unicode.IsControl(r), r == 0x2028, r == 0x2029, r == 0xfeff, r == 0xfffd, r&0xfffe == 0xfffe,
			r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069:
			return r, true
		}
	}
	return 0, false
}
