package outreach

import (
	"context"
	"errors"
	"strings"

	"refbot/bot"
	"refbot/bot/broadcast"
	"refbot/bot/texts"
	"refbot/knowledge/language"
)

// Room is where staff write to subscribers. Every field is required.
type Room struct {
	Desk      *broadcast.Desk
	Staff     *bot.Staff
	Memory    bot.Store // to talk to approvers in their language
	Messenger bot.Messenger
}

var _ bot.Desk = (*Room)(nil)

// Rate implements bot.Desk.
func (r *Room) Rate(ctx context.Context, id string, f bot.Feedback) (bool, error) {
	if !broadcast.ID(id).Valid() {
		return false, nil
	}
	err := r.Desk.Opinions.Press(ctx, broadcast.ID(id), f)
	if errors.Is(err, broadcast.ErrUnknown) {
		return false, nil
	}
	return err == nil, err
}

// visit is one event in the room.
type visit struct {
	*Room
	*bot.Visit
	t    *texts.Catalog
	b    *texts.Broadcast
	who  broadcast.Actor
	home bot.Chat
}

// Visit implements bot.Desk.
func (r *Room) Visit(ctx context.Context, v *bot.Visit) (bool, error) {
	t := texts.For(v.Language)
	x := &visit{
		Room: r, Visit: v, t: t, b: &t.Broadcast, who: broadcast.Actor{ID: v.Person.ID, Roles: v.Roles}, home: v.Chat,
	}
	done, err := x.handle(ctx)
	var refused *broadcast.Refusal
	switch {
	case errors.As(err, &refused):
		return true, x.say(ctx, x.refused(refused))
	case errors.Is(err, broadcast.ErrUnknown):
		return true, x.say(ctx, x.b.Gone)
	}
	return done, err
}

func (x *visit) handle(ctx context.Context) (bool, error) {
	switch x.Kind {
	case bot.Commanded:
		x.Form = ""
		switch x.Command {
		case "broadcast":
			return true, x.begin(ctx)
		case "broadcasts":
			return true, x.list(ctx, "")
		}
		return false, nil
	case bot.Pressed:
		return x.pressed(ctx)
	}
	return x.formed(ctx)
}

// pressed runs a button; false for one nobody knows.
func (x *visit) pressed(ctx context.Context) (bool, error) {
	words := strings.SplitN(x.Data, ":", 4)
	if len(words) < 3 || len(x.Data) > 64 {
		return false, nil
	}
	rest := ""
	if len(words) == 4 {
		rest = words[3]
	}
	if run, ok := loose[words[1]]; ok {
		if err := x.toast(ctx, ""); err != nil {
			return true, err
		}
		x.Form = ""
		return true, run(x, ctx, strings.Join(words[2:], ":"))
	}
	id := broadcast.ID(words[2])
	run, ok := buttons[words[1]]
	if !ok || !id.Valid() {
		return false, nil
	}
	if !loud[words[1]] { // closes the spinner before anything is done, so that a press that is too old does nothing
		if err := x.toast(ctx, ""); err != nil {
			return true, err
		}
	}
	x.Form = ""
	return true, run(x, ctx, id, rest)
}

// loose buttons are about no broadcast.
var loose map[string]func(*visit, context.Context, string) error

// buttons are about one broadcast; the last argument is what stands behind its id.
var buttons map[string]func(*visit, context.Context, broadcast.ID, string) error

// loud buttons answer the press themselves.
var loud = map[string]bool{"test": true, "approve": true}

func init() {
	loose = map[string]func(*visit, context.Context, string) error{
		"list": (*visit).list, "new": (*visit).fromTemplate,
	}
	buttons = map[string]func(*visit, context.Context, broadcast.ID, string) error{
		"open": (*visit).open, "view": (*visit).view, "copy": (*visit).copied,
		"write": (*visit).askText, "drop": (*visit).dropText, "fall": (*visit).fallback, "tongue": (*visit).languages,
		"file": (*visit).askFile, "nofile": (*visit).dropFile, "link": (*visit).askButton, "nolink": (*visit).dropButtons,
		"say": (*visit).askStatement, "qu": (*visit).quote, "pt": (*visit).point,
		"who": (*visit).audience, "wl": (*visit).toggleLanguage, "wt": (*visit).toggleTopic, "wr": (*visit).toggleRegion, "wg": (*visit).regions, "ws": (*visit).since,
		"when": (*visit).moments, "at": (*visit).schedule, "late": (*visit).tooLate,
		"test": (*visit).test, "submit": (*visit).submit, "approve": (*visit).approve, "why": (*visit).askReason, "back": (*visit).giveBack,
		"cancel": (*visit).cancel, "pause": (*visit).pause, "resume": (*visit).resume,
		"again": (*visit).again, "fix": (*visit).fix, "recall": (*visit).recall, "csv": (*visit).csv,
	}
}

func (x *visit) toast(ctx context.Context, text string) error {
	return x.Messenger.Toast(ctx, x.Query, text)
}

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
		case bot.BadContent, bot.MessageGone: // gone, too old, or a picture
		default:
			return err
		}
	}
	_, err := x.Messenger.Send(ctx, x.home, r, 0)
	return err
}

// data is callback data about a broadcast.
func data(verb string, id broadcast.ID, more ...string) string {
	return strings.Join(append([]string{"bc", verb, string(id)}, more...), ":")
}

// speaks is the language in which the bot talks to one of the staff.
func (r *Room) speaks(ctx context.Context, person int64) language.Code {
	m, err := r.Memory.Recall(ctx, person)
	if err != nil {
		return language.Russian
	}
	return m.Speaks()
}
