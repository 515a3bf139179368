package markup

import (
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"
)

// names maps what may be written to the name it is written down under.
var names = map[string]string{
	"b": "b", "strong": "b", "i": "i", "em": "i", "u": "u", "ins": "u", "s": "s", "strike": "s", "del": "s",
	"tg-spoiler": "tg-spoiler", "span": "tg-spoiler", "a": "a", "code": "code", "pre": "pre", "blockquote": "blockquote",
}

// Parse reads a text. The error is an *Error.
func Parse(s string) (Text, error) {
	p := &parser{src: strings.TrimSpace(strings.ToValidUTF8(s, "\uFFFD"))}
	for p.at < len(p.src) {
		if err := p.step(); err != nil {
			return Text{}, err
		}
	}
	if n := len(p.open); n > 0 {
		last := p.open[n-1]
		return Text{}, p.fault(NotClosed, last.written, last.at)
	}
	t := Text{HTML: p.html.String(), Plain: p.plain.String(), Links: p.links}
	t.Units = Units(t.Plain)
	return t, nil
}

// tag is an open tag.
type tag struct {
	name, written string
	at            int // byte offset of its "<"
}

type parser struct {
	src         string
	at          int
	html, plain strings.Builder
	open        []tag
	links       []string
}

func (p *parser) step() error {
	switch rest := p.src[p.at:]; {
	case startsTag(rest):
		return p.tag()
	case rest[0] == '&':
		r, n := entity(rest)
		p.at += n
		p.say(r)
	default:
		r, n := utf8.DecodeRuneInString(rest)
		p.at += n
		p.say(r)
	}
	return nil
}

// startsTag tells a tag from a sign that means "less than".
func startsTag(s string) bool {
	if len(s) < 2 || s[0] != '<' {
		return false
	}
	c := s[1] | 0x20
	return s[1] == '/' || c >= 'a' && c <= 'z'
}

func (p *parser) say(r rune) {
	p.html.WriteString(Escape(string(r)))
	p.plain.WriteRune(r)
}

// entity reads the sign behind an ampersand: one of Telegram's four, or a number. Anything else is an
// ampersand.
func entity(s string) (rune, int) {
	for name, r := range map[string]rune{"&lt;": '<', "&gt;": '>', "&amp;": '&', "&quot;": '"'} {
		if strings.HasPrefix(s, name) {
			return r, len(name)
		}
	}
	end := strings.IndexByte(s, ';')
	if end < 3 || end > 9 || s[1] != '#' {
		return '&', 1
	}
	digits, base := s[2:end], 10
	if digits[0] == 'x' {
		digits, base = digits[1:], 16
	}
	n, err := strconv.ParseUint(digits, base, 31)
	if err != nil || n < 32 || !utf8.ValidRune(rune(n)) {
		return '&', 1
	}
	return rune(n), end + 1
}

func (p *parser) tag() error {
	from := p.at
	end := strings.IndexByte(p.src[from:], '>')
	if end < 0 {
		return p.fault(BadTag, nameOf(p.src[from:]), from)
	}
	body := p.src[from+1 : from+end]
	p.at = from + end + 1
	written := nameOf(p.src[from:])
	name, known := names[written]
	switch {
	case !known:
		return p.fault(UnknownTag, written, from)
	case body[0] == '/':
		return p.shut(name, written, from)
	}
	return p.begin(tag{name, written, from}, strings.TrimSpace(body[len(written):]))
}

// nameOf reads the name of the tag that s begins with, in lower case.
func nameOf(s string) string {
	s = strings.ToLower(strings.TrimPrefix(s[1:], "/"))
	end := strings.IndexFunc(s, func(r rune) bool {
		return r != '-' && (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
	if end >= 0 {
		s = s[:end]
	}
	return shorten(s, 20)
}

func (p *parser) shut(name, written string, at int) error {
	n := len(p.open)
	switch {
	case n == 0:
		return p.fault(NotOpened, written, at)
	case p.open[n-1].name != name:
		return p.fault(Crossed, p.open[n-1].written, at)
	}
	p.open = p.open[:n-1]
	p.html.WriteString("</" + name + ">")
	return nil
}

func (p *parser) begin(t tag, attributes string) error {
	for _, around := range p.open {
		if around.name == "code" || around.name == "pre" && t.name != "code" || around.name == t.name {
			return p.fault(Inside, t.written, t.at)
		}
	}
	opening, ok := p.opening(t, attributes)
	if !ok && t.name == "a" {
		return p.fault(BadLink, t.written, t.at)
	}
	if !ok {
		return p.fault(BadTag, t.written, t.at)
	}
	p.html.WriteString(opening)
	p.open = append(p.open, t)
	return nil
}

// opening writes a start tag down; false when its attributes are not what it may have.
func (p *parser) opening(t tag, attributes string) (string, bool) {
	name, value := attribute(attributes)
	switch {
	case t.name == "a":
		if name != "href" || !Opens(value) {
			return "", false
		}
		p.links = append(p.links, value)
		return `<a href="` + Escape(value) + `">`, true
	case t.written == "span":
		return "<tg-spoiler>", name == "class" && value == "tg-spoiler"
	case t.name == "blockquote" && attributes == "expandable":
		return "<blockquote expandable>", true
	case t.name == "code" && name == "class" && strings.HasPrefix(value, "language-"):
		return `<code class="` + Escape(value) + `">`, true
	}
	return "<" + t.name + ">", attributes == ""
}

// attribute reads the only attribute of a tag.
func attribute(s string) (name, value string) {
	name, value, _ = strings.Cut(s, "=")
	value = strings.TrimSpace(value)
	if n := len(value); n >= 2 && (value[0] == '"' || value[0] == '\'') && value[n-1] == value[0] {
		value = value[1 : n-1]
	}
	var plain strings.Builder
	for value != "" {
		if value[0] == '&' {
			r, n := entity(value)
			plain.WriteRune(r)
			value = value[n:]
			continue
		}
		plain.WriteByte(value[0])
		value = value[1:]
	}
	return strings.ToLower(strings.TrimSpace(name)), plain.String()
}

// Opens reports whether Telegram opens an address from a text or a button: http and https on a host with
// a dot, or one of Telegram's own.
func Opens(address string) bool {
	u, err := url.Parse(address)
	if err != nil || len(address) > 2048 || strings.ContainsAny(address, " \n\t\"<>") {
		return false
	}
	return (u.Scheme == "http" || u.Scheme == "https") && strings.Contains(strings.Trim(u.Hostname(), "."), ".") && u.User == nil ||
		u.Scheme == "tg" && u.Host != ""
}

func (p *parser) fault(problem Problem, tag string, at int) error {
	return &Error{Problem: problem, Tag: tag, Near: shorten(p.src[at:], 30)}
}

// shorten cuts a text to n characters.
func shorten(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}
