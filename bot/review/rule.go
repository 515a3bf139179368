package review

import (
	"context"
	"slices"

	"refbot/bot"
	"refbot/bot/moderation"
	"refbot/knowledge"
)

// ruling rules at once and goes on to the next card.
func ruling(r bot.Ruling) func(*visit, context.Context, press) error {
	return func(x *visit, ctx context.Context, p press) error {
		return x.rule(ctx, p.ref, bot.Review{Ruling: r})
	}
}

func (x *visit) rule(ctx context.Context, ref string, r bot.Review) error {
	if _, err := x.Journal.Rule(ctx, x.who.ID, ref, r); err != nil {
		return err
	}
	return x.next(ctx, &ruled{ref, r.Ruling})
}

// wrong notes that the answer was wrong, and asks what would have been right.
func (x *visit) wrong(ctx context.Context, p press) error {
	q, err := x.Journal.Rule(ctx, x.who.ID, p.ref, bot.Review{Ruling: moderation.Wrong})
	if err != nil {
		return err
	}
	b := x.r.Button
	r := bot.Reply{Language: x.Language, Parts: []bot.Part{
		{Style: bot.Quote, Spans: []bot.Span{{Text: bot.Shorten(q.Question, maxQuestion)}}}, bot.Text(x.r.WhatNow),
	}}
	r.Buttons = [][]bot.Button{{{Text: b.BetterOne, Data: "mod:better:" + p.ref}}}
	if q.Decision == knowledge.DecideAnswer {
		r.Buttons = append(r.Buttons, []bot.Button{{Text: b.ShouldAbstain, Data: "mod:abstain:" + p.ref}})
	}
	r.Buttons = append(
		r.Buttons,
		[]bot.Button{{Text: b.Needs, Data: "mod:needs:" + p.ref}, {Text: b.Answer, Data: "mod:answer:" + p.ref}},
		[]bot.Button{{Text: b.Undo, Data: "mod:undo:" + p.ref}, {Text: b.Next, Data: "mod:next"}},
	)
	return x.replace(ctx, r)
}

// maxChoice is how many other statements are offered.
const maxChoice = 5

// better offers the statements that come next for the question.
func (x *visit) better(ctx context.Context, p press) error {
	q, err := x.Journal.Question(ctx, p.ref)
	if err != nil {
		return err
	}
	back := []bot.Button{{Text: x.r.Button.Back, Data: "mod:card:" + p.ref}}
	r := bot.Reply{Language: x.Language, Parts: []bot.Part{{Style: bot.Quote, Spans: []bot.Span{{Text: bot.Shorten(q.Question, maxQuestion)}}}}}
	seen := map[string]bool{}
	for _, hit := range x.Engine.Ask(knowledge.Question{Text: q.Question, Language: q.Language, Now: x.Now()}).Ranked {
		s := hit.Statement
		data := "mod:pick:" + p.ref + ":" + s.ID
		if seen[s.Key] || slices.Contains(q.Statements, s.ID) || len(data) > 64 || len(seen) == maxChoice {
			continue
		}
		seen[s.Key] = true
		r.Parts = append(r.Parts, bot.Text(s.ID+": "+bot.Shorten(s.Text, 160)), bot.Attribution(x.t, s))
		r.Buttons = append(r.Buttons, []bot.Button{{Text: s.ID + ": " + bot.Shorten(s.Title, 40), Data: data}})
	}
	say := x.r.Better
	if len(seen) == 0 {
		say = x.r.NoneFit
	}
	r.Parts = append(r.Parts, bot.Text(say))
	r.Buttons = append(r.Buttons, back)
	return x.replace(ctx, r)
}

// pick rules that another statement answers.
func (x *visit) pick(ctx context.Context, p press) error {
	if _, known := x.Engine.Statement(p.rest); !known {
		return x.better(ctx, p)
	}
	return x.rule(ctx, p.ref, bot.Review{Ruling: moderation.Better, Better: []string{p.rest}})
}

func (x *visit) skip(ctx context.Context, p press) error {
	if err := x.Queue.Return(ctx, x.who.ID, p.ref); err != nil {
		return err
	}
	return x.next(ctx, nil)
}

// undo takes the last ruling on an entry back and shows its card again.
func (x *visit) undo(ctx context.Context, p press) error {
	q, err := x.Journal.Undo(ctx, x.who.ID, p.ref)
	if err != nil {
		return err
	}
	why, _ := moderation.Worth(&q.Entry)
	return x.replace(ctx, x.drawn(&q, why, x.clusterOf(ctx, &q)))
}
