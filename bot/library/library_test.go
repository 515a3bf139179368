package library_test

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"refbot/bot"
	"refbot/bot/library"
	"refbot/bot/redisstore"
	"refbot/bot/redisstore/redistest"
	"refbot/knowledge"
	"refbot/knowledge/language"
	"refbot/knowledge/reform2026"
)

var (
	author     = library.Actor{ID: 1, Roles: bot.Roles{bot.Moderator}}
	second     = library.Actor{ID: 2, Roles: bot.Roles{bot.Moderator}}
	admin      = library.Actor{ID: 3, Roles: bot.Roles{bot.Admin}}
	outreach   = library.Actor{ID: 4, Roles: bot.Roles{bot.Outreach}}
	anyone     = library.Actor{ID: 5}
	noon       = time.Date(2026, 3, 20, 12, 0, 0, 0, time.UTC)
	unanswered = "какая зарплата у депутатов курултая?"
)

// starter is the starter pack, small enough to build many engines of in a test.
var starter = sync.OnceValue(func() *knowledge.Pack {
	pack, err := reform2026.Pack()
	if err != nil {
		panic(err)
	}
	small := *pack
	small.Statements = nil
	for _, s := range pack.Statements {
		if s.Language == language.Russian && s.Key == s.ID && len(small.Statements) < 60 {
			s.SupersededBy = nil
			small.Statements = append(small.Statements, s)
		}
	}
	next, _ := small.With()
	return next
})

func newShelf(t testing.TB) *redisstore.Shelf {
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
	return redisstore.New(db, sealer, redisstore.DefaultRetention()).Shelf()
}

func newDesk(t testing.TB) *library.Desk {
	t.Helper()
	return &library.Desk{Shelf: newShelf(t), Settings: starter(), Now: func() time.Time { return noon }}
}

func salary() *knowledge.Statement {
	return &knowledge.Statement{
		ID: "salary", Key: "salary", Language: language.Russian, Date: noon.Truncate(24 * time.Hour), DateExact: true,
		Speaker: "Аскар Примеров", Office: "министр труда", Kind: knowledge.Official, Outlet: "Kazinform", Title: "Об оплате труда депутатов",
		URL: "https://www.inform.kz/ru/salary", Topics: []string{"kurultai"}, Aliases: []string{unanswered},
		Text: "Депутаты Курултая будут получать 500 тысяч тенге в месяц.",
	}
}

func must[T any](t testing.TB) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func refuses(t *testing.T, err error, want library.Reason) {
	t.Helper()
	if r := library.Refused(err); r == nil || r.Why != want {
		t.Errorf("%v, want to be refused: %s", err, want)
	}
}

// TestTwoDraftsOfADay: two new statements drafted side by side are both published.
func TestTwoDraftsOfADay(t *testing.T) {
	d, ctx := newDesk(t), t.Context()
	var drafts []*library.Proposal
	for _, text := range []string{"Депутаты Курултая будут получать 500 тысяч тенге в месяц.", "Помощникам депутатов Курултая платят 300 тысяч тенге в месяц."} {
		s := salary()
		s.ID, s.Key, s.Text, s.Aliases = "", "", text, nil
		drafts = append(drafts, must[*library.Proposal](t)(d.Open(ctx, author, library.Proposal{Statement: s})))
	}
	for i, p := range drafts {
		must[*library.Proposal](t)(d.Submit(ctx, author, p.ID))
		v := must[library.Version](t)(d.Publish(ctx, second, p.ID))
		if want := [3]int{1, 0, 0}; v.Counts != want || v.Statements != len(starter().Statements)+1+i {
			t.Errorf("draft %d: %v of %d statements, want %v", i, v.Counts, v.Statements, want)
		}
	}
}

