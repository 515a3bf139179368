package broadcast

import (
	"context"
	"errors"
	"slices"
	"time"

	"refbot/bot"
	"refbot/bot/markup"
	"refbot/knowledge"
	"refbot/knowledge/language"
)

// Desk is what staff do with broadcasts. It guards every step and writes it into the audit; who may come to
// the desk at all is known to its caller. Where it does not do what it was asked to, the error is a *Refusal.
type Desk struct {
	Store     Store
	Audience  Audience
	Ledger    Ledger
	Opinions  Opinions
	Knowledge *knowledge.Live
	Links     Links  // nil: links are judged by where they point, not where they lead
	Username  string // the bot's, without "@": links to it are no foreign ones
	Now       func() time.Time
	// Alone lets an administrator approve what they wrote themselves, where there is nobody else.
	Alone bool

	counts counts
}

// Actor is who does it.
type Actor struct {
	ID    int64
	Roles bot.Roles
}

func (a Actor) admin() bool { return a.Roles.May(bot.Admin) }

// campaign is the one of this moment's knowledge base.
func (d *Desk) campaign() *knowledge.Campaign { return &d.Knowledge.Load().Pack().Campaign }

// maxConflicts is how often a change is tried again because somebody else was faster.
const maxConflicts = 8

// change loads a broadcast, changes it and saves it; from the start when somebody else was faster.
func (d *Desk) change(ctx context.Context, id ID, f func(*Broadcast) error) (*Broadcast, error) {
	for try := 1; ; try++ {
		b, err := d.Store.Load(ctx, id)
		if err != nil {
			return nil, err
		}
		if err := f(b); err != nil {
			return b, refusal(err)
		}
		err = d.Store.Save(ctx, b)
		if !errors.Is(err, ErrConflict) || try == maxConflicts {
			return b, err
		}
	}
}

// refusal makes a refused transition an answer for a person.
func refusal(err error) error {
	var move *MoveError
	if errors.As(err, &move) {
		return &Refusal{Why: BadState, State: move.From}
	}
	return err
}

// Open begins a draft. What it says in other languages is still to be written; until then people get this one.
func (d *Desk) Open(ctx context.Context, who Actor, l language.Code, m Message) (*Broadcast, error) {
	m, err := Clean(m)
	if err != nil {
		return nil, err
	}
	now := d.Now().UTC()
	b := &Broadcast{
		ID: NewID(), State: Draft, Author: who.ID, Created: now,
		Content: map[language.Code]Message{l: m}, Fallback: l,
	}
	b.note(ActOpen, who.ID, "", now)
	return b, d.Store.Save(ctx, b)
}

// Clean writes a message down as Telegram takes it.
func Clean(m Message) (Message, error) {
	t, err := markup.Parse(m.Text)
	if err != nil {
		return m, &Refusal{Why: BadText, Fault: err}
	}
	m.Text = t.HTML
	if t.Units == 0 && m.Photo == "" && m.Document == "" {
		return m, &Refusal{Why: NoText}
	}
	if over := t.Units - m.Limit(); over > 0 {
		return m, &Refusal{Why: BadText, Over: over}
	}
	return m, nil
}

// Copy begins a draft with the content and the audience of another broadcast.
func (d *Desk) Copy(ctx context.Context, who Actor, id ID) (*Broadcast, error) {
	old, err := d.Store.Load(ctx, id)
	if err != nil {
		return nil, err
	}
	return d.follow(ctx, who, old, ActOpen)
}

// follow saves a new draft made of another broadcast.
func (d *Desk) follow(ctx context.Context, who Actor, old *Broadcast, action string, changes ...func(*Broadcast)) (*Broadcast, error) {
	now := d.Now().UTC()
	b := &Broadcast{
		ID: NewID(), State: Draft, Author: who.ID, Created: now, Content: map[language.Code]Message{},
		Fallback: old.Fallback, Segment: old.Segment, Statements: slices.Clone(old.Statements),
	}
	for l, m := range old.Content {
		b.Content[l] = m
	}
	for _, change := range changes {
		change(b)
	}
	b.note(action, who.ID, string(old.ID), now)
	return b, d.Store.Save(ctx, b)
}

// Edit changes the text, the audience or the schedule. It withdraws the submission, the approval and what an
// administrator allowed: they were for something else.
func (d *Desk) Edit(ctx context.Context, who Actor, id ID, what string, f func(*Broadcast) error) (*Broadcast, error) {
	return d.change(ctx, id, func(b *Broadcast) error {
		if !b.State.Open() {
			return &Refusal{Why: BadState, State: b.State}
		}
		if err := f(b); err != nil {
			return err
		}
		for l, m := range b.Content {
			clean, err := Clean(m)
			if err != nil {
				return err
			}
			b.Content[l] = clean
		}
		b.Override, b.Asked = "", nil
		if b.State != Draft {
			return b.Move(Draft, ActEdit, who.ID, what, d.Now())
		}
		b.note(ActEdit, who.ID, what, d.Now())
		return nil
	})
}
