package bot

import (
	"context"
	"strings"
	"testing"

	"refbot/bot/texts"
	"refbot/knowledge/language"
)

// fakeDesk writes down who comes, and asks for a text when told to begin.
type fakeDesk struct {
	visits []*Visit
	rated  []string
}

func (d *fakeDesk) Visit(_ context.Context, v *Visit) (bool, error) {
	d.visits = append(d.visits, v)
	switch {
	case v.Kind == Commanded && v.Command == "broadcast":
		v.Form = "text"
	case v.Kind == Commanded:
		v.Form = ""
		return false, nil
	}
	return true, nil
}

func (d *fakeDesk) Rate(_ context.Context, broadcast string, f Feedback) (bool, error) {
	d.rated = append(d.rated, broadcast+" "+string(f))
	return broadcast == "AAAAAAAA", nil
}

func deskScene(t *testing.T, roles ...Role) (*scene, *fakeDesk) {
	t.Helper()
	s, d := newScene(t, language.Russian), &fakeDesk{}
	s.assistant.Staff = NewStaff(&memoryRoles{}, map[int64]Roles{scenePerson: roles})
	s.assistant.Desk = d
	return s, d
}

func TestDeskIsForOutreach(t *testing.T) {
	events := []Event{
		{Kind: Commanded, Command: "broadcast", Args: "Всем привет"},
		{Kind: Commanded, Command: "broadcasts"},
		{Kind: Pressed, Data: "bc:approve:AAAAAAAA", Query: "q"},
		{Kind: Pressed, Data: "bc:cancel:AAAAAAAA", Query: "q"},
	}
	for _, roles := range []Roles{nil, {Moderator}} {
		s, d := deskScene(t, roles...)
		for _, ev := range events {
			stranger := ev
			stranger.Command, stranger.Data = strings.Replace(ev.Command, "broadcast", "nonsense", 1), strings.Replace(ev.Data, "bc", "xx", 1)
			s.out.said = nil
			s.handle(ev)
			s.handle(stranger)
			if got, want := s.out.said[0], s.out.said[1]; got != want {
				t.Errorf("%v %s%s: %q, an unknown one gets %q", roles, ev.Command, ev.Data, got, want)
			}
		}
		if len(d.visits) != 0 {
			t.Errorf("%v came to the desk", roles)
		}
	}
	s, d := deskScene(t, Outreach)
	for _, ev := range events {
		s.handle(ev)
		ev.Chat = Chat{ID: -5, Group: true}
		s.handle(ev)
	}
	if len(d.visits) != len(events) {
		t.Errorf("%d visits of %d", len(d.visits), len(events))
	}
}

// TestFormIsLeft: a message that was asked for goes to the desk, and any command takes the question back.
func TestFormIsLeft(t *testing.T) {
	s, d := deskScene(t, Admin)
	s.handle(Event{Kind: Commanded, Command: "broadcast"})
	s.handle(Event{Kind: Asked, Text: "какая была явка?"})
	s.handle(Event{Kind: Media, Photo: "p"})
	s.handle(Event{Kind: Commanded, Command: "topics"})
	came := len(d.visits)
	s.handle(Event{Kind: Asked, Text: "какая была явка?"})
	if came != 4 || len(d.visits) != came {
		t.Errorf("%d visits, and %d after the form was left", came, len(d.visits))
	}
	if last := s.out.said[len(s.out.said)-1]; !strings.Contains(last, "70,1") {
		t.Errorf("the question gets %q", last)
	}
}

func TestStaffHelp(t *testing.T) {
	for _, roles := range []Roles{nil, {Outreach}} {
		s, _ := deskScene(t, roles...)
		s.handle(Event{Kind: Commanded, Command: "help"})
		shown := strings.Contains(strings.Join(s.out.said, "\n"), texts.For(language.Russian).Broadcast.Help)
		if shown != (roles != nil) {
			t.Errorf("%v: the page for staff is shown: %v", roles, shown)
		}
	}
}

func TestBroadcastsAreRatedWithoutAName(t *testing.T) {
	s, d := deskScene(t)
	s.handle(Event{Kind: Pressed, Data: "fb:up:AAAAAAAA", Query: "q"})
	s.handle(Event{Kind: Pressed, Data: "fb:down:BBBBBBBB", Query: "q"})
	if strings.Join(d.rated, ", ") != "AAAAAAAA up, BBBBBBBB down" || len(s.store.memories) != 0 {
		t.Errorf("rated %v, remembered %v", d.rated, s.store.memories)
	}
	t1 := texts.For(language.Russian)
	if got := strings.Join(s.out.said, "|"); got != "(toast) "+t1.FeedbackUp+"|(toast) "+t1.FeedbackGone {
		t.Errorf("said %q", got)
	}
}
