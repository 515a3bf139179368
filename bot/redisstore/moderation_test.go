package redisstore

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"refbot/bot"
	"refbot/bot/moderation"
	"refbot/knowledge"
	"refbot/knowledge/cluster"
	"refbot/knowledge/language"
)

// firstWord is a vector of a question's first word: questions that begin alike are alike.
func firstWord(question string) cluster.Vector {
	word, _, _ := strings.Cut(question, " ")
	return cluster.New([]knowledge.Facet{{Name: word, Weight: 1}})
}

func (e *env) clerk() *Clerk {
	c := NewClerk(e.store.Moderation())
	c.Vector = firstWord
	c.Report = e.store.Report
	return c
}

// today is a moment whose hour and day later entries share.
var today = time.Now().UTC().Truncate(24 * time.Hour).Add(9 * time.Hour)

// ask records a question and returns its ref.
func (e *env) ask(t testing.TB, person int64, question string, change func(*bot.Entry)) string {
	t.Helper()
	entry := &bot.Entry{
		Ref: bot.NewRef(), At: today, Question: question, Language: language.Russian, Decision: knowledge.DecideAnswer,
		Confidence: .9, Topic: "date", Statements: []string{"s001"}, Reply: "15 марта", Micros: 900,
	}
	for entry.Ref = bot.NewRef(); ; entry.Ref = bot.NewRef() { // none of the sample
		if why, _ := moderation.Worth(entry); why == "" {
			break
		}
	}
	if change != nil {
		change(entry)
	}
	must(t, e.store.Record(t.Context(), person, bot.Session{}, nil, entry))
	return entry.Ref
}

func abstain(e *bot.Entry) { e.Decision, e.Topic, e.Statements = knowledge.DecideAbstain, "", nil }

func (e *env) page(t *testing.T, f moderation.Filter, cursor string, n int) (refs []string, next string) {
	t.Helper()
	p, err := e.store.Moderation().Page(t.Context(), f, cursor, n)
	must(t, err)
	for _, q := range p.Questions {
		refs = append(refs, q.Ref)
	}
	return refs, p.Next
}

func testModerationPages(t *testing.T, e *env) {
	clerk, m := e.clerk(), e.store.Moderation()
	var refs []string
	for i := range 7 {
		refs = append(refs, e.ask(t, int64(i%2+1), fmt.Sprintf("вопрос %d о Құрылтай", i), func(q *bot.Entry) {
			q.At = today.Add(time.Duration(i) * time.Minute)
			switch i {
			case 1:
				q.Language = language.Kazakh
			case 2:
				abstain(q)
			case 3:
				q.Topic, q.At = "law", today.Add(-50*time.Hour)
			}
		}))
		must(t, clerk.Catchup(t.Context()))
	}
	_, err := e.store.Rate(t.Context(), 1, refs[4], bot.NotHelpful)
	must(t, err)
	_, err = m.Rule(t.Context(), 99, refs[5], bot.Review{Ruling: moderation.Right})
	must(t, err)
	must(t, clerk.Catchup(t.Context()))
	asker := e.sealer.Hide("person", 1)
	for name, test := range map[string]struct {
		filter moderation.Filter
		want   []int // oldest first
	}{
		"all":       {moderation.Filter{}, []int{0, 1, 2, 3, 4, 5, 6}},
		"language":  {moderation.Filter{Language: language.Kazakh}, []int{1}},
		"verdict":   {moderation.Filter{Decision: knowledge.DecideAbstain}, []int{2}},
		"topic":     {moderation.Filter{Topic: "law"}, []int{3}},
		"no topic":  {moderation.Filter{Topic: "nothing"}, nil},
		"since":     {moderation.Filter{Since: today.Add(5 * time.Minute)}, []int{5, 6}},
		"until":     {moderation.Filter{Until: today}, []int{3}},
		"feedback":  {moderation.Filter{Feedback: bot.NotHelpful}, []int{4}},
		"reviewed":  {moderation.Filter{State: moderation.Reviewed}, []int{5}},
		"open":      {moderation.Filter{State: moderation.Open}, []int{0, 1, 2, 3, 4, 6}},
		"ruling":    {moderation.Filter{Ruling: moderation.Right}, []int{5}},
		"no ruling": {moderation.Filter{Ruling: "good"}, nil},
		"asker":     {moderation.Filter{Asker: asker}, []int{0, 2, 4, 6}},
		"cluster":   {moderation.Filter{Cluster: "C1"}, []int{2}},
		"text":      {moderation.Filter{Text: "КУРЫЛТАЙ вопр"}, []int{0, 1, 2, 3, 4, 5, 6}},
		"both":      {moderation.Filter{Text: "вопрос 6", Asker: asker}, []int{6}},
	} {
		for _, oldest := range []bool{true, false} {
			for _, size := range []int{1, 3, 100} {
				test.filter.Oldest = oldest
				var got []string
				for cursor, pages := "", 0; pages < 20; pages++ {
					some, next := e.page(t, test.filter, cursor, size)
					got = append(got, some...)
					if cursor = next; next == "" {
						break
					}
				}
				var want []string
				for i := range test.want {
					if oldest {
						want = append(want, refs[test.want[i]])
					} else {
						want = append(want, refs[test.want[len(test.want)-1-i]])
					}
				}
				if fmt.Sprint(got) != fmt.Sprint(want) {
					t.Errorf("%s, %d a page, oldest %v: %v, want %v", name, size, oldest, got, want)
				}
			}
		}
	}
	if _, err := m.Page(t.Context(), moderation.Filter{}, "x", 1); !errors.Is(err, moderation.ErrCursor) {
		t.Errorf("a wrong cursor: %v", err)
	}
}

