package broadcast_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"refbot/bot"
	"refbot/bot/broadcast"
	"refbot/knowledge"
	"refbot/knowledge/language"
)

const campaignYAML = `id: lake
name: {kk: Көл, ru: Озеро, en: The lake}
vote_date: 2026-03-15
time_zone: Asia/Almaty
quiet_period: {from: 2026-03-14, until: 2026-03-15}
topics:
  - id: results
    title: {kk: Қорытынды, ru: Итоги, en: Results}
links:
  - url: https://lake.example
    title: {kk: Көл, ru: Озеро, en: The lake}
`

const statementMD = `---
id: r1
language: ru
date: 2026-03-16
speaker: Айгуль Сериккызы
office: председатель Озёрной комиссии
kind: official
title: Комиссия подвела итоги
url: https://news.example/r1
topics: [results]
---

Айгуль Сериккызы: за сохранение озера 15 марта 2026 года проголосовали 62,4 % участников.
`

// office is a desk with its clock and store.
type office struct {
	*broadcast.Desk
	t     *testing.T
	store *memory
	now   time.Time
}

var (
	author   = broadcast.Actor{ID: 1, Roles: bot.Roles{bot.Outreach}}
	approver = broadcast.Actor{ID: 2, Roles: bot.Roles{bot.Outreach}}
	admin    = broadcast.Actor{ID: 3, Roles: bot.Roles{bot.Admin}}
	card     = broadcast.Posted{Chat: 2, Message: 7}
)

func newOffice(t *testing.T) *office {
	t.Helper()
	engine, err := lake(statementMD)
	if err != nil {
		t.Fatal(err)
	}
	o := &office{t: t, store: newMemory(), now: noon}
	o.Desk = &broadcast.Desk{
		Store: o.store, Audience: o.store, Ledger: o.store, Opinions: o.store, Knowledge: knowledge.NewLive(engine),
		Username: "refbot", Now: func() time.Time { return o.now },
	}
	return o
}

// lake is a knowledge base of one statement.
func lake(statement string) (*knowledge.Engine, error) {
	pack, err := knowledge.LoadFS(fstest.MapFS{
		"campaign.yaml":    {Data: []byte(campaignYAML)},
		"statements/r1.md": {Data: []byte(statement)},
	}, "test")
	if err != nil {
		return nil, err
	}
	return knowledge.Build(pack)
}

func (o *office) draft(text string) broadcast.ID {
	o.t.Helper()
	b, err := o.Open(context.Background(), author, language.Russian, broadcast.Message{Text: text})
	if err != nil {
		o.t.Fatal(err)
	}
	return b.ID
}

// submitted is a draft that the approver has before them.
func (o *office) submitted(text string) broadcast.ID {
	o.t.Helper()
	id := o.draft(text)
	o.submit(id)
	return id
}

func (o *office) submit(id broadcast.ID) {
	o.t.Helper()
	b, err := o.Submit(context.Background(), author, id)
	if err == nil {
		_, err = o.Ask(context.Background(), id, b.Version, []broadcast.Posted{card})
	}
	if err != nil {
		o.t.Fatal(err)
	}
}

func (o *office) state(id broadcast.ID, want broadcast.State) *broadcast.Broadcast {
	o.t.Helper()
	b, err := o.Store.Load(context.Background(), id)
	if err != nil || b.State != want {
		o.t.Fatalf("the broadcast is %v, %v, want %s", b, err, want)
	}
	return b
}

// wantRefused fails unless err refuses for that reason.
func wantRefused(t *testing.T, err error, why broadcast.Reason) {
	t.Helper()
	var r *broadcast.Refusal
	if !errors.As(err, &r) || r.Why != why {
		t.Errorf("got %v, want a refusal: %s", err, why)
	}
}

func TestTwoPersons(t *testing.T) {
	ctx := context.Background()
	o := newOffice(t)
	id := o.submitted("Итоги скоро")
	_, err := o.Approve(ctx, author, id, card)
	wantRefused(t, err, broadcast.SamePerson)
	own := admin
	own.ID = author.ID
	_, err = o.Approve(ctx, own, id, card)
	wantRefused(t, err, broadcast.SamePerson)
	b, err := o.Approve(ctx, approver, id, card)
	if err != nil || b.State != broadcast.Sending || b.Approval.By != approver.ID {
		t.Fatalf("%+v %v", b, err)
	}
	_, err = o.Approve(ctx, approver, id, card)
	wantRefused(t, err, broadcast.BadState)
	var story []string
	for _, e := range b.Audit {
		story = append(story, e.Action)
	}
	if got := strings.Join(story, " "); got != "open submit approve start" {
		t.Errorf("the audit says %q", got)
	}
}

func TestWhoEditedIsNoSecondPerson(t *testing.T) {
	o := newOffice(t)
	id := o.draft("Итоги скоро")
	if _, err := o.Edit(context.Background(), approver, id, "text", func(*broadcast.Broadcast) error { return nil }); err != nil {
		t.Fatal(err)
	}
	o.submit(id)
	_, err := o.Approve(context.Background(), approver, id, card)
	wantRefused(t, err, broadcast.SamePerson)
}

