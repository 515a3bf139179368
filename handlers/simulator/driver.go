package simulator

import (
	"context"
	"errors"
	"fmt"
	"strings"
)

var errBlockedBot = errors.New("this person has blocked the bot; /start or Unblock undoes it")

// Send makes a person write a text into a chat: their own id for the private chat with the bot, or a group they are in.
// The text gets the entities a client would set. Writing /start to a blocked bot unblocks it, as the client's button does.
func (s *Server) Send(personID, chatID int64, text string) (Message, error) {
	return s.write(personID, chatID, 0, &message{formatted: formatted{text: text}})
}

// Reply is [Server.Send] as an answer to a message of the chat.
func (s *Server) Reply(personID, chatID, replyTo int64, text string) (Message, error) {
	return s.write(personID, chatID, replyTo, &message{formatted: formatted{text: text}})
}

// Open makes a person open the bot, through a deep link when payload is not empty: 1–64 of A–Z, a–z, 0–9, _ and -.
func (s *Server) Open(personID int64, payload string) (Message, error) {
	if payload == "" {
		return s.Send(personID, personID, "/start")
	}
	if len(payload) > maxStartParam || !isPayload(payload) {
		return Message{}, fmt.Errorf("deep link payload %q: at most %d of A-Z a-z 0-9 _ -", payload, maxStartParam)
	}
	return s.Send(personID, personID, "/start "+payload)
}

func isPayload(s string) bool {
	for i := range len(s) {
		if c := s[i]; !isLetter(c) && !isDigit(c, 10) && c != '_' && c != '-' {
			return false
		}
	}
	return true
}

// SendPhoto makes a person send a picture with an optional caption.
func (s *Server) SendPhoto(personID, chatID int64, name string, data []byte, caption string) (Message, error) {
	return s.SendFile(personID, chatID, 0, "photo", name, data, caption)
}

// SendDocument makes a person send a file with an optional caption.
func (s *Server) SendDocument(personID, chatID int64, name string, data []byte, caption string) (Message, error) {
	return s.SendFile(personID, chatID, 0, "document", name, data, caption)
}

// SendVoice makes a person send a voice message.
func (s *Server) SendVoice(personID, chatID int64, data []byte) (Message, error) {
	return s.SendFile(personID, chatID, 0, "voice", "voice.ogg", data, "")
}

// SendSticker makes a person send a sticker that stands for an emoji.
func (s *Server) SendSticker(personID, chatID int64, emoji string) (Message, error) {
	f := s.files.keep("sticker", "sticker.webp", "image/webp", []byte(emoji))
	return s.write(personID, chatID, 0, &message{media: &media{kind: "sticker", file: f, emoji: emoji}})
}

// SendFile makes a person send a file of a kind: photo, document, voice or sticker.
func (s *Server) SendFile(personID, chatID, replyTo int64, kind, name string, data []byte, caption string) (Message, error) {
	switch kind {
	case "photo", "document", "voice", "sticker":
	default:
		return Message{}, fmt.Errorf("send file: no such kind %q", kind)
	}
	mime := ""
	if kind == "voice" {
		mime = "audio/ogg"
	}
	f := s.files.keep(kind, name, mime, data)
	m := &message{media: &media{kind: kind, file: f}, formatted: formatted{text: caption}}
	return s.write(personID, chatID, replyTo, m)
}

