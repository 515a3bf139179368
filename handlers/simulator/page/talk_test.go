package page_test

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"refbot/handlers/browsertest"
)

// open shows the page to a person of a fake that already knows people.
func open(t *testing.T, f *fake) *browsertest.Page {
	t.Helper()
	p := browsertest.Open(t, f.url, 1280, 800, false)
	p.Wait("document.body.classList.contains('ready')")
	return p
}

// alone is a fake with one Russian-speaking person.
func alone(t *testing.T) *fake {
	f := newFake(t)
	f.people = []object{{"id": 101, "first_name": "Мария", "language_code": "ru", "role": "citizen"}}
	return f
}

func TestFirstVisit(t *testing.T) {
	f := newFake(t)
	p := open(t, f)
	p.WaitText("#people [aria-pressed=true]", "Daniel") // the browser speaks English
	if n := browsertest.Eval[int](p, "document.querySelectorAll('#people .row').length"); n != 3 {
		t.Errorf("%d people, want one for each language", n)
	}
	if n := browsertest.Eval[int](p, "document.querySelectorAll('.example').length"); n != 3 {
		t.Errorf("%d example questions, want 3", n)
	}
	p.Click(".welcome .primary")
	f.waitRequest(`POST /sim/chats/202/messages {"from":202,"text":"/start"}`)
	p.Click(".chip[lang=kk]")
	f.waitRequest(`POST /sim/chats/202/messages {"from":202,"text":"қандай құжат керек?"}`)
	p.Wait("document.querySelector('#chips').hidden")
}

func TestLanguageFollowsThePerson(t *testing.T) {
	f := newFake(t)
	p := open(t, f)
	for _, want := range []struct{ person, lang, label string }{
		{"Айгерім", "kk", "Хабарлама"}, {"Мария", "ru", "Сообщение"}, {"Daniel", "en", "Message"},
	} {
		browsertest.Eval[bool](p, `([...document.querySelectorAll('#people .row')].find(r => r.innerText.includes("`+want.person+`")).click(), true)`)
		p.Wait(`document.documentElement.lang === "` + want.lang + `" && document.querySelector('#text').placeholder === "` + want.label + `"`)
	}
	p.Reload()
	p.WaitText("#people [aria-pressed=true]", "Daniel")
}

func TestButtonsAndEvents(t *testing.T) {
	f := alone(t)
	id := f.say("101", answer, answerKeys)
	p := open(t, f)
	p.WaitText(".msg .body", "15 марта 2026")
	if rel := browsertest.Eval[string](p, "(a => a.target + ' ' + a.rel + ' ' + a.href)(document.querySelector('a.key'))"); rel != "_blank noopener noreferrer https://www.inform.kz/ru/" {
		t.Errorf("URL button: %s", rel)
	}
	p.Click(".key")
	f.waitRequest(`POST /sim/callbacks {"chat":101,"data":"st:s002","from":101,"message_id":1}`)
	p.Wait("document.querySelector('.key').getAttribute('aria-busy') === 'true'")
	f.push("callback", object{"id": "cb1", "text": "Спасибо!"})
	p.WaitText(".toast", "Спасибо!")
	p.Wait("!document.querySelector('.key').hasAttribute('aria-busy')")
	f.push("callback", object{"id": "cb1", "text": "Важно", "show_alert": true}) // before the press: kept for it
	p.Click(".key")
	p.WaitText("dialog .notice", "Важно")
	p.Press(kb.Escape)
	p.Wait("!document.querySelector('dialog')")

	f.push("typing", object{"chat": 101, "action": "typing"})
	p.WaitText("#chat-status", "печатает")
	f.push("draft", object{"chat": 101, "html": "<b>Пишу</b> ответ"})
	p.WaitText(".draft b", "Пишу")
	f.change("101", id, object{"html": "Новый <u>текст</u>", "buttons": nil})
	p.WaitText(".msg .body u", "текст")
	p.WaitText(".msg .meta", "изменено")
	last := f.say("101", "готово", nil)
	p.Wait("!document.querySelector('.draft') && document.querySelectorAll('.msg').length === 2")
	f.push("reaction", object{"chat": 101, "message_id": last, "reaction": "🎉"})
	p.WaitText(".reaction", "🎉")
	f.push("delete", object{"chat": 101, "message_id": last})
	p.Wait("document.querySelectorAll('.msg').length === 1")
}

