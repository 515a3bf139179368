package simulator

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// htmlTags are the tags of parse_mode HTML and the entity each makes; "" is decided by the tag's attributes.
// Source: https://core.telegram.org/bots/api#html-style.
var htmlTags = map[string]string{
	"b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
	"s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler", "span": "spoiler",
	"a": "", "tg-emoji": "custom_emoji", "code": "code", "pre": "pre", "blockquote": "",
}

type htmlFrame struct {
	tag    string
	arg    string
	offset int // UTF-16 units
	begin  int // bytes of output
}

// htmlParser follows TDLib's reader of parse_mode HTML, so that a refusal names the same byte.
type htmlParser struct {
	src      string
	pos      int
	out      []byte
	utf16    int
	stack    []htmlFrame
	entities []Entity
}

// parseHTML turns Telegram's HTML into plain text and entities. The error is Telegram's sentence, without its prefix.
func parseHTML(src string) (formatted, error) {
	p := &htmlParser{src: src, out: make([]byte, 0, len(src)), stack: make([]htmlFrame, 0, 4)}
	for p.pos < len(src) {
		if err := p.step(); err != nil {
			return formatted{}, err
		}
	}
	if n := len(p.stack); n > 0 {
		return formatted{}, parseErrorf("Can't find end tag corresponding to start tag %q", p.stack[n-1].tag)
	}
	return formatted{text: string(p.out), entities: p.entities}, nil
}

// at is the byte at i, and 0 behind the end: the end counts as white space, as it does for TDLib.
func (p *htmlParser) at(i int) byte {
	if i < len(p.src) {
		return p.src[i]
	}
	return 0
}

func isSpace(c byte) bool {
	return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\v' || c == 0
}

func (p *htmlParser) step() error {
	switch p.src[p.pos] {
	case '<':
		if p.at(p.pos+1) == '/' {
			return p.endTag()
		}
		return p.startTag()
	case '&':
		if r, next := decodeHTMLEntity(p.src, p.pos); r != 0 {
			if r >= 0xD800 && r <= 0xDFFF {
				return parseErrorf("Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units")
			}
			p.pos = next
			p.write(r)
			return nil
		}
	}
	p.plain()
	return nil
}

// plain copies up to the next tag or entity, at least one character.
func (p *htmlParser) plain() {
	rest := p.src[p.pos:]
	_, first := utf8.DecodeRuneInString(rest)
	for _, stop := range []byte("<&") {
		if end := strings.IndexByte(rest[first:], stop); end >= 0 {
			rest = rest[:first+end]
		}
	}
	p.pos += len(rest)
	if !utf8.ValidString(rest) {
		for _, r := range rest {
			p.write(r)
		}
		return
	}
	p.out = append(p.out, rest...)
	p.utf16 += utf16Len(rest)
}

func (p *htmlParser) write(r rune) {
	p.out = utf8.AppendRune(p.out, r)
	p.utf16 += utf16Width(r)
}

// decodeHTMLEntity reads the entity at pos: numeric, or one of lt, gt, amp, quot. The semicolon may be missing.
// It returns 0 when there is none.
func decodeHTMLEntity(s string, pos int) (code rune, next int) {
	at := func(i int) byte {
		if i < len(s) {
			return s[i]
		}
		return 0
	}
	end := pos + 1
	if at(end) == '#' {
		base, digits := 10, end+1
		if at(digits) == 'x' {
			base, digits = 16, digits+1
		}
		for end = digits; isDigit(at(end), base); end++ {
		}
		n, err := strconv.ParseUint(s[digits:end], base, 32)
		if err != nil || n == 0 || n >= 0x10ffff || end-pos >= 10 {
			return 0, pos
		}
		code = rune(n)
	} else {
		for isLetter(at(end)) {
			end++
		}
		code = namedEntity(s[pos+1 : end])
	}
	if at(end) == ';' {
		end++
	}
	return code, end
}

func namedEntity(name string) rune {
	switch name {
	case "lt":
		return '<'
	case "gt":
		return '>'
	case "amp":
		return '&'
	case "quot":
		return '"'
	}
	return 0
}

