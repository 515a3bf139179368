package simulator

import (
	"encoding/json"
	"strings"
)

func (s *Server) getChat(c *call) (any, error) {
	to, err := s.readableChat(c)
	if err != nil {
		return nil, err
	}
	defer to.mu.Unlock()
	return struct {
		wireChat
		AccentColor  int `json:"accent_color_id"`
		MaxReactions int `json:"max_reaction_count"`
	}{to.wire(), 0, 11}, nil
}

// readableChat finds and locks a chat that the bot may look at.
func (s *Server) readableChat(c *call) (*chat, error) {
	to, err := s.target(c.str("chat_id"))
	if err != nil {
		return nil, err
	}
	to.mu.Lock()
	err = groupWritable(to)
	if to.person != nil && !to.started {
		err = errChatNotFound
	}
	if err != nil {
		to.mu.Unlock()
		return nil, err
	}
	return to, nil
}

func (s *Server) getChatMember(c *call) (any, error) {
	to, err := s.readableChat(c)
	if err != nil {
		return nil, err
	}
	defer to.mu.Unlock()
	id := c.id("user_id")
	if id == 0 {
		return nil, badRequest("invalid user_id specified")
	}
	if id == s.bot.ID {
		return s.membership(to.status), nil
	}
	p, ok := s.people.get(id)
	switch {
	case !ok:
		return nil, errUserNotFound
	case !to.has(id):
		return map[string]any{"user": p.user(), "status": "left"}, nil
	case to.isGroup() && to.members[0] == id:
		return map[string]any{"user": p.user(), "status": "creator", "is_anonymous": false}, nil
	}
	return map[string]any{"user": p.user(), "status": "member"}, nil
}

func (s *Server) getChatMemberCount(c *call) (any, error) {
	to, err := s.readableChat(c)
	if err != nil {
		return nil, err
	}
	defer to.mu.Unlock()
	return len(to.members) + 1, nil
}

func (s *Server) leaveChat(c *call) (any, error) {
	to, err := s.readableChat(c)
	if err != nil {
		return nil, err
	}
	defer to.mu.Unlock()
	if !to.isGroup() {
		return nil, badRequest("chat member status can't be changed in private chats")
	}
	to.status = "left"
	return true, nil
}

// reactionEmoji are the emoji of ordinary reactions.
// Source: https://core.telegram.org/bots/api#reactiontypeemoji.
var reactionEmoji = func() map[string]bool {
	set := map[string]bool{}
	for _, e := range strings.Fields(`❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐
		🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡`) {
		set[e] = true
	}
	return set
}()

func (s *Server) setMessageReaction(c *call) (any, error) {
	emoji, err := readReaction(c.str("reaction"))
	if err != nil {
		return nil, err
	}
	id := c.id("message_id")
	if id == 0 {
		return nil, errMessageNoID
	}
	to, err := s.open(c)
	if err != nil {
		return nil, err
	}
	defer to.mu.Unlock()
	m := to.find(id)
	if m == nil || m.service != nil {
		return nil, errReactNotFound
	}
	m.reaction = emoji
	s.hub.publish("reaction", to.id, 0, func() any {
		return map[string]any{"chat": to.id, "message_id": id, "emoji": emoji}
	})
	to.wake()
	return true, nil
}

// readReaction reads a list of at most one reaction; none takes the reaction back.
func readReaction(raw string) (string, error) {
	if raw == "" {
		return "", nil
	}
	var list []struct {
		Type  string `json:"type"`
		Emoji string `json:"emoji"`
	}
	if json.Unmarshal([]byte(raw), &list) != nil {
		return "", badRequest("can't parse reaction types JSON object")
	}
	switch {
	case len(list) == 0:
		return "", nil
	case len(list) > 1:
		return "", badRequest("REACTIONS_TOO_MANY")
	case list[0].Type != "emoji" || !reactionEmoji[strings.TrimSuffix(list[0].Emoji, "\uFE0F")]:
		return "", badRequest("REACTION_INVALID")
	}
	return list[0].Emoji, nil
}