func testRulings(t *testing.T, e *env) {
	clerk, m := e.clerk(), e.store.Moderation()
	ref := e.ask(t, asker, "когда?", func(q *bot.Entry) { q.Confidence = .2 })
	if _, err := m.Question(t.Context(), ref); !errors.Is(err, moderation.ErrUnknown) {
		t.Errorf("before the clerk has looked: %v", err)
	}
	must(t, clerk.Catchup(t.Context()))
	q, err := m.Question(t.Context(), ref)
	if err != nil || q.Entry.Question != "когда?" || q.Asker != e.sealer.Hide("person", asker) {
		t.Errorf("%+v, %v", q, err)
	}
	remaining := func(want int) {
		t.Helper()
		must(t, clerk.Catchup(t.Context()))
		if n, err := m.Remaining(t.Context()); err != nil || n != want {
			t.Errorf("%d cards remain, want %d: %v", n, want, err)
		}
	}
	remaining(1)
	if _, err := m.Undo(t.Context(), 7, ref); !errors.Is(err, moderation.ErrNothing) {
		t.Errorf("undo of nothing: %v", err)
	}
	if _, err := m.Rule(t.Context(), 7, ref, bot.Review{Ruling: "good"}); !errors.Is(err, moderation.ErrRuling) {
		t.Errorf("an unknown ruling: %v", err)
	}
	_, err = m.Rule(t.Context(), 7, ref, bot.Review{Ruling: moderation.Better, Better: []string{"s002"}})
	must(t, err)
	q, err = m.Rule(t.Context(), 8, ref, bot.Review{Ruling: moderation.Spam, Note: "реклама"})
	if err != nil || q.Review.By != 8 || q.Review.Former.Ruling != moderation.Better {
		t.Errorf("%+v, %v", q.Review, err)
	}
	remaining(0)
	if found, err := e.store.Rate(t.Context(), asker, ref, bot.Helpful); !found || err != nil {
		t.Errorf("rated: %v, %v", found, err)
	}
	must(t, clerk.Catchup(t.Context()))
	stats, err := m.Stats(t.Context(), today, today.Add(time.Hour), moderation.Daily)
	if err != nil || len(stats) != 1 || stats[0].Questions != 1 || stats[0].Rulings[moderation.Spam] != 1 || stats[0].Rulings[moderation.Better] != 0 || stats[0].Feedback[bot.Helpful] != 1 {
		t.Errorf("%+v, %v", stats, err)
	}
	q, err = m.Undo(t.Context(), 7, ref)
	if err != nil || q.Review.Ruling != moderation.Better || q.Feedback != bot.Helpful {
		t.Errorf("after one undo %+v, %v", q, err)
	}
	remaining(0)
	if q, err = m.Undo(t.Context(), 7, ref); err != nil || q.Review != nil {
		t.Errorf("after two %+v, %v", q.Review, err)
	}
	remaining(1)
	lines, _, err := e.store.Audit().Lines(t.Context(), bot.AuditFilter{By: 7}, "", 10)
	if err != nil || len(lines) != 3 || lines[0].Action != "undo" || lines[2].What != ref {
		t.Errorf("audit %+v, %v", lines, err)
	}
}

