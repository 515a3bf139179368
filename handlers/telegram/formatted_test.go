package telegram

import (
	"encoding/json"
	"strings"
	"testing"

	"refbot/bot"
	"refbot/bot/markup"
)

func TestFormatted(t *testing.T) {
	for name, c := range map[string]struct {
		text     string
		entities []entity
		skip     int
		want     string
	}{
		"none":                {"просто", nil, 0, ""},
		"no look":             {"#тег", []entity{{Type: "hashtag", Length: 4}}, 0, ""},
		"behind an emoji":     {"😀 важно!", []entity{{Type: "bold", Offset: 3, Length: 5}}, 0, "😀 <b>важно</b>!"},
		"one in another":      {"ab cd", []entity{{Type: "italic", Offset: 3, Length: 2}, {Type: "bold", Length: 5}}, 0, "<b>ab <i>cd</i></b>"},
		"a link":              {"тут <b>", []entity{{Type: "text_link", Length: 3, URL: "https://e.kz/?a=1&b=2"}}, 0, `<a href="https://e.kz/?a=1&amp;b=2">тут</a> &lt;b&gt;`},
		"behind a command":    {"/broadcast да", []entity{{Type: "bot_command", Length: 10}, {Type: "bold", Offset: 11, Length: 2}}, 11, "<b>да</b>"},
		"crossed":             {"abcd", []entity{{Type: "bold", Length: 3}, {Type: "italic", Offset: 1, Length: 3}}, 0, "<b>a<i>bc</i></b>d"},
		"beyond the end":      {"ab", []entity{{Type: "bold", Length: 9}, {Type: "bold", Offset: -1, Length: 1}}, 0, ""},
		"a quotation of code": {"x", []entity{{Type: "code", Length: 1}}, 0, "<code>x</code>"},
	} {
		if got := formatted(c.text, c.entities, c.skip); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestParsePassesFilesAndFormatting(t *testing.T) {
	message := func(fields string) bot.Event {
		t.Helper()
		ev, ok := Parse([]byte(`{"update_id":1,"message":{"message_id":5,"from":{"id":7},"chat":{"id":7,"type":"private"},`+fields+`}}`), Identity{ID: 1, Username: "refbot"})
		if !ok {
			t.Fatalf("%s asks nothing", fields)
		}
		return ev
	}
	ev := message(`"photo":[{"file_id":"small"},{"file_id":"large"}],"caption":"Итоги","caption_entities":[{"type":"bold","offset":0,"length":5}]`)
	if ev.Kind != bot.Media || ev.Photo != "large" || ev.Text != "Итоги" || ev.HTML != "<b>Итоги</b>" {
		t.Errorf("a photo: %+v", ev)
	}
	if ev = message(`"document":{"file_id":"d"}`); ev.Kind != bot.Media || ev.Document != "d" || ev.HTML != "" {
		t.Errorf("a document: %+v", ev)
	}
	if ev = message(`"text":"жирно","entities":[{"type":"bold","offset":0,"length":5}]`); ev.Kind != bot.Asked || ev.HTML != "<b>жирно</b>" {
		t.Errorf("a text: %+v", ev)
	}
	ev = message(`"text":"/broadcast@refbot  жирно","entities":[{"type":"bold","offset":19,"length":5}]`)
	if ev.Kind != bot.Commanded || ev.Args != "жирно" || ev.HTML != "<b>жирно</b>" {
		t.Errorf("a command: %+v", ev)
	}
}

// FuzzFormatted: whatever entities come, the result is "" or HTML that says the same.
func FuzzFormatted(f *testing.F) {
	f.Add("😀 да <b>", `[{"type":"bold","offset":0,"length":2},{"type":"text_link","offset":3,"length":2,"url":"https://e.kz"}]`, 0)
	f.Add("abc", `[{"type":"pre","offset":1,"length":2},{"type":"bold","offset":1,"length":1}]`, 1)
	f.Fuzz(func(t *testing.T, text, raw string, skip int) {
		var entities []entity
		if json.Unmarshal([]byte(raw), &entities) != nil || skip < 0 || skip > len([]rune(text)) {
			return
		}
		html := formatted(text, entities, skip)
		if html == "" {
			return
		}
		again, err := markup.Parse(html)
		if err != nil || strings.ContainsRune(again.Plain, '\x00') && !strings.ContainsRune(text, '\x00') {
			t.Errorf("%q became %q: %v", text, html, err)
		}
	})
}
