package simulator

import (
	"encoding/json"
	"strconv"
)

func (s *Server) sendMessage(c *call) (any, error) {
	text, err := c.messageText()
	if err != nil {
		return nil, err
	}
	if err := checkPreview(c.str("link_preview_options")); err != nil {
		return nil, err
	}
	return s.send(c, &message{formatted: text})
}

// checkPreview checks link_preview_options.
func checkPreview(raw string) error {
	if raw == "" {
		return nil
	}
	var options map[string]json.RawMessage
	if json.Unmarshal([]byte(raw), &options) != nil {
		return badRequest("can't parse link preview options JSON object")
	}
	for _, name := range []string{"is_disabled", "prefer_small_media", "prefer_large_media", "show_above_text"} {
		if v, ok := options[name]; ok && string(v) != "true" && string(v) != "false" {
			return badRequest(`field "%s" must be of type Boolean`, name)
		}
	}
	var link string
	if v, ok := options["url"]; ok && json.Unmarshal(v, &link) == nil && link != "" {
		if _, err := checkLink(link); err != nil {
			return badRequest("WEBPAGE_URL_INVALID")
		}
	}
	return nil
}

// send puts the bot's message m into the chat of the call: the part that all send methods share.
func (s *Server) send(c *call, m *message) (any, error) {
	if err := readMarkup(c.str("reply_markup"), m); err != nil {
		return nil, err
	}
	reply, err := readReply(c.params)
	if err != nil {
		return nil, err
	}
	to, err := s.open(c)
	if err != nil {
		return nil, err
	}
	defer to.mu.Unlock()
	if err := s.checkPlace(c.params, to, reply); err != nil {
		return nil, err
	}
	if err := s.limits.send(s.now(), to, c.boolean("allow_paid_broadcast")); err != nil {
		return nil, err
	}
	m.from = &s.bot
	if to.find(reply.messageID) != nil {
		m.replyTo = reply.messageID
	}
	s.post(to, m)
	return s.wire(to, m), nil
}

// replyTarget is what a call says it answers.
type replyTarget struct {
	messageID int64
	optional  bool
}

func readReply(p params) (replyTarget, error) {
	t := replyTarget{messageID: p.id("reply_to_message_id"), optional: p.boolean("allow_sending_without_reply")}
	raw := p.str("reply_parameters")
	if raw == "" {
		return t, nil
	}
	var fields struct {
		MessageID *int64 `json:"message_id"`
		Optional  bool   `json:"allow_sending_without_reply"`
	}
	if json.Unmarshal([]byte(raw), &fields) != nil {
		return t, badRequest("can't parse reply parameters JSON object")
	}
	if fields.MessageID == nil {
		return t, badRequest(`can't find field "message_id"`)
	}
	return replyTarget{messageID: *fields.MessageID, optional: fields.Optional}, nil
}

// checkPlace checks what a send says about its place in the chat: thread, business connection, replied message.
func (s *Server) checkPlace(p params, to *chat, reply replyTarget) error {
	switch {
	case p.id("message_thread_id") != 0:
		return errThreadNotFound
	case p.has("business_connection_id"):
		return badRequest("business connection not found")
	case reply.messageID != 0 && !reply.optional && to.find(reply.messageID) == nil:
		return errReplyNotFound
	}
	return nil
}

// chatActions are the actions of sendChatAction.
var chatActions = map[string]bool{
	"typing": true, "upload_photo": true, "record_video": true, "upload_video": true, "record_voice": true,
	"upload_voice": true, "upload_document": true, "choose_sticker": true, "find_location": true,
	"record_video_note": true, "upload_video_note": true,
}

func (s *Server) sendChatAction(c *call) (any, error) {
	action := c.str("action")
	if !chatActions[action] {
		return nil, badRequest("wrong parameter action in request")
	}
	to, err := s.open(c)
	if err != nil {
		return nil, err
	}
	defer to.mu.Unlock()
	s.hub.publish("typing", to.id, 0, func() any { return map[string]any{"chat": to.id, "action": action} })
	return true, nil
}

// sendMessageDraft shows a text that is still being written; private chats only.
func (s *Server) sendMessageDraft(c *call) (any, error) {
	draft, err := strconv.ParseInt(c.str("draft_id"), 10, 64)
	if err != nil || draft == 0 {
		return nil, badRequest("draft_id must be non-zero")
	}
	if c.str("text") == "" {
		return nil, errTextEmpty
	}
	text, err := c.readText("text", "entities")
	if err != nil {
		return nil, err
	}
	if utf16Len(text.text) > maxText {
		return nil, errTextTooLong
	}
	to, err := s.open(c)
	if err != nil {
		return nil, err
	}
	defer to.mu.Unlock()
	if to.isGroup() {
		return nil, badRequest("TEXTDRAFT_PEER_INVALID")
	}
	s.hub.publish("draft", to.id, 0, func() any {
		return map[string]any{
			"chat": to.id, "draft_id": draft, "text": text.text, "html": renderHTML(text.text, text.entities),
		}
	})
	return true, nil
}

// copyMessage sends a message of one chat again in another.
func (s *Server) copyMessage(c *call) (any, error) {
	m, err := s.copySource(c)
	if err != nil {
		return nil, err
	}
	if _, replaced := c.values["caption"]; replaced && m.media != nil {
		if m.formatted, err = c.readText("caption", "caption_entities"); err != nil {
			return nil, err
		}
		if utf16Len(m.text) > maxCaption {
			return nil, errCaptionTooLong
		}
	}
	sent, err := s.send(c, m)
	if err != nil {
		return nil, err
	}
	return map[string]int64{"message_id": sent.(*wireMessage).MessageID}, nil
}

func (s *Server) copySource(c *call) (*message, error) {
	from, err := s.target(c.str("from_chat_id"))
	if err != nil {
		return nil, err
	}
	id := c.id("message_id")
	if id == 0 {
		return nil, errMessageNoID
	}
	from.mu.Lock()
	defer from.mu.Unlock()
	m := from.find(id)
	if m == nil || m.service != nil {
		return nil, errCopyNotFound
	}
	return &message{formatted: m.formatted, media: m.media}, nil
}
