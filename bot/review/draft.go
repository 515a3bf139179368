package review

import (
	"context"
	"slices"
	"strings"

	"refbot/bot"
	"refbot/bot/library"
	"refbot/bot/moderation"
)

// begin drafts a statement for an entry and the questions like it, and asks for the first field.
func (x *visit) begin(ctx context.Context, p press) error {
	q, err := x.Journal.Question(ctx, p.ref)
	if err != nil {
		return err
	}
	like, err := moderation.Alike(ctx, x.Journal, q, maxReplayed)
	if err != nil {
		return err
	}
	draft := library.Answering(q.Language, q.Topic, string(q.Cluster))
	for _, other := range like {
		draft.Ask(other.Ref, other.Question)
	}
	opened, err := x.Library.Open(ctx, x.who, draft)
	if err != nil {
		return err
	}
	return x.ask(ctx, opened, order[0])
}

// maxReplayed is how many questions a change is tried on.
const maxReplayed = 60

// open shows a draft with what can be done about it.
func (x *visit) open(ctx context.Context, p press) error {
	draft, err := x.Library.Load(ctx, p.id)
	if err != nil {
		return err
	}
	r, err := x.drafted(ctx, draft)
	if err != nil {
		return err
	}
	return x.replace(ctx, r)
}

// edit asks for one field of a draft again.
func (x *visit) edit(ctx context.Context, p press) error {
	draft, err := x.Library.Load(ctx, p.id)
	if err != nil {
		return err
	}
	if !slices.Contains(names(), p.rest) {
		return x.open(ctx, p)
	}
	return x.ask(ctx, draft, p.rest)
}

// ask asks for a field and waits for the next message.
func (x *visit) ask(ctx context.Context, p *library.Proposal, name string) error {
	f := fields[name]
	r := bot.Reply{Language: x.Language, Parts: []bot.Part{bot.Text(x.r.Ask[name])}}
	if name == topicField {
		r.Buttons = x.topics(p)
		return x.replace(ctx, r)
	}
	if f.optional {
		r.Parts = append(r.Parts, bot.Part{Style: bot.Note, Spans: []bot.Span{{Text: x.r.Optional}}})
	}
	if is := f.get(p.Statement); is != "" {
		r.Parts = append(r.Parts, bot.Part{Style: bot.Quote, Spans: []bot.Span{{Text: bot.Shorten(is, maxReply)}}})
		r.Buttons = [][]bot.Button{{{Text: x.r.Button.Back, Data: "mod:draft:" + string(p.ID)}}}
	}
	x.Form = "mod:" + string(p.ID) + ":" + name
	return x.replace(ctx, r)
}

// topics are the buttons that choose the topic of a draft.
func (x *visit) topics(p *library.Proposal) [][]bot.Button {
	var rows [][]bot.Button
	for _, topic := range x.Engine.Pack().Campaign.Topics {
		data := "mod:topic:" + string(p.ID) + ":" + topic.ID
		if len(data) <= 64 {
			rows = append(rows, []bot.Button{{Text: topic.Title[x.Language], Data: data}})
		}
	}
	return append(rows, []bot.Button{{Text: x.r.Button.None, Data: "mod:topic:" + string(p.ID)}})
}

// topic takes the chosen topic; none is one too.
func (x *visit) topic(ctx context.Context, p press) error {
	draft, err := x.Library.Edit(ctx, x.who, p.id, topicField, func(d *library.Proposal) error {
		d.Statement.Topics = nil
		if _, known := x.Engine.Pack().Campaign.Topic(p.rest); known {
			d.Statement.Topics = []string{p.rest}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return x.onwards(ctx, draft, topicField)
}

// filled takes a message for the field that is waited for.
func (x *visit) filled(ctx context.Context) error {
	words := strings.Split(x.Form, ":")
	if len(words) != 3 || !library.ID(words[1]).Valid() || !slices.Contains(names(), words[2]) && words[2] != reasonForm {
		x.Form = ""
		return x.say(ctx, x.r.Again)
	}
	id, name := library.ID(words[1]), words[2]
	if name == reasonForm {
		return x.giveBack(ctx, id, x.Text)
	}
	draft, err := x.Library.Load(ctx, id)
	if err != nil {
		x.Form = ""
		return err
	}
	value, complaint := x.read(name, x.Text)
	if complaint != "" { // the question stands
		return x.say(ctx, complaint)
	}
	x.Form = ""
	draft, err = x.Library.Edit(ctx, x.who, draft.ID, name, func(d *library.Proposal) error {
		fields[name].set(d.Statement, value)
		library.Complete(d.Statement)
		return nil
	})
	if err != nil {
		return err
	}
	return x.onwards(ctx, draft, name)
}

// onwards asks for the next field that nobody has been asked for, or shows the draft.
func (x *visit) onwards(ctx context.Context, p *library.Proposal, after string) error {
	x.Kind = bot.Asked // what follows is a message of its own
	if i := slices.Index(order, after); i >= 0 && i+1 < len(order) && !x.asked(p, order[i+1]) {
		return x.ask(ctx, p, order[i+1])
	}
	r, err := x.drafted(ctx, p)
	if err != nil {
		return err
	}
	return x.replace(ctx, r)
}

// asked reports whether a field was filled or passed over before.
func (x *visit) asked(p *library.Proposal, name string) bool {
	return slices.ContainsFunc(p.Audit, func(e library.Event) bool { return e.Action == library.ActEdit && e.Why == name })
}

// maxTitle bounds a title in a message, in characters.
const maxTitle = 70
