package outreach

import (
	"context"
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

// quote adds a statement's words with who said them, in every language, and rests the text on it.
func (x *visit) quote(ctx context.Context, id broadcast.ID, statement string) error {
	s, ok := x.Engine.Statement(statement)
	if !ok {
		return x.say(ctx, x.t.StatementUnknown)
	}
	return x.add(ctx, id, "statement "+statement, func(b *broadcast.Broadcast) { b.Quote(x.Engine, s) })
}

// point adds a button that opens the statement in the bot.
func (x *visit) point(ctx context.Context, id broadcast.ID, statement string) error {
	s, ok := x.Engine.Statement(statement)
	if !ok {
		return x.say(ctx, x.t.StatementUnknown)
	}
	return x.add(ctx, id, "button", func(b *broadcast.Broadcast) { b.Point(x.Desk.Username, s) })
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
