package notice

import (
	"context"
	"slices"
	"time"

	"refbot/bot"
	"refbot/bot/texts"
	"refbot/knowledge"
)

// correctedWithin is how old an answer may be of whose change people are told.
const correctedWithin = 30 * 24 * time.Hour

// maxCorrections bounds how many answers one person is told to have changed, the newest ones first.
const maxCorrections = 3

// correct puts the answers a person got that rest on statements which say something else now among their wishes, once
// for each knowledge base.
func (p *round) correct(ctx context.Context, w *bot.Wisher) error {
	if !w.Corrections || len(p.changed) == 0 || w.Checked == p.mark.Name {
		return nil
	}
	entries, err := p.Store.Entries(ctx, w.Person)
	if err != nil {
		return err
	}
	found := p.outdated(entries)
	return p.Wishes.ChangeWisher(ctx, w.Person, func(now *bot.Wisher) bool {
		if !now.Corrections || now.Checked == p.mark.Name {
			*w = *now
			return false
		}
		for _, wish := range found {
			if at(now, wish) < 0 {
				now.Wishes = append(now.Wishes, wish)
			}
		}
		now.Checked = p.mark.Name
		*w = *now
		return true
	})
}

// outdated are the entries, newest first, whose answers rest on what was changed.
func (p *round) outdated(entries []bot.Entry) (found []bot.Wish) {
	for _, e := range slices.Backward(entries) {
		rests := slices.ContainsFunc(e.Statements, func(id string) bool { return slices.Contains(p.changed, id) })
		recent := p.Now().Sub(e.At) <= correctedWithin && e.Knowledge != p.mark.Name
		if e.Decision == knowledge.DecideAnswer && rests && recent && len(found) < maxCorrections {
			found = append(found, bot.Wish{Ref: e.Ref, Question: e.Question, At: e.At, Correction: true})
		}
	}
	return found
}

// message is what the person reads: what they asked, and what is answered now.
func (p *round) message(w bot.Wisher, wish bot.Wish) bot.Reply {
	t := texts.For(w.Language)
	answer := p.answer(w, wish)
	lead := t.Notice.Answered
	switch {
	case answer.Decision != knowledge.DecideAnswer:
		lead = t.Notice.Withdrawn
	case wish.Correction:
		lead = t.Notice.Corrected
	}
	r := bot.Reply{Language: t.Code}
	if answer.Decision == knowledge.DecideAnswer {
		r = bot.Compose(p.engine, answer)
	}
	opening := bot.Text(lead(t.Date(wish.At), bot.Shorten(wish.Question, maxQuoted)))
	closing := bot.Part{Style: bot.Note, Spans: []bot.Span{{Text: t.Notice.Stop}}}
	r.Parts = append(append([]bot.Part{opening}, r.Parts...), closing)
	r.Silent = p.night()
	return r
}

// maxQuoted bounds how much of a question is repeated to its asker, in characters.
const maxQuoted = 200

// Material lists the statements that say something else in a pack than in the one before it, or are gone: a change of
// the questions that lead to a statement, or of its title, is none.
func Material(before, after *knowledge.Pack) []string {
	now := make(map[string]*knowledge.Statement, len(after.Statements))
	for i := range after.Statements {
		now[after.Statements[i].ID] = &after.Statements[i]
	}
	var ids []string
	for i := range before.Statements {
		was := &before.Statements[i]
		is, there := now[was.ID]
		if !there || is.Text != was.Text || replacedSince(was, is) {
			ids = append(ids, was.ID)
		}
	}
	return ids
}

// replacedSince reports whether a newer value was given meanwhile.
func replacedSince(was, is *knowledge.Statement) bool {
	return slices.ContainsFunc(is.SupersededBy, func(id string) bool { return !slices.Contains(was.SupersededBy, id) })
}
