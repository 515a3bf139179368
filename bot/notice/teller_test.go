package notice_test

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"refbot/bot"
	"refbot/bot/notice"
	"refbot/bot/redisstore"
	"refbot/bot/redisstore/redistest"
	"refbot/knowledge"
	"refbot/knowledge/language"
)

var noon = time.Date(2026, 3, 20, 7, 0, 0, 0, time.UTC) // in Almaty

const question = "какая зарплата у депутатов курултая?"

// world is a store with a teller that sends to nobody.
type world struct {
	t      *testing.T
	store  *redisstore.Store
	teller *notice.Teller
	sent   map[int64][]string
	fail   func(to int64) error // before Telegram has it
	lost   func(to int64) error // after
	now    time.Time
	number int64
	silent int
	before *knowledge.Pack
}

func (w *world) Permit(context.Context, bot.Chat) error { return nil }

func (w *world) Send(_ context.Context, to bot.Chat, r bot.Reply) (int, error) {
	if w.fail != nil {
		if err := w.fail(to.ID); err != nil {
			return 0, err
		}
	}
	if r.Silent {
		w.silent++
	}
	w.sent[to.ID] = append(w.sent[to.ID], bot.PlainText(r))
	if w.lost != nil {
		return 0, w.lost(to.ID)
	}
	return 1, nil
}

func pack(text string) *knowledge.Pack {
	campaign := knowledge.Campaign{ID: "test", TimeZone: time.FixedZone("Almaty", 5*3600)}
	turnout := knowledge.Statement{
		ID: "turnout", Key: "turnout", Language: language.Russian, Date: noon.Truncate(24 * time.Hour), DateExact: true, Office: "ЦИК",
		Kind: knowledge.Official, Outlet: "Вестник", Title: "Явка", URL: "https://example.kz/turnout", Text: "Явка на референдуме " + text + " процента.",
	}
	p, _ := (&knowledge.Pack{Campaign: campaign}).With(knowledge.Change{Put: &turnout})
	return p
}

func salary(p *knowledge.Pack) *knowledge.Pack {
	s := knowledge.Statement{
		ID: "salary", Key: "salary", Language: language.Russian, Date: noon.Truncate(24 * time.Hour), DateExact: true, Office: "Министерство труда",
		Kind: knowledge.Official, Outlet: "Вестник", Title: "Зарплата депутатов Курултая", URL: "https://example.kz/salary", Aliases: []string{question},
		Text: "Зарплата у депутатов Курултая – 500 тысяч тенге в месяц.",
	}
	next, report := p.With(knowledge.Change{Put: &s})
	if len(report.Errors()) > 0 {
		panic(report.Errors()[0])
	}
	return next
}

func newWorld(t *testing.T) *world {
	t.Helper()
	db, err := redisstore.Connect(redistest.StartMini(t).URL())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	sealer, err := redisstore.NewSealer([]byte(strings.Repeat("k", redisstore.KeySize)))
	if err != nil {
		t.Fatal(err)
	}
	w := &world{t: t, store: redisstore.New(db, sealer, redisstore.DefaultRetention()), sent: map[int64][]string{}, now: noon}
	w.before = pack("73")
	w.teller = &notice.Teller{
		Wishes: w.store, Store: w.store, Ledger: w.store, Carrier: w, Live: knowledge.NewLive(build(t, w.before)),
		Number: func() int64 { return w.number },
		Changed: func(context.Context, int64, int64) ([]string, error) {
			return notice.Material(w.before, w.teller.Live.Load().Pack()), nil
		},
		Held: func() bool { return false }, Now: func() time.Time { return w.now }, Report: func(err error) { t.Log(err) },
	}
	w.pass(notice.Pass{})
	return w
}

