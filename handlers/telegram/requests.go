package telegram

import "refbot/bot"

// The parameters refbot sends, see https://core.telegram.org/bots/api. Zero fields are left out.

const html = "HTML"

type chatRequest struct {
	Chat   int64  `json:"chat_id"`
	Action string `json:"action,omitempty"`
}

type messageRequest struct {
	Chat    int64          `json:"chat_id"`
	Message int            `json:"message_id,omitempty"` // of the message to edit
	Text    string         `json:"text"`
	Mode    string         `json:"parse_mode"`
	Preview preview        `json:"link_preview_options"`
	ReplyTo *replyTo       `json:"reply_parameters,omitempty"`
	Markup  *inlineButtons `json:"reply_markup,omitempty"`
	Paid    bool           `json:"allow_paid_broadcast,omitempty"`
}

type preview struct {
	Disabled bool `json:"is_disabled"`
}

type replyTo struct {
	Message int  `json:"message_id"`
	Anyway  bool `json:"allow_sending_without_reply"`
}

type inlineButtons struct {
	Rows [][]inlineButton `json:"inline_keyboard"`
}

type inlineButton struct {
	Text string `json:"text"`
	URL  string `json:"url,omitempty"`
	Data string `json:"callback_data,omitempty"`
}

type callbackAnswer struct {
	Query string `json:"callback_query_id"`
	Text  string `json:"text,omitempty"`
}

type inlineAnswer struct {
	Query    string       `json:"inline_query_id"`
	Results  []inlineCard `json:"results"`
	Cache    int          `json:"cache_time"` // seconds
	Personal bool         `json:"is_personal"`
	Next     string       `json:"next_offset"`
	Above    *startButton `json:"button,omitempty"`
}

type startButton struct {
	Text  string `json:"text"`
	Start string `json:"start_parameter"`
}

type inlineCard struct {
	Type        string         `json:"type"`
	ID          string         `json:"id"`
	Title       string         `json:"title"`
	Description string         `json:"description,omitempty"`
	Markup      *inlineButtons `json:"reply_markup,omitempty"`
	Content     cardContent    `json:"input_message_content"`
}

type cardContent struct {
	Text    string  `json:"message_text"`
	Mode    string  `json:"parse_mode"`
	Preview preview `json:"link_preview_options"`
}

// sent is what refbot reads of a message it sent.
type sent struct {
	ID int `json:"message_id"`
}

// keyboard renders buttons; nil where there are none.
func keyboard(rows [][]bot.Button) *inlineButtons {
	if len(rows) == 0 {
		return nil
	}
	k := &inlineButtons{Rows: make([][]inlineButton, len(rows))}
	for i, row := range rows {
		k.Rows[i] = make([]inlineButton, len(row))
		for j, b := range row {
			k.Rows[i][j] = inlineButton{Text: b.Text, URL: b.URL, Data: b.Data}
		}
	}
	return k
}
