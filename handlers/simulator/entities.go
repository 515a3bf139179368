package simulator

import (
	"encoding/json"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// entityTypes are the types a bot may name in the entities argument. The found ones are accepted and found again.
var entityTypes = map[string]bool{
	"bold": true, "italic": true, "underline": true, "strikethrough": true, "spoiler": true, "code": true, "pre": true,
	"text_link": true, "text_mention": true, "custom_emoji": true, "blockquote": true, "expandable_blockquote": true,
	"mention": false, "hashtag": false, "cashtag": false, "bot_command": false, "url": false, "email": false,
	"phone_number": false, "bank_card_number": false,
}

// readEntities reads the entities argument against the text it belongs to.
func readEntities(text, raw string) ([]Entity, error) {
	if raw == "" {
		return nil, nil
	}
	var items []struct {
		Entity
		URLField   *string `json:"url"`
		EmojiField *string `json:"custom_emoji_id"`
	}
	if json.Unmarshal([]byte(raw), &items) != nil {
		return nil, badRequest("can't parse entities JSON object")
	}
	size := utf16Len(text)
	var list []Entity
	for _, item := range items {
		e := item.Entity
		if item.URLField != nil {
			e.URL = *item.URLField
		}
		if item.EmojiField != nil {
			e.CustomEmojiID = *item.EmojiField
		}
		if err := checkEntity(&e, item.URLField != nil, size); err != nil {
			return nil, err
		}
		if entityTypes[e.Type] && e.Length > 0 {
			list = append(list, e)
		}
	}
	return nested(list), nil
}

func checkEntity(e *Entity, hasURL bool, size int) error {
	if _, known := entityTypes[e.Type]; !known {
		return badRequest("can't parse MessageEntity: Unsupported type specified")
	}
	switch {
	case e.Type == "text_link" && !hasURL:
		return badRequest(`can't parse MessageEntity: Can't find field "url"`)
	case e.Type == "text_mention" && e.User == nil:
		return badRequest(`can't parse MessageEntity: Can't find field "user"`)
	case e.Type == "custom_emoji" && e.CustomEmojiID == "":
		return badRequest(`can't parse MessageEntity: Can't find field "custom_emoji_id"`)
	case e.Offset < 0:
		return badRequest("receive an entity with incorrect offset %d", e.Offset)
	case e.Length < 0:
		return badRequest("receive an entity with incorrect length %d", e.Length)
	case e.Offset > size:
		return badRequest("entity begins after the end of the text at UTF-16 offset %d", e.Offset)
	case e.end() > size:
		return badRequest("entity beginning at UTF-16 offset %d ends after the end of the text at UTF-16 offset %d", e.Offset, e.end())
	}
	if e.Type != "text_link" {
		return nil
	}
	link, err := checkLink(e.URL)
	if e.URL == "" {
		return badRequest("entity URL '' is invalid: URL host is empty")
	}
	if err != nil {
		return badRequest("entity URL '%s' is invalid: %s", e.URL, err)
	}
	e.URL = link
	return nil
}

// nested sorts entities and cuts those that overlap without nesting, so that they can be rendered as tags.
func nested(list []Entity) []Entity {
	slices.SortStableFunc(list, func(a, b Entity) int {
		if a.Offset != b.Offset {
			return a.Offset - b.Offset
		}
		return b.Length - a.Length
	})
	var open []int
	kept := list[:0]
	for _, e := range list {
		for len(open) > 0 && open[len(open)-1] <= e.Offset {
			open = open[:len(open)-1]
		}
		if len(open) > 0 && e.end() > open[len(open)-1] {
			e.Length = open[len(open)-1] - e.Offset
		}
		open = append(open, e.end())
		kept = append(kept, e)
	}
	return kept
}

// detector finds what Telegram marks by itself: commands, mentions, hashtags, links, addresses.
type detector struct {
	text  string
	taken []Entity
	found []Entity
}

// detectEntities finds the automatic entities of a text outside the parts that already are code or links.
func detectEntities(text string, taken []Entity) []Entity {
	if !strings.ContainsAny(text, "/@#.") {
		return nil
	}
	d := &detector{text: text, taken: taken}
	offset, prev := 0, ' '
	skipTo := 0
	for i, r := range text {
		if i >= skipTo {
			if kind, n := d.match(i, r, prev); n > 0 {
				d.add(kind, offset, text[i:i+n])
				skipTo = i + n
			}
		}
		offset += utf16Width(r)
		prev = r
	}
	return d.found
}

func (d *detector) add(kind string, offset int, s string) {
	e := Entity{Type: kind, Offset: offset, Length: utf16Len(s)}
	for _, t := range d.taken {
		switch t.Type {
		case "code", "pre", "text_link", "text_mention":
			if e.Offset < t.end() && t.Offset < e.end() {
				return
			}
		}
	}
	d.found = append(d.found, e)
}

func (d *detector) match(i int, r, prev rune) (kind string, n int) {
	if r >= utf8.RuneSelf || r <= ' ' || isWord(prev) {
		return "", 0
	}
	rest := d.text[i:]
	switch {
	case r == '/' && prev != '/' && prev != '<' && prev != '>':
		return "bot_command", commandLength(rest)
	case r == '@':
		n := nameLength(rest[1:], 32)
		if n < 4 || startsWord(rest[1+n:]) {
			return "", 0
		}
		return "mention", 1 + n
	case r == '#' && prev != '#':
		return "hashtag", hashtagLength(rest)
	case isWord(r) && prev != '@' && prev != '/' && prev != '.':
		return linkLength(rest)
	}
	return "", 0
}

func isWord(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) }

