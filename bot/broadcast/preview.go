package broadcast

import (
	"refbot/bot"
	"refbot/bot/markup"
	"refbot/bot/texts"
	"refbot/knowledge/language"
)

// Reply is what a subscriber of that language gets, from the first preview to the last delivery; false when
// nothing is written for them. Who gets it in another language is told so. The last buttons rate the message
// and end the subscription.
func (b *Broadcast) Reply(l language.Code) (bot.Reply, bool) {
	m, in, ok := b.Message(l)
	if !ok {
		return bot.Reply{}, false
	}
	t := texts.For(l)
	html := m.Text
	if in != l {
		html = "<i>" + markup.Escape(t.Broadcast.OnlyIn[in]) + "</i>\n\n" + html
	}
	r := bot.Reply{Language: l, HTML: html, Photo: m.Photo, Document: m.Document}
	for _, button := range m.Buttons {
		r.Buttons = append(r.Buttons, []bot.Button{{Text: button.Text, URL: button.URL}})
	}
	r.Buttons = append(r.Buttons, []bot.Button{
		{Text: t.Button.Up, Data: "fb:up:" + string(b.ID)},
		{Text: t.Button.Down, Data: "fb:down:" + string(b.ID)},
		{Text: t.Button.Unsubscribe, Data: "sub:off"},
	})
	return r, true
}

// Message is what is said to people of a language, and the language it is written in.
func (b *Broadcast) Message(l language.Code) (m Message, in language.Code, ok bool) {
	if m, ok = b.Content[l]; ok {
		return m, l, true
	}
	if b.Fallback == "" {
		return Message{}, "", false
	}
	m, ok = b.Content[b.Fallback]
	return m, b.Fallback, ok
}

// Limit is how long a message may be, in UTF-16 units.
func (m Message) Limit() int {
	if m.Photo != "" || m.Document != "" {
		return markup.MaxCaption
	}
	return markup.MaxText
}

// Units is how long what people of a language get is, in UTF-16 units.
func (b *Broadcast) Units(l language.Code) int {
	r, _ := b.Reply(l)
	t, _ := markup.Parse(r.HTML)
	return t.Units
}
