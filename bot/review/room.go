package review

import (
	"context"
	"errors"
	"strings"
	"time"

	"refbot/bot"
	"refbot/bot/library"
	"refbot/bot/moderation"
	"refbot/bot/texts"
	"refbot/knowledge"
	"refbot/knowledge/language"
)

// Room is where moderators review. Every field is required.
type Room struct {
	Journal   moderation.Journal
	Queue     moderation.Queue
	Clusters  moderation.Clusters
	Library   *library.Desk
	Knowledge *knowledge.Live
	Digests   moderation.DigestChoices
	Staff     *bot.Staff
	Memory    bot.Store // to talk to colleagues in their language
	Messenger bot.Messenger
	Now       func() time.Time
}

var _ bot.Room = (*Room)(nil)

// visit is one event in the room.
type visit struct {
	*Room
	*bot.Visit
	t    *texts.Catalog
	r    *texts.Review
	who  library.Actor
	home bot.Chat
}

// Visit implements bot.Room.
func (r *Room) Visit(ctx context.Context, v *bot.Visit) (bool, error) {
	t := texts.For(v.Language)
	x := &visit{Room: r, Visit: v, t: t, r: &t.Review, who: library.Actor{ID: v.Person.ID, Roles: v.Roles}, home: v.Chat}
	done, err := x.handle(ctx)
	refused := library.Refused(err)
	switch {
	case refused != nil:
		return true, x.say(ctx, x.refusal(refused))
	case errors.Is(err, moderation.ErrUnknown):
		return true, x.say(ctx, x.r.Gone, x.onward())
	case errors.Is(err, moderation.ErrNothing), errors.Is(err, moderation.ErrRuling):
		return true, x.say(ctx, x.r.Taken, x.onward())
	}
	return done, err
}

// refusal is what a person reads who may not do what they asked for.
func (x *visit) refusal(r *library.Refusal) string {
	lines := []string{x.r.Refusals[string(r.Why)]}
	for i, p := range r.Problems {
		if i == maxProblems {
			break
		}
		lines = append(lines, "• "+x.t.Problem(p))
	}
	return strings.Join(lines, "\n")
}

// maxProblems bounds how many problems one message lists.
const maxProblems = 8

func (x *visit) handle(ctx context.Context) (bool, error) {
	switch x.Kind {
	case bot.Commanded:
		x.Form = ""
		if x.Command == "queue" {
			return true, x.next(ctx, nil)
		}
		if x.Command == "stats" {
			return true, x.stats(ctx)
		}
		return false, nil
	case bot.Pressed:
		return x.pressed(ctx)
	}
	return true, x.filled(ctx)
}

// press is what a button carries behind its verb.
type press struct {
	ref  string     // of a journal entry
	id   library.ID // of a proposal
	rest string
}

// entries are the buttons about a journal entry, proposals those about a proposal.
var entries, proposals map[string]func(*visit, context.Context, press) error

func init() {
	entries = map[string]func(*visit, context.Context, press) error{
		"ok": ruling(moderation.Right), "spam": ruling(moderation.Spam), "abstain": ruling(moderation.Abstain), "needs": ruling(moderation.Needs),
		"wrong": (*visit).wrong, "better": (*visit).better, "pick": (*visit).pick,
		"skip": (*visit).skip, "undo": (*visit).undo, "card": (*visit).card, "answer": (*visit).begin,
	}
	proposals = map[string]func(*visit, context.Context, press) error{
		"draft": (*visit).open, "edit": (*visit).edit, "topic": (*visit).topic,
		"submit": (*visit).submit, "publish": (*visit).publish, "return": (*visit).askWhy, "drop": (*visit).withdraw,
	}
}

// pressed runs a button; false for one nobody knows.
func (x *visit) pressed(ctx context.Context) (bool, error) {
	words := strings.SplitN(x.Data, ":", 4)
	if len(x.Data) > 64 || len(words) < 2 {
		return false, nil
	}
	run, p := (func(*visit, context.Context, press) error)(nil), press{}
	if len(words) == 4 {
		p.rest = words[3]
	}
	switch {
	case words[1] == "next" && len(words) == 2:
		run = func(x *visit, ctx context.Context, _ press) error { return x.next(ctx, nil) }
	case words[1] == "digest" && len(words) <= 3:
		run = func(x *visit, ctx context.Context, _ press) error {
			return x.chooseDigest(ctx, strings.Join(words[2:], ""))
		}
	case len(words) < 3:
	case len(words[2]) == refLength:
		p.ref, run = words[2], entries[words[1]]
	case library.ID(words[2]).Valid():
		p.id, run = library.ID(words[2]), proposals[words[1]]
	}
	if run == nil {
		return false, nil
	}
	// Closes the spinner before anything is done, so that a press that is too old does nothing.
	if err := x.Messenger.Toast(ctx, x.Query, ""); err != nil {
		return true, err
	}
	x.Form = ""
	return true, run(x, ctx, p)
}

// refLength is the length of the name of a journal entry.
const refLength = 12

func (x *visit) say(ctx context.Context, text string, rows ...[]bot.Button) error {
	_, err := x.Messenger.Send(ctx, x.home, bot.Reply{Language: x.Language, Parts: []bot.Part{bot.Text(text)}, Buttons: rows}, 0)
	return err
}

// replace shows a reply in place of the message whose button was pressed, or as a new one.
func (x *visit) replace(ctx context.Context, r bot.Reply) error {
	if x.Kind == bot.Pressed {
		switch err := x.Messenger.Edit(ctx, x.home, x.Message, r); bot.KindOf(err) {
		case "", bot.Unmodified:
			return nil
		case bot.BadContent, bot.MessageGone: // gone or too old
		default:
			return err
		}
	}
	_, err := x.Messenger.Send(ctx, x.home, r, 0)
	return err
}

// onward leads back to the queue.
func (x *visit) onward() []bot.Button {
	return []bot.Button{{Text: x.r.Button.Next, Data: "mod:next"}}
}

// speaks is the language in which the bot talks to one of the staff.
func (r *Room) speaks(ctx context.Context, person int64) language.Code {
	m, err := r.Memory.Recall(ctx, person)
	if err != nil {
		return language.Russian
	}
	return m.Speaks()
}
