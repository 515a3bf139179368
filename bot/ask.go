package bot

import (
	"context"
	"time"

	"refbot/knowledge"
	"refbot/knowledge/language"
)

// ask answers a question, or answers it again in place when it was edited.
func (c *conversation) ask(ctx context.Context) error {
	stop := c.Messenger.Typing(ctx, c.ev.Chat)
	defer stop()
	started, laps := c.Now(), StartLaps(c.Observer)
	model, cancel := c.Phraser.within(ctx, c.spent)
	defer cancel()
	question := knowledge.Question{
		Text:     c.ev.Text,
		Previous: c.session.questions(),
		Language: c.profile.Language,
		Speaks:   c.language(),
		Now:      started,
	}
	answer := c.completed(model, question, c.answer(model, laps, question))
	heard(c.Observer).Judged(answer.Decision, answer.Language)
	c.adopt(answer)
	reply := c.composed(answer)
	c.confirmLayout(answer.Decision, &reply)
	c.confirmHeard(answer.Decision, &reply)
	c.enter(answer, &reply, started)
	laps.End(StageCompose)
	if c.Phraser != nil && !c.Control.Load().NoLLM && answer.Decision == knowledge.DecideAnswer {
		defer laps.End(StagePhrase)
		return c.phrase(ctx, model, answer, reply)
	}
	return c.respond(ctx, reply)
}

// composed is the reply to an answer. One that a model may have had a hand in is composed anew.
func (c *conversation) composed(a knowledge.Answer) Reply {
	if c.Phraser != nil || c.Near != nil {
		return Compose(c.engine, a)
	}
	return c.Recent.compose(c.engine, a)
}

// answer searches, when its turn has come.
func (c *conversation) answer(ctx context.Context, laps *Laps, q knowledge.Question) knowledge.Answer {
	defer laps.End(StageSearch)
	a := c.search(q, func() { laps.End(StageTurn) })
	if c.Control.Load().NoLLM { // nothing of a question goes to a model then, a vector neither
		return a
	}
	return c.engine.Refine(ctx, c.Near, q, a, func(q knowledge.Question) knowledge.Answer { return c.search(q, func() {}) })
}

func (c *conversation) search(q knowledge.Question, turn func()) knowledge.Answer {
	if a, ok := c.Recent.find(c.engine, q); ok {
		turn()
		return a
	}
	defer c.think()()
	turn()
	a := c.engine.Ask(q)
	c.Recent.add(c.engine, q, a)
	return a
}

// confirmLayout tells a person who typed in the wrong keyboard layout how the question was read. Only a
// question about the subject is repeated: an order or an insult is never echoed.
func (c *conversation) confirmLayout(d knowledge.Decision, r *Reply) {
	if d != knowledge.DecideAnswer && d != knowledge.DecideAbstain {
		return
	}
	if repaired, ok := language.RepairLayout(c.ev.Text); ok {
		note := Part{Style: Note, Spans: []Span{{Text: c.texts().Understood(Shorten(repaired, maxEcho))}}}
		r.Parts = append([]Part{note}, r.Parts...)
	}
}

// maxEcho bounds, in characters, how much of a question is repeated to its asker.
const maxEcho = 120

// adopt lets the conversation follow the answer: its language, its topic.
func (c *conversation) adopt(a knowledge.Answer) {
	c.session.Language = a.Language
	if a.Topic != "" {
		c.session.Topic = a.Topic
	}
	if a.Smalltalk == knowledge.SwitchLanguage && a.Language != c.profile.Language {
		c.profile.Language, c.profileChanged = a.Language, true
	}
}

// enter writes the journal entry and hangs the feedback buttons on an answer. Courtesies are not
// journalled: they hold nothing a moderator could mend.
func (c *conversation) enter(a knowledge.Answer, r *Reply, started time.Time) {
	question, _ := language.Redact(c.ev.Text)
	if _, again := c.session.replyTo(c.ev.Message); !again && c.ev.Kind == Asked && a.Decision != knowledge.DecideSmalltalk {
		c.session.remember(question)
	}
	if a.Decision == knowledge.DecideSmalltalk {
		return
	}
	c.entry = &Entry{
		Ref: NewRef(), At: started, Question: question, Language: a.Language,
		Decision: a.Decision, Confidence: a.Confidence, Topic: a.Topic,
		Reply: PlainText(*r), Micros: c.Now().Sub(started).Microseconds(), Knowledge: c.engine.Pack().Version,
	}
	if ref, at := c.session.entryOf(c.ev.Message); ref != "" && c.ev.Kind == Edited {
		c.entry.Ref, c.entry.At = ref, at // each question is in the journal once
	}
	for _, h := range r.Statements {
		c.entry.Statements = append(c.entry.Statements, h.Statement.ID)
	}
	if a.Decision == knowledge.DecideAnswer || a.Decision == knowledge.DecideAbstain {
		r.Buttons = append(r.Buttons, feedbackRow(c, c.entry.Ref))
		c.offerNews(a.Decision, r)
		c.offerWish(a.Decision, c.entry.Ref, r)
	}
}

// offerNews offers the subscription below the first answer of a conversation, to whoever has none.
func (c *conversation) offerNews(d knowledge.Decision, r *Reply) {
	if d != knowledge.DecideAnswer || c.profile.Subscribed || len(c.session.Turns) > 1 || c.ev.Chat.Group || c.ev.Kind == Edited {
		return
	}
	last := len(r.Buttons) - 1
	r.Buttons[last] = append(r.Buttons[last], Button{Text: c.texts().Button.Subscribe, Data: "sub:on"})
}

func feedbackRow(c *conversation, ref string) []Button {
	b := c.texts().Button
	return []Button{{Text: b.Up, Data: "fb:up:" + ref}, {Text: b.Down, Data: "fb:down:" + ref}}
}

// respond sends the reply, or edits the one the question has already got: because it was edited, or because refbot
// was ended while the answer was being phrased.
func (c *conversation) respond(ctx context.Context, r Reply) error {
	if old, ok := c.session.replyTo(c.ev.Message); ok {
		err := c.Messenger.Edit(ctx, c.ev.Chat, old, r)
		switch KindOf(err) {
		case "", Unmodified:
			return nil
		case BadContent, MessageGone: // the old reply is gone or too old to be edited: send a new one
		default:
			return err
		}
	}
	id, err := c.deliver(ctx, r)
	if err == nil {
		c.session.pair(c.ev.Message, id, c.entry)
	}
	return err
}