// write posts what a person wrote, under the rules a client keeps to.
func (s *Server) write(personID, chatID, replyTo int64, m *message) (Message, error) {
	c, p, err := s.seat(personID, chatID)
	if err != nil {
		return Message{}, fmt.Errorf("write: %w", err)
	}
	m.formatted = finishText(m.formatted)
	limit := maxText
	if m.media != nil {
		limit = maxCaption
	}
	switch {
	case m.text == "" && m.media == nil:
		return Message{}, fmt.Errorf("write: a client sends no empty message")
	case utf16Len(m.text) > limit:
		return Message{}, fmt.Errorf("write: a client sends at most %d characters", limit)
	}
	if chatID == personID && p.get().Blocked {
		if m.text != "/start" && !strings.HasPrefix(m.text, "/start ") {
			return Message{}, errBlockedBot
		}
		if err := s.Unblock(personID); err != nil {
			return Message{}, err
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.movedTo != 0 {
		return Message{}, fmt.Errorf("write: the group became %d", c.movedTo)
	}
	if replyTo != 0 && c.find(replyTo) == nil {
		return Message{}, fmt.Errorf("write: reply to %d: %w", replyTo, errNoMessage)
	}
	c.started = true
	m.from, m.replyTo = p.user(), replyTo
	s.post(c, m)
	return s.view(c, m), nil
}

// addressed says whether a text in a group is meant for the bot: a command without a name or with the bot's, or a mention.
func (s *Server) addressed(f formatted) bool {
	for _, e := range f.entities {
		if e.Type != "bot_command" && e.Type != "mention" {
			continue
		}
		word := utf16Prefix(f.text[len(utf16Prefix(f.text, e.Offset)):], e.Length)
		_, name, named := strings.Cut(word, "@")
		if e.Type == "bot_command" && !named || strings.EqualFold(name, s.bot.Username) {
			return true
		}
	}
	return false
}

// Edit makes a person change a text they wrote.
func (s *Server) Edit(personID, chatID, messageID int64, text string) (Message, error) {
	c, _, err := s.seat(personID, chatID)
	if err != nil {
		return Message{}, fmt.Errorf("edit: %w", err)
	}
	next := finishText(formatted{text: text})
	if next.text == "" || utf16Len(next.text) > maxText {
		return Message{}, fmt.Errorf("edit: a text has 1 to %d characters", maxText)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	m := c.find(messageID)
	if m == nil || m.from.ID != personID || m.service != nil {
		return Message{}, fmt.Errorf("edit %d: %w", messageID, errNoMessage)
	}
	m.formatted, m.editDate = next, s.unix()
	s.changed(c, m)
	if s.reachesBot(c, m) {
		s.pushMessage("edited_message", c, m)
	}
	return s.view(c, m), nil
}

// Messages lists what a chat shows, oldest first.
func (s *Server) Messages(chatID int64) []Message {
	c, ok := s.chats.get(chatID)
	if !ok {
		return nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return s.views(c)
}

func (s *Server) views(c *chat) []Message {
	list := make([]Message, 0, len(c.messages))
	for _, m := range c.messages {
		list = append(list, s.view(c, m))
	}
	return list
}

// BotMessages counts the messages the bot ever sent to a chat, also those dropped or deleted since.
func (s *Server) BotMessages(chatID int64) int {
	c, ok := s.chats.get(chatID)
	if !ok {
		return 0
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.written
}

// Wait returns as soon as done says yes to a chat's messages. done is asked at once and after every change.
func (s *Server) Wait(ctx context.Context, chatID int64, done func([]Message) bool) error {
	c, err := s.chat(chatID)
	if err != nil {
		return fmt.Errorf("wait: %w", err)
	}
	for {
		c.mu.Lock()
		list := s.views(c)
		if c.changed == nil {
			c.changed = make(chan struct{})
		}
		changed := c.changed
		c.mu.Unlock()
		if done(list) {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return fmt.Errorf("wait in chat %d: %w", chatID, ctx.Err())
		}
	}
}

// WaitReply waits for the bot's first message in a chat after a message id, which is 0 for any.
func (s *Server) WaitReply(ctx context.Context, chatID, afterID int64) (Message, error) {
	var reply Message
	err := s.Wait(ctx, chatID, func(list []Message) bool {
		for _, m := range list {
			if m.From.IsBot && m.MessageID > afterID {
				reply = m
				return true
			}
		}
		return false
	})
	return reply, err
}
