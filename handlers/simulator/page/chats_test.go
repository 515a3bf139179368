package page_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"refbot/handlers/browsertest"
)

func TestAddPerson(t *testing.T) {
	f := alone(t)
	p := open(t, f)
	p.Click("#add-person")
	p.Type("dialog [name=first_name]", "Нұрлан")
	browsertest.Eval[bool](p, "(document.querySelector('dialog [name=language_code]').value = 'kk', document.querySelector('dialog [name=role]').value = 'moderator', true)")
	p.Press(kb.Enter)
	f.waitRequest(`POST /sim/people {"first_name":"Нұрлан","language_code":"kk","role":"moderator"}`)
	p.WaitText("#people [aria-pressed=true]", "Нұрлан")
	p.Wait("document.documentElement.lang === 'kk'")
}

func TestChangeLanguage(t *testing.T) {
	f := alone(t)
	p := open(t, f)
	p.Click(".row-edit")
	browsertest.Eval[bool](p, "(document.querySelector('dialog [name=language_code]').value = 'en', true)")
	p.Click("dialog .primary")
	f.waitRequest(`POST /sim/people/101 {"first_name":"Мария","language_code":"en","role":"citizen"}`)
	p.Wait("document.documentElement.lang === 'en' && document.querySelector('#text').placeholder === 'Message'")
}

func TestGroup(t *testing.T) {
	f := alone(t)
	f.commands = []object{{"command": "help", "description": "Помощь"}}
	p := open(t, f)
	p.Click("#add-group")
	p.Click("dialog .primary")
	f.waitRequest(`POST /sim/groups {"members":[101],"title":"Соседи"}`)
	p.WaitText("#chat-name", "Соседи")
	p.WaitText(".welcome", "упоминаете")
	p.Type("#text", "/")
	p.WaitText("#suggest", "Помощь")
	p.Click("#option-0")
	f.waitRequest(`POST /sim/chats/-500/messages {"from":101,"text":"/help@refbot_demo_bot"}`)
	p.Type("#text", "привет @ref")
	p.WaitText("#suggest", "@refbot_demo_bot")
	p.Press(kb.Tab)
	p.Wait("document.querySelector('#text').value === 'привет @refbot_demo_bot '")
	f.say("101", "в личном чате", nil)
	p.WaitText("#chats .badge", "1")
	p.Click("#chats .row")
	p.WaitText(".msg .body", "в личном чате")
	p.Wait("!document.querySelector('#chats .badge')")
}

func TestBlock(t *testing.T) {
	f := alone(t)
	p := open(t, f)
	p.Click("#chat-menu")
	p.Click(".menu [role=menuitem]:last-child")
	f.waitRequest(`POST /sim/people/101 {"blocked":true}`)
	p.Wait("document.querySelector('#composer').hidden")
	p.Click("#unblock")
	f.waitRequest(`POST /sim/people/101 {"blocked":false}`)
	p.Wait("!document.querySelector('#composer').hidden")
}

func TestAttachments(t *testing.T) {
	f := alone(t)
	p := open(t, f)
	file := filepath.Join(t.TempDir(), "устав.pdf")
	if err := os.WriteFile(file, []byte("%PDF-"), 0o600); err != nil {
		t.Fatal(err)
	}
	p.Click("#attach")
	p.Click(".menu [role=menuitem]:nth-child(3)")
	f.waitRequest(`POST /sim/chats/101/messages {"from":"101","voice":"voice.wav"}`)
	p.Wait("document.querySelector('.msg audio')")
	p.Type("#text", "подпись")
	// The click opens the system's file chooser, which headless Chromium
	// leaves alone; the upload then fills the same input.
	browsertest.Eval[bool](p, "(document.querySelector('#file').click = () => {}, true)")
	p.Click("#attach")
	p.Click(".menu [role=menuitem]:nth-child(2)")
	p.Upload("#file", file)
	f.waitRequest(`POST /sim/chats/101/messages {"document":"устав.pdf","from":"101","text":"подпись"}`)
	p.WaitText(".file-name", "устав.pdf")
	p.Click("#attach")
	p.Click(".menu [role=menuitem]:nth-child(4)")
	p.Click(".menu [role=menuitem]:nth-child(1)")
	f.waitRequest(`POST /sim/chats/101/messages {"from":"101","sticker":"sticker.webp"}`)
}

func TestTools(t *testing.T) {
	f := alone(t)
	f.refusals = []object{{"method": "sendMessage", "error_code": 400, "description": "Bad Request: message text is empty"}}
	p := open(t, f)
	p.Click("#tools-open")
	p.WaitText(".refusals", "message text is empty")
	browsertest.Eval[bool](p, `(k => (k.value = '429', k.dispatchEvent(new Event('change', {bubbles: true}))))(document.querySelector('.fault [name=kind]'))`)
	p.Click(".fault .primary")
	f.waitRequest(`POST /sim/faults {"count":1,"kind":"429","method":"sendMessage","retry_after":5}`)
	p.Click(".tools [type=checkbox]")
	f.waitRequest(`POST /sim/limits {"enabled":true}`)
	p.Click(".fault .quiet")
	f.waitRequest(`DELETE /sim/faults`)
	p.Press(kb.Escape)
	p.Wait("!document.querySelector('dialog')")
}

func TestTheme(t *testing.T) {
	p := open(t, alone(t))
	light := browsertest.Eval[string](p, "getComputedStyle(document.body).backgroundColor")
	p.Click("#theme")
	p.Wait("getComputedStyle(document.body).backgroundColor !== '" + light + "'")
	p.Reload()
	p.Wait("document.body && getComputedStyle(document.body).backgroundColor !== '" + light + "'")
}

func TestPhoneSideColumn(t *testing.T) {
	f := alone(t)
	p := browsertest.Open(t, f.url, 390, 844, false)
	p.Wait("document.querySelector('#side').inert")
	p.Click("#side-open")
	p.Wait("!document.querySelector('#side').inert && document.querySelector('#main').inert")
	p.Press(kb.Escape)
	p.Wait("document.querySelector('#side').inert && document.activeElement.id === 'side-open'")
	if wide := browsertest.Eval[int](p, "document.documentElement.scrollWidth"); wide > 390 {
		t.Errorf("the page is %d px wide on a phone of 390", wide)
	}
}
