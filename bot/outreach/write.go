package outreach

import (
	"context"
	"strings"

	"refbot/bot"
	"refbot/bot/broadcast"
	"refbot/bot/markup"
	"refbot/bot/texts"
	"refbot/knowledge/language"
)

// What the next message is for: the name of a form, then the broadcast, then what more there is to know.
const (
	formNew       = "new"       // the text of a new draft
	formText      = "text"      // :ID:language
	formFile      = "file"      // :ID
	formButton    = "button"    // :ID
	formStatement = "statement" // :ID
	formTime      = "time"      // :ID
	formReason    = "reason"    // :ID
)

// formed takes the message that was asked for; false when none was.
func (x *visit) formed(ctx context.Context) (bool, error) {
	words := strings.SplitN(x.Form, ":", 3)
	if words[0] == formNew {
		return true, x.openDraft(ctx, broadcast.Message{Text: x.words(x.Text), Photo: x.Photo, Document: x.Document})
	}
	run, ok := map[string]func(*visit, context.Context, broadcast.ID, string) error{
		formText: (*visit).takeText, formFile: (*visit).takeFile, formButton: (*visit).takeButton,
		formStatement: (*visit).takeStatement, formTime: (*visit).takeTime, formReason: (*visit).takeReason,
	}[words[0]]
	if !ok || len(words) < 3 {
		return false, nil
	}
	return true, run(x, ctx, broadcast.ID(words[1]), words[2])
}

// await asks for a message; the way back is a button.
func (x *visit) await(ctx context.Context, form string, id broadcast.ID, more, question string, rows ...[]bot.Button) error {
	x.Form = form + ":" + string(id) + ":" + more
	return x.say(ctx, question, append(rows, row(data("view", id, ""), x.b.Button.Back))...)
}

// edit changes a draft and shows it again. Messages that asked for the approval of what it was lose their button.
func (x *visit) edit(ctx context.Context, id broadcast.ID, what string, f func(*broadcast.Broadcast) error) (*broadcast.Broadcast, error) {
	before, err := x.Desk.Store.Load(ctx, id)
	if err != nil {
		return nil, err
	}
	b, err := x.Desk.Edit(ctx, x.who, id, what, f)
	if err != nil {
		return nil, err
	}
	x.withdraw(ctx, before)
	return b, nil
}

// languages is the menu of texts: write, write again, leave out, and what others get instead.
func (x *visit) languages(ctx context.Context, id broadcast.ID, _ string) error {
	b, err := x.Desk.Store.Load(ctx, id)
	if err != nil {
		return err
	}
	var rows [][]bot.Button
	for _, l := range language.Codes() {
		name := texts.For(l).Name
		if _, ok := b.Content[l]; !ok {
			rows = append(rows, row(data("write", id, string(l)), x.b.Button.Write+name))
			continue
		}
		r := row(data("write", id, string(l)), x.b.Button.Rewrite+name)
		if len(b.Content) > 1 {
			r = append(r, bot.Button{Text: "🗑 " + name, Data: data("drop", id, string(l))})
		}
		rows = append(rows, r)
	}
	if len(b.Content) < len(language.Codes()) {
		rows = append(rows, x.fallbackRow(b))
	}
	rows = append(rows, row(data("view", id, ""), x.b.Button.Back))
	return x.replace(ctx, bot.Reply{Language: x.Language, Parts: []bot.Part{bot.Text(x.b.AskLanguage), bot.Text(x.b.AskFallback)}, Buttons: rows})
}

func (x *visit) fallbackRow(b *broadcast.Broadcast) []bot.Button {
	var r []bot.Button
	for _, l := range language.Codes() {
		if _, ok := b.Content[l]; ok {
			r = append(r, bot.Button{Text: chosen(b.Fallback == l, texts.For(l).Name), Data: data("fall", b.ID, string(l))})
		}
	}
	return append(r, bot.Button{Text: chosen(b.Fallback == "", x.b.Button.Nothing), Data: data("fall", b.ID, "none")})
}

