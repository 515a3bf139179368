package telegram

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"refbot/bot"
)

var me = Identity{ID: 77, Username: "RefBot"}

func TestParse(t *testing.T) {
	const from = `"from":{"id":5,"language_code":"kk"},"chat":{"id":5,"type":"private"},"message_id":9,"date":1700000000`
	const inGroup = `"from":{"id":5},"chat":{"id":-10,"type":"supergroup"},"message_id":9`
	cases := []struct {
		name, raw string
		want      bot.Event // Person, Chat and At are compared where set
		ok        bool
	}{
		{"question", `{"update_id":1,"message":{` + from + `,"text":"когда?"}}`, bot.Event{Kind: bot.Asked, Text: "когда?", Message: 9}, true},
		{"command", `{"update_id":1,"message":{` + from + `,"text":"/START  topic-abroad"}}`, bot.Event{Kind: bot.Commanded, Command: "start", Args: "topic-abroad", Message: 9}, true},
		{"command to us", `{"update_id":1,"message":{` + inGroup + `,"text":"/help@refbot"}}`, bot.Event{Kind: bot.Commanded, Command: "help", Message: 9}, true},
		{"command to another bot", `{"update_id":1,"message":{` + inGroup + `,"text":"/help@other_bot"}}`, bot.Event{}, false},
		{"Cyrillic command is a question", `{"update_id":1,"message":{` + from + `,"text":"/хелп"}}`, bot.Event{Kind: bot.Asked, Text: "/хелп", Message: 9}, true},
		{"group chatter", `{"update_id":1,"message":{` + inGroup + `,"text":"привет всем"}}`, bot.Event{}, false},
		{"group mention", `{"update_id":1,"message":{` + inGroup + `,"text":"@refbot, явка?"}}`, bot.Event{Kind: bot.Asked, Text: "явка?", Message: 9}, true},
		{"a name that only begins like ours", `{"update_id":1,"message":{` + inGroup + `,"text":"@refbotx явка?"}}`, bot.Event{}, false},
		{"group reply", `{"update_id":1,"message":{` + inGroup + `,"text":"а явка?","reply_to_message":{"message_id":3,"chat":{"id":-10},"from":{"id":77}}}}`, bot.Event{Kind: bot.Asked, Text: "а явка?", Message: 9}, true},
		{"edited", `{"update_id":1,"edited_message":{` + from + `,"text":"явка?"}}`, bot.Event{Kind: bot.Edited, Text: "явка?", Message: 9}, true},
		{"edited command", `{"update_id":1,"edited_message":{` + from + `,"text":"/help"}}`, bot.Event{}, false},
		{"photo", `{"update_id":1,"message":{` + from + `,"photo":[]}}`, bot.Event{Kind: bot.Media, Message: 9}, true},
		{"service message", `{"update_id":1,"message":{` + from + `,"new_chat_members":[{"id":1}]}}`, bot.Event{}, false},
		{"a bot writes", `{"update_id":1,"message":{"from":{"id":6,"is_bot":true},"chat":{"id":6,"type":"private"},"text":"hi"}}`, bot.Event{}, false},
		{"our own card", `{"update_id":1,"message":{` + from + `,"text":"card","via_bot":{"id":77}}}`, bot.Event{}, false},
		{"press", `{"update_id":1,"callback_query":{"id":"q","from":{"id":5},"message":{"message_id":4,"chat":{"id":5,"type":"private"}},"data":"topic:all"}}`, bot.Event{Kind: bot.Pressed, Data: "topic:all", Query: "q", Message: 4}, true},
		{"inline", `{"update_id":1,"inline_query":{"id":"q","from":{"id":5},"query":"явка","offset":"2"}}`, bot.Event{Kind: bot.Inline, Text: "явка", Query: "q", Offset: "2"}, true},
		{"blocked", `{"update_id":1,"my_chat_member":{"chat":{"id":5,"type":"private"},"from":{"id":5},"old_chat_member":{"status":"member"},"new_chat_member":{"status":"kicked"}}}`, bot.Event{Kind: bot.Blocked}, true},
		{"unblocked", `{"update_id":1,"my_chat_member":{"chat":{"id":5,"type":"private"},"from":{"id":5},"old_chat_member":{"status":"kicked"},"new_chat_member":{"status":"member"}}}`, bot.Event{Kind: bot.Unblocked}, true},
		{"joined", `{"update_id":1,"my_chat_member":{"chat":{"id":-10,"type":"group"},"from":{"id":5},"old_chat_member":{"status":"left"},"new_chat_member":{"status":"member"}}}`, bot.Event{Kind: bot.Joined}, true},
		{"unknown kind", `{"update_id":1,"poll":{"id":"1"}}`, bot.Event{}, false},
		{"wrong types", `{"update_id":1,"message":{"text":7,"chat":[]}}`, bot.Event{}, false},
		{"no JSON", `<html>`, bot.Event{}, false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, ok := Parse([]byte(c.raw), me)
			if ok != c.ok {
				t.Fatalf("ok is %v", ok)
			}
			if !ok {
				return
			}
			got.Person, got.Chat = bot.Person{}, bot.Chat{}
			got.At = c.want.At
			if got != c.want {
				t.Errorf("got  %+v\nwant %+v", got, c.want)
			}
		})
	}
}

