package simulator

import (
	"html"
	"strings"
	"unicode/utf8"
)

// renderHTML writes text with its entities as HTML that is safe to insert into a page: only Telegram's tags, only http,
// https, tg and mailto links, everything else escaped. Line breaks stay line breaks.
func renderHTML(text string, entities []Entity) string {
	if len(entities) == 0 {
		return html.EscapeString(text)
	}
	var b strings.Builder
	b.Grow(len(text) + 32*len(entities))
	var open []Entity
	offset, next := 0, 0
	rest := text
	for {
		for len(open) > 0 && open[len(open)-1].end() <= offset {
			b.WriteString(closeTag(open[len(open)-1]))
			open = open[:len(open)-1]
		}
		for next < len(entities) && entities[next].Offset <= offset {
			e := entities[next]
			next++
			if e.Offset < offset || (len(open) > 0 && e.end() > open[len(open)-1].end()) {
				continue
			}
			b.WriteString(openTag(&e, rest))
			open = append(open, e)
		}
		if rest == "" {
			break
		}
		r, size := utf8.DecodeRuneInString(rest)
		b.WriteString(html.EscapeString(rest[:size]))
		rest = rest[size:]
		offset += utf16Width(r)
	}
	for i := len(open) - 1; i >= 0; i-- {
		b.WriteString(closeTag(open[i]))
	}
	return b.String()
}

var entityTags = map[string]string{
	"bold": "b", "italic": "i", "underline": "u", "strikethrough": "s", "spoiler": "tg-spoiler", "code": "code",
	"blockquote": "blockquote",
}

// openTag writes an entity's start tag. For a link it keeps in e.URL whether there is one, for closeTag.
func openTag(e *Entity, rest string) string {
	switch e.Type {
	case "pre":
		if e.Language != "" {
			return `<pre><code class="language-` + html.EscapeString(e.Language) + `">`
		}
		return "<pre>"
	case "expandable_blockquote":
		return "<blockquote expandable>"
	case "url", "text_link", "email":
		e.URL = linkTarget(*e, rest)
		if e.URL == "" {
			return ""
		}
		return `<a href="` + html.EscapeString(e.URL) + `" target="_blank" rel="noopener">`
	}
	if tag := entityTags[e.Type]; tag != "" {
		return "<" + tag + ">"
	}
	return ""
}

func linkTarget(e Entity, rest string) string {
	target := e.URL
	switch e.Type {
	case "email":
		target = "mailto:" + utf16Prefix(rest, e.Length)
	case "url":
		if target = utf16Prefix(rest, e.Length); !strings.Contains(target, "://") {
			target = "http://" + target
		}
	}
	for _, scheme := range []string{"http://", "https://", "tg://", "mailto:"} {
		if strings.HasPrefix(strings.ToLower(target), scheme) {
			return target
		}
	}
	return ""
}

func closeTag(e Entity) string {
	switch e.Type {
	case "pre":
		if e.Language != "" {
			return "</code></pre>"
		}
		return "</pre>"
	case "expandable_blockquote":
		return "</blockquote>"
	case "url", "text_link", "email":
		if e.URL == "" {
			return ""
		}
		return "</a>"
	}
	if tag := entityTags[e.Type]; tag != "" {
		return "</" + tag + ">"
	}
	return ""
}

// utf16Prefix is the first n UTF-16 units of s.
func utf16Prefix(s string, n int) string {
	for i, r := range s {
		if n <= 0 {
			return s[:i]
		}
		n -= utf16Width(r)
	}
	return s
}
