package simulator_test

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"

	"refbot/handlers/simulator"
)

// hand works the control API as the chat page does.
type hand struct {
	t   *testing.T
	url string
}

func (h hand) do(method, path string, body any, headers ...string) (int, []byte) {
	h.t.Helper()
	raw, err := json.Marshal(body)
	check(h.t, err)
	req, err := http.NewRequest(method, h.url+path, bytes.NewReader(raw))
	check(h.t, err)
	req.Header.Set("Content-Type", "application/json")
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
		if headers[i] == "Host" {
			req.Host = headers[i+1]
		}
	}
	resp, err := http.DefaultClient.Do(req)
	check(h.t, err)
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	check(h.t, err)
	return resp.StatusCode, answer
}

func ask[T any](h hand, method, path string, body any) T {
	h.t.Helper()
	status, raw := h.do(method, path, body)
	var v T
	if err := json.Unmarshal(raw, &v); status != http.StatusOK || err != nil {
		h.t.Fatalf("%s %s: %d %s (%v)", method, path, status, raw, err)
	}
	return v
}

// stream reads the events of a person.
func (h hand) stream(person int64, after string) <-chan [2]string {
	req, err := http.NewRequestWithContext(soon(h.t), http.MethodGet, fmt.Sprintf("%s/sim/events?person=%d", h.url, person), nil)
	check(h.t, err)
	req.Header.Set("Last-Event-ID", after)
	resp, err := http.DefaultClient.Do(req)
	check(h.t, err)
	if resp.StatusCode != http.StatusOK || resp.Header.Get("Content-Type") != "text/event-stream" {
		h.t.Fatalf("events: %s", resp.Status)
	}
	events := make(chan [2]string, 100)
	lines := bufio.NewScanner(resp.Body)
	lines.Scan() // ": connected": the subscription stands
	go func() {
		defer close(events)
		defer resp.Body.Close()
		var kind string
		for lines.Scan() {
			if k, ok := strings.CutPrefix(lines.Text(), "event: "); ok {
				kind = k
			}
			if d, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
				events <- [2]string{kind, d}
			}
		}
	}()
	return events
}

func (h hand) expect(events <-chan [2]string, kind, part string) string {
	h.t.Helper()
	select {
	case e := <-events:
		if e[0] != kind || !strings.Contains(e[1], part) {
			h.t.Fatalf("event %v, want %s with %s", e, kind, part)
		}
		return e[1]
	case <-soon(h.t).Done():
		h.t.Fatalf("no %s event", kind)
		return ""
	}
}

