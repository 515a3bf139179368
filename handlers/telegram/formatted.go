package telegram

import (
	"sort"
	"strings"
	"unicode/utf16"

	"refbot/bot/markup"
)

// entity is a stretch of a text that the person's app has given a look. Offset and length are UTF-16 units.
type entity struct {
	Type     string `json:"type"`
	Offset   int    `json:"offset"`
	Length   int    `json:"length"`
	URL      string `json:"url"`      // of a text_link
	Language string `json:"language"` // of a pre
}

// looks are the entities that are a look, and their tags. Others, such as addresses and hashtags, Telegram
// finds again by itself.
var looks = map[string][2]string{
	"bold": {"<b>", "</b>"}, "italic": {"<i>", "</i>"}, "underline": {"<u>", "</u>"}, "strikethrough": {"<s>", "</s>"},
	"spoiler": {"<tg-spoiler>", "</tg-spoiler>"}, "code": {"<code>", "</code>"}, "pre": {"<pre>", "</pre>"},
	"blockquote": {"<blockquote>", "</blockquote>"}, "expandable_blockquote": {"<blockquote expandable>", "</blockquote>"},
	"text_link": {"", "</a>"},
}

// formatted writes a text with the look its author's app gave it as HTML; "" when it has none, or one that cannot
// be written so. skip UTF-16 units at the beginning are left out: a command's name.
func formatted(text string, entities []entity, skip int) string {
	units := utf16.Encode([]rune(text))
	kept := styled(entities, len(units), skip)
	if len(kept) == 0 {
		return ""
	}
	var b strings.Builder
	var open []entity
	from := skip
	write := func(to int) {
		if to > from {
			b.WriteString(markup.Escape(string(utf16.Decode(units[from:to]))))
			from = to
		}
	}
	shut := func(until int) {
		for n := len(open); n > 0 && open[n-1].Offset+open[n-1].Length <= until; n = len(open) {
			write(open[n-1].Offset + open[n-1].Length)
			b.WriteString(looks[open[n-1].Type][1])
			open = open[:n-1]
		}
	}
	for _, e := range kept {
		shut(e.Offset)
		write(e.Offset)
		if n := len(open); n > 0 { // what would cross another one ends with it
			e.Length = min(e.Length, open[n-1].Offset+open[n-1].Length-e.Offset)
		}
		tag := looks[e.Type][0]
		if e.Type == "text_link" {
			tag = `<a href="` + markup.Escape(e.URL) + `">`
		}
		b.WriteString(tag)
		open = append(open, e)
	}
	shut(len(units))
	write(len(units))
	t, err := markup.Parse(b.String())
	if err != nil {
		return ""
	}
	return t.HTML
}

// styled are the entities that give a look behind skip, the outer ones first.
func styled(entities []entity, length, skip int) []entity {
	var kept []entity
	for _, e := range entities {
		if _, known := looks[e.Type]; known && e.Offset >= skip && e.Length > 0 && e.Offset <= length && e.Length <= length-e.Offset {
			kept = append(kept, e)
		}
	}
	sort.SliceStable(kept, func(i, j int) bool {
		if kept[i].Offset != kept[j].Offset {
			return kept[i].Offset < kept[j].Offset
		}
		return kept[i].Length > kept[j].Length
	})
	return kept
}
