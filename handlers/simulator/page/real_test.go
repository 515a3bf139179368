package page_test

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"refbot/handlers/browsertest"
	"refbot/handlers/simulator"
)

// script is a small bot on the real simulator, speaking plain HTTP.
type script struct {
	t    *testing.T
	ctx  context.Context
	base string
}

func (s script) call(method string, fields object) json.RawMessage {
	body, _ := json.Marshal(fields)
	r, err := http.NewRequestWithContext(s.ctx, http.MethodPost, s.base+method, bytes.NewReader(body))
	if err != nil {
		s.t.Error(err)
		return nil
	}
	r.Header.Set("Content-Type", "application/json")
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		return nil // the test has ended
	}
	defer res.Body.Close()
	var reply struct {
		Result json.RawMessage `json:"result"`
	}
	_ = json.NewDecoder(res.Body).Decode(&reply)
	return reply.Result
}

type incoming struct {
	ID      int `json:"update_id"`
	Message *struct {
		ID   int              `json:"message_id"`
		Chat struct{ ID int } `json:"chat"`
		Text string           `json:"text"`
	} `json:"message"`
	Callback *struct {
		ID      string `json:"id"`
		Message struct {
			ID   int              `json:"message_id"`
			Chat struct{ ID int } `json:"chat"`
		} `json:"message"`
	} `json:"callback_query"`
	Inline *struct {
		ID    string `json:"id"`
		Query string `json:"query"`
	} `json:"inline_query"`
}

// run answers updates until the test ends.
func (s script) run() {
	offset := 0
	for s.ctx.Err() == nil {
		var updates []incoming
		_ = json.Unmarshal(s.call("getUpdates", object{"offset": offset, "timeout": 5}), &updates)
		for _, u := range updates {
			offset = u.ID + 1
			s.handle(u)
		}
	}
}

func (s script) handle(u incoming) {
	switch {
	case u.Message != nil && u.Message.Text != "":
		s.call("sendChatAction", object{"chat_id": u.Message.Chat.ID, "action": "typing"})
		s.call("sendMessage", object{
			"chat_id": u.Message.Chat.ID, "parse_mode": "HTML",
			"text": "<b>Вы спросили:</b> <blockquote>" + u.Message.Text + "</blockquote>",
			"reply_markup": object{"inline_keyboard": [][]object{
				{{"text": "Ещё", "callback_data": "next"}, {"text": "Даты", "url": "https://t.me/refbot_demo_bot?start=topic-dates"}},
			}},
		})
	case u.Callback != nil:
		m := u.Callback.Message
		s.call("answerCallbackQuery", object{"callback_query_id": u.Callback.ID, "text": "Готово"})
		s.call("editMessageText", object{"chat_id": m.Chat.ID, "message_id": m.ID, "text": "Другое заявление"})
	case u.Inline != nil:
		s.call("answerInlineQuery", object{"inline_query_id": u.Inline.ID, "results": []object{{
			"type": "article", "id": "s1", "title": "О дате", "description": "15 марта",
			"input_message_content": object{"message_text": "Карточка о дате"},
		}}})
	}
}

// TestRealSimulator talks through the page to a bot on the real simulator,
// which must have nothing to refuse.
func TestRealSimulator(t *testing.T) {
	server := simulator.New()
	if err := server.Start("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	maria := server.AddPerson(simulator.Person{FirstName: "Мария", LanguageCode: "ru"})
	bot := script{t, t.Context(), server.URL() + "/bot" + server.Token() + "/"}
	bot.call("setMyCommands", object{"commands": []object{{"command": "topics", "description": "Темы"}}})
	go bot.run()

	p := browsertest.Open(t, server.URL(), 1280, 800, false)
	p.Click(".example[lang=ru]")
	p.WaitText(".msg.other blockquote", "когда референдум?")
	p.Click("button.key")
	p.WaitText(".toast", "Готово")
	p.WaitText(".msg.other .body", "Другое заявление")

	p.Type("#text", "/t")
	p.WaitText("#suggest", "Темы")
	p.Press(kb.Enter)
	p.Wait("document.querySelectorAll('.msg.other').length === 2")
	p.Click("a.key")
	p.Wait("[...document.querySelectorAll('.msg.own .body')].some(b => b.innerText === '/start topic-dates')")

	p.Type("#text", "@refbot_demo_bot дата")
	p.WaitText("#suggest", "О дате")
	p.Click("#option-0")
	p.Wait("[...document.querySelectorAll('.msg.own .body')].some(b => b.innerText === 'Карточка о дате')")

	p.Click("#attach")
	p.Click(".menu [role=menuitem]:nth-child(4)")
	p.Click(".menu [role=menuitem]:nth-child(1)")
	p.Wait("document.querySelector('img.sticker')?.naturalWidth === 512")
	block(t, p, server, maria.ID)
	for _, r := range server.Refusals() {
		t.Errorf("refused: %s: %d %s", r.Method, r.Code, r.Description)
	}
}

func block(t *testing.T, p *browsertest.Page, server *simulator.Server, id int64) {
	t.Helper()
	p.Click("#chat-menu")
	p.Click(".menu [role=menuitem]:last-child")
	p.Wait("!document.querySelector('#unblock').hidden")
	if person, _ := server.Person(id); !person.Blocked {
		t.Error("the person has not blocked the bot")
	}
	p.Click("#unblock")
	p.Wait("!document.querySelector('#composer').hidden")
}

func TestGroupMovesToASupergroup(t *testing.T) {
	server := simulator.New()
	if err := server.Start("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	maria := server.AddPerson(simulator.Person{FirstName: "Мария", LanguageCode: "ru"})
	group, err := server.AddGroup("Соседи", maria.ID)
	if err != nil {
		t.Fatal(err)
	}
	p := browsertest.Open(t, server.URL(), 1280, 800, false)
	p.Click("#chats li:nth-child(2) .row")
	p.WaitText("#chat-name", "Соседи")
	moved, err := server.MigrateGroup(group.ID)
	if err != nil {
		t.Fatal(err)
	}
	p.WaitText(".msg.service", "супергруппой")
	p.Type("#text", "мы переехали")
	p.Press(kb.Enter)
	p.WaitText(".msg.own .body", "мы переехали")
	if n := len(server.Messages(moved)); n != 2 {
		t.Errorf("the supergroup has %d messages, want the move and one more", n)
	}
}
