package library

import (
	"context"
	"errors"
	"time"

	"refbot/bot"
	"refbot/knowledge"
)

// Desk is what staff do with the knowledge base. It guards every step and writes down who took it. Where it does
// not do what it was asked to, the error is a *Refusal; else it is a *bot.Error.
type Desk struct {
	Shelf Shelf
	// Settings is the pack of the settings: what is served while nothing is published.
	Settings *knowledge.Pack
	Now      func() time.Time
	// Alone lets an administrator publish what they wrote themselves, where there is nobody else.
	Alone bool
	// Published, if set, is called after a version was published, before Publish returns.
	Published func(Version)
}

// Actor is who does it.
type Actor struct {
	ID    int64
	Roles bot.Roles
}

// roles may change the knowledge base.
var roles = []bot.Role{bot.Moderator, bot.Admin}

// maxConflicts is how often a step is tried again because somebody else was faster.
const maxConflicts = 8

// Open begins a draft of p, of which only the change itself and what it is for are read.
func (d *Desk) Open(ctx context.Context, who Actor, p Proposal) (*Proposal, error) {
	if !who.Roles.May(roles...) {
		return nil, &Refusal{Why: NotYours}
	}
	fresh := &Proposal{
		ID: NewID(), State: Draft, Author: who.ID, Created: d.Now().UTC(),
		Statement: p.Statement, Supersedes: p.Supersedes, Remove: p.Remove, Revert: p.Revert,
		Questions: p.Questions, Cluster: p.Cluster,
	}
	fresh.name()
	if err := fresh.move(Draft, ActOpen, who.ID, "", d.Now()); err != nil {
		return nil, err
	}
	return fresh, d.Shelf.SaveProposal(ctx, fresh)
}

// change loads a proposal, changes it and saves it; from the start when somebody else was faster.
func (d *Desk) change(ctx context.Context, who Actor, id ID, f func(*Proposal) error) (*Proposal, error) {
	if !who.Roles.May(roles...) {
		return nil, &Refusal{Why: NotYours}
	}
	for try := 1; ; try++ {
		p, err := d.Load(ctx, id)
		if err != nil {
			return nil, err
		}
		if err := f(p); err != nil {
			return p, err
		}
		if err = d.Shelf.SaveProposal(ctx, p); !errors.Is(err, ErrConflict) || try == maxConflicts {
			return p, err
		}
	}
}

// Load returns a proposal; a *Refusal of reason NoSuch where there is none.
func (d *Desk) Load(ctx context.Context, id ID) (*Proposal, error) {
	p, err := d.Shelf.Proposal(ctx, id)
	if errors.Is(err, ErrUnknown) {
		return nil, &Refusal{Why: NoSuch}
	}
	return p, err
}

// Edit changes what is proposed. It takes back the submission: that was for something else.
func (d *Desk) Edit(ctx context.Context, who Actor, id ID, what string, f func(*Proposal) error) (*Proposal, error) {
	return d.change(ctx, who, id, func(p *Proposal) error {
		if !p.State.Open() {
			return &Refusal{Why: BadState, State: p.State}
		}
		if err := f(p); err != nil {
			return err
		}
		p.name()
		p.Asked = nil
		return p.move(Draft, ActEdit, who.ID, what, d.Now())
	})
}

// Note keeps the messages that ask a second person, so that they can be changed once it is decided.
func (d *Desk) Note(ctx context.Context, who Actor, id ID, asked []Posted) error {
	_, err := d.change(ctx, who, id, func(p *Proposal) error {
		p.Asked = append(p.Asked, asked...)
		return nil
	})
	return err
}

// Submit asks for a second person, once nothing is wrong any more.
func (d *Desk) Submit(ctx context.Context, who Actor, id ID) (*Proposal, error) {
	return d.change(ctx, who, id, func(p *Proposal) error {
		if _, report, err := d.Check(ctx, p); err != nil {
			return err
		} else if errs := report.Errors(); len(errs) > 0 {
			return &Refusal{Why: Faulty, Problems: errs}
		}
		return p.move(Submitted, ActSubmit, who.ID, "", d.Now())
	})
}

// Return gives a submitted proposal back to its author.
func (d *Desk) Return(ctx context.Context, who Actor, id ID, why string) (*Proposal, error) {
	return d.change(ctx, who, id, func(p *Proposal) error {
		if p.State != Submitted {
			return &Refusal{Why: BadState, State: p.State}
		}
		return p.move(Draft, ActReturn, who.ID, why, d.Now())
	})
}

// Withdraw drops a proposal.
func (d *Desk) Withdraw(ctx context.Context, who Actor, id ID) (*Proposal, error) {
	return d.change(ctx, who, id, func(p *Proposal) error {
		return p.move(Withdrawn, ActWithdraw, who.ID, "", d.Now())
	})
}