func TestAloneIsForAdministrators(t *testing.T) {
	o := newOffice(t)
	o.Alone = true
	id := o.submitted("Итоги скоро")
	_, err := o.Approve(context.Background(), author, id, card)
	wantRefused(t, err, broadcast.SamePerson)
	own := broadcast.Actor{ID: author.ID, Roles: bot.Roles{bot.Admin}}
	if _, err := o.Approve(context.Background(), own, id, card); err != nil {
		t.Error(err)
	}
}

func TestEditWithdrawsApproval(t *testing.T) {
	ctx := context.Background()
	o := newOffice(t)
	id := o.draft("Итоги скоро")
	edit := func(f func(*broadcast.Broadcast)) {
		t.Helper()
		if _, err := o.Edit(ctx, author, id, "", func(b *broadcast.Broadcast) error { f(b); return nil }); err != nil {
			t.Fatal(err)
		}
	}
	edit(func(b *broadcast.Broadcast) {
		b.Schedule = &broadcast.Schedule{At: noon.Add(time.Hour), TooLate: time.Hour}
	})
	o.submit(id)
	if _, err := o.Approve(ctx, approver, id, card); err != nil {
		t.Fatal(err)
	}
	o.state(id, broadcast.Scheduled)
	edit(func(b *broadcast.Broadcast) { b.Segment.Topics = []string{"results"} })
	if b := o.state(id, broadcast.Draft); b.Approval != nil || b.Asked != nil {
		t.Errorf("after an edit: %+v", b)
	}
	b, err := o.Submit(ctx, author, id)
	if err != nil {
		t.Fatal(err)
	}
	_, err = o.Approve(ctx, approver, id, card)
	wantRefused(t, err, broadcast.Outdated) // the card shows what was approved before
	_, err = o.Ask(ctx, id, b.Version-1, []broadcast.Posted{card})
	wantRefused(t, err, broadcast.Outdated)
}

