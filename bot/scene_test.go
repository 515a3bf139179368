package bot

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"refbot/knowledge"
	"refbot/knowledge/language"
)

// scene is a conversation with one person whose transcript is kept.
type scene struct {
	t          *testing.T
	code       language.Code
	engine     *knowledge.Engine
	assistant  *Assistant
	store      *memoryStore
	out        *recorder
	transcript strings.Builder
	messages   int
}

const scenePerson = 4242

func newScene(t *testing.T, code language.Code) *scene {
	t.Helper()
	pack, err := knowledge.LoadFS(os.DirFS("testdata/pack"), "testdata/pack")
	if err != nil {
		t.Fatal(err)
	}
	engine, err := knowledge.Build(pack)
	if err != nil {
		t.Fatal(err)
	}
	s := &scene{t: t, code: code, engine: engine, store: newMemoryStore(), out: &recorder{}}
	s.assistant = &Assistant{
		Knowledge: knowledge.NewLive(engine), Store: s.store, Messenger: s.out, Username: "refbot",
		Now: func() time.Time { return time.Date(2026, 7, 1, 9, 0, 0, 0, time.UTC) },
	}
	return s
}

func (s *scene) handle(ev Event) {
	s.t.Helper()
	s.messages++
	ev.Person = Person{ID: scenePerson, LanguageCode: string(s.code)}
	if ev.Chat.ID == 0 {
		ev.Chat.ID = scenePerson
	}
	if ev.Message == 0 {
		ev.Message = s.messages
	}
	if err := s.assistant.Handle(context.Background(), ev); err != nil {
		s.t.Fatalf("handle %+v: %v", ev, err)
	}
}

// event handles ev and writes down what came of it.
func (s *scene) event(title string, ev Event) {
	s.t.Helper()
	fmt.Fprintf(&s.transcript, "== %s\n", title)
	s.out.said = nil
	s.handle(ev)
	s.transcript.WriteString(strings.Join(s.out.said, "\n") + "\n\n")
}

func (s *scene) command(name, args string) {
	s.t.Helper()
	s.event(strings.TrimSpace("/"+name+" "+args), Event{Kind: Commanded, Command: name, Args: args})
}

func (s *scene) press(data string) {
	s.t.Helper()
	s.event("["+data+"]", Event{Kind: Pressed, Data: data, Query: "q"})
}

func (s *scene) ask(text string) {
	s.t.Helper()
	s.event("> "+text, Event{Kind: Asked, Text: text})
}

func (s *scene) inline(text string) {
	s.t.Helper()
	s.event("@refbot "+text, Event{Kind: Inline, Text: text, Query: "q"})
}

func (s *scene) show(title string, r Reply) {
	fmt.Fprintf(&s.transcript, "== %s\n%s\n\n", title, describeReply(r))
}

func (s *scene) failure(title string, err error) {
	fmt.Fprintf(&s.transcript, "== %s\n", title)
	s.out.said = nil
	ev := Event{Kind: Asked, Person: Person{ID: 1, LanguageCode: string(s.code)}, Chat: Chat{ID: 1}}
	if err := s.assistant.Apologise(context.Background(), ev, err); err != nil {
		s.t.Fatal(err)
	}
	s.transcript.WriteString(strings.Join(s.out.said, "\n") + "\n\n")
}

// rate asks something and rates the answer up, down, and after it is gone.
func (s *scene) rate() {
	s.store.entries["AAAAAAAAAAAA"] = &Entry{Ref: "AAAAAAAAAAAA"}
	s.press("fb:up:AAAAAAAAAAAA")
	s.press("fb:down:AAAAAAAAAAAA")
	s.press("fb:up:BBBBBBBBBBBB")
	row := feedbackRow(s.assistant.converse(Event{Person: Person{LanguageCode: string(s.code)}}, Memory{}), "AAAAAAAAAAAA")
	s.show("feedback buttons", Reply{Buttons: [][]Button{row}})
}

// recorder is a Messenger that writes down.
type recorder struct {
	said   []string
	sent   []Reply
	edits  []int
	next   int
	refuse func(Reply) error
}

func describeReply(r Reply) string {
	var b strings.Builder
	b.WriteString(PlainText(r))
	for _, row := range r.Buttons {
		b.WriteString("\n ")
		for _, button := range row {
			fmt.Fprintf(&b, " [%s]", button.Text)
		}
	}
	if r.File != nil {
		fmt.Fprintf(&b, "\n--- %s\n%s---", r.File.Name, r.File.Data)
	}
	return b.String()
}

func (r *recorder) Send(_ context.Context, _ Chat, reply Reply, _ int) (int, error) {
	if r.refuse != nil {
		if err := r.refuse(reply); err != nil {
			return 0, err
		}
	}
	r.said, r.sent = append(r.said, describeReply(reply)), append(r.sent, reply)
	r.next++
	return 1000 + r.next, nil
}

func (r *recorder) Edit(_ context.Context, _ Chat, message int, reply Reply) error {
	r.said, r.sent, r.edits = append(r.said, "(edited)\n"+describeReply(reply)), append(r.sent, reply), append(r.edits, message)
	return nil
}

func (r *recorder) Toast(_ context.Context, _, text string) error {
	if text != "" {
		r.said = append(r.said, "(toast) "+text)
	}
	return nil
}

func (r *recorder) Cards(_ context.Context, _ string, cards Cards) error {
	for _, c := range cards.List {
		r.said = append(r.said, "(card) "+c.Title+" / "+c.Description)
	}
	if cards.Fallback != "" {
		r.said = append(r.said, "(button) "+cards.Fallback)
	}
	return nil
}

func (r *recorder) Typing(context.Context, Chat) func() { return func() {} }

// memoryStore is a Store in a map.
type memoryStore struct {
	memories map[int64]Memory
	entries  map[string]*Entry
	fail     error
}

func newMemoryStore() *memoryStore {
	return &memoryStore{memories: map[int64]Memory{}, entries: map[string]*Entry{}}
}

func (m *memoryStore) Recall(_ context.Context, person int64) (Memory, error) {
	return m.memories[person], m.fail
}

func (m *memoryStore) Record(_ context.Context, person int64, s Session, p *Profile, e *Entry) error {
	memory := m.memories[person]
	memory.Session, memory.Known = s, true
	if p != nil {
		memory.Profile = *p
	}
	if e != nil {
		m.entries[e.Ref] = e
	}
	m.memories[person] = memory
	return m.fail
}

func (m *memoryStore) Rate(_ context.Context, _ int64, ref string, f Feedback) (bool, error) {
	e, ok := m.entries[ref]
	if ok {
		e.Feedback = f
	}
	return ok, m.fail
}

func (m *memoryStore) Entries(context.Context, int64) (all []Entry, err error) {
	for _, e := range m.entries {
		if e.Question != "" { // others stand only to be rated
			all = append(all, *e)
		}
	}
	slices.SortFunc(all, func(a, b Entry) int { return cmp.Or(a.At.Compare(b.At), strings.Compare(a.Question, b.Question)) })
	return all, m.fail
}

func (m *memoryStore) Forget(_ context.Context, person int64) error {
	delete(m.memories, person)
	m.entries = map[string]*Entry{}
	return m.fail
}