func TestParsePeopleAndPlaces(t *testing.T) {
	ev, ok := Parse([]byte(`{"update_id":1,"message":{"from":{"id":5,"language_code":"kk"},"chat":{"id":-10,"type":"group"},"message_id":9,"date":1700000000,"text":"/help"}}`), me)
	if !ok || ev.Person != (bot.Person{ID: 5, LanguageCode: "kk"}) || ev.Chat != (bot.Chat{ID: -10, Group: true}) || ev.At.Unix() != 1700000000 {
		t.Errorf("got %+v", ev)
	}
}

func TestEnvelope(t *testing.T) {
	at := time.UnixMilli(1_700_000_000_123)
	cases := []struct {
		raw     string
		mailbox int64
		inline  bool
		err     error
	}{
		{`{"update_id":3,"message":{"chat":{"id":-10},"from":{"id":5}}}`, -10, false, nil},
		{`{"update_id":3,"callback_query":{"id":"1","from":{"id":5}}}`, 5, false, nil},
		{`{"update_id":3,"inline_query":{"id":"1","from":{"id":5}}}`, 5, true, nil},
		{`{"update_id":3,"poll":{}}`, 0, false, nil},
		{`{"update_id":3,"message":{"chat":{"id":"x"}}}`, 0, false, nil},
		{`{"update_id":3,"message":null}`, 0, false, nil},
		{`{"message":{"chat":{"id":1}}}`, 0, false, errNoUpdate},
		{`{"update_id":"3"}`, 0, false, errNoUpdate},
		{`{"update_id":-3}`, 0, false, errNoUpdate},
		{`{"update_id":3`, 0, false, errNotJSON},
		{`[]`, 0, false, errNotJSON},
		{`"x"`, 0, false, errNotJSON},
		{``, 0, false, errNotJSON},
		{strings.Repeat(`{"a":`, 20_000), 0, false, errNotJSON},
	}
	for _, c := range cases {
		u, inline, err := seal([]byte(c.raw), at)
		if !errors.Is(err, c.err) || u.Mailbox != c.mailbox || inline != c.inline || err == nil && u.ID != 3 {
			t.Errorf("seal(%.60s) = %+v, %v, %v", c.raw, u, inline, err)
		}
		if u.Mailbox == 0 {
			continue
		}
		raw, when, err := unseal(u.Data)
		if err != nil || string(raw) != c.raw || !when.Equal(at) {
			t.Errorf("unsealed %q of %v, %v", raw, when, err)
		}
	}
	if _, _, err := unseal([]byte("short")); err == nil {
		t.Error("an envelope without a stamp opened")
	}
}

func FuzzParse(f *testing.F) {
	files, _ := filepath.Glob("testdata/updates/*.json")
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	f.Add([]byte(`{"update_id":1,"message":{"from":{"id":5},"chat":{"id":5,"type":"private"},"text":"/start@refbot x"}}`))
	f.Add([]byte(`{"update_id":1,"callback_query":{"id":"q","from":{"id":5},"data":"fb:up:AAAAAAAAAAAA"}}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		ev, ok := Parse(raw, me)
		if !ok {
			return
		}
		if ev.Person.ID == 0 && ev.Kind != bot.Asked && ev.Kind != bot.Commanded && ev.Kind != bot.Media && ev.Kind != bot.Edited {
			t.Errorf("an event of nobody: %+v", ev)
		}
		if ev.Kind == bot.Asked && (ev.Text == "" || !utf8.ValidString(ev.Text)) {
			t.Errorf("a question without readable text: %+v", ev)
		}
	})
}
