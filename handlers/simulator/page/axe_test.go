package page_test

import (
	"testing"

	"refbot/handlers/browsertest"
)

func TestAxe(t *testing.T) {
	for _, v := range views {
		t.Run(v.name, func(t *testing.T) {
			f := newFake(t)
			conversation(f)
			f.commands = []object{{"command": "help", "description": "Помощь"}}
			p := browsertest.Open(t, f.url, v.width, v.height, v.dark)
			p.Wait("document.querySelector('.welcome')") // Daniel has not written yet
			p.Axe(t)
			browsertest.Eval[bool](p, "(localStorage.setItem('refbot.person', 101), true)")
			p.Reload()
			p.Wait("document.querySelectorAll('.msg').length === 6")
			f.push("typing", object{"chat": 101, "action": "typing"})
			p.Wait("document.querySelector('.dots')")
			p.Axe(t)
			t.Run("parts", func(t *testing.T) { axeParts(t, p) })
		})
	}
}

// axeParts checks what opens over the page, one part after another.
func axeParts(t *testing.T, p *browsertest.Page) {
	for _, part := range []struct{ open, ready, close string }{
		{"#chat-menu", ".menu", "document.querySelector('.menu button').dispatchEvent(new KeyboardEvent('keydown', {key: 'Escape', bubbles: true}))"},
		{"#commands", ".option", "document.querySelector('#commands').click()"},
		{"#add-group", "dialog", "document.querySelector('dialog').close()"},
		{"#add-person", "dialog", "document.querySelector('dialog').close()"},
		{"#tools-open", ".refusals p", "document.querySelector('dialog').close()"},
		{"#side-open", ".side", "document.querySelector('#side-close').click()"},
	} {
		browsertest.Eval[bool](p, "(document.querySelector('"+part.open+"').click(), true)")
		p.Wait("document.querySelector('" + part.ready + "')")
		p.Axe(t)
		browsertest.Eval[bool](p, "("+part.close+", true)")
	}
}