func (x *visit) fallback(ctx context.Context, id broadcast.ID, l string) error {
	_, err := x.edit(ctx, id, "fallback", func(b *broadcast.Broadcast) error {
		b.Fallback = language.Code(l)
		if _, ok := b.Content[b.Fallback]; !ok {
			b.Fallback = ""
		}
		return nil
	})
	if err != nil {
		return err
	}
	return x.languages(ctx, id, "")
}

func (x *visit) askText(ctx context.Context, id broadcast.ID, l string) error {
	if !language.Code(l).Valid() {
		return nil
	}
	return x.await(ctx, formText, id, l, x.b.AskTextIn(texts.For(language.Code(l)).Name))
}

func (x *visit) takeText(ctx context.Context, id broadcast.ID, l string) error {
	code, form := language.Code(l), x.Form
	b, err := x.edit(ctx, id, "text "+l, func(b *broadcast.Broadcast) error {
		b.Write(code, x.words(x.Text))
		if m := b.Content[code]; x.Photo != "" || x.Document != "" {
			m.Photo, m.Document = x.Photo, x.Document
			b.Content[code] = m
		}
		return nil
	})
	if err != nil {
		x.Form = form // what was wrong is said, and the text can be sent again
		return err
	}
	x.Form = ""
	return x.show(ctx, b, code)
}

func (x *visit) dropText(ctx context.Context, id broadcast.ID, l string) error {
	_, err := x.edit(ctx, id, "drop "+l, func(b *broadcast.Broadcast) error {
		return b.Drop(language.Code(l))
	})
	if err != nil {
		return err
	}
	return x.languages(ctx, id, "")
}

func (x *visit) askFile(ctx context.Context, id broadcast.ID, _ string) error {
	return x.await(ctx, formFile, id, "", x.b.AskFile, row(data("nofile", id), x.b.Button.NoFile))
}

func (x *visit) takeFile(ctx context.Context, id broadcast.ID, _ string) error {
	if x.Photo == "" && x.Document == "" {
		return x.askFile(ctx, id, "")
	}
	return x.setFile(ctx, id, x.Photo, x.Document)
}

func (x *visit) dropFile(ctx context.Context, id broadcast.ID, _ string) error {
	return x.setFile(ctx, id, "", "")
}

func (x *visit) setFile(ctx context.Context, id broadcast.ID, photo, document string) error {
	b, err := x.edit(ctx, id, "file", func(b *broadcast.Broadcast) error {
		for l, m := range b.Content {
			m.Photo, m.Document = photo, document
			b.Content[l] = m
		}
		return nil
	})
	if err != nil {
		return err
	}
	x.Form = ""
	return x.show(ctx, b, "")
}

func (x *visit) askButton(ctx context.Context, id broadcast.ID, _ string) error {
	return x.await(ctx, formButton, id, "", x.b.AskButton, row(data("nolink", id), x.b.Button.NoLinks))
}

// takeButton reads "caption https://address".
func (x *visit) takeButton(ctx context.Context, id broadcast.ID, _ string) error {
	words := strings.Fields(x.Text)
	if len(words) < 2 || !markup.Opens(words[len(words)-1]) {
		return x.askButton(ctx, id, "")
	}
	text := bot.Shorten(strings.Join(words[:len(words)-1], " "), 60)
	button := broadcast.Button{Text: text, URL: words[len(words)-1]}
	return x.add(ctx, id, "button", func(b *broadcast.Broadcast) {
		b.AddButton(func(language.Code) broadcast.Button { return button })
	})
}

// add puts something into a draft whose card is then shown.
func (x *visit) add(ctx context.Context, id broadcast.ID, what string, f func(*broadcast.Broadcast)) error {
	b, err := x.edit(ctx, id, what, func(b *broadcast.Broadcast) error {
		f(b)
		return nil
	})
	if err != nil {
		return err
	}
	x.Form = ""
	return x.show(ctx, b, "")
}

func (x *visit) dropButtons(ctx context.Context, id broadcast.ID, _ string) error {
	b, err := x.edit(ctx, id, "no buttons", func(b *broadcast.Broadcast) error {
		for l, m := range b.Content {
			m.Buttons = nil
			b.Content[l] = m
		}
		return nil
	})
	if err != nil {
		return err
	}
	return x.show(ctx, b, "")
}
