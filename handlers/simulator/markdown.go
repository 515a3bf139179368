package simulator

import (
	"strings"
	"unicode/utf8"
)

// markdownReserved must be escaped outside entities.
// Source: https://core.telegram.org/bots/api#markdownv2-style.
const markdownReserved = "_*[]()~`>#+-=|{}.!\n"

type markFrame struct {
	kind   string // TDLib's name of the entity, used in refusals
	arg    string
	offset int // UTF-16 units
	begin  int // bytes of output
	at     int // byte of the source
}

// markEntities are the entity types of TDLib's names.
var markEntities = map[string]string{
	"Bold": "bold", "Italic": "italic", "Underline": "underline", "Strikethrough": "strikethrough", "Spoiler": "spoiler",
	"Code": "code", "Pre": "pre", "PreCode": "pre", "TextUrl": "text_link", "CustomEmoji": "custom_emoji", "BlockQuote": "blockquote",
}

// markParser follows TDLib's reader of MarkdownV2.
type markParser struct {
	src      string
	pos      int
	out      []byte
	utf16    int
	stack    []markFrame
	entities []Entity
	quoting  bool
}

// parseMarkdownV2 turns MarkdownV2 into plain text and entities. The error is Telegram's sentence, without its prefix.
func parseMarkdownV2(src string) (formatted, error) {
	p := &markParser{src: src, out: make([]byte, 0, len(src))}
	for p.pos < len(src) {
		if err := p.step(); err != nil {
			return formatted{}, err
		}
	}
	if p.quoting && len(p.stack) > 0 && p.top().kind == "BlockQuote" {
		p.closeFrame("")
	}
	if len(p.stack) > 0 {
		return formatted{}, parseErrorf("Can't find end of %s entity at byte offset %d", p.top().kind, p.top().at)
	}
	return formatted{text: string(p.out), entities: p.entities}, nil
}

func (p *markParser) top() *markFrame { return &p.stack[len(p.stack)-1] }

func (p *markParser) looking(s string) bool { return strings.HasPrefix(p.src[p.pos:], s) }

func (p *markParser) step() error {
	c := p.src[p.pos]
	if c == '\\' && p.pos+1 < len(p.src) && p.src[p.pos+1] > 0 && p.src[p.pos+1] <= 126 {
		p.pos++
		p.copyRune()
		return nil
	}
	reserved := markdownReserved
	if len(p.stack) > 0 && (markEntities[p.top().kind] == "code" || markEntities[p.top().kind] == "pre") {
		reserved = "`"
	}
	if strings.IndexByte(reserved, c) < 0 {
		p.copyRune()
		return nil
	}
	if p.endsHere(c) {
		return p.end(c)
	}
	return p.begin(c)
}

func (p *markParser) copyRune() {
	r, size := utf8.DecodeRuneInString(p.src[p.pos:])
	p.out = append(p.out, p.src[p.pos:p.pos+size]...)
	p.pos += size
	p.utf16 += utf16Width(r)
}

func (p *markParser) endsHere(c byte) bool {
	if len(p.stack) == 0 {
		return false
	}
	if p.quoting && c == '\n' && !p.looking("\n>") {
		return true
	}
	switch p.top().kind {
	case "Bold":
		return c == '*'
	case "Italic":
		return c == '_' && !p.looking("__")
	case "Underline":
		return p.looking("__")
	case "Strikethrough":
		return c == '~'
	case "Spoiler":
		return p.looking("||")
	case "Code":
		return c == '`'
	case "Pre", "PreCode":
		return p.looking("```")
	case "TextUrl", "CustomEmoji":
		return c == ']'
	}
	return false
}

