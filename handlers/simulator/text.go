package simulator

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	maxText     = 4096 // UTF-16 units, after entity parsing
	maxCaption  = 1024 // UTF-16 units, after entity parsing
	maxEntities = 100  // Telegram drops the rest without a word
)

// formatted is text and its entities.
type formatted struct {
	text     string
	entities []Entity
}

func parseErrorf(format string, args ...any) error {
	return badRequest("can't parse entities: "+format, args...)
}

func utf16Width(r rune) int {
	if r >= 0x10000 {
		return 2
	}
	return 1
}

func utf16Len(s string) int {
	n := 0
	for i := range len(s) {
		if s[i]&0xC0 != 0x80 { // every character begins with a byte that continues none
			n++
		}
		if s[i] >= 0xF0 { // the first of four bytes: a pair of units
			n++
		}
	}
	return n
}

// messageText reads the text of a message that is sent or edited, and refuses what Telegram refuses.
func (p params) messageText() (formatted, error) {
	if p.str("text") == "" {
		return formatted{}, errTextEmpty
	}
	text, err := p.readText("text", "entities")
	switch {
	case err != nil:
		return formatted{}, err
	case text.text == "":
		return formatted{}, errTextBlank
	case utf16Len(text.text) > maxText:
		return formatted{}, errTextTooLong
	}
	return text, nil
}

// readText reads a text or caption argument with its parse mode or its entities, as Telegram would keep it.
func (p params) readText(name, entitiesName string) (formatted, error) {
	raw := p.str(name)
	if !utf8.ValidString(raw) {
		return formatted{}, errNotUTF8
	}
	f, err := parseText(raw, p.str("parse_mode"), p.str(entitiesName))
	if err != nil {
		return formatted{}, err
	}
	return finishText(f), nil
}

func parseText(raw, mode, entities string) (formatted, error) {
	switch strings.ToLower(mode) {
	case "html":
		return parseHTML(raw)
	case "markdownv2":
		return parseMarkdownV2(raw)
	case "", "none":
		list, err := readEntities(raw, entities)
		return formatted{text: raw, entities: list}, err
	default:
		return formatted{}, badRequest("unsupported parse_mode")
	}
}

// finishText trims the text, adds the entities Telegram finds by itself, and sorts.
func finishText(f formatted) formatted {
	for i := range f.entities {
		if f.entities[i].Type != "pre" {
			f.entities[i].Language = ""
		}
	}
	f = trim(f)
	f.entities = append(f.entities, detectEntities(f.text, f.entities)...)
	slices.SortStableFunc(f.entities, func(a, b Entity) int {
		if a.Offset != b.Offset {
			return a.Offset - b.Offset
		}
		return b.Length - a.Length
	})
	if len(f.entities) > maxEntities {
		f.entities = f.entities[:maxEntities]
	}
	return f
}

// trim removes white space around the text and moves the entities with it.
func trim(f formatted) formatted {
	left := strings.TrimLeftFunc(f.text, unicode.IsSpace)
	shift := utf16Len(f.text[:len(f.text)-len(left)])
	f.text = strings.TrimRightFunc(left, unicode.IsSpace)
	if shift == 0 && len(f.text) == len(left) {
		return f
	}
	end := utf16Len(f.text)
	kept := f.entities[:0]
	for _, e := range f.entities {
		from, to := max(e.Offset-shift, 0), min(e.end()-shift, end)
		if to > from {
			e.Offset, e.Length = from, to-from
			kept = append(kept, e)
		}
	}
	f.entities = kept
	return f
}

// linkEntity makes the entity of a link: a text_link, a mention of a person by tg://user?id=, or none when the target
// is no link. An empty target means that the text is the link.
func linkEntity(target, text string) (Entity, bool) {
	if target == "" {
		target = text
	}
	if id, ok := strings.CutPrefix(target, "tg://user?id="); ok {
		n, err := strconv.ParseInt(id, 10, 64)
		return Entity{Type: "text_mention", User: &User{ID: n}}, err == nil && n > 0
	}
	link, err := checkLink(target)
	return Entity{Type: "text_link", URL: link}, err == nil
}

// checkLink is Telegram's idea of a link: http, https, tg or ton, a host with a dot, http when no scheme is given.
func checkLink(link string) (string, error) {
	scheme, rest, found := strings.Cut(link, "://")
	if !found {
		scheme, rest = "http", link
	}
	scheme = strings.ToLower(scheme)
	switch scheme {
	case "tg", "ton":
		return link, nil
	case "http", "https":
	default:
		return "", fmt.Errorf("Unsupported URL protocol") //nolint:staticcheck // Telegram's words
	}
	if rest == "" {
		return "", fmt.Errorf("URL host is empty")
	}
	u, err := url.Parse(scheme + "://" + rest)
	if err != nil || strings.ContainsAny(rest, " \t\n<>\"") || !strings.Contains(strings.Trim(u.Hostname(), "."), ".") {
		return "", fmt.Errorf("Wrong HTTP URL") //nolint:staticcheck // Telegram's words
	}
	if u.Path == "" && u.RawQuery == "" && u.Fragment == "" {
		rest += "/"
	}
	return scheme + "://" + rest, nil
}
