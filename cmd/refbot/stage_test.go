package main

import (
	"context"
	"fmt"
	"strings"

	"refbot/handlers/simulator"
)

// line runs one line of a script and writes down what happened.
func (s *stage) line(line string) {
	s.t.Helper()
	words := strings.Fields(line)
	switch words[0] {
	case "person":
		role := ""
		if len(words) > 3 {
			role = words[3]
		}
		s.people[words[1]] = s.telegram().AddPerson(simulator.Person{FirstName: words[1], LanguageCode: words[2], Role: role})
		return
	case "clock":
		s.turnClock(strings.Join(words[1:], " "))
		return
	case "subscribers":
		s.subscribers(words[1:])
		return
	case "see":
		s.see(words[1], strings.Join(words[2:], " "))
		return
	case "gone":
		s.gone(words[1], strings.Join(words[2:], " "))
		return
	case "group":
		s.group(words[1], words[2:])
		return
	}
	who, what, found := strings.Cut(line, "> ")
	if !found {
		s.t.Fatalf("the script has a line nobody understands: %q", line)
	}
	name, act, _ := strings.Cut(who, " ")
	name, place, _ := strings.Cut(name, "@")
	person, known := s.people[name]
	if !known {
		s.t.Fatalf("nobody is called %q: %q", name, line)
	}
	chat := person.ID
	if place != "" {
		chat = s.groups[place]
	}
	fmt.Fprintf(&s.transcript, "%s> %s\n", who, what)
	s.act(person, chat, act, what)
	s.settle()
	s.show(chat)
}

func (s *stage) group(name string, members []string) {
	s.t.Helper()
	var ids []int64
	for _, m := range members {
		ids = append(ids, s.people[m].ID)
	}
	group, err := s.telegram().AddGroup(name, ids...)
	if err != nil {
		s.t.Fatal(err)
	}
	s.groups[name] = group.ID
	s.settle()
	fmt.Fprintf(&s.transcript, "(%s is a group now)\n", name)
	s.show(group.ID)
}

// act does what a person does: act is "" for writing, or one of the words of the scripts' language.
func (s *stage) act(p simulator.Person, chat int64, act, what string) {
	s.t.Helper()
	var err error
	switch act {
	case "":
		_, err = s.telegram().Send(p.ID, chat, what)
	case "press":
		err = s.press(p, chat, what)
	case "edit":
		_, err = s.telegram().Edit(p.ID, chat, s.lastOf(chat, p.ID), what)
	case "reply":
		_, err = s.telegram().Reply(p.ID, chat, s.lastOf(chat, s.telegram().Bot().ID), what)
	case "inline":
		err = s.inline(p, chat, what)
	case "photo":
		_, err = s.telegram().SendPhoto(p.ID, chat, "photo.png", []byte("\x89PNG\r\n\x1a\n"), what)
	case "sticker":
		_, err = s.telegram().SendSticker(p.ID, chat, what)
	case "block":
		err = s.telegram().Block(p.ID)
	case "unblock":
		err = s.telegram().Unblock(p.ID)
	case "forge":
		err = s.forge(p, chat, s.lastOf(chat, s.telegram().Bot().ID), s.real(what))
	case "stale": // on the first message that asked for an approval which is no longer wanted
		err = s.forge(p, chat, s.firstWith(chat, "✏️"), s.real(what))
	default:
		s.t.Fatalf("nobody can %q", act)
	}
	if err != nil {
		s.t.Fatalf("%s %s: %v", act, what, err)
	}
}

// press presses the newest button whose text contains what, and waits for its spinner to end.
func (s *stage) press(p simulator.Person, chat int64, what string) error {
	messages := s.telegram().Messages(chat)
	for i := len(messages) - 1; i >= 0; i-- {
		for _, row := range messages[i].Buttons {
			for _, b := range row {
				if b.CallbackData == "" || !strings.Contains(b.Text, what) {
					continue
				}
				id, err := s.telegram().Press(p.ID, chat, messages[i].MessageID, b.CallbackData)
				if err != nil {
					return err
				}
				answer, err := s.telegram().CallbackAnswer(context.Background(), id)
				if answer.Text != "" {
					fmt.Fprintf(&s.transcript, "  (toast) %s\n", answer.Text)
				}
				return err
			}
		}
	}
	return fmt.Errorf("no button says %q", what)
}

// forge sends callback data no button has, and waits for its spinner to end.
func (s *stage) forge(p simulator.Person, chat, message int64, data string) error {
	id, err := s.telegram().Forge(p.ID, chat, message, data)
	if err != nil {
		return err
	}
	answer, err := s.telegram().CallbackAnswer(context.Background(), id)
	if answer.Text != "" {
		fmt.Fprintf(&s.transcript, "  (toast) %s\n", answer.Text)
	}
	return err
}

func (s *stage) inline(p simulator.Person, chat int64, what string) error {
	id, err := s.telegram().Inline(p.ID, chat, what, "")
	if err != nil {
		return err
	}
	answer, err := s.telegram().InlineAnswer(context.Background(), id)
	for i, r := range answer.Results {
		if i < 3 {
			fmt.Fprintf(&s.transcript, "  (card) %s\n", r.Title)
		}
	}
	fmt.Fprintf(&s.transcript, "  (%d cards)\n", len(answer.Results))
	if err != nil || len(answer.Results) == 0 {
		return err
	}
	_, err = s.telegram().Choose(id, answer.Results[0].ID, chat)
	return err
}

// firstWith finds the oldest message of the bot with a text.
func (s *stage) firstWith(chat int64, text string) int64 {
	for _, m := range s.telegram().Messages(chat) {
		if m.From.IsBot && strings.Contains(m.Text, text) {
			return m.MessageID
		}
	}
	s.t.Fatalf("no message says %q", text)
	return 0
}

// lastOf finds somebody's newest message in a chat.
func (s *stage) lastOf(chat, person int64) int64 {
	messages := s.telegram().Messages(chat)
	for i := len(messages) - 1; i >= 0; i-- {
		if messages[i].From.ID == person {
			return messages[i].MessageID
		}
	}
	s.t.Fatal("there is no message of that person")
	return 0
}

// show writes down the bot's messages that are new or look otherwise than before.
func (s *stage) show(chat int64) {
	if s.seen[chat] == nil {
		s.seen[chat] = map[int64]string{}
	}
	for _, m := range s.telegram().Messages(chat) {
		if !m.From.IsBot && m.ViaBot == "" {
			continue
		}
		look := looks(m)
		if strings.HasPrefix(look, "📤") { // how far a broadcast is by now is another in every run
			continue
		}
		before, known := s.seen[chat][m.MessageID]
		if known && before == look {
			continue
		}
		s.seen[chat][m.MessageID] = look
		if known {
			look = "(edited) " + look
		}
		s.transcript.WriteString("  " + strings.ReplaceAll(s.plain(look), "\n", "\n  ") + "\n")
	}
}

// looks is a message as a person sees it, in letters.
func looks(m simulator.Message) string {
	var b strings.Builder
	if m.Photo != nil {
		b.WriteString("(photo) ")
	}
	b.WriteString(m.Text)
	if m.Document != nil {
		fmt.Fprintf(&b, "\n(file) %s", m.Document.FileName)
	}
	for _, row := range m.Buttons {
		b.WriteString("\n")
		for _, button := range row {
			fmt.Fprintf(&b, "[%s]", button.Text)
		}
	}
	return b.String()
}