func (p *markParser) begin(c byte) error {
	f := markFrame{at: p.pos, offset: p.utf16, begin: len(p.out)}
	switch {
	case p.looking("__"):
		f.kind = "Underline"
		p.pos += 2
	case p.looking("||"):
		f.kind = "Spoiler"
		p.pos += 2
	case p.looking("!["):
		f.kind = "CustomEmoji"
		p.pos += 2
	case p.looking("```"):
		p.pos += 3
		f.kind, f.arg = p.fence()
	case c == '\n':
		return p.newline()
	case c == '>' && p.pos == 0:
		f.kind, p.quoting = "BlockQuote", true
		p.pos++
	default:
		kind, ok := map[byte]string{'_': "Italic", '*': "Bold", '~': "Strikethrough", '[': "TextUrl", '`': "Code"}[c]
		if !ok {
			return parseErrorf(`Character '%c' is reserved and must be escaped with the preceding '\'`, c)
		}
		f.kind = kind
		p.pos++
	}
	p.stack = append(p.stack, f)
	return nil
}

// fence reads the language behind ``` and skips one line break.
func (p *markParser) fence() (kind, language string) {
	end := p.pos
	for end < len(p.src) && !isSpace(p.src[end]) && p.src[end] != '`' {
		end++
	}
	kind = "Pre"
	if end > p.pos && end < len(p.src) && p.src[end] != '`' {
		kind, language = "PreCode", p.src[p.pos:end]
		p.pos = end
	}
	switch {
	case p.looking("\r\n"), p.looking("\n\r"):
		p.pos += 2
	case p.looking("\n"), p.looking("\r"):
		p.pos++
	}
	return kind, language
}

func (p *markParser) newline() error {
	p.copyRune()
	if !p.looking(">") {
		return nil
	}
	if !p.quoting {
		p.quoting = true
		p.stack = append(p.stack, markFrame{kind: "BlockQuote", at: p.pos, offset: p.utf16, begin: len(p.out)})
	}
	p.pos++
	return nil
}

func (p *markParser) end(c byte) error {
	kind := p.top().kind
	if c == '\n' {
		if kind != "BlockQuote" {
			return parseErrorf("Can't find end of %s entity at byte offset %d", kind, p.top().at)
		}
		p.quoting = false
		p.copyRune()
		p.closeFrame("")
		return nil
	}
	width := 1
	switch kind {
	case "Underline", "Spoiler":
		width = 2
	case "Pre", "PreCode":
		width = 3
	}
	p.pos += width
	if kind != "TextUrl" && kind != "CustomEmoji" {
		p.closeFrame("")
		return nil
	}
	return p.endLink(kind)
}

// endLink reads "(url)" behind "]".
func (p *markParser) endLink(kind string) error {
	if !p.looking("(") {
		if kind == "CustomEmoji" {
			return parseErrorf("Custom emoji entity must contain a tg://emoji URL")
		}
		p.closeFrame(string(p.out[p.top().begin:]))
		return nil
	}
	p.pos++
	start := p.pos
	var target []byte
	for p.pos < len(p.src) && p.src[p.pos] != ')' {
		if p.src[p.pos] == '\\' && p.pos+1 < len(p.src) && p.src[p.pos+1] <= 126 {
			p.pos++
		}
		target = append(target, p.src[p.pos])
		p.pos++
	}
	if p.pos >= len(p.src) {
		return parseErrorf("Can't find end of a URL at byte offset %d", start)
	}
	p.pos++
	if kind == "CustomEmoji" && !strings.HasPrefix(string(target), "tg://emoji?id=") {
		return parseErrorf("Custom emoji URL must have an emoji identifier")
	}
	p.closeFrame(string(target))
	return nil
}

// closeFrame pops the innermost entity and keeps it unless it is empty or its link is none.
func (p *markParser) closeFrame(target string) {
	f := *p.top()
	p.stack = p.stack[:len(p.stack)-1]
	if p.utf16 == f.offset {
		return
	}
	e := Entity{Type: markEntities[f.kind], Offset: f.offset, Length: p.utf16 - f.offset, Language: f.arg}
	switch f.kind {
	case "TextUrl":
		link, ok := linkEntity(target, string(p.out[f.begin:]))
		if !ok {
			return
		}
		e.Type, e.URL, e.User = link.Type, link.URL, link.User
	case "CustomEmoji":
		e.CustomEmojiID = strings.TrimPrefix(target, "tg://emoji?id=")
	}
	p.entities = append(p.entities, e)
}
