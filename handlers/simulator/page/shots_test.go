package page_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"refbot/handlers/browsertest"
)

func TestMain(m *testing.M) { os.Exit(browsertest.Main(m)) }

const answer = `Республиканский референдум пройдёт <b>15 марта 2026 года</b>.
<blockquote>Голосование пройдёт с 7:00 до 20:00 по местному времени. Участки откроются во всех регионах страны и в 54 странах мира.</blockquote>
<i>Центральная комиссия референдума, 12 февраля 2026 года</i>
Источник: <a href="https://www.inform.kz/ru/" target="_blank" rel="noopener">Kazinform</a>`

var answerKeys = object{"buttons": []any{
	[]object{{"text": "Ещё заявление", "callback_data": "st:s002"}, {"text": "Источник", "url": "https://www.inform.kz/ru/"}},
	[]object{{"text": "Тема: когда и где голосовать", "callback_data": "topic:when"}},
	[]object{{"text": "👍", "callback_data": "fb:up:1"}, {"text": "👎", "callback_data": "fb:down:1"}},
}}

var views = []struct {
	name          string
	width, height int
	dark          bool
}{
	{"phone-light", 390, 844, false},
	{"phone-dark", 390, 844, true},
	{"desktop-light", 1280, 800, false},
	{"desktop-dark", 1280, 800, true},
}

// conversation gives the fake a person with a talk that shows every part.
func conversation(f *fake) {
	f.people = []object{
		{"id": 101, "first_name": "Мария", "last_name": "Ковалёва", "language_code": "ru", "role": "citizen"},
		{"id": 100, "first_name": "Айгерім", "last_name": "Серікқызы", "language_code": "kk", "role": "citizen"},
		{"id": 102, "first_name": "Daniel", "last_name": "Weber", "language_code": "en", "role": "moderator"},
	}
	f.chats = []object{{"id": -500, "type": "group", "title": "Соседи", "members": []int{101, 100}}}
	f.commands = []object{
		{"command": "topics", "description": "Темы: когда, где и как голосуют"},
		{"command": "lang", "description": "Язык ответов"},
		{"command": "subscribe", "description": "Получать новости кампании"},
		{"command": "forget", "description": "Удалить мои данные"},
	}
	f.add("101", object{"from": f.sender(101), "text": "/start"})
	f.say("101", "Здравствуйте! Я отвечаю на вопросы о конституционной реформе по официальным заявлениям. Команды: /topics, /lang", nil)
	f.add("101", object{"from": f.sender(101), "text": "когда референдум?"})
	f.say("101", answer, answerKeys)
	f.add("101", object{"from": f.sender(101), "text": "спасибо! а какие документы взять?", "reply_to": 4, "edit_date": 1_773_500_000})
	f.say("101", "Возьмите удостоверение личности или паспорт. <tg-spoiler>Скрыто</tg-spoiler> <code>ЖСН</code>", object{"reaction": "👍", "edit_date": 1_773_500_000})
}

// TestShots writes pictures of the page into the folder REFBOT_SHOTS names.
func TestShots(t *testing.T) {
	dir := os.Getenv("REFBOT_SHOTS")
	if dir == "" {
		t.Skip("REFBOT_SHOTS names no folder")
	}
	for _, v := range views {
		t.Run(v.name, func(t *testing.T) {
			f := newFake(t)
			p := browsertest.Open(t, f.url, v.width, v.height, v.dark)
			p.Wait("document.querySelector('.welcome')")
			p.Screenshot(filepath.Join(dir, v.name+"-first.png"))
			g := newFake(t)
			conversation(g)
			p = browsertest.Open(t, g.url, v.width, v.height, v.dark)
			browsertest.Eval[bool](p, "(localStorage.setItem('refbot.person', 101), true)")
			p.Reload()
			p.Wait("document.querySelectorAll('.msg').length === 6")
			p.Screenshot(filepath.Join(dir, v.name+"-talk.png"))
			shootParts(p, g, filepath.Join(dir, v.name))
		})
	}
}

// shootParts takes pictures of what opens over the page.
func shootParts(p *browsertest.Page, f *fake, prefix string) {
	eval := func(js string) { browsertest.Eval[bool](p, "("+js+", true)") }
	for _, part := range []struct{ name, open, ready, close string }{
		{"side", "document.querySelector('#side-open').click()", ".side", "document.querySelector('#side-close').click()"},
		{"tools", "document.querySelector('#tools-open').click()", ".refusals p", "document.querySelector('dialog').close()"},
		{"person", "document.querySelector('#add-person').click()", "dialog", "document.querySelector('dialog').close()"},
		{"commands", "document.querySelector('#commands').click()", ".option", "document.querySelector('#commands').click()"},
		{"attach", "document.querySelector('#attach').click()", ".menu", "document.querySelector('.menu button').dispatchEvent(new KeyboardEvent('keydown', {key: 'Escape', bubbles: true}))"},
	} {
		eval(part.open)
		p.Wait("document.querySelector('" + part.ready + "')")
		p.Screenshot(prefix + "-" + part.name + ".png")
		eval(part.close)
	}
	f.add("101", object{"from": f.sender(101), "text": "", "photo": object{"file_name": "a.svg", "size": 3000, "url": "/avatar.svg"}})
	f.add("101", object{"from": f.sender(101), "text": "вот файл", "document": object{"file_name": "удостоверение-личности.pdf", "size": 348_300, "url": "/avatar.svg"}})
	f.add("101", object{"from": f.sender(101), "text": "", "voice": object{"file_name": "voice.ogg", "size": 3000, "url": "/none"}})
	f.say("101", "<pre>ст. 1\nст. 2</pre><blockquote expandable>"+strings.Repeat("Длинная цитата заявления. ", 16)+"</blockquote>", nil)
	f.push("typing", object{"chat": 101, "action": "typing"})
	p.Wait("document.querySelector('.dots')")
	p.Screenshot(prefix + "-media.png")
}
