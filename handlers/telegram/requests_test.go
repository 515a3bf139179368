package telegram

import (
	"encoding/json"
	"testing"

	"refbot/bot"
)

// FuzzSentMessage: the id is read from the head of an answer only where the whole answer has it.
func FuzzSentMessage(f *testing.F) {
	for _, s := range []string{
		`{"ok":true,"result":{"message_id":7,"text":"x"}}`, `{"ok":true,"result":{"message_id":12}}`, `{"ok":true,"result":{"message_id":-1}}`,
		`{"ok":true,"result":{"message_id":"7"}}`, `{"ok":true,"result":{"message_id":7`, `{"ok":true,"result":{"message_id":99999999999999999999}}`,
		`{"ok":true,"result":{"message_id":}}`, `{"ok":false,"error_code":400}`, `{"ok":true,"result":{"message_id":+7}}`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		id, ok := sentMessage([]byte(s))
		var a struct {
			OK     bool
			Result struct {
				ID int `json:"message_id"`
			}
		}
		if !ok || !json.Valid([]byte(s)) {
			return
		}
		if err := json.Unmarshal([]byte(s), &a); err != nil || id <= 0 {
			t.Errorf("read %d from %s: %v", id, s, err)
		}
	})
}

func TestKeyboardCarriesNothingEmpty(t *testing.T) {
	text, err := encode(keyboard([][]bot.Button{{{Text: "<A>", Data: "st:1"}, {Text: "B", URL: "https://gov.kz"}}}))
	const want = `{"inline_keyboard":[[{"text":"<A>","callback_data":"st:1"},{"text":"B","url":"https://gov.kz"}]]}` + "\n"
	if err != nil || string(text) != want {
		t.Errorf("%s, %v", text, err)
	}
	if keyboard(nil) != nil {
		t.Error("no buttons are no keyboard")
	}
}