func TestProposalToVersion(t *testing.T) {
	d, ctx := newDesk(t), t.Context()
	p := must[*library.Proposal](t)(d.Open(ctx, author, library.Proposal{Statement: salary(), Questions: []string{"REF"}}))
	turns := must[[]library.Turn](t)(d.Try(ctx, p, []string{unanswered, "явка?"}))
	if !turns[0].Turned() || turns[1].Turned() {
		t.Errorf("tried: %v %v", turns[0].After.Decision, turns[1].After.Decision)
	}
	_, err := d.Publish(ctx, second, p.ID)
	refuses(t, err, library.BadState)
	must[*library.Proposal](t)(d.Submit(ctx, author, p.ID))
	for who, want := range map[*library.Actor]library.Reason{&author: library.SecondOnly, &outreach: library.NotYours, &anyone: library.NotYours} {
		_, err := d.Publish(ctx, *who, p.ID)
		refuses(t, err, want)
	}
	v := must[library.Version](t)(d.Publish(ctx, second, p.ID))
	if v.Number != 1 || !slices.Equal(v.Added, []string{"salary"}) || v.Author != author.ID || v.By != second.ID || v.Base != starter().Version || v.Statements != len(starter().Statements)+1 {
		t.Errorf("%+v", v)
	}
	_, err = d.Publish(ctx, admin, p.ID)
	refuses(t, err, library.BadState)
	_, err = d.Edit(ctx, author, p.ID, "text", func(*library.Proposal) error { return nil })
	refuses(t, err, library.BadState)

	back := must[*library.Proposal](t)(d.Open(ctx, second, library.Proposal{Remove: "salary"}))
	must[*library.Proposal](t)(d.Submit(ctx, second, back.ID))
	if v = must[library.Version](t)(d.Publish(ctx, author, back.ID)); v.Number != 2 || v.Name != starter().Version || v.Counts != [3]int{0, 0, 1} {
		t.Errorf("taken out: %+v", v)
	}
	again := must[*library.Proposal](t)(d.Open(ctx, second, library.Proposal{Revert: 1}))
	must[*library.Proposal](t)(d.Submit(ctx, second, again.ID))
	if v = must[library.Version](t)(d.Publish(ctx, author, again.ID)); v.Number != 3 || !slices.Equal(v.Added, []string{"salary"}) || v.Base != starter().Version {
		t.Errorf("gone back: %+v", v)
	}
	if p = must[*library.Proposal](t)(d.Load(ctx, again.ID)); p.Version != 3 || p.State != library.Published || len(p.Audit) != 3 {
		t.Errorf("%+v", p)
	}
	_, err = d.Pack(ctx, 77)
	refuses(t, err, library.OldVersion)
}

func TestFaultyIsNotSubmitted(t *testing.T) {
	d, ctx := newDesk(t), t.Context()
	s := salary()
	s.URL = ""
	p := must[*library.Proposal](t)(d.Open(ctx, author, library.Proposal{Statement: s}))
	_, err := d.Submit(ctx, author, p.ID)
	refuses(t, err, library.Faulty)
	if r := library.Refused(err); len(r.Problems) != 1 || !strings.Contains(r.Problems[0].Message, "url is missing") {
		t.Errorf("problems %v", r.Problems)
	}
	must[*library.Proposal](t)(d.Edit(ctx, author, p.ID, "url", func(p *library.Proposal) error { p.Statement.URL = salary().URL; return nil }))
	must[*library.Proposal](t)(d.Submit(ctx, author, p.ID))
	p = must[*library.Proposal](t)(d.Edit(ctx, author, p.ID, "text", func(p *library.Proposal) error { p.Statement.Text += " Так."; return nil }))
	if p.State != library.Draft {
		t.Errorf("an edit left it %s", p.State)
	}
	_, err = d.Open(ctx, outreach, library.Proposal{Statement: s})
	refuses(t, err, library.NotYours)
	gone := must[*library.Proposal](t)(d.Open(ctx, author, library.Proposal{Remove: "nobody"}))
	_, err = d.Submit(ctx, author, gone.ID)
	refuses(t, err, library.NoSuch)
	_, err = d.Load(ctx, library.NewID())
	refuses(t, err, library.NoSuch)
}

func TestReturnAndWithdraw(t *testing.T) {
	d, ctx := newDesk(t), t.Context()
	p := must[*library.Proposal](t)(d.Open(ctx, author, library.Proposal{Statement: salary()}))
	_, err := d.Return(ctx, second, p.ID, "почему?")
	refuses(t, err, library.BadState)
	must[*library.Proposal](t)(d.Submit(ctx, author, p.ID))
	p = must[*library.Proposal](t)(d.Return(ctx, second, p.ID, "нет ссылки"))
	if last := p.Audit[len(p.Audit)-1]; p.State != library.Draft || last.By != second.ID || last.Why != "нет ссылки" {
		t.Errorf("%+v", p)
	}
	must[*library.Proposal](t)(d.Withdraw(ctx, author, p.ID))
	_, err = d.Submit(ctx, author, p.ID)
	refuses(t, err, library.BadState)
}

func TestAlone(t *testing.T) {
	d, ctx := newDesk(t), t.Context()
	d.Alone = true
	for who, want := range map[*library.Actor]library.Reason{&author: library.SecondOnly, &admin: ""} {
		p := must[*library.Proposal](t)(d.Open(ctx, *who, library.Proposal{Statement: salary()}))
		must[*library.Proposal](t)(d.Submit(ctx, *who, p.ID))
		if _, err := d.Publish(ctx, *who, p.ID); want != "" {
			refuses(t, err, want)
		} else if err != nil {
			t.Error(err)
		}
	}
}

