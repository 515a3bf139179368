package outreach

import (
	"context"
	"strings"

	"refbot/bot"
	"refbot/bot/broadcast"
	"refbot/bot/markup"
	"refbot/knowledge/language"
)

// How much of others is shown in lists.
const (
	listed     = 6
	maxCaption = 40
)

// begin is /broadcast: with a text it opens a draft and shows it; without, it asks for the text and offers what was
// left, and templates.
func (x *visit) begin(ctx context.Context) error {
	text := x.words(x.Args)
	if strings.TrimSpace(text) == "" {
		x.Form = formNew
		return x.offer(ctx)
	}
	return x.openDraft(ctx, broadcast.Message{Text: text})
}

// words are what the person wrote: as formatted in their app, or with tags typed out.
func (x *visit) words(typed string) string {
	if x.HTML != "" {
		return x.HTML
	}
	return typed
}

func (x *visit) openDraft(ctx context.Context, m broadcast.Message) error {
	b, err := x.Desk.Open(ctx, x.who, x.Language, m)
	if err != nil {
		x.Form = formNew
		return err
	}
	x.Form = ""
	return x.show(ctx, b, "")
}

func (x *visit) offer(ctx context.Context) error {
	var rows [][]bot.Button
	recent, _, err := x.Desk.Store.List(ctx, "", 30)
	if err != nil {
		return err
	}
	for _, b := range recent {
		if b.Author == x.who.ID && b.State.Open() && len(rows) < 3 {
			rows = append(rows, []bot.Button{{Text: x.b.Button.Continue + caption(b, x.Language), Data: data("open", b.ID)}})
		}
	}
	for _, name := range templates {
		rows = append(rows, []bot.Button{{Text: x.b.Templates[name], Data: "bc:new:" + name}})
	}
	rows = append(rows, []bot.Button{{Text: x.b.Button.List, Data: "bc:list:"}})
	return x.say(ctx, x.b.AskText, rows...)
}

// templates are drafts to begin with.
var templates = []string{"vote", "fix"}

// fromTemplate opens a draft that is written in all languages.
func (x *visit) fromTemplate(ctx context.Context, name string) error {
	content := templateContent(name, x.Engine)
	if content == nil {
		return x.say(ctx, x.b.Gone)
	}
	b, err := x.Desk.Open(ctx, x.who, x.Language, content[x.Language])
	if err != nil {
		return err
	}
	b, err = x.Desk.Edit(ctx, x.who, b.ID, "template", func(b *broadcast.Broadcast) error {
		b.Content = content
		return nil
	})
	if err != nil {
		return err
	}
	return x.show(ctx, b, "")
}

// list is /broadcasts: the newest, or those behind a cursor.
func (x *visit) list(ctx context.Context, cursor string) error {
	found, next, err := x.Desk.Store.List(ctx, cursor, listed)
	if err != nil {
		return err
	}
	if len(found) == 0 {
		return x.say(ctx, x.b.None)
	}
	r := bot.Reply{Language: x.Language, Parts: []bot.Part{bot.Text(x.b.List)}}
	for _, b := range found {
		line := stateMark[b.State] + " " + b.Created.In(x.zone()).Format("02.01") + " · " + caption(b, x.Language)
		r.Buttons = append(r.Buttons, []bot.Button{{Text: line, Data: data("open", b.ID)}})
	}
	if data := "bc:list:" + next; next != "" && len(data) <= 64 {
		r.Buttons = append(r.Buttons, []bot.Button{{Text: x.t.Button.Next, Data: data}})
	}
	if cursor == "" {
		_, err = x.Messenger.Send(ctx, x.home, r, 0)
		return err
	}
	return x.replace(ctx, r)
}

var stateMark = map[broadcast.State]string{
	broadcast.Draft: "✏️", broadcast.Submitted: "👀", broadcast.Approved: "✅", broadcast.Scheduled: "🕘", broadcast.Sending: "📤",
	broadcast.Paused: "⏸", broadcast.Finished: "☑️", broadcast.Canceled: "🗑", broadcast.Expired: "⌛",
}

// caption names a broadcast by its first words.
func caption(b *broadcast.Broadcast, l language.Code) string {
	m, _, ok := b.Message(l)
	for _, other := range language.Codes() {
		if !ok {
			m, ok = b.Content[other]
		}
	}
	text, _, _ := strings.Cut(markup.Plain(m.Text), "\n")
	switch {
	case text != "":
	case m.Photo != "":
		text = "🖼"
	default:
		text = "📎"
	}
	return bot.Shorten(text, maxCaption)
}

// open shows a broadcast as its state asks for: as a card, or with what became of it.
func (x *visit) open(ctx context.Context, id broadcast.ID, _ string) error {
	b, err := x.Desk.Store.Load(ctx, id)
	if err != nil {
		return err
	}
	return x.show(ctx, b, "")
}

func (x *visit) copied(ctx context.Context, id broadcast.ID, _ string) error {
	b, err := x.Desk.Copy(ctx, x.who, id)
	if err != nil {
		return err
	}
	return x.show(ctx, b, "")
}
