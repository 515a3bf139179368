package main

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"refbot/bot/broadcast"
	"refbot/bot/texts"
	"refbot/handlers/browsertest"
	"refbot/handlers/simulator"
	"refbot/knowledge/language"
)

// TestBroadcastPictures is what staff see on the chat page, in each language: the preview, a broadcast on its
// way, and the report. With -update it makes pictures to look at.
func TestBroadcastPictures(t *testing.T) {
	for _, l := range language.Codes() {
		t.Run(string(l), func(t *testing.T) {
			s := newStage(t, stores()[0].environment(t))
			s.clock.ahead.Store(int64(time.Until(time.Date(2026, 3, 2, 12, 0, 0, 0, s.zone()))))
			p := photographed{stage: s, t: t, l: l, c: &texts.For(l).Broadcast}
			p.play()
		})
	}
}

// photographed is one of the staff at the chat page.
type photographed struct {
	*stage
	t    *testing.T
	l    language.Code
	c    *texts.Broadcast
	page *browsertest.Page
	boss simulator.Person
}

var openings = map[language.Code]string{
	language.Kazakh:  "<b>Учаскелер 7:00-де ашылады</b>\n\nЖеке куәлігіңізді ала барыңыз. Толығырақ – <a href=\"https://www.election.gov.kz\">сайлау комиссиясының сайтында</a>.",
	language.Russian: "<b>Участки откроются в 7:00</b>\n\nВозьмите с собой удостоверение личности. Подробнее – <a href=\"https://www.election.gov.kz\">на сайте избирательной комиссии</a>.",
	language.English: "<b>Polling stations open at 7:00</b>\n\nBring your identity card. Read more <a href=\"https://www.election.gov.kz\">on the site of the election commission</a>.",
}

func (p *photographed) play() {
	tg := p.telegram()
	p.boss = tg.AddPerson(simulator.Person{FirstName: "Әлия", LanguageCode: string(p.l), Role: "admin"})
	writer := tg.AddPerson(simulator.Person{FirstName: "Марат", LanguageCode: string(p.l), Role: "outreach"})
	p.people["boss"], p.people["writer"] = p.boss, writer
	p.crowd(240)
	p.say(p.boss, "/start")
	p.say(writer, "/start")
	p.say(writer, "/broadcast "+openings[p.l])
	p.tap(writer, p.c.Button.Link)
	p.say(writer, texts.For(p.l).Button.Topics+" https://www.election.gov.kz")
	p.open(writer.FirstName)
	p.page.Wait(fmt.Sprintf("document.querySelector('#log').innerText.includes(%q)", p.c.Button.Submit))
	p.shoot("preview")
	p.tap(writer, p.c.Button.Submit)
	p.until("boss", p.c.PleaseApprove, func(simulator.Message) bool { return true })
	p.tap(p.boss, p.c.Button.Approve)
	p.until("writer", p.c.Button.Pause, func(m simulator.Message) bool { return !strings.Contains(m.Text, p.c.Starting) })
	p.page.Wait(fmt.Sprintf("document.querySelector('#log').innerText.includes('⏱') && document.querySelector('#log').innerText.includes(%q)", p.c.Button.Pause))
	p.shoot("progress")
	p.until("writer", p.c.Table, func(simulator.Message) bool { return true })
	p.page.Wait(fmt.Sprintf("document.querySelector('#log').innerText.includes(%q)", p.c.Table))
	p.page.Wait("[...document.querySelectorAll('#log img')].every(i => i.complete)")
	p.shoot("report")
}

// crowd adds subscribers, some of whom are not to be reached.
func (p *photographed) crowd(n int) {
	keeper := p.program.store.Broadcasts()
	for i := range n {
		l := language.Codes()[i%7%3]
		x := p.telegram().AddPerson(simulator.Person{LanguageCode: string(l), Started: true, Blocked: i%9 == 4})
		if err := keeper.Put(context.Background(), broadcast.Subscriber{Chat: x.ID, Language: l, Since: time.Now()}); err != nil {
			p.t.Fatal(err)
		}
	}
}

func (p *photographed) say(who simulator.Person, text string) {
	p.t.Helper()
	if _, err := p.telegram().Send(who.ID, who.ID, text); err != nil {
		p.t.Fatal(err)
	}
	p.settle()
}

func (p *photographed) tap(who simulator.Person, caption string) {
	p.t.Helper()
	if err := p.press(who, who.ID, caption); err != nil {
		p.t.Fatal(err)
	}
	p.settle()
}

func (p *photographed) open(name string) {
	p.page = browsertest.Open(p.t, p.telegram().URL()+"/", 900, 940, false)
	p.page.Wait("document.body.classList.contains('ready')")
	p.page.Wait(fmt.Sprintf("[...document.querySelectorAll('#people .row')].some(r => r.innerText.includes(%q))", name))
	browsertest.Eval[bool](p.page, fmt.Sprintf("([...document.querySelectorAll('#people .row')].find(r => r.innerText.includes(%q)).click(), true)", name))
}

func (p *photographed) shoot(what string) {
	if *update {
		browsertest.Eval[bool](p.page, "(document.querySelector('#log').lastElementChild.scrollIntoView({block: 'end'}), true)")
		p.page.Screenshot(fmt.Sprintf("testdata/broadcast-%s-%s.png", what, p.l))
	}
}
