package main

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"refbot/handlers/browsertest"
)

// TestChatPage is what somebody sees who runs the demo and asks; with -update it makes README's picture.
func TestChatPage(t *testing.T) {
	s := newStage(t, stores()[0].environment(t))
	page := browsertest.Open(t, s.telegram().URL()+"/", 1280, 860, false)
	page.Wait("document.body.classList.contains('ready')")
	page.Click("#people li:nth-of-type(2) .row")
	page.Wait(`document.querySelector('#people li:nth-of-type(2) .row').getAttribute('aria-pressed') === 'true'`)
	for _, q := range []struct{ question, fact string }{
		{"when is the referendum?", "15 March 2026"},
		{"когда референдум?", "на 15 марта 2026 года"},
	} {
		page.Type("#text", q.question)
		page.Press(kb.Enter)
		page.Wait(fmt.Sprintf("document.querySelector('#log').innerText.includes(%q)", q.fact))
	}
	if n := s.telegram().RefusalCount(); n != 0 {
		t.Errorf("Telegram refused %d requests", n)
	}
	if *update {
		page.Screenshot("testdata/chat-page.png")
	}
}
