package dashboard

import (
	"bytes"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"refbot/bot"
	"refbot/bot/broadcast"
	"refbot/bot/library"
	"refbot/bot/moderation"
	"refbot/bot/texts"
	"refbot/handlers/browsertest"
	"refbot/knowledge"
	"refbot/knowledge/language"
)

// tab is a browser tab in which somebody of the staff works.
type tab struct {
	*browsertest.Page
	t    testing.TB
	look string
	axe  bool // pages are looked at by axe-core
}

// tabs opens tabs in one of the looks.
type tabs struct {
	s             *stage
	name          string
	width, height int
	dark, axe     bool
	plain         bool // without scripts
}

// open logs somebody in.
func (o tabs) open(t testing.TB, person int64) *tab {
	t.Helper()
	b := &tab{Page: browsertest.Open(t, o.s.link(person), o.width, o.height, o.dark), t: t, look: o.name, axe: o.axe}
	if o.plain {
		b.WithoutScripts()
	}
	b.Click("main button.primary")
	b.WaitThrough("location.pathname === '/dashboard/' && document.readyState === 'complete'")
	return b
}

// at goes to a page.
func (b *tab) at(path string) {
	b.t.Helper()
	browsertest.Eval[bool](b.Page, fmt.Sprintf("(window.before = true, location.href = %q, true)", path))
	b.WaitThrough("window.before === undefined") // the tab may have been at this path
	b.arrived(path)
}

// arrived waits for a page, and looks at it.
func (b *tab) arrived(path string) {
	b.t.Helper()
	b.WaitThrough(fmt.Sprintf("location.pathname === %q && document.readyState === 'complete'", path))
	if wide := browsertest.Eval[int](b.Page, "document.documentElement.scrollWidth - innerWidth"); wide > 0 {
		b.t.Errorf("%s is %d wider than the screen", path, wide)
	}
}

// done clicks a button and waits until the page that follows says that something was done, and offers what comes next.
func (b *tab) done(button string, c *texts.Catalog, what, next string) {
	b.t.Helper()
	browsertest.Eval[bool](b.Page, "window.before = true") // the page that follows has it no more
	b.Click(button)
	b.WaitThrough(fmt.Sprintf("window.before === undefined && document.readyState === 'complete' && document.querySelector(%q) !== null && (document.querySelector('.done')?.innerText ?? '').includes(%q)", next, c.Dashboard["done_"+what]))
	if b.axe {
		b.Axe(b.t)
	}
	if shotsDir != "" {
		b.Screenshot(filepath.Join(shotsDir, strings.ReplaceAll(b.t.Name(), "/", "-")+"-"+nameOf(next)[:4]+".png"))
	}
}

// set puts a value into a field that no typing reaches, such as a date.
func (b *tab) set(selector, value string) {
	b.t.Helper()
	browsertest.Eval[bool](b.Page, fmt.Sprintf("(document.querySelector(%q).value = %q, true)", selector, value))
}

// TestFlows walks through the work of staff in a real browser, on a phone by day, at a desk by night, and once without
// scripts: what they click is done, and each page holds what axe-core asks for.
func TestFlows(t *testing.T) {
	for _, o := range []tabs{
		{name: "phone-light", width: 390, height: 844, axe: true},
		{name: "phone-dark", width: 390, height: 844, dark: true},
		{name: "desk-light", width: 1280, height: 860},
		{name: "desk-dark", width: 1280, height: 860, dark: true, axe: true},
		{name: "plain", width: 390, height: 844, plain: true},
	} {
		o.s = newStage(t)
		t.Run(o.name, func(t *testing.T) {
			t.Run("review", func(t *testing.T) { reviews(t, o) })
			t.Run("publish", func(t *testing.T) { publishes(t, o) })
			t.Run("broadcast", func(t *testing.T) { broadcasts(t, o) })
			t.Run("stop", func(t *testing.T) { stops(t, o) })
		})
	}
}

// reviews judges a question, by keyboard where there are scripts, and takes it back.
func reviews(t *testing.T, o tabs) {
	s, ru := o.s, texts.For(language.Russian)
	s.question("A", "какие результаты?", knowledge.DecideAnswer, "")
	s.question("B", "сколько стоил референдум?", knowledge.DecideAbstain, "C1")
	b := o.open(t, moderator)
	b.at("/dashboard/questions")
	undo := `form[action$="/undo"] button`
	if o.plain {
		b.Click("#list a")
		b.arrived("/dashboard/questions/AAAAAAAAAAAA")
		b.done(`.rulings button[value="wrong"]`, ru, "ruled", undo)
		judged(t, s, moderation.Wrong)
	} else {
		b.Press("j")
		b.Press("\r")
		b.arrived("/dashboard/questions/AAAAAAAAAAAA")
		for i, ruling := range []bot.Ruling{moderation.Right, moderation.Abstain, moderation.Needs, moderation.Spam, moderation.Wrong} {
			key := []string{"1", "3", "4", "5", "2"}[i]
			browsertest.Eval[bool](b.Page, "window.before = true")
			b.Press(key)
			b.WaitThrough(fmt.Sprintf("window.before === undefined && document.readyState === 'complete' && document.querySelector(%q) !== null", undo))
			judged(t, s, ruling)
		}
	}
	b.done(undo, ru, "undone", ".rulings")
	if r := s.journal.find("AAAAAAAAAAAA").Review; o.plain != (r == nil) || r != nil && r.Ruling != moderation.Spam { // the ruling before is back
		t.Errorf("not undone: %+v", r)
	}
}

