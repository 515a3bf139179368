package review

import (
	"context"
	"strconv"
	"strings"

	"refbot/bot"
	"refbot/bot/library"
	"refbot/bot/moderation"
	"refbot/bot/texts"
	"refbot/knowledge"
)

// submit asks everybody who may publish it, and asks again where it was submitted already.
func (x *visit) submit(ctx context.Context, p press) error {
	draft, asked, err := x.submitted(ctx, p.id)
	if err != nil {
		return err
	}
	shown, err := x.drafted(ctx, draft)
	if err != nil {
		return err
	}
	if err := x.replace(ctx, shown); err != nil {
		return err
	}
	if asked == 0 {
		return x.say(ctx, x.r.Nobody)
	}
	return x.say(ctx, x.r.Submitted(asked), x.onward())
}

// submitted submits a proposal and asks everybody who may publish it, again where it was submitted already.
func (x *visit) submitted(ctx context.Context, id library.ID) (*library.Proposal, int, error) {
	draft, err := x.Library.Submit(ctx, x.who, id)
	if r := library.Refused(err); r != nil && r.Why == library.BadState && r.State == library.Submitted {
		draft, err = x.Library.Load(ctx, id)
	}
	if err != nil {
		return nil, 0, err
	}
	asked, err := x.askAll(ctx, draft)
	return draft, asked, err
}

// askAll shows the exact statement to everybody who may publish it, in their language, and returns how many they are.
func (x *visit) askAll(ctx context.Context, p *library.Proposal) (int, error) {
	people, err := x.Staff.Everybody(ctx, bot.Moderator, bot.Admin)
	if err != nil {
		return 0, err
	}
	var posted []library.Posted
	for _, person := range people {
		roles, err := x.Staff.Roles(ctx, person)
		if err != nil {
			return 0, err
		}
		if !x.Library.MayPublish(library.Actor{ID: person, Roles: roles}, p) {
			continue
		}
		id, err := x.askOne(ctx, person, p)
		switch bot.KindOf(err) {
		case "":
			posted = append(posted, library.Posted{Chat: person, Message: id})
		case bot.StoreDown, bot.Unauthorized:
			return 0, err
		}
	}
	return len(posted), x.Library.Note(ctx, x.who, p.ID, posted)
}

// askOne asks one person.
func (x *visit) askOne(ctx context.Context, person int64, p *library.Proposal) (int, error) {
	t := texts.For(x.speaks(ctx, person))
	other := &visit{Room: x.Room, Visit: &bot.Visit{Event: x.Event, Language: t.Code, Engine: x.Engine}, t: t, r: &t.Review}
	parts, err := other.proposed(ctx, p)
	if err != nil {
		return 0, err
	}
	r, b := bot.Reply{Language: t.Code, Parts: parts}, t.Review.Button
	r.Buttons = [][]bot.Button{
		{{Text: b.Publish, Data: "mod:publish:" + string(p.ID)}},
		{{Text: b.Return, Data: "mod:return:" + string(p.ID)}},
	}
	return x.Messenger.Send(ctx, bot.Chat{ID: person}, r, 0)
}

// proposed is what a proposal would change, for who is asked to publish it.
func (x *visit) proposed(ctx context.Context, p *library.Proposal) ([]bot.Part, error) {
	author := strconv.FormatInt(p.Author, 10)
	switch {
	case p.Revert != 0:
		return []bot.Part{bot.Text(x.r.AskRevert(author, int(p.Revert)))}, nil
	case p.Statement == nil:
		parts := []bot.Part{bot.Text(x.r.AskRemove(author, p.Remove))}
		if s, ok := x.Engine.Statement(p.Remove); ok {
			parts = append(parts, x.statement(s)...)
		}
		return parts, nil
	}
	tried, err := x.tried(ctx, p)
	return append(append([]bot.Part{bot.Text(x.r.AskSecond(author))}, x.statement(p.Statement)...), tried...), err
}

// publish makes the proposal part of the knowledge base, and shows what is answered now that was not before.
func (x *visit) publish(ctx context.Context, p press) error {
	draft, err := x.Library.Load(ctx, p.id)
	if err != nil {
		return err
	}
	questions, err := x.askedFor(ctx, draft)
	if err != nil {
		return err
	}
	turns, err := x.turns(ctx, draft, questions)
	if err != nil {
		return err
	}
	v, err := x.published(ctx, draft)
	if err != nil {
		return err
	}
	r := bot.Reply{Language: x.Language, Parts: append([]bot.Part{bot.Text(x.r.Published(int(v.Number)))}, x.replay(turns)...), Buttons: [][]bot.Button{x.onward()}}
	if err := x.replace(ctx, r); err != nil {
		return err
	}
	return x.tellPublished(ctx, draft)
}

