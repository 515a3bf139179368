package bot

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"refbot/bot/gate"
	"refbot/bot/texts"
	"refbot/knowledge"
)

// ComposePhrased turns a verdict and sentences that passed the gate into a reply: the sentences as they were
// written, then who said it, in which office, on which day, and where. It is pure.
func ComposePhrased(e *knowledge.Engine, a knowledge.Answer, sentences []gate.Sentence) Reply {
	whole := Compose(e, a)
	t := texts.For(a.Language)
	r := Reply{Language: whole.Language, Decision: whole.Decision, Buttons: whole.Buttons}
	words := make([]string, len(sentences))
	for i, s := range sentences {
		words[i] = strings.TrimSpace(s.Text)
	}
	r.Parts = append(r.Parts, Text(strings.Join(words, " ")))
	for n, i := range cited(sentences, len(a.Hits)) {
		hit := a.Hits[i]
		source := sourceParts(t, hit.Statement)
		source[0].Tight = n > 0
		r.Parts = append(r.Parts, source...)
		if i == 0 {
			r.Parts = append(r.Parts, freshness(t, a)...)
		}
		r.Statements = append(r.Statements, hit)
	}
	r.Parts = append(r.Parts, Part{Style: Note, Spans: []Span{{Text: t.AsOf(t.Date(e.Pack().AsOf()))}}})
	return r
}

// cited lists the statements that sentences rest on, from 0, in the order of the statements.
func cited(sentences []gate.Sentence, of int) []int {
	var list []int
	for _, s := range sentences {
		for _, n := range s.Statements {
			if n >= 1 && n <= of && !slices.Contains(list, n-1) {
				list = append(list, n-1)
			}
		}
	}
	slices.Sort(list)
	return list
}

// sourceParts are the lines below the sentences for one statement. Who reads another language than it was said
// in is told that the words are a translation.
func sourceParts(t *texts.Catalog, s *knowledge.Statement) []Part {
	parts := []Part{Attribution(t, s)}
	original := s.Language
	if s.Translated() {
		original = s.OriginalLang
	}
	if note := t.Translation[original]; note != "" && original != t.Code {
		parts = append(parts, Part{Style: Note, Tight: true, Spans: []Span{{Text: note}}})
	}
	if s.Conflict != "" {
		parts = append(parts, Part{Style: Note, Tight: true, Spans: []Span{{Text: t.Disputed}}})
	}
	return parts
}

// phrase has an answer phrased while the extractive one is at hand. In a private chat that one is sent as soon
// as waiting would be noticed, and edited when the sentences come; in a group the reply waits for them. The calls of
// the model end with their own context, what is sent does not.
func (c *conversation) phrase(ctx, model context.Context, a knowledge.Answer, extractive Reply) error {
	done := make(chan Phrasing, 1)
	go func() { done <- c.Phraser.Phrase(model, c.asked(a)) }()
	var patience <-chan time.Time
	if !c.ev.Chat.Group {
		timer := time.NewTimer(c.Phraser.patience(model))
		defer timer.Stop()
		patience = timer.C
	}
	select {
	case p := <-done:
		reply := c.phrased(a, extractive, p)
		if s, _ := c.foreign(extractive); p.Sentences != nil || s == nil {
			return c.respond(ctx, reply)
		}
		return c.respondTranslated(ctx, model, reply)
	case <-patience:
	}
	if err := c.respond(ctx, extractive); err != nil {
		<-done // nothing goes on behind the back of whoever handles the event again
		return err
	}
	c.hold(ctx)
	p := <-done
	reply, better := c.phrased(a, extractive, p), p.Sentences != nil
	if !better {
		reply, better = c.translated(model, reply)
	}
	if better {
		c.improve(ctx, reply)
	}
	return nil
}

// respondTranslated sends the quotation that nobody could phrase, and edits a translation into it. In a group the
// reply waits for it.
func (c *conversation) respondTranslated(ctx, model context.Context, reply Reply) error {
	if c.ev.Chat.Group {
		reply, _ = c.translated(model, reply)
		return c.respond(ctx, reply)
	}
	if err := c.respond(ctx, reply); err != nil {
		return err
	}
	c.hold(ctx)
	if better, ok := c.translated(model, reply); ok {
		c.improve(ctx, better)
	}
	return nil
}

func (c *conversation) asked(a knowledge.Answer) ToPhrase {
	return ToPhrase{Engine: c.engine, Answer: a, Question: c.ev.Text, Person: c.ev.Person.ID, Now: c.Now()}
}

// phrased is the reply that goes out, and what the journal keeps of how it came about.
func (c *conversation) phrased(a knowledge.Answer, extractive Reply, p Phrasing) Reply {
	heard(c.Observer).Phrased(p)
	if c.entry != nil {
		c.entry.Phrasing = &p
	}
	if p.Sentences == nil {
		return extractive
	}
	r := ComposePhrased(c.engine, a, p.Sentences)
	c.confirmLayout(a.Decision, &r)
	c.confirmHeard(a.Decision, &r)
	r.Buttons = extractive.Buttons
	if c.entry != nil {
		c.entry.Reply, c.entry.Statements = PlainText(r), nil
		for _, h := range r.Statements {
			c.entry.Statements = append(c.entry.Statements, h.Statement.ID)
		}
	}
	return r
}

// improve edits the reply that was sent into the phrased one. The extractive answer stands where that fails.
func (c *conversation) improve(ctx context.Context, r Reply) {
	if id, ok := c.session.replyTo(c.ev.Message); ok {
		_ = c.Messenger.Edit(ctx, c.ev.Chat, id, r)
	}
}

// hold has the store know which message answers the question before the sentences come: whoever handles the event
// again edits that message. Where the store is away, a second one is the worst that happens.
func (c *conversation) hold(ctx context.Context) {
	if c.ev.Kind == Asked {
		_ = c.Store.Record(ctx, c.ev.Person.ID, c.session, nil, nil)
	}
}

// within is the time in which everything that a model is asked about one question has to end, but for what was spent
// already. A nil Phraser asks none.
func (p *Phraser) within(ctx context.Context, spent time.Duration) (context.Context, context.CancelFunc) {
	if p == nil {
		return ctx, func() {}
	}
	return context.WithTimeout(ctx, cmp.Or(p.Time, PhraseTime)-spent)
}

// patience is how long the extractive answer is held back: up to Visible after the question began to be answered.
func (p *Phraser) patience(model context.Context) time.Duration {
	patience := cmp.Or(p.Visible, PhraseVisible)
	if end, ok := model.Deadline(); ok {
		spent := cmp.Or(p.Time, PhraseTime) - time.Until(end)
		return max(0, patience-spent)
	}
	return patience
}
