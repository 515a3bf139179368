package telegram

import (
	"regexp"
	"strings"
	"time"

	"refbot/bot"
	"refbot/bot/markup"
)

// Identity is who the bot is on Telegram: it decides which group messages are meant for it.
type Identity struct {
	ID       int64
	Username string // without "@"
}

// Parse turns a raw update into an event; false for one that asks nothing of the bot.
func Parse(raw []byte, me Identity) (bot.Event, bool) {
	u, err := decode(raw)
	if err != nil {
		return bot.Event{}, false
	}
	switch {
	case u.Message != nil:
		return me.message(u.Message, false)
	case u.Edited != nil:
		return me.message(u.Edited, true)
	case u.Callback != nil:
		return callback(u.Callback)
	case u.Inline != nil:
		return bot.Event{
			Kind: bot.Inline, Person: person(&u.Inline.From), Text: u.Inline.Query,
			Query: u.Inline.ID, Offset: u.Inline.Offset,
		}, u.Inline.From.ID != 0
	case u.Member != nil:
		return membershipChange(u.Member)
	}
	return bot.Event{}, false
}

func person(u *user) bot.Person { return bot.Person{ID: u.ID, LanguageCode: u.Language} }

func place(c chat) bot.Chat { return bot.Chat{ID: c.ID, Group: c.Type != "private"} }

func (me Identity) message(m *message, edited bool) (bot.Event, bool) {
	if m.From == nil || m.From.IsBot || m.Chat.ID == 0 || m.Chat.Type == "channel" || m.service() || m.mine(me) {
		return bot.Event{}, false
	}
	ev := bot.Event{Person: person(m.From), Chat: place(m.Chat), Message: m.ID, At: time.Unix(m.Date, 0)}
	name, args, command := me.command(m.Text)
	text, mentioned := me.unmention(m.Text)
	addressed := !ev.Chat.Group || mentioned || m.repliesTo(me)
	switch {
	case command && edited: // a command works once, when it is sent
		return bot.Event{}, false
	case command && name == "": // another bot's
		return bot.Event{}, false
	case command:
		ev.Kind, ev.Command, ev.Args = bot.Commanded, name, args
		ev.HTML = formatted(m.Text, m.Entities, markup.Units(m.Text)-markup.Units(args))
		return ev, true
	case !addressed:
		return bot.Event{}, false
	case strings.TrimSpace(text) == "":
		ev.Kind = bot.Media
		m.media(&ev)
		return ev, !edited && (m.Text == "" || mentioned)
	}
	ev.Kind, ev.Text, ev.HTML = bot.Asked, text, formatted(m.Text, m.Entities, 0)
	if edited {
		ev.Kind = bot.Edited
	}
	return ev, true
}

// media passes on the file of a message and its caption.
func (m *message) media(ev *bot.Event) {
	ev.Text, ev.HTML = m.Caption, formatted(m.Caption, m.CaptionEntities, 0)
	if n := len(m.Photo); n > 0 {
		ev.Photo = m.Photo[n-1].ID
	}
	if m.File != nil {
		ev.Document = m.File.ID
	}
	if v := m.Voice; v != nil {
		ev.Voice = &bot.Voice{File: v.ID, Seconds: v.Duration, Bytes: v.Size}
	}
}

// mine reports a card the person chose from this bot's inline results.
func (m *message) mine(me Identity) bool { return m.ViaBot != nil && m.ViaBot.ID == me.ID }

func (m *message) repliesTo(me Identity) bool {
	return m.ReplyTo != nil && m.ReplyTo.From != nil && m.ReplyTo.From.ID == me.ID
}

var commandPattern = regexp.MustCompile(`^/([A-Za-z0-9_]{1,32})(?:@([A-Za-z0-9_]{1,64}))?(?:\s+([\s\S]*))?$`)

// command takes "/name@bot args" apart. For a command to another bot ok is true and name is "".
func (me Identity) command(text string) (name, args string, ok bool) {
	m := commandPattern.FindStringSubmatch(text)
	if m == nil {
		return "", "", false
	}
	if m[2] != "" && !strings.EqualFold(m[2], me.Username) {
		return "", "", true
	}
	return strings.ToLower(m[1]), m[3], true
}

// unmention takes "@bot" out of a text and reports whether it was there as a word of its own.
func (me Identity) unmention(text string) (string, bool) {
	if me.Username == "" || !strings.Contains(text, "@") {
		return text, false
	}
	found := false
	fields := strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == '\n' || r == '\t' || r == '\u00a0' })
	kept := fields[:0]
	for _, f := range fields {
		if strings.EqualFold(strings.TrimRight(f, ",.:;!?"), "@"+me.Username) {
			found = true
			continue
		}
		kept = append(kept, f)
	}
	if !found {
		return text, false
	}
	return strings.Join(kept, " "), true
}

func callback(q *callbackQuery) (bot.Event, bool) {
	ev := bot.Event{Kind: bot.Pressed, Person: person(&q.From), Chat: bot.Chat{ID: q.From.ID}, Data: q.Data, Query: q.ID}
	if q.Message != nil {
		ev.Chat, ev.Message = place(q.Message.Chat), q.Message.ID
	}
	return ev, q.From.ID != 0 && q.ID != ""
}

func membershipChange(m *chatMember) (bot.Event, bool) {
	ev := bot.Event{Person: person(&m.From), Chat: place(m.Chat)}
	was, is := m.Old.in(), m.New.in()
	switch {
	case was == is || m.Chat.Type == "channel" || m.From.ID == 0:
		return bot.Event{}, false
	case !is:
		ev.Kind = bot.Blocked
	case ev.Chat.Group:
		ev.Kind = bot.Joined
	default:
		ev.Kind = bot.Unblocked
	}
	return ev, true
}