func isDigit(c byte, base int) bool {
	if c >= '0' && c <= '9' {
		return true
	}
	return base == 16 && (c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F')
}

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

func (p *htmlParser) startTag() error {
	begin := p.pos
	p.pos++
	for !isSpace(p.at(p.pos)) && p.at(p.pos) != '>' {
		p.pos++
	}
	if p.at(p.pos) == 0 {
		return parseErrorf("Unclosed start tag at byte offset %d", begin)
	}
	tag := strings.ToLower(p.src[begin+1 : p.pos])
	if _, known := htmlTags[tag]; !known {
		return parseErrorf(`Unsupported start tag "%s" at byte offset %d`, tag, begin)
	}
	arg, err := p.attributes(tag, begin)
	if err != nil {
		return err
	}
	if tag == "span" && arg != "spoiler" {
		return parseErrorf(`Tag "span" must have class "tg-spoiler" at byte offset %d`, begin)
	}
	p.stack = append(p.stack, htmlFrame{tag: tag, arg: arg, offset: p.utf16, begin: len(p.out)})
	return nil
}

// attributes reads up to and including the closing '>' and returns the one attribute that matters to the tag.
func (p *htmlParser) attributes(tag string, begin int) (arg string, err error) {
	for {
		p.skipSpace()
		if p.at(p.pos) == '>' {
			p.pos++
			return arg, nil
		}
		start := p.pos
		for !isSpace(p.at(p.pos)) && p.at(p.pos) != '=' && p.at(p.pos) != '>' {
			p.pos++
		}
		name := p.src[start:min(p.pos, len(p.src))]
		p.skipSpace()
		switch {
		case p.pos >= len(p.src):
			return "", parseErrorf(`Unclosed start tag "%s" at byte offset %d`, tag, begin)
		case name == "":
			return "", parseErrorf(`Empty attribute name in the tag "%s" at byte offset %d`, tag, begin)
		case p.at(p.pos) != '=':
			if tag == "blockquote" && name == "expandable" {
				arg = name
			}
			continue
		}
		value, err := p.attributeValue(tag, begin)
		if err != nil {
			return "", err
		}
		if kept, matters := tagArgument(tag, name, value); matters {
			arg = kept
		}
	}
}

func (p *htmlParser) skipSpace() {
	for p.pos < len(p.src) && isSpace(p.src[p.pos]) {
		p.pos++
	}
}

func tagArgument(tag, name, value string) (string, bool) {
	switch {
	case tag == "a" && name == "href", tag == "tg-emoji" && name == "emoji-id":
		return value, true
	case tag == "code" && name == "class":
		return strings.CutPrefix(value, "language-")
	case tag == "span" && name == "class":
		return strings.CutPrefix(value, "tg-")
	case tag == "blockquote" && name == "expandable":
		return name, true
	}
	return "", false
}

// attributeValue reads the value behind the '=' at pos: quoted, or a bare name token.
func (p *htmlParser) attributeValue(tag string, begin int) (string, error) {
	p.pos++
	p.skipSpace()
	if p.pos >= len(p.src) {
		return "", parseErrorf(`Unclosed start tag "%s" at byte offset %d`, tag, begin)
	}
	quote := p.src[p.pos]
	if quote != '"' && quote != '\'' {
		return p.nameToken()
	}
	p.pos++
	var value []byte
	for p.pos < len(p.src) && p.src[p.pos] != quote {
		if p.src[p.pos] == '&' {
			if r, next := decodeHTMLEntity(p.src, p.pos); r != 0 {
				value, p.pos = utf8.AppendRune(value, r), next
				continue
			}
		}
		value = append(value, p.src[p.pos])
		p.pos++
	}
	if p.pos++; p.pos >= len(p.src) {
		return "", parseErrorf("Unclosed start tag at byte offset %d", begin)
	}
	return string(value), nil
}

func (p *htmlParser) nameToken() (string, error) {
	begin := p.pos
	for c := p.at(p.pos); isLetter(c) || isDigit(c, 10) || c == '.' || c == '-'; c = p.at(p.pos) {
		p.pos++
	}
	if c := p.at(p.pos); !isSpace(c) && c != '>' {
		return "", parseErrorf("Unexpected end of name token at byte offset %d", begin)
	}
	return strings.ToLower(p.src[begin:p.pos]), nil
}

func (p *htmlParser) endTag() error {
	begin := p.pos
	if len(p.stack) == 0 {
		return parseErrorf("Unexpected end tag at byte offset %d", begin)
	}
	p.pos += 2
	for !isSpace(p.at(p.pos)) && p.at(p.pos) != '>' {
		p.pos++
	}
	name := strings.ToLower(p.src[begin+2 : min(p.pos, len(p.src))])
	p.skipSpace()
	if p.at(p.pos) != '>' {
		return parseErrorf("Unclosed end tag at byte offset %d", begin)
	}
	p.pos++
	top := p.stack[len(p.stack)-1]
	if name != "" && name != top.tag {
		return parseErrorf(`Unmatched end tag at byte offset %d, expected "</%s>", found "</%s>"`, begin, top.tag, name)
	}
	p.stack = p.stack[:len(p.stack)-1]
	if p.utf16 == top.offset {
		return nil
	}
	return p.addEntity(top)
}

func (p *htmlParser) addEntity(f htmlFrame) error {
	e := Entity{Type: htmlTags[f.tag], Offset: f.offset, Length: p.utf16 - f.offset}
	switch f.tag {
	case "tg-emoji":
		if n, err := strconv.ParseInt(f.arg, 10, 64); err != nil || n == 0 {
			return parseErrorf("Invalid custom emoji identifier specified")
		}
		e.CustomEmojiID = f.arg
	case "a":
		link, ok := linkEntity(f.arg, string(p.out[f.begin:]))
		if !ok {
			return nil
		}
		e.Type, e.URL, e.User = link.Type, link.URL, link.User
	case "blockquote":
		e.Type = "blockquote"
		if f.arg != "" {
			e.Type = "expandable_blockquote"
		}
	case "code", "pre":
		if p.mergeCode(f, e) {
			return nil
		}
		e.Language = f.arg // kept until finishText, in case a <pre> closes around it
	}
	p.entities = append(p.entities, e)
	return nil
}

// mergeCode joins <pre><code class="language-x"> into one pre entity with a language, in either order of nesting.
func (p *htmlParser) mergeCode(f htmlFrame, e Entity) bool {
	if len(p.entities) == 0 {
		return false
	}
	last := &p.entities[len(p.entities)-1]
	if last.Offset != e.Offset || last.Length != e.Length || last.Type == e.Type {
		return false
	}
	switch {
	case f.tag == "pre" && last.Type == "code" && last.Language != "":
		last.Type = "pre"
	case f.tag == "code" && last.Type == "pre" && f.arg != "":
		last.Language = f.arg
	default:
		return false
	}
	return true
}
