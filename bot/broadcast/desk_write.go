package broadcast

import (
	"context"
	"slices"
	"strings"

	"refbot/bot"
	"refbot/bot/markup"
	"refbot/bot/texts"
	"refbot/knowledge"
	"refbot/knowledge/language"
)

// MaxButtons is how many links a message can have; more are a list nobody reads.
const MaxButtons = 4

// Write sets the text in one language. A language that was not written yet takes over the file and the buttons of
// another: they are the same in all until somebody changes them.
func (d *Desk) Write(ctx context.Context, who Actor, id ID, l language.Code, html string) (*Broadcast, error) {
	return d.Edit(ctx, who, id, "text "+string(l), func(b *Broadcast) error {
		b.Write(l, html)
		return nil
	})
}

// Write is [Desk.Write] inside an edit.
func (b *Broadcast) Write(l language.Code, html string) {
	m, written := b.Content[l]
	for _, other := range append([]language.Code{b.Fallback}, language.Codes()...) {
		if from, ok := b.Content[other]; ok && !written {
			m.Photo, m.Document, m.Buttons = from.Photo, from.Document, slices.Clone(from.Buttons)
			written = true
		}
	}
	m.Text = html
	b.Content[l] = m
}

// Drop leaves a language out, inside an edit; the last one stays.
func (b *Broadcast) Drop(l language.Code) error {
	if _, ok := b.Content[l]; ok && len(b.Content) < 2 {
		return &Refusal{Why: NoText}
	}
	delete(b.Content, l)
	if b.Fallback == l {
		b.Fallback = ""
		for _, other := range language.Codes() {
			if _, ok := b.Content[other]; ok {
				b.Fallback = other
				break
			}
		}
	}
	return nil
}

// AddButton adds a link below every text that has room for one more, inside an edit.
func (b *Broadcast) AddButton(button func(language.Code) Button) {
	for l, m := range b.Content {
		if len(m.Buttons) < MaxButtons {
			m.Buttons = append(slices.Clone(m.Buttons), button(l))
			b.Content[l] = m
		}
	}
}

// Quote adds a statement's words and who said them to every text, inside an edit, and rests the broadcast on it.
func (b *Broadcast) Quote(e *knowledge.Engine, s *knowledge.Statement) {
	for l, m := range b.Content {
		m.Text = strings.TrimSpace(m.Text + "\n\n" + quotation(texts.For(l), versionIn(e, s, l)))
		b.Content[l] = m
	}
	b.rest(s)
}

// Point adds a button that opens a statement in the bot, inside an edit, and rests the broadcast on it.
func (b *Broadcast) Point(username string, s *knowledge.Statement) {
	b.AddButton(func(l language.Code) Button {
		return Button{Text: texts.For(l).Broadcast.ReadMore, URL: DeepLink(username, s.ID)}
	})
	b.rest(s)
}

// rest notes that the text rests on a statement.
func (b *Broadcast) rest(s *knowledge.Statement) {
	if !slices.Contains(b.Statements, s.ID) {
		b.Statements = append(slices.Clone(b.Statements), s.ID)
	}
}

// versionIn is the version of a statement in a language, or the statement itself.
func versionIn(e *knowledge.Engine, s *knowledge.Statement, l language.Code) *knowledge.Statement {
	for _, v := range e.Versions(s.Key) {
		if v.Language == l {
			return v
		}
	}
	return s
}

// quotation is a statement as HTML: its words, and who said them where.
func quotation(t *texts.Catalog, s *knowledge.Statement) string {
	var b strings.Builder
	b.WriteString("<blockquote>" + markup.Escape(s.Text) + "</blockquote>\n")
	for _, span := range bot.Attribution(t, s).Spans {
		text := markup.Escape(span.Text)
		if span.Bold {
			text = "<b>" + text + "</b>"
		}
		if span.URL != "" {
			text = `<a href="` + markup.Escape(span.URL) + `">` + text + "</a>"
		}
		b.WriteString(text)
	}
	return b.String()
}
