package telegram

import (
	"strings"
	"unicode"
	"unicode/utf16"

	"refbot/bot"
)

// maxUnits is Telegram's limit on a message: UTF-16 units after entities are parsed.
const maxUnits = 4096

// Render turns a reply into the texts of one or more messages in Telegram HTML. No tag and, where
// there is any space to break at, no word is split; every text has at most 4,096 UTF-16 units. What staff
// wrote is one message, whose length was checked when it was written.
func Render(r bot.Reply) []string {
	if r.HTML != "" {
		return []string{r.HTML}
	}
	var messages []string
	var b strings.Builder
	used := 0
	flush := func() {
		if used > 0 {
			messages = append(messages, b.String())
			b.Reset()
			used = 0
		}
	}
	for _, p := range r.Parts {
		for i, piece := range splitPart(p, maxUnits) {
			gap, size := gapBefore(p, i), pieceUnits(piece)
			if used > 0 && used+len(gap)+size > maxUnits {
				flush()
			}
			if used > 0 {
				b.WriteString(gap)
				used += len(gap)
			}
			writePart(&b, piece)
			used += size
		}
	}
	flush()
	return messages
}

func gapBefore(p bot.Part, piece int) string {
	if p.Tight || piece > 0 {
		return "\n"
	}
	return "\n\n"
}

// splitPart cuts a paragraph into pieces of at most limit units.
func splitPart(p bot.Part, limit int) []bot.Part {
	if pieceUnits(p) <= limit {
		return []bot.Part{p}
	}
	var pieces []bot.Part
	piece := bot.Part{Style: p.Style}
	left := limit
	shut := func() {
		if len(piece.Spans) > 0 {
			pieces = append(pieces, piece)
		}
		piece, left = bot.Part{Style: p.Style}, limit
	}
	for _, s := range p.Spans {
		for s.Text != "" {
			head, tail := cut(s.Text, left, left == limit)
			if head != "" {
				piece.Spans = append(piece.Spans, bot.Span{Text: head, Bold: s.Bold, URL: s.URL})
				left -= units(head)
			}
			if s.Text = tail; tail != "" {
				shut()
			}
		}
	}
	shut()
	return pieces
}

// cut splits a text so that the head has at most limit units, at the last space if there is one. Without
// a space the head is empty, or, where force says that no more room will come, as long as can be.
func cut(text string, limit int, force bool) (head, tail string) {
	if len(text) <= limit { // no character has more units than bytes
		return text, ""
	}
	used, space, end := 0, -1, 0
	for i, r := range text {
		n := utf16.RuneLen(r)
		if n < 0 {
			n = 1
		}
		if used+n > limit {
			break
		}
		if unicode.IsSpace(r) {
			space = i
		}
		used += n
		end = i + len(string(r))
	}
	switch {
	case end >= len(text):
		return text, ""
	case space > 0:
		return text[:space], strings.TrimLeftFunc(text[space:], unicode.IsSpace)
	case force:
		return text[:end], text[end:]
	}
	return "", strings.TrimLeftFunc(text, unicode.IsSpace)
}

// units counts UTF-16 units as Telegram does, of a text that is valid UTF-8: every character begins with a byte that
// continues none, and those of four bytes are a pair of units.
func units(s string) int {
	n := 0
	for i := range len(s) {
		if s[i]&0xC0 != 0x80 {
			n++
		}
		if s[i] >= 0xF0 {
			n++
		}
	}
	return n
}

func pieceUnits(p bot.Part) int {
	n := 0
	for _, s := range p.Spans {
		n += units(s.Text)
	}
	return n
}

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

var attributeEscaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")

func writePart(b *strings.Builder, p bot.Part) {
	open, shut := "", ""
	switch p.Style {
	case bot.Quote:
		open, shut = "<blockquote>", "</blockquote>"
	case bot.Note:
		open, shut = "<i>", "</i>"
	}
	b.WriteString(open)
	for _, s := range p.Spans {
		writeSpan(b, s)
	}
	b.WriteString(shut)
}

func writeSpan(b *strings.Builder, s bot.Span) {
	if s.URL != "" {
		b.WriteString(`<a href="`)
		_, _ = attributeEscaper.WriteString(b, s.URL)
		b.WriteString(`">`)
		defer b.WriteString("</a>")
	}
	if s.Bold {
		b.WriteString("<b>")
		defer b.WriteString("</b>")
	}
	_, _ = escaper.WriteString(b, s.Text)
}
