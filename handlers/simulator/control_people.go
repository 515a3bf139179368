package simulator

import (
	"net/http"
	"slices"
	"strconv"
)

// maxListed bounds the people and groups of the state, newest first to go; a page lists no crowd.
const maxListed = 500

func (c control) state(w http.ResponseWriter, _ *http.Request) error {
	c.roll.mu.Lock()
	ids := slices.Clone(c.roll.people[:min(len(c.roll.people), maxListed)])
	groups := slices.Clone(c.roll.groups[:min(len(c.roll.groups), maxListed)])
	c.roll.mu.Unlock()
	people, chats := []Person{}, []Chat{}
	for _, id := range ids {
		if p, ok := c.Person(id); ok {
			people = append(people, p)
		}
	}
	for _, id := range append(groups, ids...) {
		if chat, ok := c.chats.get(id); ok {
			chat.mu.Lock()
			chats = append(chats, chat.view())
			chat.mu.Unlock()
		}
	}
	c.limits.mu.Lock()
	limits := c.limits.set
	c.limits.mu.Unlock()
	return reply(w, map[string]any{
		"bot": map[string]any{
			"id": c.bot.ID, "username": c.bot.Username, "first_name": c.bot.FirstName,
			"description": c.profile.shown("description", ""), "short_description": c.profile.shown("short_description", ""),
			"descriptions": c.descriptions(),
		},
		"people": people, "chats": chats, "limits": limits, "now": c.now(),
	})
}

// descriptions are what people of each language the page speaks see before they write first.
func (c control) descriptions() map[string]string {
	shown := map[string]string{}
	for _, code := range []string{"kk", "ru", "en"} {
		shown[code] = c.profile.shown("description", code)
	}
	return shown
}

func (c control) addPerson(w http.ResponseWriter, r *http.Request) error {
	var p Person
	if err := read(r, &p); err != nil {
		return err
	}
	if p.ID < 0 {
		return problem{http.StatusBadRequest, "a person's id is positive"}
	}
	if _, taken := c.Person(p.ID); taken {
		return problem{http.StatusConflict, "this id is taken"}
	}
	return reply(w, c.AddPerson(p))
}

func (c control) patchPerson(w http.ResponseWriter, r *http.Request) error {
	id, err := pathID(r, "id")
	if err != nil {
		return err
	}
	var patch struct {
		FirstName    *string `json:"first_name"`
		LastName     *string `json:"last_name"`
		Username     *string `json:"username"`
		LanguageCode *string `json:"language_code"`
		Role         *string `json:"role"`
		Blocked      *bool   `json:"blocked"`
		Deactivated  *bool   `json:"deactivated"`
	}
	if err := read(r, &patch); err != nil {
		return err
	}
	p, err := c.UpdatePerson(id, func(p *Person) {
		set(&p.FirstName, patch.FirstName)
		set(&p.LastName, patch.LastName)
		set(&p.Username, patch.Username)
		set(&p.LanguageCode, patch.LanguageCode)
		set(&p.Role, patch.Role)
		set(&p.Blocked, patch.Blocked)
		set(&p.Deactivated, patch.Deactivated)
	})
	if err != nil {
		return err
	}
	return reply(w, p)
}

func set[T any](to *T, value *T) {
	if value != nil {
		*to = *value
	}
}

func pathID(r *http.Request, name string) (int64, error) {
	id, err := strconv.ParseInt(r.PathValue(name), 10, 64)
	if err != nil {
		return 0, problem{http.StatusBadRequest, name + " must be a number"}
	}
	return id, nil
}

func (c control) addGroup(w http.ResponseWriter, r *http.Request) error {
	var g struct {
		Title   string  `json:"title"`
		Members []int64 `json:"members"`
	}
	if err := read(r, &g); err != nil {
		return err
	}
	chat, err := c.AddGroup(g.Title, g.Members...)
	if err != nil {
		return err
	}
	return reply(w, chat)
}

// changeMembers lets somebody join or leave a group, or remove the bot or bring it back.
func (c control) changeMembers(w http.ResponseWriter, r *http.Request) error {
	id, err := pathID(r, "chat")
	if err != nil {
		return err
	}
	var change struct {
		Person int64  `json:"person"`
		Action string `json:"action"` // join, leave, kick_bot, add_bot
	}
	if err := read(r, &change); err != nil {
		return err
	}
	actions := map[string]func(int64, int64) error{
		"join": c.Join, "leave": c.Leave, "kick_bot": c.Kick, "add_bot": c.Readmit,
	}
	act := actions[change.Action]
	if act == nil {
		return problem{http.StatusBadRequest, "action is join, leave, kick_bot or add_bot"}
	}
	if err := act(id, change.Person); err != nil {
		return err
	}
	return reply(w, map[string]bool{"ok": true})
}

func (c control) commands(w http.ResponseWriter, r *http.Request) error {
	person, _ := strconv.ParseInt(r.FormValue("person"), 10, 64)
	chat, err := strconv.ParseInt(r.FormValue("chat"), 10, 64)
	if err != nil {
		chat = person
	}
	return reply(w, map[string]any{"commands": append([]Command{}, c.Commands(person, chat)...)})
}
