package review

import (
	"context"
	"errors"
	"strings"

	"refbot/bot"
	"refbot/bot/moderation"
)

// Bounds of a card, in characters: it stays well within one message.
const (
	maxQuestion = 600
	maxReply    = 900
	maxReasons  = 300
)

// ruled is a ruling just made, which the next card tells of and lets take back.
type ruled struct {
	ref    string
	ruling bot.Ruling
}

// next shows the next card in place of the last one.
func (x *visit) next(ctx context.Context, last *ruled) error {
	card, remaining, err := x.Queue.Next(ctx, x.who.ID)
	if errors.Is(err, moderation.ErrEmpty) {
		r := bot.Reply{Language: x.Language, Parts: append(x.after(last), bot.Text(x.r.Empty))}
		r.Buttons = x.takeBack(last)
		return x.replace(ctx, r)
	}
	if err != nil {
		return err
	}
	r := x.drawn(&card.Question, card.Why, card.Cluster)
	r.Parts = append(x.after(last), r.Parts...)
	r.Parts = append(r.Parts, bot.Part{Style: bot.Note, Spans: []bot.Span{{Text: x.r.Remaining(remaining)}}})
	r.Buttons = append(r.Buttons, x.takeBack(last)...)
	return x.replace(ctx, r)
}

// after tells of the ruling before this card.
func (x *visit) after(last *ruled) []bot.Part {
	if last == nil {
		return nil
	}
	return []bot.Part{{Style: bot.Note, Spans: []bot.Span{{Text: x.r.Rulings[string(last.ruling)]}}}}
}

func (x *visit) takeBack(last *ruled) [][]bot.Button {
	if last == nil {
		return nil
	}
	return [][]bot.Button{{{Text: x.r.Button.Undo + ": " + x.r.Rulings[string(last.ruling)], Data: "mod:undo:" + last.ref}}}
}

// card shows the card of an entry again.
func (x *visit) card(ctx context.Context, p press) error {
	q, err := x.Journal.Question(ctx, p.ref)
	if err != nil {
		return err
	}
	why, _ := moderation.Worth(&q.Entry)
	return x.replace(ctx, x.drawn(&q, why, x.clusterOf(ctx, &q)))
}

// clusterOf is the cluster of a question; nil where it is in none, or that cannot be told now.
func (x *visit) clusterOf(ctx context.Context, q *moderation.Question) *moderation.Cluster {
	if q.Cluster == "" {
		return nil
	}
	c, err := x.Clusters.Get(ctx, q.Cluster)
	if err != nil {
		return nil
	}
	return &c
}

// drawn is a card: why it is here, the question, what the bot replied, and what can be done.
func (x *visit) drawn(q *moderation.Question, why moderation.Why, c *moderation.Cluster) bot.Reply {
	r := bot.Reply{Language: x.Language}
	head := []string{}
	if s := x.r.Why[string(why)]; s != "" {
		head = append(head, s)
	}
	if c != nil && c.Size > 1 {
		head = append(head, x.r.Like(c.Size))
	}
	if len(head) > 0 {
		r.Parts = append(r.Parts, bot.Part{Spans: []bot.Span{{Text: strings.Join(head, " · "), Bold: true}}})
	}
	r.Parts = append(r.Parts,
		bot.Part{Style: bot.Quote, Spans: []bot.Span{{Text: bot.Shorten(q.Question, maxQuestion)}}},
		bot.Part{Style: bot.Note, Tight: true, Spans: []bot.Span{{Text: x.t.Date(q.At) + " · " + string(q.Language) + " · " + x.r.Sure(int(100*q.Confidence))}}},
		bot.Part{Spans: []bot.Span{{Text: x.r.Reply, Bold: true}}},
		bot.Part{Tight: true, Spans: []bot.Span{{Text: bot.Shorten(q.Reply, maxReply)}}},
	)
	if q.Phrasing != nil && len(q.Phrasing.Reasons) > 0 {
		var reasons []string
		for _, reason := range q.Phrasing.Reasons {
			reasons = append(reasons, string(reason))
		}
		text := x.r.Reasons + " " + bot.Shorten(strings.Join(reasons, ", "), maxReasons)
		r.Parts = append(r.Parts, bot.Part{Style: bot.Note, Spans: []bot.Span{{Text: text}}})
	}
	if q.Review != nil {
		r.Parts = append(r.Parts, bot.Part{Style: bot.Note, Spans: []bot.Span{{Text: x.r.Rulings[string(q.Review.Ruling)]}}})
	}
	b := x.r.Button
	r.Buttons = [][]bot.Button{
		{{Text: b.Right, Data: "mod:ok:" + q.Ref}, {Text: b.Wrong, Data: "mod:wrong:" + q.Ref}},
		{{Text: b.Answer, Data: "mod:answer:" + q.Ref}},
		{{Text: b.Spam, Data: "mod:spam:" + q.Ref}, {Text: b.Skip, Data: "mod:skip:" + q.Ref}},
	}
	return r
}
