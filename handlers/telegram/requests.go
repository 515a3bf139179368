package telegram

import (
	"bytes"
	"encoding/json"
	"strconv"

	"github.com/go-telegram/bot/models"

	"refbot/bot"
)

var noPreview = &models.LinkPreviewOptions{IsDisabled: new(true)}

// inlineKeyboard is what refbot uses of https://core.telegram.org/bots/api#inlinekeyboardmarkup. The library's
// buttons carry an empty copy_text.
type inlineKeyboard struct {
	Rows [][]inlineButton `json:"inline_keyboard"`
}

type inlineButton struct {
	Text string `json:"text"`
	URL  string `json:"url,omitempty"`
	Data string `json:"callback_data,omitempty"`
}

// keyboard renders buttons; nil where there are none.
func keyboard(rows [][]bot.Button) models.ReplyMarkup {
	if len(rows) == 0 {
		return nil
	}
	k := &inlineKeyboard{Rows: make([][]inlineButton, len(rows))}
	for i, row := range rows {
		k.Rows[i] = make([]inlineButton, len(row))
		for j, b := range row {
			k.Rows[i][j] = inlineButton{Text: b.Text, URL: b.URL, Data: b.Data}
		}
	}
	return k
}

// encode is json.Marshal that leaves the tags of Telegram HTML as they are: escaped they are six times as
// long.
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return b.Bytes(), err
}

// sentHead is how every answer to sendMessage begins that was seen; what follows is the message refbot has
// just sent, and need not be read.
const sentHead = `{"ok":true,"result":{"message_id":`

// sentMessage reads the id of a message from the head of an answer; false for one that begins otherwise.
func sentMessage(text []byte) (id int, ok bool) {
	rest, ok := bytes.CutPrefix(text, []byte(sentHead))
	if !ok {
		return 0, false
	}
	digits := bytes.IndexAny(rest, ",}")
	if digits < 0 {
		return 0, false
	}
	id, err := strconv.Atoi(string(rest[:digits]))
	return id, err == nil && id > 0
}
