package bot

import (
	"context"
	"slices"
	"strings"
	"testing"

	"refbot/bot/texts"
	"refbot/knowledge/language"
)

// memoryRoles is a RoleStore in memory.
type memoryRoles struct {
	given map[int64]Roles
	audit []RoleChange
	asked int
	fail  error
}

func (m *memoryRoles) Granted(context.Context) (map[int64]Roles, error) {
	m.asked++
	all := map[int64]Roles{}
	for person, roles := range m.given {
		all[person] = slices.Clone(roles)
	}
	return all, m.fail
}

func (m *memoryRoles) ChangeRole(_ context.Context, c RoleChange) (bool, error) {
	if m.fail != nil || slices.Contains(m.given[c.Person], c.Role) == c.Granted {
		return false, m.fail
	}
	if m.given == nil {
		m.given = map[int64]Roles{}
	}
	if c.Granted {
		m.given[c.Person] = append(m.given[c.Person], c.Role)
	} else {
		m.given[c.Person] = slices.DeleteFunc(m.given[c.Person], func(r Role) bool { return r == c.Role })
	}
	m.audit = append(m.audit, c)
	return true, nil
}

// staff shows what an admin sees.
func (s *scene) staff() {
	store := &memoryRoles{}
	s.assistant.Staff = NewStaff(store, map[int64]Roles{scenePerson: {Admin}, 7: {Moderator}})
	defer func() { s.assistant.Staff = nil }()
	for _, args := range []string{"", "5 moderator", "5 moderator", "5 outreach", "5 admin", "7 moderator", "5 king"} {
		s.command("grant", args)
	}
	s.command("mydata", "")
	s.press("forget:yes")
	s.command("whoami", "")
	s.command("dashboard", "")
	s.assistant.Doorkeeper = doorkeeper{}
	s.command("dashboard", "")
	s.command("help", "")
	s.assistant.Doorkeeper = nil
	for _, args := range []string{"", "5 moderator", "5 moderator", "5", "7"} {
		s.command("revoke", args)
	}
}

// rush shows the line a flood gets, and the one after a reply whose fate is unknown.
func (s *scene) rush() {
	s.assistant.Guard = &Guard{Patience: Patience{Burst: 1, Every: DefaultPatience().Every, Calm: DefaultPatience().Calm}}
	s.event("a flood begins", Event{Kind: Media})
	s.event("a flood", Event{Kind: Media})
	s.event("a flood goes on", Event{Kind: Media})
	s.assistant.Guard = nil
	s.transcript.WriteString("== a reply that may not have arrived\n")
	s.out.said = nil
	ev := Event{Kind: Asked, Person: Person{ID: 1, LanguageCode: string(s.code)}, Chat: Chat{ID: 1}}
	if err := s.assistant.Doubt(context.Background(), ev); err != nil {
		s.t.Fatal(err)
	}
	s.transcript.WriteString(strings.Join(s.out.said, "\n") + "\n\n")
}

func TestStaffCommandsDoNotExistForOthers(t *testing.T) {
	group := Chat{ID: -5, Group: true}
	for name, test := range map[string]struct {
		roles Roles
		chat  Chat
		args  string
	}{
		"a citizen":             {nil, Chat{}, "grant 5 admin"},
		"a citizen asks who":    {nil, Chat{}, "whoami"},
		"a moderator":           {Roles{Moderator}, Chat{}, "grant 5 admin"},
		"outreach":              {Roles{Outreach}, Chat{}, "revoke 5"},
		"an admin in a group":   {Roles{Admin}, group, "grant 5 admin"},
		"an admin asks a group": {Roles{Admin}, group, "whoami"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newScene(t, language.Russian)
			store := &memoryRoles{}
			s.assistant.Staff = NewStaff(store, map[int64]Roles{scenePerson: test.roles})
			command, args, _ := strings.Cut(test.args, " ")
			s.handle(Event{Kind: Commanded, Command: command, Args: args, Chat: test.chat})
			s.handle(Event{Kind: Commanded, Command: "nonsense", Args: args, Chat: test.chat})
			if got, want := s.out.said[0], s.out.said[1]; got != want || !strings.Contains(got, texts.For(language.Russian).UnknownCommand) {
				t.Errorf("said %q, an unknown command gets %q", got, want)
			}
			if len(store.audit) != 0 {
				t.Errorf("changed %+v", store.audit)
			}
		})
	}
}

func TestRolesAreAuditedAndCached(t *testing.T) {
	s := newScene(t, language.Russian)
	store := &memoryRoles{}
	s.assistant.Staff = NewStaff(store, map[int64]Roles{scenePerson: {Admin}})
	s.handle(Event{Kind: Asked, Text: "какая была явка?"})
	if store.asked != 0 {
		t.Error("a question asked for roles")
	}
	s.handle(Event{Kind: Commanded, Command: "whoami"})
	s.handle(Event{Kind: Commanded, Command: "whoami"})
	if store.asked != 1 {
		t.Errorf("%d look-ups for two commands in a row", store.asked)
	}
	s.handle(Event{Kind: Commanded, Command: "grant", Args: "5 moderator"})
	if roles, err := s.assistant.Staff.Roles(context.Background(), 5); err != nil || !slices.Equal(roles, Roles{Moderator}) {
		t.Errorf("roles %v, %v right after /grant", roles, err)
	}
	if people, err := s.assistant.Staff.Everybody(context.Background(), Moderator); err != nil || !slices.Equal(people, []int64{5, scenePerson}) {
		t.Errorf("moderators %v, %v", people, err)
	}
	if len(store.audit) != 1 || store.audit[0].By != scenePerson || store.audit[0].Person != 5 || !store.audit[0].Granted {
		t.Errorf("audit %+v", store.audit)
	}
}

func TestStaffWaitsForTheStore(t *testing.T) {
	s := newScene(t, language.Russian)
	s.assistant.Staff = NewStaff(&memoryRoles{fail: &Error{Kind: StoreDown}}, nil)
	err := s.assistant.Handle(context.Background(), Event{Kind: Commanded, Command: "whoami", Person: Person{ID: 1}, Chat: Chat{ID: 1}})
	if KindOf(err) != StoreDown || len(s.out.sent) != 0 {
		t.Errorf("said %v, error %v", s.out.said, err)
	}
}

func TestParseRole(t *testing.T) {
	for args, want := range map[string]bool{
		"5": true, "5 Moderator": true, " 5   admin ": true,
		"": false, "-5 admin": false, "0": false, "x admin": false, "5 citizen": false, "5 admin now": false, "99999999999999999999 admin": false,
	} {
		if _, _, ok := parseRole(args); ok != want {
			t.Errorf("parseRole(%q) is %v", args, ok)
		}
	}
}

// doorkeeper makes one and the same link.
type doorkeeper struct{}

func (doorkeeper) Link(context.Context, int64) (string, error) {
	return "https://refbot.example/dashboard/login?key=SECRET", nil
}
