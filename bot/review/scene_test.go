package review_test

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"refbot/bot"
	"refbot/bot/library"
	"refbot/bot/moderation"
	"refbot/bot/redisstore"
	"refbot/bot/redisstore/redistest"
	"refbot/bot/review"
	"refbot/knowledge"
	"refbot/knowledge/language"
)

var noon = time.Date(2026, 3, 20, 7, 0, 0, 0, time.UTC)

// The people of a scene.
const (
	author = 11
	second = 22
	boss   = 33
)

// shelfOfQuestions is a journal, its queue and its one cluster, in memory.
type shelfOfQuestions struct {
	moderation.Journal
	moderation.Clusters
	all     []*moderation.Question
	cards   []string // refs
	former  map[string][]*bot.Review
	settled string
}

func (s *shelfOfQuestions) find(ref string) *moderation.Question {
	for _, q := range s.all {
		if q.Ref == ref {
			return q
		}
	}
	return nil
}

func (s *shelfOfQuestions) Question(_ context.Context, ref string) (moderation.Question, error) {
	if q := s.find(ref); q != nil {
		return *q, nil
	}
	return moderation.Question{}, moderation.ErrUnknown
}

func (s *shelfOfQuestions) Page(_ context.Context, f moderation.Filter, _ string, n int) (p moderation.Page, err error) {
	for _, q := range s.all {
		if q.Cluster == f.Cluster && len(p.Questions) < n {
			p.Questions = append(p.Questions, *q)
		}
	}
	return p, nil
}

func (s *shelfOfQuestions) Rule(_ context.Context, who int64, ref string, r bot.Review) (moderation.Question, error) {
	q := s.find(ref)
	if q == nil {
		return moderation.Question{}, moderation.ErrUnknown
	}
	if err := moderation.Check(r); err != nil {
		return *q, err
	}
	s.former[ref] = append(s.former[ref], q.Review)
	r.By = who
	q.Review = &r
	s.cards = slices.DeleteFunc(s.cards, func(c string) bool { return c == ref })
	return *q, nil
}

func (s *shelfOfQuestions) Undo(_ context.Context, _ int64, ref string) (moderation.Question, error) {
	q, former := s.find(ref), s.former[ref]
	if q == nil || len(former) == 0 {
		return moderation.Question{}, moderation.ErrNothing
	}
	q.Review, s.former[ref] = former[len(former)-1], former[:len(former)-1]
	if q.Review == nil {
		s.cards = append([]string{ref}, s.cards...)
	}
	return *q, nil
}

func (s *shelfOfQuestions) Next(context.Context, int64) (moderation.Card, int, error) {
	if len(s.cards) == 0 {
		return moderation.Card{}, 0, moderation.ErrEmpty
	}
	q := s.find(s.cards[0])
	why, _ := moderation.Worth(&q.Entry)
	card := moderation.Card{Question: *q, Why: why}
	if q.Cluster != "" {
		c, _ := s.Get(context.Background(), q.Cluster)
		card.Why, card.Cluster = moderation.ManyAsk, &c
	}
	return card, len(s.cards), nil
}

func (s *shelfOfQuestions) Return(_ context.Context, _ int64, ref string) error {
	s.cards = slices.DeleteFunc(s.cards, func(c string) bool { return c == ref })
	return nil
}

func (s *shelfOfQuestions) Remaining(context.Context) (int, error) { return len(s.cards), nil }

func (s *shelfOfQuestions) Stats(_ context.Context, since, until time.Time, _ moderation.Bucket) (list []moderation.Stats, err error) {
	for at := since; at.Before(until); at = at.AddDate(0, 0, 1) {
		n := len(list)
		list = append(list, moderation.Stats{
			Begin: at, Questions: 10 * n, Feedback: map[bot.Feedback]int{bot.Helpful: n},
			Decisions: map[knowledge.Decision]int{knowledge.DecideAnswer: 8 * n, knowledge.DecideAbstain: 2 * n},
		})
	}
	return list, nil
}

func (s *shelfOfQuestions) Get(_ context.Context, id moderation.ClusterID) (moderation.Cluster, error) {
	c := moderation.Cluster{ID: id}
	for _, q := range s.all {
		if q.Cluster == id {
			c.Size++
		}
	}
	return c, nil
}

func (s *shelfOfQuestions) List(ctx context.Context, _ moderation.ClusterFilter, _ string, _ int) ([]moderation.Cluster, string, error) {
	c, err := s.Get(ctx, "C1")
	if c.Size == 0 || err != nil {
		return nil, "", err
	}
	c.Label = *s.find("CCCCCCCCCCCC")
	return []moderation.Cluster{c}, "", nil
}

func (s *shelfOfQuestions) Settle(_ context.Context, _ int64, id moderation.ClusterID, why string) error {
	s.settled = string(id) + " " + why
	return nil
}

// scene is a room with its people, and what they were shown.
type scene struct {
	t          *testing.T
	code       language.Code
	room       *review.Room
	journal    *shelfOfQuestions
	live       *knowledge.Live
	forms      map[int64]string
	transcript strings.Builder
	messages   int
	now        time.Time
	picture    []byte
	buttons    map[int64][]bot.Button // the last ones somebody saw
}