func build(t *testing.T, p *knowledge.Pack) *knowledge.Engine {
	t.Helper()
	e, err := knowledge.Build(p)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// publish serves another knowledge base.
func (w *world) publish(p *knowledge.Pack) {
	w.t.Helper()
	w.teller.Live.Swap(build(w.t, p))
	w.number++
}

func (w *world) wish(person int64) {
	w.t.Helper()
	err := w.store.ChangeWisher(w.t.Context(), person, func(x *bot.Wisher) bool {
		x.Language = language.Russian
		x.Wishes = append(x.Wishes, bot.Wish{Ref: bot.NewRef(), Question: question, At: noon.Add(-24 * time.Hour)})
		return true
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

// pass makes a pass and compares what it came to.
func (w *world) pass(want notice.Pass) {
	w.t.Helper()
	got, _, err := w.teller.Once(w.t.Context())
	if err != nil {
		w.t.Fatal(err)
	}
	if got != want {
		w.t.Errorf("a pass came to %+v, want %+v", got, want)
	}
}

func TestToldOnce(t *testing.T) {
	w := newWorld(t)
	for person := range int64(5) {
		w.wish(person + 1)
	}
	w.publish(pack("74"))
	w.pass(notice.Pass{Waiting: 5})
	w.publish(salary(pack("74")))
	w.pass(notice.Pass{Told: 5})
	w.pass(notice.Pass{})
	w.publish(salary(pack("75")))
	w.pass(notice.Pass{})
	for person, texts := range w.sent {
		if len(texts) != 1 || !strings.Contains(texts[0], "Вы спрашивали 19 марта 2026 года: «"+question+"». Теперь есть официальный ответ:") ||
			!strings.Contains(texts[0], "500 тысяч") || !strings.Contains(texts[0], "/unsubscribe") {
			t.Errorf("%d was told %q", person, texts)
		}
	}
	if len(w.sent) != 5 {
		t.Errorf("%d people were told", len(w.sent))
	}
}

// What may have arrived is not sent again; what was refused is.
func TestOutcomes(t *testing.T) {
	w := newWorld(t)
	for person := range int64(4) {
		w.wish(person + 1)
	}
	kinds := map[int64]bot.Kind{1: bot.Unreachable, 2: bot.Unknown, 3: bot.RateLimited}
	w.fail = func(to int64) error {
		if kind := kinds[to]; kind != "" {
			return &bot.Error{Op: "send", Kind: kind}
		}
		return nil
	}
	w.publish(salary(pack("73")))
	w.pass(notice.Pass{Told: 1, Gone: 1, Unknown: 1, Later: 1})
	w.fail = nil
	w.pass(notice.Pass{Told: 1, Unknown: 1})
	if len(w.sent[1])+len(w.sent[2]) != 0 || len(w.sent[3]) != 1 || len(w.sent[4]) != 1 {
		t.Errorf("sent %v", w.sent)
	}
	if x, _ := w.store.Wisher(t.Context(), 1); len(x.Wishes) != 0 {
		t.Error("who is gone still waits")
	}
}

// A bot that dies between sending and noting that has sent once.
func TestKilledBetween(t *testing.T) {
	w := newWorld(t)
	w.wish(1)
	w.publish(salary(pack("73")))
	ctx, kill := context.WithCancel(t.Context())
	w.lost = func(int64) error { kill(); return nil }
	if _, _, err := w.teller.Once(ctx); err == nil {
		t.Fatal("the killed pass says that all went well")
	}
	w.lost = nil
	w.pass(notice.Pass{Unknown: 1})
	if len(w.sent[1]) != 1 {
		t.Errorf("told %d times", len(w.sent[1]))
	}
}

// At night a notice makes no sound.
func TestSilentAtNight(t *testing.T) {
	w := newWorld(t)
	for hour, want := range map[int]bool{22: true, 3: true, 8: true, 9: false, 21: false} {
		w.now = time.Date(2026, 3, 20, hour, 30, 0, 0, time.FixedZone("", 5*3600))
		w.wish(int64(100 + hour))
		w.silent = 0
		w.publish(salary(pack(strconv.Itoa(60 + hour))))
		if _, _, err := w.teller.Once(t.Context()); err != nil || (w.silent > 0) != want {
			t.Errorf("at %d: %d messages made no sound, %v", hour, w.silent, err)
		}
	}
}

// In an emergency everybody waits.
func TestHeld(t *testing.T) {
	w := newWorld(t)
	w.wish(1)
	w.publish(salary(pack("73")))
	held := true
	w.teller.Held = func() bool { return held }
	if pass, done, err := w.teller.Once(t.Context()); pass.Told > 0 || done || err != nil {
		t.Errorf("%+v %v %v", pass, done, err)
	}
	held = false
	w.pass(notice.Pass{Told: 1})
}

// answered journals an answer that a person got.
func (w *world) answered(person int64, ago time.Duration) {
	w.t.Helper()
	e := bot.Entry{
		Ref: bot.NewRef(), At: w.now.Add(-ago), Question: "какая явка?", Language: language.Russian, Decision: knowledge.DecideAnswer,
		Statements: []string{"turnout"}, Knowledge: "older",
	}
	if err := w.store.Record(w.t.Context(), person, bot.Session{}, nil, &e); err != nil {
		w.t.Fatal(err)
	}
}

func TestCorrections(t *testing.T) {
	w := newWorld(t)
	const day = 24 * time.Hour
	for person, ago := range map[int64]time.Duration{1: day, 2: 31 * day, 3: day, 4: day} {
		w.answered(person, ago)
		if person == 3 { // did not ask to be told
			continue
		}
		if err := w.store.ChangeWisher(t.Context(), person, func(x *bot.Wisher) bool { x.Corrections, x.Language = true, language.Russian; return true }); err != nil {
			t.Fatal(err)
		}
	}
	w.fail = func(to int64) error {
		if to == 4 {
			return &bot.Error{Op: "send", Kind: bot.RateLimited}
		}
		return nil
	}
	w.publish(pack("74"))
	w.pass(notice.Pass{Told: 1, Later: 1})
	w.fail = nil
	w.pass(notice.Pass{Told: 1})
	w.pass(notice.Pass{})
	if len(w.sent) != 2 || len(w.sent[1]) != 1 || len(w.sent[4]) != 1 ||
		!strings.Contains(w.sent[1][0], "на вопрос «какая явка?», изменился") || !strings.Contains(w.sent[1][0], "74") {
		t.Errorf("sent %v", w.sent)
	}
	w.before = pack("74")
	w.publish(pack("75"))
	w.pass(notice.Pass{Told: 2})
}

func TestMaterial(t *testing.T) {
	before := salary(pack("73"))
	retitled, _ := before.With(func() knowledge.Change {
		s := before.Statements[0]
		s.Title, s.Aliases = "Иначе", []string{"иначе?"}
		return knowledge.Change{Put: &s}
	}())
	for name, c := range map[string]struct {
		after *knowledge.Pack
		want  []string
	}{
		"nothing": {before, nil}, "title and questions": {retitled, nil},
		"text": {salary(pack("74")), []string{"turnout"}}, "gone": {pack("73"), []string{"salary"}},
	} {
		if got := notice.Material(before, c.after); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

// Redis away ends a pass and loses nothing.
func TestStoreAway(t *testing.T) {
	w := newWorld(t)
	w.wish(1)
	w.publish(salary(pack("73")))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, done, err := w.teller.Once(ctx); done || bot.KindOf(err) != bot.StoreDown || !errors.Is(err, context.Canceled) {
		t.Errorf("%v %v", done, err)
	}
	w.pass(notice.Pass{Told: 1})
}