func TestPageConversation(t *testing.T) {
	var told []string
	s, c := start(t, simulator.OnPerson(func(p simulator.Person) { told = append(told, p.Role) }))
	h := hand{t, s.URL()}
	p := ask[simulator.Person](h, "POST", "/sim/people", args{"first_name": "Айгүл", "language_code": "kk", "role": "moderator"})
	other := ask[simulator.Person](h, "POST", "/sim/people", args{"first_name": "Иван"})
	events, others := h.stream(p.ID, ""), h.stream(other.ID, "")
	path := fmt.Sprintf("/sim/chats/%d/messages", p.ID)

	m := ask[simulator.Message](h, "POST", path, args{"from": p.ID, "text": "/start <x>"})
	if m.HTML != "/start &lt;x&gt;" || m.MessageID != 1 {
		t.Errorf("message = %+v", m)
	}
	h.expect(events, "message", `"message_id":1`)
	must[bool](c, "sendChatAction", args{"chat_id": p.ID, "action": "typing"})
	h.expect(events, "typing", `"action":"typing"`)
	must[bool](c, "sendMessageDraft", args{"chat_id": p.ID, "draft_id": 5, "text": "<b>я</b>", "parse_mode": "HTML"})
	h.expect(events, "draft", `"text":"я"`)
	sent := must[message](c, "sendMessage", args{"chat_id": p.ID, "text": "ok", "reply_markup": button(args{"text": "👍", "callback_data": "fb:up"})})
	h.expect(events, "message", `"callback_data":"fb:up"`)
	ask[simulator.Message](h, "POST", path+"/1", args{"from": p.ID, "text": "иначе"})
	h.expect(events, "edit", `иначе`)

	pressed := ask[map[string]string](h, "POST", "/sim/callbacks", args{"from": p.ID, "chat": p.ID, "message_id": sent.MessageID, "data": "fb:up"})
	must[bool](c, "answerCallbackQuery", args{"callback_query_id": pressed["id"], "text": "рақмет", "show_alert": true})
	h.expect(events, "callback", `"text":"рақмет","show_alert":true`)
	must[bool](c, "setMessageReaction", args{"chat_id": p.ID, "message_id": 1, "reaction": []any{args{"type": "emoji", "emoji": "👍"}}})
	h.expect(events, "reaction", "👍")
	query := ask[map[string]string](h, "POST", "/sim/inline", args{"from": p.ID, "chat": p.ID, "query": "x"})
	must[bool](c, "answerInlineQuery", args{"inline_query_id": query["id"], "results": []any{article("a", "Title", "text")}})
	h.expect(events, "inline", `"title":"Title"`)
	ask[simulator.Message](h, "POST", "/sim/inline/"+query["id"]+"/choose", args{"from": p.ID, "chat": p.ID, "result_id": "a"})
	h.expect(events, "message", `"via_bot"`)
	must[bool](c, "deleteMessage", args{"chat_id": p.ID, "message_id": sent.MessageID})
	h.expect(events, "delete", fmt.Sprint(sent.MessageID))
	ask[simulator.Person](h, "POST", fmt.Sprintf("/sim/people/%d", p.ID), args{"blocked": true})
	h.expect(events, "people", `"blocked":true`)
	h.expect(others, "people", `"blocked":true`) // and nothing of the other's chat before

	if got := ask[map[string][]simulator.Message](h, "GET", path+fmt.Sprint("?person=", p.ID), nil)["messages"]; len(got) != 2 || got[0].Text != "иначе" {
		t.Errorf("messages = %+v", got)
	}
	missed := h.stream(p.ID, "1")
	h.expect(missed, "typing", "")
	if len(told) != 3 || told[0] != "moderator" || told[1] != "citizen" {
		t.Errorf("OnPerson heard %v", told)
	}
	if r := ask[map[string][]any](h, "GET", "/sim/refusals", nil); len(r["refusals"]) != 0 {
		t.Errorf("refusals = %v", r)
	}
}

func TestPageFilesAndGroups(t *testing.T) {
	s, c := start(t)
	h := hand{t, s.URL()}
	p := citizen(s)
	path := fmt.Sprintf("/sim/chats/%d/messages", p.ID)
	for _, photo := range []any{base64.StdEncoding.EncodeToString(tinyPNG), args{"file_name": "a.png", "data": "data:image/png;base64," + base64.StdEncoding.EncodeToString(tinyPNG)}} {
		m := ask[simulator.Message](h, "POST", path, args{"from": p.ID, "caption": "қара", "photo": photo})
		if m.Photo == nil || m.Caption != "қара" {
			t.Fatalf("message = %+v", m)
		}
		if status, data := h.do("GET", m.Photo.URL, nil); status != 200 || !bytes.Equal(data, tinyPNG) {
			t.Errorf("file: %d, %d bytes", status, len(data))
		}
	}
	var form bytes.Buffer
	w := multipart.NewWriter(&form)
	check(t, w.WriteField("from", fmt.Sprint(p.ID)), w.WriteField("emoji", "🙂"))
	part, err := w.CreateFormFile("sticker", "s.webp")
	check(t, err)
	_, err = part.Write([]byte("x"))
	check(t, err, w.Close())
	resp, err := http.Post(h.url+path, w.FormDataContentType(), &form)
	check(t, err)
	resp.Body.Close()
	if u := c.updates(args{"offset": -1}); u[0].Message.Sticker["emoji"] != "🙂" {
		t.Errorf("sticker = %+v", u[0].Message)
	}
	g := ask[simulator.Chat](h, "POST", "/sim/groups", args{"title": "Ауыл", "members": []int64{p.ID}})
	stranger := s.AddPerson(simulator.Person{})
	if status, _ := h.do("GET", fmt.Sprintf("/sim/chats/%d/messages?person=%d", g.ID, stranger.ID), nil); status != http.StatusForbidden {
		t.Errorf("a stranger reads the group: %d", status)
	}
	members := fmt.Sprintf("/sim/groups/%d/members", g.ID)
	for _, a := range []args{{"person": stranger.ID, "action": "join"}, {"person": stranger.ID, "action": "kick_bot"}, {"person": p.ID, "action": "add_bot"}, {"person": p.ID, "action": "leave"}} {
		ask[map[string]bool](h, "POST", members, a)
	}
	state := ask[struct {
		Bot    map[string]any     `json:"bot"`
		People []simulator.Person `json:"people"`
		Chats  []simulator.Chat   `json:"chats"`
	}](h, "GET", "/sim/state", nil)
	if len(state.People) != 2 || len(state.Chats) != 2 || len(state.Chats[0].Members) != 1 || state.Bot["username"] == "" {
		t.Errorf("state = %+v", state)
	}
}