func testQueue(t *testing.T, e *env) {
	clerk, m := e.clerk(), e.store.Moderation()
	if _, _, err := m.Next(t.Context(), 1); !errors.Is(err, moderation.ErrEmpty) {
		t.Errorf("an empty queue: %v", err)
	}
	unsure := e.ask(t, 1, "неясно", func(q *bot.Entry) { q.Confidence = .1 })
	disliked := e.ask(t, 1, "плохо", func(q *bot.Entry) { q.Feedback = bot.NotHelpful })
	held := e.ask(t, 1, "задержано", func(q *bot.Entry) { q.Phrasing = &bot.Phrasing{Ending: bot.Stopped} })
	small := e.ask(t, 1, "парковка где", abstain)
	var large string
	for i := range 3 {
		large = e.ask(t, int64(i), "зарплата какая", abstain)
	}
	must(t, clerk.Catchup(t.Context()))
	want := []struct {
		why moderation.Why
		ref string
	}{{moderation.ManyAsk, large}, {moderation.ManyAsk, small}, {moderation.Disliked, disliked}, {moderation.Unsure, unsure}, {moderation.Held, held}}
	for i, w := range want {
		card, n, err := m.Next(t.Context(), int64(i+1))
		if err != nil || card.Why != w.why || n != len(want) || w.why != moderation.ManyAsk && card.Question.Ref != w.ref {
			t.Errorf("moderator %d got %s %q, %d remain, %v; want %s", i+1, card.Why, card.Question.Entry.Question, n, err, w.why)
		}
		if again, _, err := m.Next(t.Context(), int64(i+1)); err != nil || again.Question.Ref != card.Question.Ref {
			t.Errorf("moderator %d got another card", i+1)
		}
		if i == 0 && (card.Cluster == nil || card.Cluster.Size != 3 || card.Until.Before(time.Now().Add(5*time.Minute))) {
			t.Errorf("%+v", card)
		}
	}
	if _, _, err := m.Next(t.Context(), 9); !errors.Is(err, moderation.ErrEmpty) {
		t.Errorf("a moderator too many got a card: %v", err)
	}
	must(t, m.Return(t.Context(), 3, disliked))
	if _, _, err := m.Next(t.Context(), 3); !errors.Is(err, moderation.ErrEmpty) {
		t.Errorf("the card that was given back came again: %v", err)
	}
	if card, _, err := m.Next(t.Context(), 9); err != nil || card.Question.Ref != disliked {
		t.Errorf("the card that was given back went to nobody: %v", err)
	}
	must(t, e.db.ZAdd(t.Context(), fileLeases, redis.Z{Score: 1, Member: "q:" + disliked}).Err()) // the lease ends
	if card, _, err := m.Next(t.Context(), 8); err != nil || card.Question.Ref != disliked {
		t.Errorf("the card of a lease that ended: %v", err)
	}
	must(t, e.store.Forget(t.Context(), 1))
	must(t, clerk.Catchup(t.Context()))
	if n, err := m.Remaining(t.Context()); err != nil || n != 1 {
		t.Errorf("%d cards remain after the person was forgotten: %v", n, err)
	}
}