func TestKeyboard(t *testing.T) {
	f := alone(t)
	f.commands = []object{{"command": "help", "description": "Помощь"}, {"command": "topics", "description": "Темы"}}
	p := open(t, f)
	p.Type("#text", "первая")
	p.Press(kb.Enter, chromedp.ModifierShift)
	p.Type("#text", "вторая")
	p.Press(kb.Enter)
	f.waitRequest(`POST /sim/chats/101/messages {"from":101,"text":"первая\nвторая"}`)
	p.WaitText(".msg.own .body", "вторая")

	p.Press(kb.ArrowUp)
	p.WaitText("#context-title", "меняете")
	p.Press(kb.Escape)
	p.Wait("document.querySelector('#context').hidden && document.querySelector('#text').value === ''")
	p.Press(kb.ArrowUp)
	p.Type("#text", "!")
	p.Press(kb.Enter)
	f.waitRequest(`POST /sim/chats/101/messages/1 {"from":101,"text":"первая\nвторая!"}`)
	p.WaitText(".msg.own .meta", "изменено")

	p.Type("#text", "/")
	p.WaitText("#suggest", "Темы")
	p.Press(kb.ArrowDown)
	p.Press(kb.ArrowDown)
	p.Wait("document.getElementById(document.querySelector('#text').getAttribute('aria-activedescendant'))?.innerText.includes('topics')")
	p.Press(kb.Enter)
	f.waitRequest(`POST /sim/chats/101/messages {"from":101,"text":"/topics"}`)

	p.Type("#text", "/h")
	p.Wait("document.querySelectorAll('#suggest .option').length === 1")
	p.Press(kb.Escape)
	p.Wait("document.querySelector('#suggest').hidden && document.querySelector('#text').value === '/h'")
}

// TestTabOrder walks the page with Tab alone and expects every control it
// meets to have a name and a visible focus.
func TestTabOrder(t *testing.T) {
	f := alone(t)
	f.say("101", answer, answerKeys)
	p := open(t, f)
	p.WaitText(".msg .body", "15 марта")
	browsertest.Eval[bool](p, "(document.activeElement.blur(), true)")
	seen := map[string]bool{}
	for range 40 {
		p.Press(kb.Tab)
		const probe = `(e => e === document.body ? '' : [e.id || e.className, e.ariaLabel || e.innerText || e.labels?.[0]?.innerText ? 'named' : 'NAMELESS',
			getComputedStyle(e).outlineStyle !== 'none' || e.id === 'text' ? 'seen' : 'UNSEEN'].join('|'))(document.activeElement)`
		at := browsertest.Eval[string](p, probe)
		if strings.Contains(at, "NAMELESS") || strings.Contains(at, "UNSEEN") {
			t.Errorf("focus: %s", at)
		}
		name, _, _ := strings.Cut(at, "|")
		seen[name] = true
	}
	for _, want := range []string{"skip", "add-person", "row", "theme", "tools-open", "chat-menu", "log", "key", "attach", "text", "commands", "send"} {
		if !seen[want] {
			t.Errorf("Tab never reached %s", want)
		}
	}
}

func TestInlineMode(t *testing.T) {
	f := alone(t)
	p := open(t, f)
	p.Type("#text", "@refbot_demo_bot ")
	p.WaitText("#suggest", "Напишите вопрос")
	p.Type("#text", "дата")
	f.waitRequest(`POST /sim/inline {"chat":101,"from":101,"offset":"","query":"дата"}`)
	f.push("inline", object{"id": "q1", "results": []object{{"id": "r1", "title": "Дата", "description": "15 марта"}, {"id": "r2", "title": "Часы", "description": "7:00–20:00"}}})
	p.WaitText("#suggest", "Часы")
	p.Click("#option-1")
	f.waitRequest(`POST /sim/inline/q1/choose {"chat":101,"from":101,"result_id":"r2"}`)
	p.WaitText(".msg.own .body", "card r2")
}

func TestReply(t *testing.T) {
	f := alone(t)
	f.say("101", "<b>Ответ</b> бота", object{"text": "Ответ бота"})
	p := open(t, f)
	browsertest.Eval[bool](p, "(document.querySelector('.msg .more').focus(), true)")
	p.Press(kb.Enter)
	p.WaitText(".menu", "Ответить")
	p.Press(kb.Enter)
	p.WaitText("#context-body", "Ответ бота")
	p.Type("#text", "а подробнее?")
	p.Press(kb.Enter)
	f.waitRequest(`POST /sim/chats/101/messages {"from":101,"reply_to":1,"text":"а подробнее?"}`)
	p.WaitText(".msg.own .quote", "Ответ бота")
}

func TestDeepLinkStaysInThePage(t *testing.T) {
	f := alone(t)
	f.say("101", `<a href="https://t.me/refbot_demo_bot?start=topic-dates">Даты</a> и <a href="https://t.me/another?start=x">чужой</a>`, nil)
	p := open(t, f)
	p.Click(".body a")
	f.waitRequest(`POST /sim/chats/101/messages {"from":101,"text":"/start topic-dates"}`)
}

func TestSendFailureGivesTheTextBack(t *testing.T) {
	f := alone(t)
	f.status["/sim/chats/101/messages"] = 503
	p := open(t, f)
	p.ExpectProblems()
	p.Type("#text", "важный вопрос")
	p.Press(kb.Enter)
	p.WaitText(".toast.bad", "refused by the test")
	p.Wait("document.querySelector('#text').value === 'важный вопрос'")
}

func TestReconnect(t *testing.T) {
	f := alone(t)
	f.say("101", "до обрыва", nil)
	p := open(t, f)
	p.ExpectProblems()
	p.WaitText(".msg .body", "до обрыва")
	f.hangUp()
	p.Wait("!document.querySelector('#offline').hidden")
	f.say("101", "во время обрыва", nil)
	p.Wait("document.querySelector('#offline').hidden && document.querySelectorAll('.msg').length === 2")
}