func TestPageTools(t *testing.T) {
	s, c := start(t)
	h := hand{t, s.URL()}
	p := citizen(s)
	ask[map[string]bool](h, "POST", "/sim/faults", args{"method": "sendMessage", "kind": "429", "count": 1, "retry_after": 2})
	if got := c.call("sendMessage", args{"chat_id": p.ID, "text": "x"}); got.Parameters.RetryAfter != 2 {
		t.Errorf("fault: %+v", got)
	}
	ask[map[string]bool](h, "POST", "/sim/faults", args{"kind": "5xx", "probability": 1})
	ask[map[string]bool](h, "DELETE", "/sim/faults", nil)
	ask[map[string]bool](h, "POST", "/sim/limits", args{"enabled": true})
	for range 6 {
		c.call("sendMessage", args{"chat_id": p.ID, "text": "x"})
	}
	if r := ask[map[string][]simulator.Refusal](h, "GET", "/sim/refusals", nil)["refusals"]; len(r) != 1 || r[0].Code != 429 {
		t.Errorf("refusals = %+v", r)
	}
	must[bool](c, "setMyCommands", args{"commands": []any{args{"command": "help", "description": "x"}}})
	if menu := ask[map[string][]simulator.Command](h, "GET", fmt.Sprintf("/sim/commands?person=%d", p.ID), nil)["commands"]; len(menu) != 1 {
		t.Errorf("menu = %v", menu)
	}
	ask[map[string]int64](h, "POST", "/sim/updates", args{"chat": p.ID, "update": args{"message": "odd"}})
	if n := s.PendingUpdates(); n != 1 {
		t.Errorf("%d pending", n)
	}
	if stats := ask[map[string]any](h, "GET", "/sim/stats", nil); stats["pending"] != 1.0 {
		t.Errorf("stats = %v", stats)
	}
}

func TestControlKeepsStrangersOut(t *testing.T) {
	s, _ := start(t)
	h := hand{t, s.URL()}
	for name, headers := range map[string][]string{
		"foreign origin":  {"Origin", "https://evil.example"},
		"null origin":     {"Origin", "null"},
		"other port":      {"Origin", "http://127.0.0.1:1"},
		"rebound name":    {"Host", "evil.example"},
		"cross-site form": {"Sec-Fetch-Site", "cross-site"},
	} {
		if status, _ := h.do("POST", "/sim/people", args{"first_name": "x"}, headers...); status != http.StatusForbidden {
			t.Errorf("%s: %d", name, status)
		}
	}
	if status, _ := h.do("POST", "/sim/people", args{"first_name": "x"}, "Origin", h.url); status != http.StatusOK {
		t.Errorf("the own page: %d", status)
	}
	for path, want := range map[string]int{
		"/sim/chats/1/messages": 404, "/sim/chats/x/messages": 400, "/sim/people/5": 404,
		"/sim/callbacks": 404, "/sim/inline/5/choose": 400, "/sim/faults": 400, "/sim/groups/5/members": 400,
	} {
		if status, body := h.do("POST", path, args{"text": "x"}); status != want || !bytes.Contains(body, []byte(`"error"`)) {
			t.Errorf("POST %s: %d %s, want %d", path, status, body, want)
		}
	}
	if status, _ := h.do("POST", "/sim/people", strings.Repeat("x", 21<<20)); status != http.StatusRequestEntityTooLarge {
		t.Errorf("21 MB: %d", status)
	}
	if status, _ := h.do("GET", "/sim/events?person=5", nil); status != http.StatusNotFound {
		t.Errorf("events of nobody: %d", status)
	}
	resp, err := http.Get(s.URL() + "/")
	check(t, err)
	defer resp.Body.Close()
	if page, _ := io.ReadAll(resp.Body); resp.StatusCode != 200 || !bytes.Contains(page, []byte("<html")) || !strings.Contains(resp.Header.Get("Content-Security-Policy"), "default-src 'self'") {
		t.Errorf("page: %s %v", resp.Status, resp.Header)
	}
}