// TestApprovalRace: what is edited in the moment of the approval is not approved.
func TestApprovalRace(t *testing.T) {
	ctx := context.Background()
	o := newOffice(t)
	id := o.submitted("Итоги скоро")
	o.store.before = func() {
		_, err := o.Edit(ctx, author, id, "text", func(b *broadcast.Broadcast) error {
			b.Content[language.Russian] = broadcast.Message{Text: "Другое"}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	_, err := o.Approve(ctx, approver, id, card)
	wantRefused(t, err, broadcast.BadState)
	o.state(id, broadcast.Draft)
}

func TestQuietPeriod(t *testing.T) {
	ctx := context.Background()
	o := newOffice(t)
	id := o.submitted("Итоги скоро")
	o.now = time.Date(2026, 3, 14, 6, 0, 0, 0, time.UTC)
	_, err := o.Approve(ctx, approver, id, card)
	wantRefused(t, err, broadcast.Quiet)
	_, err = o.Submit(ctx, author, o.draft("И ещё"))
	wantRefused(t, err, broadcast.Quiet)
	_, err = o.Allow(ctx, approver, id, "надо")
	wantRefused(t, err, broadcast.NeedsAdmin)
	_, err = o.Allow(ctx, admin, id, "  ")
	wantRefused(t, err, broadcast.NoText)
	b, err := o.Allow(ctx, admin, id, "участок закрыт из-за паводка")
	if err != nil || b.Audit[len(b.Audit)-1].Why != "участок закрыт из-за паводка" {
		t.Fatalf("%+v %v", b, err)
	}
	if _, err := o.Approve(ctx, approver, id, card); err != nil {
		t.Error(err)
	}
	if to, _, why := o.state(id, broadcast.Sending).Due(&o.Knowledge.Load().Pack().Campaign, o.now); to != "" {
		t.Errorf("an allowed one moves to %s: %s", to, why)
	}
	o.now = noon
	other := o.submitted("Другое")
	if _, err := o.Approve(ctx, approver, other, card); err != nil {
		t.Fatal(err)
	}
	if to, _, why := o.state(other, broadcast.Sending).Due(&o.Knowledge.Load().Pack().Campaign, time.Date(2026, 3, 13, 19, 0, 0, 0, time.UTC)); to != broadcast.Paused || why != string(broadcast.PauseQuiet) {
		t.Errorf("when the quiet period begins it moves to %q: %s", to, why)
	}
}

func TestNightAsksFirst(t *testing.T) {
	ctx := context.Background()
	o := newOffice(t)
	id := o.submitted("Итоги скоро")
	o.now = time.Date(2026, 3, 2, 17, 30, 0, 0, time.UTC) // 22:30 in Almaty
	b, err := o.Approve(ctx, approver, id, card)
	wantRefused(t, err, broadcast.AtNight)
	night := card
	night.Night = true
	if _, err := o.Ask(ctx, id, b.Version, []broadcast.Posted{night}); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Approve(ctx, approver, id, card); err != nil {
		t.Error(err)
	}
}

func TestCorrectAndRecall(t *testing.T) {
	ctx := context.Background()
	o := newOffice(t)
	id := o.submitted("Итоги скоро")
	_, err := o.Correct(ctx, author, id, false)
	wantRefused(t, err, broadcast.BadState)
	sent, err := o.Approve(ctx, approver, id, card)
	if err != nil {
		t.Fatal(err)
	}
	if err := sent.Move(broadcast.Finished, broadcast.ActFinish, 0, "", o.now); err != nil {
		t.Fatal(err)
	}
	if err := o.Store.Save(ctx, sent); err != nil {
		t.Fatal(err)
	}
	o.store.lines[id] = []broadcast.Line{{Chat: 5, Outcome: broadcast.Sent}, {Chat: 6, Outcome: broadcast.Unknown}}
	fix, err := o.Correct(ctx, author, id, false)
	if err != nil || fix.Corrects != id || fix.State != broadcast.Draft || fix.Recall {
		t.Fatalf("%+v %v", fix, err)
	}
	if n, err := o.Count(ctx, fix, nil); err != nil || n[""] != 1 {
		t.Errorf("a correction reaches %v, %v", n, err)
	}
	recall, err := o.Correct(ctx, author, id, true)
	if err != nil || !recall.Recall {
		t.Fatal(err)
	}
	o.submit(recall.ID)
	o.now = o.now.Add(broadcast.RecallWithin + time.Minute)
	_, err = o.Approve(ctx, approver, recall.ID, card)
	wantRefused(t, err, broadcast.Late)
	_, err = o.Correct(ctx, author, id, true)
	wantRefused(t, err, broadcast.Late)
	if b, n, err := o.Resend(ctx, author, id); err != nil || n != 1 || b.State != broadcast.Sending {
		t.Errorf("resent %d, %v", n, err)
	}
	_, _, err = o.Resend(ctx, author, id)
	wantRefused(t, err, broadcast.Nothing)
}

func TestTextsAreCheckedAsWritten(t *testing.T) {
	ctx := context.Background()
	o := newOffice(t)
	for text, why := range map[string]broadcast.Reason{
		"<b>жирно": broadcast.BadText, "": broadcast.NoText, "<i> </i>": broadcast.NoText,
		strings.Repeat("ы", 4097): broadcast.BadText,
	} {
		_, err := o.Open(ctx, author, language.Russian, broadcast.Message{Text: text})
		if text == "<i> </i>" { // a space is a sign
			continue
		}
		wantRefused(t, err, why)
	}
	_, err := o.Open(ctx, author, language.Russian, broadcast.Message{Text: strings.Repeat("ы", 1025), Photo: "p"})
	wantRefused(t, err, broadcast.BadText)
	if _, err := o.Open(ctx, author, language.Russian, broadcast.Message{Photo: "p"}); err != nil {
		t.Error(err)
	}
}

func TestSchedules(t *testing.T) {
	o := newOffice(t)
	c := &o.Knowledge.Load().Pack().Campaign
	at := noon
	for _, x := range []struct {
		name string
		at   time.Time
		late time.Duration
		want broadcast.State
	}{
		{"too early", at.Add(-time.Second), time.Hour, ""},
		{"in time", at, time.Hour, broadcast.Sending},
		{"late", at.Add(time.Hour), time.Hour, broadcast.Sending},
		{"too late", at.Add(time.Hour + time.Second), time.Hour, broadcast.Expired},
	} {
		b := &broadcast.Broadcast{State: broadcast.Scheduled, Schedule: &broadcast.Schedule{At: at, TooLate: x.late}}
		if got, _, _ := b.Due(c, x.at); got != x.want {
			t.Errorf("%s: %q", x.name, got)
		}
	}
}

func TestParseTime(t *testing.T) {
	almaty := time.FixedZone("Almaty", 5*3600)
	now := time.Date(2026, 3, 2, 12, 0, 0, 0, almaty)
	for text, want := range map[string]string{
		"18:30": "2026-03-02 18:30", "9:00": "2026-03-03 09:00", "15.03 9:00": "2026-03-15 09:00", "01.03 10:00": "2027-03-01 10:00",
		"15.03.2026, 10:00": "2026-03-15 10:00", "15.3. 10:00": "2026-03-15 10:00",
		"": "", "завтра": "", "25:00": "", "31.02 10:00": "", "01.01.2026 10:00": "", "32.01 1:00": "", "1.13 1:00": "", "-1.1 1:00": "", "15.03 10:00 x": "",
	} {
		got, ok := broadcast.ParseTime(text, almaty, now)
		if ok != (want != "") || ok && got.Format("2006-01-02 15:04") != want {
			t.Errorf("ParseTime(%q) = %v, %v, want %q", text, got, ok, want)
		}
	}
}

func FuzzParseTime(f *testing.F) {
	for _, s := range []string{"18:30", "15.03 9:00", "15.03.2026 10:00", "29.02 1:00", ":", ". :"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if got, ok := broadcast.ParseTime(s, time.UTC, noon); ok && !got.After(noon) {
			t.Errorf("ParseTime(%q) = %v is past", s, got)
		}
	})
}
