package simulator

import "encoding/json"

// User is Telegram's User object: a person or the bot.
type User struct {
	ID           int64  `json:"id"`
	IsBot        bool   `json:"is_bot"`
	FirstName    string `json:"first_name"`
	LastName     string `json:"last_name,omitempty"`
	Username     string `json:"username,omitempty"`
	LanguageCode string `json:"language_code,omitempty"`
}

// Entity is Telegram's MessageEntity; offset and length are UTF-16 units.
type Entity struct {
	Type          string `json:"type"`
	Offset        int    `json:"offset"`
	Length        int    `json:"length"`
	URL           string `json:"url,omitempty"`
	User          *User  `json:"user,omitempty"`
	Language      string `json:"language,omitempty"`
	CustomEmojiID string `json:"custom_emoji_id,omitempty"`
}

func (e Entity) end() int { return e.Offset + e.Length }

// Button is one button of an inline keyboard.
type Button struct {
	Text                         string          `json:"text"`
	URL                          string          `json:"url,omitempty"`
	CallbackData                 string          `json:"callback_data,omitempty"`
	SwitchInlineQuery            *string         `json:"switch_inline_query,omitempty"`
	SwitchInlineQueryCurrentChat *string         `json:"switch_inline_query_current_chat,omitempty"`
	SwitchInlineQueryChosenChat  json.RawMessage `json:"switch_inline_query_chosen_chat,omitempty"`
	CopyText                     *CopyText       `json:"copy_text,omitempty"`
	WebApp                       *WebApp         `json:"web_app,omitempty"`
}

// CopyText is what a button puts on the clipboard.
type CopyText struct {
	Text string `json:"text"`
}

// WebApp is a page a button opens.
type WebApp struct {
	URL string `json:"url"`
}

type inlineKeyboard struct {
	Rows [][]Button `json:"inline_keyboard"`
}

type wireChat struct {
	ID        int64  `json:"id"`
	Type      string `json:"type"`
	Title     string `json:"title,omitempty"`
	FirstName string `json:"first_name,omitempty"`
	LastName  string `json:"last_name,omitempty"`
	Username  string `json:"username,omitempty"`
}

// wireMessage is Telegram's Message object, as far as the simulator fills it.
type wireMessage struct {
	MessageID       int64           `json:"message_id"`
	From            *User           `json:"from,omitempty"`
	Chat            wireChat        `json:"chat"`
	Date            int64           `json:"date"`
	EditDate        int64           `json:"edit_date,omitempty"`
	ReplyTo         *wireMessage    `json:"reply_to_message,omitempty"`
	ViaBot          *User           `json:"via_bot,omitempty"`
	Text            string          `json:"text,omitempty"`
	Entities        []Entity        `json:"entities,omitempty"`
	Photo           []wireFile      `json:"photo,omitempty"`
	Document        *wireFile       `json:"document,omitempty"`
	Voice           *wireFile       `json:"voice,omitempty"`
	Sticker         *wireFile       `json:"sticker,omitempty"`
	Caption         string          `json:"caption,omitempty"`
	CaptionEntities []Entity        `json:"caption_entities,omitempty"`
	ReplyMarkup     *inlineKeyboard `json:"reply_markup,omitempty"`
	NewMembers      []*User         `json:"new_chat_members,omitempty"`
	LeftMember      *User           `json:"left_chat_member,omitempty"`
	MigrateTo       int64           `json:"migrate_to_chat_id,omitempty"`
	MigrateFrom     int64           `json:"migrate_from_chat_id,omitempty"`
}

// wireFile is a PhotoSize, Document, Voice, Sticker or File object.
type wireFile struct {
	FileID       string `json:"file_id"`
	FileUniqueID string `json:"file_unique_id"`
	FileSize     int    `json:"file_size,omitempty"`
	FilePath     string `json:"file_path,omitempty"`
	FileName     string `json:"file_name,omitempty"`
	MimeType     string `json:"mime_type,omitempty"`
	Width        int    `json:"width,omitempty"`
	Height       int    `json:"height,omitempty"`
	Duration     *int   `json:"duration,omitempty"`
	Emoji        string `json:"emoji,omitempty"`
	Type         string `json:"type,omitempty"`
	IsAnimated   *bool  `json:"is_animated,omitempty"`
	IsVideo      *bool  `json:"is_video,omitempty"`
}

// Sender is who wrote a message, as the chat page shows it.
type Sender struct {
	ID       int64  `json:"id"`
	Name     string `json:"name"`
	IsBot    bool   `json:"is_bot"`
	Username string `json:"username,omitempty"`
}

// Attachment is a file of a message, as the chat page shows it.
type Attachment struct {
	FileName string `json:"file_name"`
	Size     int    `json:"size"`
	URL      string `json:"url"`
}

// Message is a message as a person sees it.
type Message struct {
	MessageID int64       `json:"message_id"`
	ChatID    int64       `json:"chat_id"`
	From      Sender      `json:"from"`
	ViaBot    string      `json:"via_bot,omitempty"`
	Date      int64       `json:"date"` // Unix seconds
	EditDate  int64       `json:"edit_date,omitempty"`
	Text      string      `json:"text"` // plain; the caption when there is a file
	HTML      string      `json:"html"` // rendered from the entities, safe to insert
	Caption   string      `json:"caption,omitempty"`
	Entities  []Entity    `json:"entities,omitempty"`
	ReplyTo   int64       `json:"reply_to,omitempty"`
	Photo     *Attachment `json:"photo,omitempty"`
	Document  *Attachment `json:"document,omitempty"`
	Voice     *Attachment `json:"voice,omitempty"`
	Sticker   *Attachment `json:"sticker,omitempty"`
	Buttons   [][]Button  `json:"buttons,omitempty"`
	Keyboard  [][]string  `json:"keyboard,omitempty"` // a reply keyboard's labels
	Reaction  string      `json:"reaction,omitempty"`
	Service   string      `json:"service,omitempty"` // joined, left, migrated
}

// Button finds a button by its text or its callback data.
func (m Message) Button(textOrData string) (Button, bool) {
	for _, row := range m.Buttons {
		for _, b := range row {
			if b.Text == textOrData || (b.CallbackData != "" && b.CallbackData == textOrData) {
				return b, true
			}
		}
	}
	return Button{}, false
}
