package library

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"refbot/bot"
	"refbot/knowledge"
)

// Current returns the pack that is served by what is published, and its version; the pack of the settings and
// the zero Version where nothing is.
func (d *Desk) Current(ctx context.Context) (*knowledge.Pack, Version, error) {
	number, err := d.Shelf.Latest(ctx)
	if err != nil || number == 0 {
		return d.Settings, Version{}, err
	}
	v, err := d.Shelf.Version(ctx, number)
	if err != nil {
		return nil, v, err
	}
	pack, err := d.Pack(ctx, number)
	return pack, v, err
}

// Pack returns the pack of a version; a *Refusal of reason OldVersion when it is not kept any more. Version 0
// is that of the settings.
func (d *Desk) Pack(ctx context.Context, number int64) (*knowledge.Pack, error) {
	if number == 0 {
		return d.Settings, nil
	}
	return open(ctx, d.Shelf, number)
}

// open reads a version from the shelf.
func open(ctx context.Context, shelf Shelf, number int64) (*knowledge.Pack, error) {
	data, err := shelf.Archive(ctx, number)
	if errors.Is(err, ErrUnknown) {
		return nil, &Refusal{Why: OldVersion}
	}
	if err != nil {
		return nil, err
	}
	return knowledge.OpenArchive(data, fmt.Sprintf("version %d", number))
}

// Check makes the change to the newest version and reports what is wrong or doubtful about it. The pack is of
// use only when the report has no errors.
func (d *Desk) Check(ctx context.Context, p *Proposal) (*knowledge.Pack, knowledge.Report, error) {
	current, _, err := d.Current(ctx)
	if err != nil {
		return nil, knowledge.Report{}, err
	}
	return d.apply(ctx, current, p)
}

// apply makes the change a proposal wants.
func (d *Desk) apply(ctx context.Context, current *knowledge.Pack, p *Proposal) (*knowledge.Pack, knowledge.Report, error) {
	switch {
	case p.Revert > 0:
		pack, err := d.Pack(ctx, p.Revert)
		return pack, knowledge.Report{}, err
	case p.Remove != "":
		if !slices.ContainsFunc(current.Statements, func(s knowledge.Statement) bool { return s.ID == p.Remove }) {
			return nil, knowledge.Report{}, &Refusal{Why: NoSuch}
		}
	case p.Statement == nil:
		return nil, knowledge.Report{}, &Refusal{Why: NoSuch}
	}
	pack, report := current.With(p.changes(current)...)
	return pack, report, nil
}

// Turn is a question with what is answered to it before and after a change.
type Turn struct {
	Question      string
	Before, After knowledge.Answer
}

// Turned reports whether the question is answered after the change and was not before.
func (t Turn) Turned() bool {
	return t.Before.Decision != knowledge.DecideAnswer && t.After.Decision == knowledge.DecideAnswer
}

// Replay asks both engines the questions.
func Replay(before, after *knowledge.Engine, questions []string) []Turn {
	turns := make([]Turn, len(questions))
	for i, q := range questions {
		turns[i] = Turn{q, before.Ask(knowledge.Question{Text: q}), after.Ask(knowledge.Question{Text: q})}
	}
	return turns
}

// Try answers questions as they are answered now and as they would be. It builds two engines: at most two
// callers at a time should.
func (d *Desk) Try(ctx context.Context, p *Proposal, questions []string) ([]Turn, error) {
	current, _, err := d.Current(ctx)
	if err != nil {
		return nil, err
	}
	next, report, err := d.apply(ctx, current, p)
	if err != nil {
		return nil, err
	}
	if errs := report.Errors(); len(errs) > 0 {
		return nil, &Refusal{Why: Faulty, Problems: errs}
	}
	before, err := knowledge.Build(current)
	if err != nil {
		return nil, err
	}
	after, err := knowledge.Build(next)
	if err != nil {
		return nil, &Refusal{Why: WentWrong}
	}
	return Replay(before, after, questions), nil
}