func testClusters(t *testing.T, e *env) {
	clerk, m := e.clerk(), e.store.Moderation()
	var last string
	for i := range 4 {
		last = e.ask(t, int64(i), "зарплата депутатов", func(q *bot.Entry) {
			abstain(q)
			q.At = today.Add(-time.Duration(i%2) * 24 * time.Hour)
		})
		clerk = e.clerk() // another replica goes on
		must(t, clerk.Catchup(t.Context()))
	}
	e.ask(t, 9, "парковка", abstain)
	must(t, clerk.Catchup(t.Context()))
	list, next, err := m.List(t.Context(), moderation.ClusterFilter{}, "", 1)
	if err != nil || len(list) != 1 || list[0].Size != 4 || len(list[0].Days) != 2 || list[0].Label.Entry.Question != "зарплата депутатов" || next == "" {
		t.Fatalf("%+v, %q, %v", list, next, err)
	}
	id := list[0].ID
	if more, end, err := m.List(t.Context(), moderation.ClusterFilter{}, next, 5); err != nil || len(more) != 1 || end != "" {
		t.Errorf("%+v, %q, %v", more, end, err)
	}
	if q, err := m.Question(t.Context(), last); err != nil || q.Cluster != id {
		t.Errorf("%+v, %v", q, err)
	}
	must(t, m.Settle(t.Context(), 7, id, "version 2"))
	if c, err := m.Get(t.Context(), id); err != nil || c.Settled.IsZero() {
		t.Errorf("%+v, %v", c, err)
	}
	if n, _ := m.Remaining(t.Context()); n != 1 {
		t.Errorf("%d cards, want that of the other cluster", n)
	}
	e.ask(t, 5, "зарплата опять", abstain)
	must(t, clerk.Catchup(t.Context()))
	if c, err := m.Get(t.Context(), id); err != nil || !c.Settled.IsZero() || c.Size != 5 {
		t.Errorf("%+v, %v", c, err)
	}
	if _, err := m.Rule(t.Context(), 7, last, bot.Review{Ruling: moderation.Needs}); err != nil {
		t.Error(err)
	}
	e.ask(t, 6, "зарплата ещё", abstain)
	must(t, clerk.Catchup(t.Context()))
	if n, _ := m.Remaining(t.Context()); n != 1 {
		t.Errorf("%d cards: a cluster that was ruled on comes back only when it has grown much", n)
	}
	for person := range int64(7) {
		must(t, e.store.Forget(t.Context(), person))
	}
	must(t, clerk.Catchup(t.Context()))
	if _, err := m.Get(t.Context(), id); !errors.Is(err, moderation.ErrUnknown) {
		t.Errorf("a cluster whose questions were forgotten: %v", err)
	}
	if _, err := m.Get(t.Context(), "x"); !errors.Is(err, moderation.ErrUnknown) {
		t.Errorf("a wrong id: %v", err)
	}
}

func testTwoClerks(t *testing.T, e *env) {
	a, b, m := e.clerk(), e.clerk(), e.store.Moderation()
	must(t, a.Catchup(t.Context()))
	must(t, b.Catchup(t.Context()))
	for i := range 40 {
		e.ask(t, int64(i), "вопрос", nil)
		_, err := a.file(t.Context(), e.db.LRange(t.Context(), unfiledKey(shardOf(e.sealer.Hide("person", int64(i)))), 0, -1).Val())
		must(t, err) // and dies before it takes them off the list
		must(t, b.Catchup(t.Context()))
		a, b = b, a
	}
	stats, err := m.Stats(t.Context(), today, today.Add(time.Minute), moderation.Hourly)
	must(t, err)
	if refs, _ := e.page(t, moderation.Filter{}, "", 100); len(refs) != 40 || stats[0].Questions != 40 {
		t.Errorf("%d questions, %d counted, want 40", len(refs), stats[0].Questions)
	}
}

func testAdopted(t *testing.T, e *env) {
	for i := range 5 {
		e.ask(t, int64(i), "вопрос", nil)
	}
	for shard := range Shards {
		must(t, e.db.Del(t.Context(), unfiledKey(shard)).Err())
	}
	must(t, e.clerk().Catchup(t.Context()))
	if refs, _ := e.page(t, moderation.Filter{}, "", 100); len(refs) != 5 {
		t.Errorf("%d entries of those from before there was a clerk, want 5", len(refs))
	}
}

func testAudit(t *testing.T, e *env) {
	a := e.store.Audit()
	_, err := e.store.ChangeRole(t.Context(), bot.RoleChange{At: time.Now(), By: 3, Person: asker, Role: bot.Moderator, Granted: true})
	must(t, err)
	for i := range 5 {
		must(t, a.Note(t.Context(), bot.AuditLine{At: time.Now().AddDate(0, -i, 0), By: 4, Room: bot.RoomSettings, Action: fmt.Sprint("step ", i)}))
	}
	var got []string
	for cursor, pages := "", 0; pages < 10; pages++ {
		lines, next, err := a.Lines(t.Context(), bot.AuditFilter{}, cursor, 2)
		must(t, err)
		for _, l := range lines {
			got = append(got, l.Action)
		}
		if cursor = next; next == "" {
			break
		}
	}
	if len(got) != 6 || got[5] != "step 4" || got[2] != "step 1" {
		t.Errorf("%q", got)
	}
	if lines, _, err := a.Lines(t.Context(), bot.AuditFilter{Room: bot.RoomRoles}, "", 9); err != nil || len(lines) != 1 || lines[0].By != 3 {
		t.Errorf("%+v, %v", lines, err)
	}
	if _, _, err := a.Lines(t.Context(), bot.AuditFilter{}, "x", 9); bot.KindOf(err) != bot.Internal {
		t.Errorf("a wrong cursor: %v", err)
	}
}
