package simulator

import (
	"cmp"
	"encoding/json"
	"strings"
	"sync"
)

const (
	maxCommands    = 100
	maxCommandName = 32
	maxCommandText = 256
)

// Command is a line of the bot's menu.
type Command struct {
	Command     string `json:"command"`
	Description string `json:"description"`
}

// scope says whose menu a list of commands is.
type scope struct {
	kind     string
	chat     int64
	user     int64
	language string
}

// menus holds the lists set by setMyCommands.
type menus struct {
	mu    sync.Mutex
	lists map[scope][]Command
}

// commandScopes are the scopes and whether they name a chat and a user.
var commandScopes = map[string]struct{ chat, user bool }{
	"default": {}, "all_private_chats": {}, "all_group_chats": {}, "all_chat_administrators": {},
	"chat": {chat: true}, "chat_administrators": {chat: true}, "chat_member": {chat: true, user: true},
}

// readScope reads the scope and language a call names.
func (s *Server) readScope(p params) (scope, error) {
	to := scope{kind: "default", language: p.str("language_code")}
	if !isLanguageCode(to.language) {
		return to, errLanguageInvalid
	}
	raw := p.str("scope")
	if raw == "" {
		return to, nil
	}
	var fields struct {
		Type string          `json:"type"`
		Chat json.RawMessage `json:"chat_id"`
		User int64           `json:"user_id"`
	}
	if json.Unmarshal([]byte(raw), &fields) != nil {
		return to, badRequest("can't parse BotCommandScope JSON object")
	}
	needs, known := commandScopes[fields.Type]
	switch {
	case fields.Type == "":
		return to, badRequest(`can't parse BotCommandScope: Can't find field "type"`)
	case !known:
		return to, badRequest("can't parse BotCommandScope: Unsupported type specified")
	}
	to.kind = fields.Type
	if !needs.chat {
		return to, nil
	}
	c, err := s.target(strings.Trim(string(fields.Chat), `"`))
	if err != nil {
		return to, err
	}
	if fields.Type != "chat" && c.person != nil {
		return to, badRequest("can't use specified scope in private chats")
	}
	to.chat = c.id
	if needs.user {
		to.user = fields.User
	}
	return to, nil
}

func isLanguageCode(code string) bool {
	return code == "" || len(code) == 2 && code[0] >= 'a' && code[0] <= 'z' && code[1] >= 'a' && code[1] <= 'z'
}

func (s *Server) setMyCommands(c *call) (any, error) {
	list, err := readCommands(c.str("commands"))
	if err != nil {
		return nil, err
	}
	to, err := s.readScope(c.params)
	if err != nil {
		return nil, err
	}
	s.putCommands(to, list)
	return true, nil
}

func (s *Server) putCommands(to scope, list []Command) {
	s.menus.mu.Lock()
	if s.menus.lists == nil {
		s.menus.lists = map[scope][]Command{}
	}
	delete(s.menus.lists, to)
	if len(list) > 0 {
		s.menus.lists[to] = list
	}
	s.menus.mu.Unlock()
	s.hub.publish("commands", 0, 0, func() any { return map[string]any{} })
}

func readCommands(raw string) ([]Command, error) {
	var list []Command
	if raw == "" {
		return nil, nil
	}
	if json.Unmarshal([]byte(raw), &list) != nil {
		return nil, badRequest("can't parse commands JSON array")
	}
	for i := range list {
		list[i].Command = strings.TrimPrefix(list[i].Command, "/")
		list[i].Description = strings.TrimSpace(list[i].Description)
		if err := checkCommand(list[i]); err != nil {
			return nil, err
		}
	}
	if len(list) > maxCommands {
		return nil, badRequest("BOT_COMMANDS_TOO_MUCH")
	}
	return list, nil
}

func checkCommand(c Command) error {
	switch {
	case c.Command == "":
		return badRequest("command must be non-empty")
	case len(c.Command) > maxCommandName:
		return badRequest("command length must not exceed %d", maxCommandName)
	case c.Description == "":
		return badRequest("command description must be non-empty")
	case utf16Len(c.Description) > maxCommandText:
		return badRequest("command description length must not exceed %d", maxCommandText)
	case nameLength(c.Command, maxCommandName) != len(c.Command) || strings.ToLower(c.Command) != c.Command:
		return badRequest("BOT_COMMAND_INVALID")
	}
	return nil
}

func (s *Server) getMyCommands(c *call) (any, error) {
	to, err := s.readScope(c.params)
	if err != nil {
		return nil, err
	}
	s.menus.mu.Lock()
	defer s.menus.mu.Unlock()
	return append([]Command{}, s.menus.lists[to]...), nil
}

func (s *Server) deleteMyCommands(c *call) (any, error) {
	to, err := s.readScope(c.params)
	if err != nil {
		return nil, err
	}
	s.putCommands(to, nil)
	return true, nil
}

// Commands is the menu a person sees in a chat: the narrowest scope wins, within it the person's language.
// Source: https://core.telegram.org/bots/api#determining-list-of-commands.
func (s *Server) Commands(personID, chatID int64) []Command {
	p, _ := s.Person(personID)
	language := cmp.Or(p.LanguageCode, "-")
	scopes := []scope{{kind: "chat", chat: chatID}, {kind: "all_private_chats"}}
	if chatID != personID {
		scopes = []scope{
			{kind: "chat_member", chat: chatID, user: personID}, {kind: "chat", chat: chatID}, {kind: "all_group_chats"},
		}
	}
	s.menus.mu.Lock()
	defer s.menus.mu.Unlock()
	for _, to := range append(scopes, scope{kind: "default"}) {
		for _, l := range []string{language, ""} {
			to.language = l
			if list := s.menus.lists[to]; len(list) > 0 {
				return append([]Command(nil), list...)
			}
		}
	}
	return nil
}
