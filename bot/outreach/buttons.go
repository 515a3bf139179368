package outreach

import (
	"refbot/bot"
	"refbot/bot/broadcast"
	"refbot/bot/texts"
	"refbot/knowledge/language"
)

// cardButtons are what can be done with a broadcast that may still be changed.
func (x *visit) cardButtons(b *broadcast.Broadcast, l language.Code) [][]bot.Button {
	c := &x.b.Button
	var rows [][]bot.Button
	if row := viewButtons(b, l); row != nil {
		rows = append(rows, row)
	}
	switch b.State {
	case broadcast.Draft:
		rows = append(rows, row(data("test", b.ID), c.Test, data("submit", b.ID), c.Submit))
		rows = append(rows, x.editButtons(b)...)
	case broadcast.Submitted:
		rows = append(rows, row(data("test", b.ID), c.Test, data("submit", b.ID), c.Remind), row(data("tongue", b.ID), c.Edit))
	default:
		rows = append(rows, row(data("test", b.ID), c.Test, data("tongue", b.ID), c.Edit))
	}
	if x.who.Roles.May(bot.Admin) && b.Override == "" && x.campaign().Quiet(b.When(x.Desk.Now())) {
		rows = append(rows, row(data("why", b.ID), c.Override))
	}
	return append(rows, row(data("cancel", b.ID), c.Cancel))
}

func (x *visit) editButtons(b *broadcast.Broadcast) [][]bot.Button {
	c := &x.b.Button
	if b.Recall {
		return nil
	}
	rows := [][]bot.Button{
		row(data("tongue", b.ID), c.Text, data("say", b.ID), c.Statement),
		row(data("file", b.ID), c.File, data("link", b.ID), c.Link),
	}
	if b.Corrects != "" {
		return rows
	}
	return append(rows, row(data("who", b.ID), c.Audience, data("when", b.ID), c.Moment))
}

// row makes a row of buttons out of pairs: data, text.
func row(pairs ...string) []bot.Button {
	var r []bot.Button
	for i := 0; i+1 < len(pairs); i += 2 {
		r = append(r, bot.Button{Data: pairs[i], Text: pairs[i+1]})
	}
	return r
}

// viewButtons switch between the languages a broadcast is written in.
func viewButtons(b *broadcast.Broadcast, now language.Code) []bot.Button {
	if len(b.Content) < 2 {
		return nil
	}
	var r []bot.Button
	for _, l := range language.Codes() {
		if _, ok := b.Content[l]; ok {
			r = append(r, bot.Button{Text: ticked(l == now, texts.For(l).Name), Data: data("view", b.ID, string(l))})
		}
	}
	return r
}

func ticked(yes bool, text string) string {
	if yes {
		return "• " + text
	}
	return text
}

// chosen marks what is chosen in a menu of choices.
func chosen(yes bool, text string) string {
	if yes {
		return "✅ " + text
	}
	return text
}