// Two who publish at once both get theirs.
func TestPublishedAtOnce(t *testing.T) {
	d, ctx := newDesk(t), t.Context()
	var all sync.WaitGroup
	want := map[string]bool{}
	for i := range 5 {
		s := salary()
		s.ID += strings.Repeat("x", i)
		s.Key, s.Text = s.ID, s.Text+strings.Repeat(" Это новое.", i)
		want[s.ID] = true
		p := must[*library.Proposal](t)(d.Open(ctx, author, library.Proposal{Statement: s}))
		must[*library.Proposal](t)(d.Submit(ctx, author, p.ID))
		all.Go(func() {
			if _, err := d.Publish(ctx, second, p.ID); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	pack, v, err := d.Current(ctx)
	if err != nil || v.Number != 5 {
		t.Fatal(v, err)
	}
	for i := range pack.Statements {
		delete(want, pack.Statements[i].ID)
	}
	if len(want) > 0 {
		t.Errorf("lost: %v", slices.Collect(maps.Keys(want)))
	}
}

func TestSupersedes(t *testing.T) {
	d, ctx := newDesk(t), t.Context()
	old := starter().Statements[0].ID
	p := must[*library.Proposal](t)(d.Open(ctx, author, library.Proposal{Statement: salary(), Supersedes: []string{old}}))
	must[*library.Proposal](t)(d.Submit(ctx, author, p.ID))
	v := must[library.Version](t)(d.Publish(ctx, second, p.ID))
	if !slices.Equal(v.Changed, []string{old}) {
		t.Errorf("changed %v", v.Changed)
	}
	pack, _, _ := d.Current(ctx)
	if diffs := library.Compare(starter(), pack); len(diffs) != 2 || !slices.Equal(diffs[0].After.SupersededBy, []string{"salary"}) {
		t.Errorf("%+v", diffs)
	}
}

// Replicas swap when a version appears, and stay with what they have when it does not build.
func TestKeeper(t *testing.T) {
	d := newDesk(t)
	engine := must[*knowledge.Engine](t)(knowledge.Build(starter()))
	swaps, troubles := make(chan library.Version, 10), make(chan error, 10)
	k := &library.Keeper{
		Shelf: d.Shelf, Live: knowledge.NewLive(engine),
		Swapped: func(_, _ *knowledge.Engine, v library.Version) { swaps <- v }, Report: func(err error) { troubles <- err },
	}
	if err := k.Load(t.Context()); err != nil || k.Live.Load() != engine {
		t.Fatal("nothing was published", err)
	}
	ctx, stop := context.WithCancel(t.Context())
	var running sync.WaitGroup
	running.Go(func() { k.Run(ctx) })
	t.Cleanup(func() { stop(); running.Wait() })

	p := must[*library.Proposal](t)(d.Open(ctx, author, library.Proposal{Statement: salary()}))
	must[*library.Proposal](t)(d.Submit(ctx, author, p.ID))
	v := must[library.Version](t)(d.Publish(ctx, second, p.ID))
	if got := await(t, swaps); got.Name != v.Name || k.Live.Load().Pack().Version != v.Name {
		t.Errorf("swapped to %+v", got)
	}
	if err := d.Shelf.Publish(ctx, library.Version{Number: 2, Name: "broken"}, []byte("no pack")); err != nil {
		t.Fatal(err)
	}
	if err := await(t, troubles); err == nil {
		t.Error("trouble without an error")
	}
	if k.Live.Load().Pack().Version != v.Name {
		t.Error("a version that does not load is served")
	}
	late := &library.Keeper{Shelf: d.Shelf, Live: knowledge.NewLive(engine)}
	if err := late.Load(t.Context()); err == nil {
		t.Error("a replica that starts does not say that the newest version does not load")
	}
	if late.Live.Load().Pack().Version != v.Name {
		t.Errorf("a replica that starts serves %s, not the newest version that loads", late.Live.Load().Pack().Version)
	}
	if served, err := library.Served(t.Context(), d.Shelf); err == nil || served.Name != v.Name {
		t.Errorf("said to be served: %+v %v", served, err)
	}
}

func await[T any](t *testing.T, c <-chan T) T {
	t.Helper()
	select {
	case v := <-c:
		return v
	case <-time.After(30 * time.Second):
		t.Fatal("nothing happened")
	}
	panic("unreachable")
}

// A proposal is stored as JSON: nothing of it may be lost on the way.
func TestProposalMarshals(t *testing.T) {
	p := library.Proposal{ID: library.NewID(), Statement: salary(), Supersedes: []string{"a"}, Cluster: "C"}
	data, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	var again library.Proposal
	if err := json.Unmarshal(data, &again); err != nil || string(again.Statement.Markdown()) != string(p.Statement.Markdown()) {
		t.Errorf("%v\n%s", err, data)
	}
}
