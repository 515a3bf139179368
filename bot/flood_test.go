package bot

import (
	"testing"
	"time"

	"refbot/knowledge/language"
)

var noon = time.Date(2026, 3, 15, 12, 0, 0, 0, time.UTC)

func TestGuard(t *testing.T) {
	now := noon
	g := &Guard{Patience: Patience{Burst: 3, Every: 2 * time.Second, Calm: 10 * time.Second}}
	for i, step := range []struct {
		after time.Duration
		want  ruling
	}{
		{0, fine},
		{0, fine},
		{0, fine},
		{0, warn},
		{time.Second, ignore},
		{9 * time.Second, ignore}, // one second short of calm
		{10 * time.Second, fine},
		{0, fine},
		{0, fine},
		{2 * time.Second, fine}, // one more is granted every two seconds
		{time.Second, warn},
	} {
		now = now.Add(step.after)
		if got := g.judge(1, now); got != step.want {
			t.Errorf("step %d: %v, want %v", i, got, step.want)
		}
		if i == 4 && g.judge(2, now) != fine {
			t.Error("somebody else pays for the flood")
		}
	}
}

func TestGuardForgivesWhatPiledUp(t *testing.T) {
	g := &Guard{Patience: DefaultPatience()}
	for i := range 500 {
		if g.judge(1, noon.Add(time.Duration(i)*3*time.Second)) != fine {
			t.Fatalf("a question every three seconds is a flood at the %d.", i)
		}
	}
}

func TestGuardMindsNoClock(t *testing.T) {
	g := &Guard{Patience: DefaultPatience()}
	g.judge(1, noon)
	if got := g.judge(1, noon.Add(-time.Hour)); got != fine {
		t.Errorf("an update that was written earlier is %v", got)
	}
}

func TestGuardIsBounded(t *testing.T) {
	g := &Guard{Patience: DefaultPatience()}
	for person := range int64(5 * maxWatched) {
		g.judge(person, noon)
	}
	if n := len(g.now) + len(g.before); n > 2*maxWatched {
		t.Errorf("%d people are remembered", n)
	}
}

func TestFloodCostsNothing(t *testing.T) {
	s := newScene(t, language.Russian)
	s.assistant.Guard = &Guard{Patience: Patience{Burst: 2, Every: time.Hour, Calm: time.Hour}}
	for range 10 {
		s.handle(Event{Kind: Commanded, Command: "help"})
	}
	if len(s.out.sent) != 3 {
		t.Errorf("%d replies to a flood, want two and one kind line", len(s.out.sent))
	}
	s.store.fail = &Error{Kind: StoreDown}
	s.handle(Event{Kind: Asked, Text: "явка?"}) // ignored before the store is asked
}

func TestSameQuestionIsAnsweredOnce(t *testing.T) {
	for name, test := range map[string]struct {
		between []Event
		second  Event
		replies int
	}{
		"at once":              {nil, Event{Text: "какая была  ЯВКА?", At: noon.Add(3 * time.Second)}, 1},
		"a minute later":       {nil, Event{Text: "какая была явка?", At: noon.Add(time.Minute)}, 2},
		"after something else": {[]Event{{Kind: Commanded, Command: "topics", At: noon}}, Event{Text: "какая была явка?", At: noon.Add(3 * time.Second)}, 3},
		"another question":     {nil, Event{Text: "когда референдум?", At: noon.Add(time.Second)}, 2},
		"in another chat":      {nil, Event{Text: "какая была явка?", At: noon, Chat: Chat{ID: -5, Group: true}}, 2},
		"the very same again":  {nil, Event{Text: "какая была явка?", At: noon.Add(time.Hour), Message: 1}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			s := newScene(t, language.Russian)
			s.handle(Event{Kind: Asked, Text: "какая была явка?", At: noon, Message: 1})
			for _, ev := range test.between {
				s.handle(ev)
			}
			s.handle(test.second)
			if len(s.out.sent) != test.replies {
				t.Errorf("%d replies, want %d: %q", len(s.out.sent), test.replies, s.out.said)
			}
		})
	}
}

func TestLatePressGetsAFreshMenu(t *testing.T) {
	for _, data := range []string{"topic:results", "sub:on", "forget:yes", "fb:up:AAAAAAAAAAAA"} {
		s := newScene(t, language.Russian)
		s.handle(Event{Kind: Commanded, Command: "topics"})
		menu := s.out.sent[0].Buttons
		s.out.sent, s.out.edits = nil, nil
		s.handle(Event{Kind: Pressed, Data: data, Query: "q", Late: true})
		if len(s.out.sent) != 1 || len(s.out.edits) != 0 || len(s.out.sent[0].Buttons) != len(menu) {
			t.Errorf("%s: sent %q", data, s.out.said)
		}
		if s.store.memories[scenePerson].Profile.Subscribed {
			t.Errorf("%s: the late press did something", data)
		}
	}
}