// published makes a proposal part of the knowledge base and closes the cluster it was written for.
func (x *visit) published(ctx context.Context, p *library.Proposal) (library.Version, error) {
	v, err := x.Library.Publish(ctx, x.who, p.ID)
	if err == nil {
		x.settle(ctx, p, v)
	}
	return v, err
}

func (x *visit) tellPublished(ctx context.Context, p *library.Proposal) error {
	return x.tellAuthor(ctx, p, func(t *texts.Catalog) string {
		return t.Review.PublishedTo(title(p), strconv.FormatInt(x.who.ID, 10))
	})
}

// askedFor are the texts of the questions a proposal is for.
func (x *visit) askedFor(ctx context.Context, p *library.Proposal) ([]string, error) {
	var questions []string
	for _, ref := range p.Questions[:min(len(p.Questions), maxReplayed)] {
		q, err := x.Journal.Question(ctx, ref)
		switch {
		case err == nil:
			questions = append(questions, q.Question)
		case bot.KindOf(err) == bot.StoreDown:
			return nil, err
		}
	}
	return questions, nil
}

// turns tries a proposal on questions; there is nothing to try for one that may not be published.
func (x *visit) turns(ctx context.Context, p *library.Proposal, questions []string) ([]library.Turn, error) {
	if len(questions) == 0 || !x.Library.MayPublish(x.who, p) || p.State != library.Submitted {
		return nil, nil
	}
	return x.Library.Try(ctx, p, questions)
}

// settle closes the cluster the statement was written for. Where that fails, its card stays in the queue.
func (x *visit) settle(ctx context.Context, p *library.Proposal, v library.Version) {
	if p.Cluster != "" {
		_ = x.Clusters.Settle(ctx, x.who.ID, moderation.ClusterID(p.Cluster), v.Name)
	}
}

// maxTurns is how many questions the before and after lists.
const maxTurns = 15

// replay lists questions with what was and what is answered.
func (x *visit) replay(turns []library.Turn) []bot.Part {
	if len(turns) == 0 {
		return nil
	}
	turned, lines := 0, []string{}
	for _, t := range turns {
		mark := "▫️"
		switch {
		case t.Turned():
			turned++
			mark = "✅"
		case t.After.Decision == knowledge.DecideAnswer:
			mark = "☑️"
		}
		if len(lines) < maxTurns {
			lines = append(lines, mark+" "+bot.Shorten(t.Question, 120))
		}
	}
	return []bot.Part{
		{Spans: []bot.Span{{Text: x.r.Replay(turned, len(turns)), Bold: true}}},
		{Tight: true, Spans: []bot.Span{{Text: strings.Join(lines, "\n")}}},
	}
}

func title(p *library.Proposal) string {
	if p.Statement == nil {
		return string(p.ID)
	}
	return bot.Shorten(p.Statement.Title, maxTitle)
}

// tellAuthor writes to who wrote the proposal, unless they did this themselves.
func (x *visit) tellAuthor(ctx context.Context, p *library.Proposal, say func(*texts.Catalog) string) error {
	if p.Author == x.who.ID {
		return nil
	}
	t := texts.For(x.speaks(ctx, p.Author))
	_, err := x.Messenger.Send(ctx, bot.Chat{ID: p.Author}, bot.Reply{Language: t.Code, Parts: []bot.Part{bot.Text(say(t))}}, 0)
	switch bot.KindOf(err) {
	case bot.Unreachable, bot.ChatGone: // they see it where they look next
		return nil
	}
	return err
}

// reasonForm is the form that waits for why a proposal is given back.
const reasonForm = "why"

func (x *visit) askWhy(ctx context.Context, p press) error {
	x.Form = "mod:" + string(p.id) + ":" + reasonForm
	return x.say(ctx, x.r.AskWhy)
}

// maxWhy bounds a reason, in characters.
const maxWhy = 300

func (x *visit) giveBack(ctx context.Context, id library.ID, why string) error {
	x.Form = ""
	why = bot.Shorten(strings.TrimSpace(why), maxWhy)
	draft, err := x.Library.Return(ctx, x.who, id, why)
	if err != nil {
		return err
	}
	if err := x.say(ctx, x.r.Returned, x.onward()); err != nil {
		return err
	}
	return x.tellReturned(ctx, draft, why)
}

func (x *visit) tellReturned(ctx context.Context, p *library.Proposal, why string) error {
	return x.tellAuthor(ctx, p, func(t *texts.Catalog) string { return t.Review.ReturnedTo(title(p), why) })
}

func (x *visit) withdraw(ctx context.Context, p press) error {
	if _, err := x.Library.Withdraw(ctx, x.who, p.id); err != nil {
		return err
	}
	return x.replace(ctx, bot.Reply{Language: x.Language, Parts: []bot.Part{bot.Text(x.r.Withdrawn)}, Buttons: [][]bot.Button{x.onward()}})
}
