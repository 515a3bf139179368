package outreach

import (
	"context"
	"slices"
	"strings"

	"refbot/bot"
	"refbot/bot/broadcast"
	"refbot/bot/markup"
	"refbot/bot/texts"
	"refbot/knowledge"
	"refbot/knowledge/language"
)

const maxHits = 4

func (x *visit) askStatement(ctx context.Context, id broadcast.ID, _ string) error {
	return x.await(ctx, formStatement, id, "", x.b.AskStatement)
}

// takeStatement finds statements by their id or by words, and offers to quote them or to point to them.
func (x *visit) takeStatement(ctx context.Context, id broadcast.ID, _ string) error {
	var rows [][]bot.Button
	for _, s := range x.find(strings.TrimSpace(x.Text)) {
		rows = append(rows, row(data("qu", id, s.ID), "❝ "+bot.Caption(s)), row(data("pt", id, s.ID), "🔗 "+bot.Caption(s)))
	}
	question := x.b.PickStatement
	if len(rows) == 0 {
		question = x.b.NoStatement
	}
	return x.await(ctx, formStatement, id, "", question, rows...)
}

func (x *visit) find(words string) []*knowledge.Statement {
	if s, ok := x.Engine.Statement(words); ok {
		return []*knowledge.Statement{s}
	}
	var found []*knowledge.Statement
	for _, h := range x.Engine.Search(words, x.Language, maxHits) {
		found = append(found, h.Statement)
	}
	return found
}

// in is the version of a statement in a language, or the statement itself.
func (x *visit) in(s *knowledge.Statement, l language.Code) *knowledge.Statement {
	for _, v := range x.Engine.Versions(s.Key) {
		if v.Language == l {
			return v
		}
	}
	return s
}

// quote adds a statement's words with who said them, in every language, and rests the text on it.
func (x *visit) quote(ctx context.Context, id broadcast.ID, statement string) error {
	s, ok := x.Engine.Statement(statement)
	if !ok {
		return x.say(ctx, x.t.StatementUnknown)
	}
	b, err := x.edit(ctx, id, "statement "+statement, func(b *broadcast.Broadcast) error {
		for l, m := range b.Content {
			version := x.in(s, l)
			m.Text = strings.TrimSpace(m.Text + "\n\n" + quotation(texts.For(l), version))
			b.Content[l] = m
		}
		rest(b, s)
		return nil
	})
	if err != nil {
		return err
	}
	x.Form = ""
	return x.show(ctx, b, "")
}

// point adds a button that opens the statement in the bot.
func (x *visit) point(ctx context.Context, id broadcast.ID, statement string) error {
	s, ok := x.Engine.Statement(statement)
	if !ok {
		return x.say(ctx, x.t.StatementUnknown)
	}
	return x.addButton(ctx, id, func(l language.Code) broadcast.Button {
		return broadcast.Button{Text: texts.For(l).Broadcast.ReadMore, URL: broadcast.DeepLink(x.Desk.Username, s.ID)}
	}, func(b *broadcast.Broadcast) { rest(b, s) })
}

// rest notes that the text rests on a statement.
func rest(b *broadcast.Broadcast, s *knowledge.Statement) {
	if !slices.Contains(b.Statements, s.ID) {
		b.Statements = append(b.Statements, s.ID)
	}
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

// templateContent writes a template in all languages, with what the campaign says of itself.
func templateContent(name string, e *knowledge.Engine) map[language.Code]broadcast.Message {
	c := &e.Pack().Campaign
	content := map[language.Code]broadcast.Message{}
	for _, l := range language.Codes() {
		t := texts.For(l)
		switch name {
		case "vote":
			content[l] = broadcast.Message{Text: markup.Escape(t.Broadcast.TemplateVote(c.Name[l], t.Date(c.VoteDate)))}
		case "fix":
			content[l] = broadcast.Message{Text: markup.Escape(t.Broadcast.TemplateFix)}
		default:
			return nil
		}
	}
	return content
}