func startsWord(s string) bool {
	r, size := utf8.DecodeRuneInString(s)
	return size > 0 && isWord(r)
}

// nameLength counts the leading characters of a username or command, up to limit.
func nameLength(s string, limit int) int {
	n := 0
	for n < len(s) && n < limit && (isLetter(s[n]) || isDigit(s[n], 10) || s[n] == '_') {
		n++
	}
	return n
}

// commandLength measures "/name" or "/name@bot"; 0 when it is no command.
func commandLength(s string) int {
	n := 1 + nameLength(s[1:], 64)
	if n == 1 {
		return 0
	}
	if n < len(s) && s[n] == '@' {
		if m := nameLength(s[n+1:], 32); m > 0 {
			n += 1 + m
		}
	}
	if startsWord(s[n:]) || (n < len(s) && strings.IndexByte("/<>", s[n]) >= 0) {
		return 0
	}
	return n
}

func hashtagLength(s string) int {
	n, letters := 1, false
	for _, r := range s[1:] {
		if !isWord(r) {
			break
		}
		letters = letters || !unicode.IsDigit(r)
		n += utf8.RuneLen(r)
	}
	if !letters {
		return 0
	}
	return n
}

// linkEnds are top-level domains that Telegram links without a scheme, as far as this field uses them.
var linkEnds = map[string]bool{"com": true, "org": true, "net": true, "kz": true, "ru": true, "info": true, "io": true, "me": true, "gov": true, "int": true, "eu": true}

// linkLength measures a link or an email address at the start of s.
func linkLength(s string) (kind string, n int) {
	end := strings.IndexFunc(s, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("<>\"«»()[]{}|", r) })
	if end < 0 {
		end = len(s)
	}
	token := strings.TrimRight(s[:end], ".,;:!?'…")
	if !strings.Contains(token, ".") {
		return "", 0
	}
	lower := strings.ToLower(token)
	for _, scheme := range []string{"http://", "https://"} {
		if rest, ok := strings.CutPrefix(lower, scheme); ok && strings.Contains(rest, ".") {
			return "url", len(token)
		}
	}
	host, _, _ := strings.Cut(lower, "/")
	if user, domain, ok := strings.Cut(host, "@"); ok && user != "" && isDomain(domain) {
		return "email", len(host)
	}
	if isDomain(host) {
		return "url", len(token)
	}
	return "", 0
}

func isDomain(host string) bool {
	dot := strings.LastIndexByte(host, '.')
	if dot <= 0 || !linkEnds[host[dot+1:]] {
		return false
	}
	for i := range dot {
		if c := host[i]; !isLetter(c) && !isDigit(c, 10) && c != '-' && c != '.' {
			return false
		}
	}
	return true
}
