package main

import (
	"strconv"
	"strings"
	"testing"

	"refbot/handlers/simulator"
)

// TestRolesOnTheChatPage: who is given a role on the chat page has it, and may give it to others.
func TestRolesOnTheChatPage(t *testing.T) {
	s := newStage(t, stores()[0].environment(t))
	boss := s.telegram().AddPerson(simulator.Person{FirstName: "Ольга", LanguageCode: "ru", Role: "admin"})
	citizen := s.telegram().AddPerson(simulator.Person{FirstName: "Daniel", LanguageCode: "en"})
	say := func(p simulator.Person, text string) string {
		t.Helper()
		if _, err := s.telegram().Send(p.ID, p.ID, text); err != nil {
			t.Fatal(err)
		}
		s.settle()
		messages := s.telegram().Messages(p.ID)
		return messages[len(messages)-1].Text
	}
	if unknown := say(citizen, "/nonsense"); say(citizen, "/whoami") != unknown {
		t.Error("a citizen can tell a staff command from an unknown one")
	}
	if got := say(boss, "/whoami"); !strings.Contains(got, "администратор") {
		t.Errorf("the admin hears %q", got)
	}
	say(boss, "/grant "+strconv.FormatInt(boss.ID, 10)+" outreach")
	if got := say(boss, "/whoami"); !strings.Contains(got, "рассылки") {
		t.Errorf("after the grant: %q", got)
	}
}