// judged checks what the journal holds of the first question.
func judged(t *testing.T, s *stage, want bot.Ruling) {
	t.Helper()
	if r := s.journal.find("AAAAAAAAAAAA").Review; r == nil || r.Ruling != want || r.By != moderator {
		t.Errorf("ruled %+v, want %s", r, want)
	}
}

// publishes drafts the statement that a question lacks; a second moderator publishes it.
func publishes(t *testing.T, o tabs) {
	s, ru, kk := o.s, texts.For(language.Russian), texts.For(language.Kazakh)
	b := o.open(t, moderator)
	b.at("/dashboard/questions/BBBBBBBBBBBB")
	b.Click(`form[action$="/draft"] button`)
	b.WaitThrough(`document.readyState === 'complete' && document.querySelector('[name="office"]') !== null`)
	path := browsertest.Eval[string](b.Page, "location.pathname")
	b.Type(`[name="text"]`, "Референдум стоил 20,8 млрд тенге: столько обошлись участки и бюллетени.")
	b.Type(`[name="office"]`, "Lake Commission")
	b.set(`[name="date"]`, "2026-03-01")
	b.Type(`[name="url"]`, "https://lake.example/cost")
	b.Click(`[name="topics"][value="results"]`)
	b.done(".fields .wide button.primary", ru, "saved", `form[action$="/submit"]`)
	if text := b.Text("main"); !strings.Contains(text, "1 / 1") {
		t.Errorf("not tried on the question: %s", text)
	}
	b.done(`form[action$="/submit"] button`, ru, "submitted", `form[action$="/withdraw"]`)
	if n := browsertest.Eval[int](b.Page, `document.querySelectorAll('form[action$="/publish"]').length`); n != 0 {
		t.Error("who wrote it is offered to publish it")
	}
	other := o.open(t, second)
	other.at(path)
	other.done(`form[action$="/publish"] button`, kk, "published", "details")
	keeper := library.Keeper{Shelf: s.server.Library.Shelf, Live: s.server.Live}
	if err := keeper.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	if a := s.server.Live.Load().Ask(knowledge.Question{Text: "сколько стоил референдум?"}); a.Decision != knowledge.DecideAnswer {
		t.Errorf("the bot says %s", a.Decision)
	}
}

// broadcasts writes a message with its preview, has it approved by somebody else, holds it, and fetches the report.
func broadcasts(t *testing.T, o tabs) {
	en, ru := texts.For(language.English), texts.For(language.Russian)
	if err := o.s.server.Broadcasts.Audience.Put(t.Context(), broadcast.Subscriber{Chat: 501, Language: language.Russian, Since: o.s.now}); err != nil {
		t.Fatal(err)
	}
	b := o.open(t, writer)
	b.at("/dashboard/broadcasts")
	b.Type(`form[action="/dashboard/broadcasts"] [name="text"]`, "<b>Polling stations</b> are open")
	b.done(`form[action="/dashboard/broadcasts"] button.primary`, en, "saved", `form[action$="/submit"]`)
	path := browsertest.Eval[string](b.Page, "location.pathname")
	b.Type(`[name="text_ru"]`, "<b>Участки</b> открыты с 7 часов")
	if !o.plain {
		b.WaitText("[data-shown]:not([hidden])", "Участки открыты с 7 часов")
	}
	b.done(".fields > .wide button.primary", en, "saved", `.bubble[lang="ru"]`)
	b.done(`form[action$="/submit"] button`, en, "moved", `form[action$="/cancel"]`)
	other := o.open(t, approver)
	other.at(path)
	if text := other.Text(`.bubble[lang="ru"]`); !strings.Contains(text, "Участки открыты с 7 часов") {
		t.Errorf("to be approved: %q", text)
	}
	other.done(`form[action$="/approve"] button`, ru, "moved", `form[action$="/pause"]`)
	other.done(`form[action$="/pause"] button`, ru, "moved", `form[action$="/resume"]`)
	other.Click(`form[action$="/cancel"] button`)
	other.WaitThrough(`document.readyState === 'complete' && document.querySelector('form[action$="/cancel"]') === null`)
	other.at(path)
	kind := browsertest.Eval[string](other.Page, fmt.Sprintf("fetch(%q).then(a => a.status + ' ' + a.headers.get('Content-Type'))", path+"/report.csv"))
	if !strings.HasPrefix(kind, "200 text/csv") {
		t.Errorf("report: %s", kind)
	}
	if name, report := other.Download(`a[href$="/report.csv"]`); !strings.HasSuffix(name, ".csv") || !bytes.Contains(report, []byte(",")) {
		t.Errorf("report %s: %s", name, report)
	}
}

// stops stops the bot and lets it answer again.
func stops(t *testing.T, o tabs) {
	ru := texts.For(language.Russian)
	b := o.open(t, boss)
	b.at("/dashboard/settings")
	b.Type(`[name="why"]`, "ошибка в данных")
	b.done(`button[value="stop"]`, ru, "switched", `button[value="answer"]`)
	if now, err := o.s.store.Switches(t.Context()); err != nil || !now.Suspended || now.By != boss {
		t.Errorf("%+v %v", now, err)
	}
	b.at("/dashboard/")
	if alarm := b.Text(".alarm"); !strings.Contains(alarm, ru.Dashboard["stopped_now"]) {
		t.Errorf("the pages say %q", alarm)
	}
	b.at("/dashboard/settings")
	b.done(`button[value="answer"]`, ru, "switched", `button[value="stop"]`)
	if now, err := o.s.store.Switches(t.Context()); err != nil || now.Suspended {
		t.Errorf("%+v %v", now, err)
	}
}