// MayPublish reports whether somebody may publish a proposal: a second person, or its author where an administrator is
// alone.
func (d *Desk) MayPublish(who Actor, p *Proposal) bool {
	return who.Roles.May(roles...) && (who.ID != p.Author || d.Alone && who.Roles.May(bot.Admin))
}

// Publish makes the change a new version of the knowledge base. Who wrote it cannot, unless Alone is set and they
// are an administrator. Replicas swap within [SwapTime].
func (d *Desk) Publish(ctx context.Context, who Actor, id ID) (Version, error) {
	var v Version
	p, err := d.Load(ctx, id)
	switch {
	case err != nil:
		return v, err
	case !who.Roles.May(roles...):
		return v, &Refusal{Why: NotYours}
	case p.State != Submitted:
		return v, &Refusal{Why: BadState, State: p.State}
	case !d.MayPublish(who, p):
		return v, &Refusal{Why: SecondOnly}
	}
	v, err = d.replace(ctx, Version{Author: p.Author, By: who.ID, Why: p.why()}, func(current *knowledge.Pack) (*knowledge.Pack, error) {
		next, report, err := d.apply(ctx, current, p)
		if err == nil && len(report.Errors()) > 0 {
			err = &Refusal{Why: Faulty, Problems: report.Errors()}
		}
		return next, err
	})
	if err != nil {
		return v, err
	}
	_, err = d.change(ctx, who, id, func(p *Proposal) error {
		p.Version = v.Number
		return p.move(Published, ActPublish, who.ID, v.Name, d.Now())
	})
	return v, err
}

// PublishPack makes a whole pack the newest version, for an operator at a terminal.
func (d *Desk) PublishPack(ctx context.Context, pack *knowledge.Pack, why string) (Version, error) {
	return d.replace(ctx, Version{Why: why}, func(*knowledge.Pack) (*knowledge.Pack, error) { return pack, nil })
}

// replace publishes what change makes of the newest version; again when somebody else was faster.
func (d *Desk) replace(ctx context.Context, v Version, change func(*knowledge.Pack) (*knowledge.Pack, error)) (Version, error) {
	for try := 1; ; try++ {
		current, latest, err := d.Current(ctx)
		if err != nil {
			return v, err
		}
		next, err := change(current)
		if err != nil {
			return v, err
		}
		fresh := v
		if fresh, err = d.put(ctx, fresh, latest, current, next); !errors.Is(err, ErrConflict) || try == maxConflicts {
			return fresh, err
		}
	}
}

// put builds the engine, so that nothing is published that cannot be served, and publishes.
func (d *Desk) put(ctx context.Context, v, latest Version, current, next *knowledge.Pack) (Version, error) {
	v.compare(current, next)
	if next.Version == current.Version {
		return v, &Refusal{Why: NoChange}
	}
	if _, err := knowledge.Build(next); err != nil {
		return v, &Refusal{Why: WentWrong}
	}
	archive, err := knowledge.Archive(next)
	switch {
	case err != nil:
		return v, err
	case len(archive) > knowledge.MaxArchive:
		return v, &Refusal{Why: TooLarge}
	}
	v.Number, v.Name, v.At, v.Statements, v.Base = latest.Number+1, next.Version, d.Now().UTC(), len(next.Statements), latest.Base
	if v.Base == "" {
		v.Base = d.Settings.Version
	}
	if err := d.Shelf.Publish(ctx, v, archive); err != nil {
		return v, err
	}
	if d.Published != nil {
		d.Published(v)
	}
	return v, nil
}

// why is what the history says of the change.
func (p *Proposal) why() string {
	switch {
	case p.Revert > 0:
		return fmt.Sprintf("revert %d", p.Revert)
	case p.Remove != "":
		return "remove " + p.Remove
	}
	return p.Statement.Title
}