func newScene(t *testing.T, code language.Code) *scene {
	t.Helper()
	pack, err := knowledge.LoadFS(os.DirFS("../testdata/pack"), "pack")
	if err != nil {
		t.Fatal(err)
	}
	engine, err := knowledge.Build(pack)
	if err != nil {
		t.Fatal(err)
	}
	db, err := redisstore.Connect(redistest.StartMini(t).URL())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	sealer, err := redisstore.NewSealer([]byte(strings.Repeat("k", redisstore.KeySize)))
	if err != nil {
		t.Fatal(err)
	}
	store := redisstore.New(db, sealer, redisstore.DefaultRetention())
	for _, person := range []int64{author, second, boss} {
		if err := store.Record(t.Context(), person, bot.Session{App: code}, nil, nil); err != nil {
			t.Fatal(err)
		}
	}
	s := &scene{t: t, code: code, now: noon, live: knowledge.NewLive(engine), forms: map[int64]string{}, buttons: map[int64][]bot.Button{}}
	s.journal = &shelfOfQuestions{former: map[string][]*bot.Review{}}
	staff := bot.NewStaff(store, map[int64]bot.Roles{author: {bot.Moderator}, second: {bot.Moderator}, boss: {bot.Admin}})
	s.room = &review.Room{
		Journal: s.journal, Queue: s.journal, Clusters: s.journal, Staff: staff, Memory: store, Messenger: s,
		Knowledge: s.live, Digests: store,
		Library: &library.Desk{Shelf: store.Shelf(), Settings: pack, Now: func() time.Time { return noon }}, Now: func() time.Time { return s.now },
	}
	return s
}

// question journals a question; its ref is one letter, repeated.
func (s *scene) question(letter, text string, d knowledge.Decision, cluster moderation.ClusterID) *moderation.Question {
	q := &moderation.Question{Asker: "somebody", Cluster: cluster, Entry: bot.Entry{
		Ref: strings.Repeat(letter, 12), At: noon, Question: text, Language: s.code, Decision: d, Confidence: .42, Reply: "…",
	}}
	s.journal.all, s.journal.cards = append(s.journal.all, q), append(s.journal.cards, q.Ref)
	return q
}

func (s *scene) event(who int64, ev bot.Event) {
	s.t.Helper()
	s.messages++
	ev.Person, ev.Chat, ev.Message = bot.Person{ID: who, LanguageCode: string(s.code)}, bot.Chat{ID: who}, s.messages
	roles, err := s.room.Staff.Roles(s.t.Context(), who)
	if err != nil {
		s.t.Fatal(err)
	}
	v := &bot.Visit{Event: ev, Roles: roles, Language: s.code, Engine: s.live.Load(), Form: s.forms[who]}
	done, err := s.room.Visit(s.t.Context(), v)
	if err != nil {
		s.t.Fatalf("%+v: %v", ev, err)
	}
	s.forms[who] = v.Form
	if !done {
		fmt.Fprintf(&s.transcript, "(not for the room)\n\n")
	}
}

func (s *scene) command(who int64, name string) {
	s.t.Helper()
	fmt.Fprintf(&s.transcript, "== %d /%s\n", who, name)
	s.event(who, bot.Event{Kind: bot.Commanded, Command: name})
}

func (s *scene) write(who int64, text string) {
	s.t.Helper()
	fmt.Fprintf(&s.transcript, "== %d > %s\n", who, text)
	s.event(who, bot.Event{Kind: bot.Asked, Text: text})
}

// press presses the first button whose data begins so.
func (s *scene) press(who int64, data string) {
	s.t.Helper()
	i := slices.IndexFunc(s.buttons[who], func(b bot.Button) bool { return strings.HasPrefix(b.Data, data) })
	if i < 0 {
		s.t.Fatalf("%d sees no button %q among %v\n%s", who, data, s.buttons[who], s.transcript.String())
	}
	fmt.Fprintf(&s.transcript, "== %d [%s]\n", who, s.buttons[who][i].Text)
	s.event(who, bot.Event{Kind: bot.Pressed, Data: s.buttons[who][i].Data, Query: "q"})
}

func (s *scene) show(chat bot.Chat, how string, r bot.Reply) {
	if r.Picture != nil {
		fmt.Fprintf(&s.transcript, "(picture %s)\n", r.Picture.Name)
		s.picture = r.Picture.Data
	}
	fmt.Fprintf(&s.transcript, "%s%d:\n%s\n", how, chat.ID, bot.PlainText(r))
	s.buttons[chat.ID] = nil
	for _, row := range r.Buttons {
		var texts []string
		for _, b := range row {
			texts = append(texts, "["+b.Text+"]")
			if len(b.Data) > 64 || len(b.Data) == 0 {
				s.t.Errorf("button %q carries %q", b.Text, b.Data)
			}
		}
		s.buttons[chat.ID] = append(s.buttons[chat.ID], row...)
		fmt.Fprintf(&s.transcript, "  %s\n", strings.Join(texts, " "))
	}
	s.transcript.WriteString("\n")
}

func (s *scene) Send(_ context.Context, chat bot.Chat, r bot.Reply, _ int) (int, error) {
	s.show(chat, "to ", r)
	s.messages++
	return s.messages, nil
}

func (s *scene) Edit(_ context.Context, chat bot.Chat, _ int, r bot.Reply) error {
	s.show(chat, "edited for ", r)
	return nil
}

func (s *scene) Toast(_ context.Context, _, text string) error {
	if text != "" {
		fmt.Fprintf(&s.transcript, "(toast) %s\n", text)
	}
	return nil
}
func (s *scene) Cards(context.Context, string, bot.Cards) error { return nil }
func (s *scene) Typing(context.Context, bot.Chat) func()        { return func() {} }
