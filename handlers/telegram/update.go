package telegram

import (
	"encoding/json"
	"errors"
	"fmt"
)

// update is what refbot reads of https://core.telegram.org/bots/api#update. Fields it does not use
// are not declared, so that a surprise in them cannot spoil the rest.
type update struct {
	ID       int64          `json:"update_id"`
	Message  *message       `json:"message"`
	Edited   *message       `json:"edited_message"`
	Callback *callbackQuery `json:"callback_query"`
	Inline   *inlineQuery   `json:"inline_query"`
	Member   *chatMember    `json:"my_chat_member"`
}

type message struct {
	ID      int      `json:"message_id"`
	Date    int64    `json:"date"`
	From    *user    `json:"from"`
	Chat    chat     `json:"chat"`
	Text    string   `json:"text"`
	Caption string   `json:"caption"`
	Photo   []file   `json:"photo"` // the same one in several sizes, the largest last
	File    *file    `json:"document"`
	Voice   *voice   `json:"voice"`
	ReplyTo *message `json:"reply_to_message"`
	ViaBot  *user    `json:"via_bot"`

	Entities        []entity `json:"entities"`
	CaptionEntities []entity `json:"caption_entities"`

	// Service messages: they carry no content and get no reply.
	NewMembers   json.RawMessage `json:"new_chat_members"`
	LeftMember   json.RawMessage `json:"left_chat_member"`
	Pinned       json.RawMessage `json:"pinned_message"`
	MigrateTo    int64           `json:"migrate_to_chat_id"`
	MigrateFrom  int64           `json:"migrate_from_chat_id"`
	NewTitle     string          `json:"new_chat_title"`
	GroupCreated bool            `json:"group_chat_created"`
}

type file struct {
	ID string `json:"file_id"`
}

type voice struct {
	ID       string `json:"file_id"`
	Duration int    `json:"duration"` // seconds
	Size     int64  `json:"file_size"`
}

type user struct {
	ID       int64  `json:"id"`
	IsBot    bool   `json:"is_bot"`
	Username string `json:"username"`
	Language string `json:"language_code"`
}

type chat struct {
	ID   int64  `json:"id"`
	Type string `json:"type"`
}

type callbackQuery struct {
	ID      string   `json:"id"`
	From    user     `json:"from"`
	Message *message `json:"message"`
	Data    string   `json:"data"`
}

type inlineQuery struct {
	ID     string `json:"id"`
	From   user   `json:"from"`
	Query  string `json:"query"`
	Offset string `json:"offset"`
}

type chatMember struct {
	Chat chat       `json:"chat"`
	From user       `json:"from"`
	Old  membership `json:"old_chat_member"`
	New  membership `json:"new_chat_member"`
}

type membership struct {
	Status string `json:"status"`
	Member bool   `json:"is_member"` // of a restricted member
}

// in reports whether the bot can speak where it has this membership.
func (m membership) in() bool {
	switch m.Status {
	case "member", "administrator", "creator":
		return true
	}
	return m.Status == "restricted" && m.Member
}

// decode reads an update. What has an unexpected type gives an error beside the rest of the update; what
// is no JSON object gives nothing.
func decode(raw []byte) (*update, error) {
	var u update
	err := json.Unmarshal(raw, &u)
	var wrongType *json.UnmarshalTypeError
	if err != nil && (!errors.As(err, &wrongType) || wrongType.Field == "") {
		return nil, fmt.Errorf("decode an update: %w", err)
	}
	return &u, err
}

// service reports a message in which nobody says anything.
func (m *message) service() bool {
	return m.NewMembers != nil || m.LeftMember != nil || m.Pinned != nil ||
		m.MigrateTo != 0 || m.MigrateFrom != 0 || m.NewTitle != "" || m.GroupCreated
}
