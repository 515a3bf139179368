package simulator

import (
	"encoding/json"
	"fmt"
)

const (
	maxCallbackData = 64 // bytes
	maxCopyText     = 256
	maxButtons      = 100
	maxMarkupBytes  = 10 << 10
)

// readMarkup reads reply_markup into m: an inline keyboard, a reply keyboard, its removal, or a forced reply.
func readMarkup(raw string, m *message) error {
	if raw == "" {
		return nil
	}
	var object map[string]json.RawMessage
	if json.Unmarshal([]byte(raw), &object) != nil || object == nil {
		return badRequest("object expected as reply markup")
	}
	if rows, ok := object["inline_keyboard"]; ok {
		keyboard, err := readInlineKeyboard(rows)
		m.markup = keyboard
		return err
	}
	for _, flag := range []string{"remove_keyboard", "force_reply", "selective", "resize_keyboard", "one_time_keyboard", "is_persistent"} {
		if v, ok := object[flag]; ok && string(v) != "true" && string(v) != "false" {
			return badRequest(`field "%s" must be of type Boolean`, flag)
		}
	}
	if rows, ok := object["keyboard"]; ok {
		return readReplyKeyboard(rows, m)
	}
	return nil
}

// readInlineKeyboard reads the rows of an inline keyboard. Buttons without text vanish, as they do in Telegram.
func readInlineKeyboard(raw json.RawMessage) (*inlineKeyboard, error) {
	rows, err := readRows(raw)
	if err != nil {
		return nil, err
	}
	var keyboard inlineKeyboard
	count, size := 0, 0
	for _, buttons := range rows {
		row, err := readButtonRow(buttons)
		if err != nil {
			return nil, err
		}
		if len(row) == 0 {
			continue
		}
		for _, b := range row {
			size += len(b.Text) + len(b.CallbackData) + len(b.URL)
		}
		count += len(row)
		keyboard.Rows = append(keyboard.Rows, row)
	}
	if count > maxButtons || size > maxMarkupBytes {
		return nil, errMarkupTooLong
	}
	if count == 0 {
		return nil, nil //nolint:nilnil // an empty keyboard is none
	}
	return &keyboard, nil
}

// sentButton is a button as a bot sends it.
type sentButton struct {
	Button
	Text     *string         `json:"text"`
	Pay      bool            `json:"pay"`
	LoginURL json.RawMessage `json:"login_url"`
}

// readRows reads the buttons; what is wrong with them is a second look's to say.
func readRows(raw json.RawMessage) (rows [][]sentButton, err error) {
	if json.Unmarshal(raw, &rows) == nil {
		return rows, nil
	}
	var list []json.RawMessage
	if json.Unmarshal(raw, &list) != nil {
		return nil, badRequest(`field "inline_keyboard" must be of type Array`)
	}
	return nil, badRequest("can't parse inline keyboard button: InlineKeyboardButton must be an Object")
}

func readButtonRow(items []sentButton) ([]Button, error) {
	var row []Button
	for _, item := range items {
		b, err := item.read()
		if err != nil {
			return nil, err
		}
		if b.Text != "" {
			row = append(row, b)
		}
	}
	return row, nil
}

func (fields *sentButton) read() (Button, error) {
	if fields.Text == nil {
		return Button{}, badRequest(`can't parse inline keyboard button: Can't find field "text"`)
	}
	b := fields.Button
	b.Text = *fields.Text
	switch {
	case b.URL != "", b.CallbackData != "", b.WebApp != nil, b.switchesInline():
		b.CopyText = nil // an empty object beside an action is no action; Telegram does not look at it
	case b.CopyText != nil:
	case fields.Pay, fields.LoginURL != nil:
		return Button{}, badRequest("BUTTON_TYPE_INVALID")
	default:
		return Button{}, badRequest("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
	}
	return b, b.check()
}

func (b *Button) switchesInline() bool {
	return b.SwitchInlineQuery != nil || b.SwitchInlineQueryCurrentChat != nil || b.SwitchInlineQueryChosenChat != nil
}

// check refuses what a button must not carry, and writes its link the way Telegram does.
func (b *Button) check() error {
	switch {
	case b.URL != "":
		link, err := checkLink(b.URL)
		if err != nil {
			return badRequest("inline keyboard button URL '%s' is invalid: %s", b.URL, err)
		}
		b.URL = link
	case len(b.CallbackData) > maxCallbackData:
		return errButtonData
	case b.CopyText != nil && (b.CopyText.Text == "" || utf16Len(b.CopyText.Text) > maxCopyText):
		return badRequest("BUTTON_COPY_TEXT_INVALID")
	case b.WebApp != nil:
		if err := checkWebApp(b.WebApp.URL); err != nil {
			return badRequest("inline keyboard button Web App URL '%s' is invalid: %s", b.WebApp.URL, err)
		}
	}
	return nil
}

func checkWebApp(link string) error {
	if checked, err := checkLink(link); err != nil || len(checked) < 8 || checked[:8] != "https://" {
		return fmt.Errorf("Only HTTPS links are allowed") //nolint:staticcheck // Telegram's words
	}
	return nil
}

// readReplyKeyboard keeps the labels of a reply keyboard; a button is a string or an object with a text.
func readReplyKeyboard(raw json.RawMessage, m *message) error {
	var rows [][]json.RawMessage
	if json.Unmarshal(raw, &rows) != nil {
		return badRequest(`field "keyboard" must be of type Array`)
	}
	for _, row := range rows {
		var labels []string
		for _, item := range row {
			var button struct {
				Text *string `json:"text"`
			}
			var label string
			if json.Unmarshal(item, &label) != nil {
				if json.Unmarshal(item, &button) != nil || button.Text == nil {
					return badRequest(`can't parse keyboard button: Can't find field "text"`)
				}
				label = *button.Text
			}
			labels = append(labels, label)
		}
		m.keyboard = append(m.keyboard, labels)
	}
	return nil
}
