package simulator_test

import (
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"refbot/handlers/simulator"
)

// tinyPNG is a picture of one pixel.
var tinyPNG = func() []byte {
	data, err := base64.StdEncoding.DecodeString("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
	if err != nil {
		panic(err)
	}
	return data
}()

func TestBodies(t *testing.T) {
	s, c := start(t)
	p := citizen(s)
	form := url.Values{"chat_id": {"7100000001"}, "text": {"форма"}, "reply_markup": {`{"inline_keyboard":[[{"text":"a","callback_data":"b","copy_text":{"text":""}}]]}`}}
	bodies := map[string]answer{
		"form":      c.post("sendMessage", "application/x-www-form-urlencoded", strings.NewReader(form.Encode())),
		"json":      c.call("SENDMESSAGE", args{"chat_id": "7100000001", "text": "json", "disable_notification": true, "entities": nil}),
		"multipart": c.upload("sendMessage", args{"chat_id": p.ID, "text": "части"}),
		"query":     c.post("sendMessage?chat_id=7100000001&text=query", "", nil),
	}
	for name, got := range bodies {
		if !got.OK {
			t.Errorf("%s: %s", name, got.Description)
		}
	}
	if n := s.BotMessages(p.ID); n != len(bodies) {
		t.Errorf("%d messages arrived, want %d", n, len(bodies))
	}
	for kind, body := range map[string]string{
		"application/json": `[1]`, "application/x-www-form-urlencoded": "a=%zz", "multipart/form-data": "x", "multipart/form-data; boundary=x": "junk",
	} {
		if got := c.post("getMe", kind, strings.NewReader(body)); got.Code != 400 {
			t.Errorf("%s %q: %d %s, want 400", kind, body, got.Code, got.Description)
		}
	}
}

func TestFiles(t *testing.T) {
	s, c := start(t)
	p := citizen(s)
	sent := c.upload("sendPhoto", args{"chat_id": p.ID, "photo": tinyPNG, "caption": "<b>карта</b>", "parse_mode": "HTML"})
	var m message
	check(t, json.Unmarshal(sent.Result, &m))
	if len(m.Photo) != 1 || m.Photo[0]["width"] != 1.0 || m.Caption != "карта" {
		t.Fatalf("photo = %+v", m)
	}
	again := must[message](c, "sendPhoto", args{"chat_id": p.ID, "photo": m.Photo[0]["file_id"]})
	if again.Photo[0]["file_id"] != m.Photo[0]["file_id"] {
		t.Error("the same picture has another id")
	}
	if got := c.upload("sendPhoto", args{"chat_id": p.ID, "photo": []byte("no picture")}); got.Description != "Bad Request: IMAGE_PROCESS_FAILED" {
		t.Errorf("no picture: %s", got.Description)
	}
	if got := c.upload("sendDocument", args{"chat_id": p.ID, "document": []byte{}}); got.Description != "Bad Request: file must be non-empty" {
		t.Errorf("empty file: %s", got.Description)
	}
	voice, err := s.SendVoice(p.ID, p.ID, []byte("OggS sound"))
	check(t, err)
	if voice.Voice == nil {
		t.Fatal("no voice")
	}
	u := c.updates(args{"offset": -1})
	if len(u) != 1 {
		t.Fatalf("updates = %+v", u)
	}
	file := must[struct {
		Path string `json:"file_path"`
	}](c, "getFile", args{"file_id": m.Photo[0]["file_id"]})
	resp, err := http.Get(s.URL() + "/file/bot" + s.Token() + "/" + file.Path)
	check(t, err)
	defer resp.Body.Close()
	if data, _ := io.ReadAll(resp.Body); string(data) != string(tinyPNG) {
		t.Errorf("the file came back as %d bytes", len(data))
	}
}

func TestEditing(t *testing.T) {
	clock := newClock()
	s, c := start(t, simulator.WithClock(clock.now))
	p := citizen(s)
	m := must[message](c, "sendMessage", args{"chat_id": p.ID, "text": "a", "reply_markup": button(args{"text": "x", "callback_data": "y"})})
	clock.pass(time.Minute)
	e := must[message](c, "editMessageText", args{"chat_id": p.ID, "message_id": m.MessageID, "text": "b"})
	if e.Text != "b" || e.EditDate != m.Date+60 || e.Markup != nil {
		t.Errorf("edited = %+v: an edit without a keyboard takes the keyboard away", e)
	}
	must[bool](c, "deleteMessage", args{"chat_id": p.ID, "message_id": m.MessageID})
	if got := s.Messages(p.ID); len(got) != 0 {
		t.Errorf("messages = %v", got)
	}
	theirs, err := s.Send(p.ID, p.ID, "x")
	check(t, err)
	must[bool](c, "deleteMessages", args{"chat_id": p.ID, "message_ids": []int64{theirs.MessageID, 99}})
	if n := s.BotMessages(p.ID); n != 1 {
		t.Errorf("written = %d, want 1: deleting unsends nothing", n)
	}
}

func TestInlineCards(t *testing.T) {
	s, c := start(t, simulator.WithInlineFeedback())
	p := citizen(s)
	q, err := s.Inline(p.ID, p.ID, "қашан", "")
	check(t, err)
	card := article("st1", "Title", "text")
	card["reply_markup"] = button(args{"text": "more", "callback_data": "st:1"})
	must[bool](c, "answerInlineQuery", args{"inline_query_id": q, "results": []any{card}})
	m, err := s.Choose(q, "st1", p.ID)
	check(t, err)
	_, err = s.Press(p.ID, p.ID, m.MessageID, "more")
	check(t, err)
	id := "SIM" + q + "-st1"
	raw := string(c.call("getUpdates", nil).Result)
	for _, part := range []string{
		`"chat_type":"sender"`, `"via_bot":{`, `"chosen_inline_result":{"from":`, `"query":"қашан","result_id":"st1"`, `"inline_message_id":"` + id + `"}}`,
	} {
		if !strings.Contains(raw, part) {
			t.Errorf("no %s in %s", part, raw)
		}
	}
	must[bool](c, "editMessageText", args{"inline_message_id": id, "text": "newer"})
	if got := s.Messages(p.ID); got[len(got)-1].Text != "newer" || got[len(got)-1].MessageID != m.MessageID {
		t.Errorf("messages = %+v", got)
	}
}

func TestCommandMenus(t *testing.T) {
	s, c := start(t)
	p := citizen(s)
	group, err := s.AddGroup("Ауыл", p.ID)
	check(t, err)
	list := func(text string) []any { return []any{args{"command": "/help", "description": text}} }
	for _, a := range []args{
		{"commands": list("default")},
		{"commands": list("kk"), "language_code": "kk"},
		{"commands": list("groups"), "scope": args{"type": "all_group_chats"}},
		{"commands": list("staff"), "scope": args{"type": "chat", "chat_id": p.ID}},
	} {
		must[bool](c, "setMyCommands", a)
	}
	see := func(person, chat int64) string {
		menu := s.Commands(person, chat)
		if len(menu) != 1 || menu[0].Command != "help" {
			t.Fatalf("menu = %v", menu)
		}
		return menu[0].Description
	}
	other := s.AddPerson(simulator.Person{LanguageCode: "ru"})
	for _, row := range []struct {
		person, chat int64
		want         string
	}{{p.ID, p.ID, "staff"}, {p.ID, group.ID, "groups"}, {other.ID, other.ID, "default"}} {
		if got := see(row.person, row.chat); got != row.want {
			t.Errorf("menu of %d in %d = %s, want %s", row.person, row.chat, got, row.want)
		}
	}
	must[bool](c, "deleteMyCommands", args{"scope": args{"type": "chat", "chat_id": p.ID}})
	if got := see(p.ID, p.ID); got != "kk" {
		t.Errorf("after the deletion = %s, want kk", got)
	}
	if got := must[[]simulator.Command](c, "getMyCommands", args{"language_code": "kk"}); got[0].Description != "kk" {
		t.Errorf("getMyCommands = %v", got)
	}
}

func TestProfile(t *testing.T) {
	_, c := start(t)
	must[bool](c, "setMyDescription", args{"description": "сипаттама", "language_code": "kk"})
	got := must[map[string]string](c, "getMyDescription", args{"language_code": "kk"})
	if got["description"] != "сипаттама" {
		t.Errorf("description = %v", got)
	}
	if me := must[simulator.User](c, "getMe", nil); !me.IsBot || me.ID != 7770000001 {
		t.Errorf("getMe = %+v", me)
	}
}

func TestGroupPrivacy(t *testing.T) {
	s, c := start(t, simulator.WithBot("refbot", "ref_bot"))
	p := citizen(s)
	group, err := s.AddGroup("Ауыл", p.ID)
	check(t, err)
	own := must[message](c, "sendMessage", args{"chat_id": group.ID, "text": "hello"})
	var seen []string
	for _, text := range []string{"сәлем", "/help", "/help@ref_bot", "/help@other_bot", "эй @Ref_Bot, қашан?", "@another hi", "mail a@ref_bot.kz", "a /start"} {
		if _, err := s.Send(p.ID, group.ID, text); err != nil {
			t.Fatal(err)
		}
	}
	_, err = s.Reply(p.ID, group.ID, own.MessageID, "reply")
	check(t, err)
	for _, u := range c.updates(nil) {
		if u.Message != nil {
			seen = append(seen, u.Message.Text)
		}
	}
	want := []string{"/help", "/help@ref_bot", "эй @Ref_Bot, қашан?", "a /start", "reply"}
	if !slices.Equal(seen, want) {
		t.Errorf("the bot saw %q, want %q", seen, want)
	}
}

func TestPeopleAndTheirUpdates(t *testing.T) {
	s, c := start(t)
	p := s.AddPerson(simulator.Person{FirstName: "Иван", LanguageCode: "ru"})
	m, err := s.Send(p.ID, p.ID, "/start 😀 #ref https://akorda.kz")
	check(t, err)
	_, err = s.Edit(p.ID, p.ID, m.MessageID, "другое")
	check(t, err, s.Block(p.ID))
	if _, err := s.Send(p.ID, p.ID, "x"); err == nil {
		t.Error("wrote to a blocked bot")
	}
	_, err = s.Send(p.ID, p.ID, "/start")
	check(t, err)
	u := c.updates(nil)
	if len(u) != 5 || u[1].Edited == nil || u[2].MyChatMember == nil || u[3].MyChatMember == nil || u[4].Message == nil {
		t.Fatalf("updates = %+v", u)
	}
	var kinds []string
	for _, e := range u[0].Message.Entities {
		kinds = append(kinds, e.Type)
	}
	if want := []string{"bot_command", "hashtag", "url"}; !slices.Equal(kinds, want) {
		t.Errorf("entities = %v, want %v", kinds, want)
	}
	if e := u[0].Message.Entities[1]; e.Offset != 10 || e.Length != 4 {
		t.Errorf("hashtag = %+v: offsets are UTF-16 units", e)
	}
	if u[0].Message.From.LanguageCode != "ru" {
		t.Errorf("from = %+v", u[0].Message.From)
	}
	if !strings.Contains(string(u[2].MyChatMember), `"status":"kicked"`) {
		t.Errorf("my_chat_member = %s", u[2].MyChatMember)
	}
}

func TestHistoryHasABudget(t *testing.T) {
	s, c := start(t, simulator.WithHistory(3))
	p := citizen(s)
	for range 10 {
		must[message](c, "sendMessage", args{"chat_id": p.ID, "text": "x"})
	}
	if got := s.Messages(p.ID); len(got) != 3 || got[0].MessageID != 8 {
		t.Errorf("kept = %+v", got)
	}
	if n := s.BotMessages(p.ID); n != 10 {
		t.Errorf("written = %d, want 10", n)
	}
}
