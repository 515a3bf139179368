package bot

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"refbot/bot/texts"
	"refbot/knowledge/language"
)

// memoryWishes keeps wishes in memory.
type memoryWishes map[int64]Wisher

func (m memoryWishes) Wisher(_ context.Context, person int64) (Wisher, error) {
	w := m[person]
	w.Person = person
	return w, nil
}

func (m memoryWishes) ChangeWisher(ctx context.Context, person int64, change func(*Wisher) bool) error {
	w, _ := m.Wisher(ctx, person)
	if change(&w) {
		delete(m, person)
		if kept := w.Keep(); kept != nil {
			m[person] = *kept
		}
	}
	return nil
}

func (m memoryWishes) EachWisher(_ context.Context, visit func(Wisher) error) error {
	for _, w := range m {
		if err := visit(w); err != nil {
			return err
		}
	}
	return nil
}

// told shows what somebody reads who wants to be told of an answer.
func (s *scene) told() {
	s.assistant.Wishes = memoryWishes{}
	s.store.entries = map[string]*Entry{}
	s.ask(map[language.Code]string{"ru": "сколько стоил референдум?", "kk": "референдум қанша тұрды?", "en": "how many polling stations are open in the north?"}[s.code])
	ref := ""
	for r := range s.store.entries {
		ref = r
	}
	s.store.entries["AAAAAAAAAAAA"] = s.store.entries[ref]
	s.store.entries["AAAAAAAAAAAA"].Ref = "AAAAAAAAAAAA"
	delete(s.store.entries, ref)
	s.press("wish:AAAAAAAAAAAA")
	s.command("mydata", "")
	s.press("wish:AAAAAAAAAAAA")
	s.press("wish:BBBBBBBBBBBB")
	for i := range MaxWishes {
		_ = s.assistant.Wishes.ChangeWisher(context.Background(), scenePerson, func(w *Wisher) bool {
			w.Wishes = append(w.Wishes, Wish{Ref: fmt.Sprint(i)})
			return true
		})
	}
	s.press("wish:AAAAAAAAAAAA")
	s.command("subscribe", "")
	s.press("sub:fix")
	s.command("privacy", "")
	s.command("unsubscribe", "")
	n := texts.For(s.code).Notice
	date := texts.For(s.code).Date(time.Date(2026, 3, 13, 0, 0, 0, 0, time.UTC))
	for _, say := range []func(date, question string) string{n.Answered, n.Corrected, n.Withdrawn} {
		s.show("told later", Reply{Parts: []Part{Text(say(date, texts.For(s.code).Examples[0])), {Style: Note, Spans: []Span{{Text: n.Stop}}}}})
	}
}

// stopped shows the emergency stop.
func (s *scene) stopped() {
	control := &Control{}
	s.assistant.Control = control
	control.now.Store(&Switches{Suspended: true})
	s.ask(texts.For(s.code).Examples[0])
	s.command("topics", "")
	s.press("topic:results")
	s.command("privacy", "")
	control.now.Store(&Switches{Suspended: true, Text: map[language.Code]string{s.code: "—"}})
	s.ask(texts.For(s.code).Examples[1])
	s.assistant.Control = nil
}

// A wish belongs to the person whose question it is; in a group nobody is offered one.
func TestWishesOfOthers(t *testing.T) {
	s := newScene(t, language.Russian)
	wishes := memoryWishes{}
	s.assistant.Wishes = wishes
	for _, data := range []string{"wish:", "wish:short", "wish:CCCCCCCCCCCC", "wish:" + strings.Repeat("A", 60)} {
		s.press(data)
	}
	if len(wishes) != 0 {
		t.Errorf("somebody waits for %v", wishes)
	}
	s.event("in a group", Event{Kind: Asked, Text: "сколько стоил референдум?", Chat: Chat{ID: -5, Group: true}})
	if strings.Contains(strings.Join(s.out.said, ""), texts.For(language.Russian).Notice.Offer) {
		t.Error("a group is offered to be told")
	}
}

// In an emergency nothing is answered but what is a person's right.
func TestSuspended(t *testing.T) {
	s := newScene(t, language.Russian)
	control := &Control{}
	s.assistant.Control = control
	s.ask("явка?")
	if len(s.store.entries) != 1 {
		t.Fatal("nothing was answered")
	}
	control.now.Store(&Switches{Suspended: true})
	text := texts.For(language.Russian).Notice.Suspended
	for _, ev := range []Event{{Kind: Asked, Text: "когда референдум?"}, {Kind: Commanded, Command: "start"}, {Kind: Media}} {
		s.event("stopped", ev)
		if got := strings.Join(s.out.said, ""); !strings.Contains(got, text) {
			t.Errorf("%+v is answered with %q", ev, got)
		}
	}
	s.inline("явка")
	if len(s.store.entries) != 1 {
		t.Error("a question was answered")
	}
	s.command("forget", "")
	if got := strings.Join(s.out.said, ""); strings.Contains(got, text) {
		t.Error("nobody can be forgotten any more")
	}
	s.press("forget:yes")
	if len(s.store.entries) != 0 {
		t.Error("nobody was forgotten")
	}
}

// failingSwitches is a store that is away.
type failingSwitches struct {
	SwitchStore
	s   Switches
	err error
}

func (f *failingSwitches) Switches(context.Context) (Switches, error) { return f.s, f.err }

// While the store is away the last known state holds.
func TestControlKeepsWhatItKnows(t *testing.T) {
	store := &failingSwitches{s: Switches{Suspended: true}}
	c := &Control{Store: store}
	if c.Load().Suspended {
		t.Error("suspended before anything is known")
	}
	if err := c.Look(t.Context()); err != nil || !c.Load().Suspended {
		t.Error("not suspended", err)
	}
	store.err = &Error{Kind: StoreDown}
	if err := c.Look(t.Context()); err == nil || !c.Load().Suspended {
		t.Error("forgot what it knew", err)
	}
}
