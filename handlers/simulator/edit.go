package simulator

import (
	"reflect"
	"slices"
)

// edited is the place of a message that a call wants to change.
type edited struct {
	chat   *chat // locked
	msg    *message
	inline bool // named by its inline_message_id
}

// openEdited finds the bot's own message that a call names, and locks its chat.
func (s *Server) openEdited(c *call) (edited, error) {
	if id := c.str("inline_message_id"); id != "" {
		return s.openInline(id)
	}
	to, err := s.target(c.str("chat_id"))
	if err != nil {
		return edited{}, err
	}
	id := c.id("message_id")
	if id == 0 {
		return edited{}, errMessageNoID
	}
	to.mu.Lock()
	m := to.find(id)
	switch {
	case groupWritable(to) != nil:
		err = groupWritable(to)
	case m == nil:
		err = errEditNotFound
	case m.from.ID != s.bot.ID || m.service != nil:
		err = errCantBeEdited
	}
	if err != nil {
		to.mu.Unlock()
		return edited{}, err
	}
	return edited{chat: to, msg: m}, nil
}

// apply puts new content and keyboard into the message unless they are the old ones, and answers as the method does.
func (s *Server) apply(e edited, text formatted, markup *inlineKeyboard) (any, error) {
	if sameText(e.msg.formatted, text) && reflect.DeepEqual(e.msg.markup, markup) {
		return nil, errNotModified
	}
	if !sameText(e.msg.formatted, text) {
		e.msg.editDate = s.unix()
	}
	e.msg.formatted, e.msg.markup = text, markup
	s.changed(e.chat, e.msg)
	if e.inline {
		return true, nil
	}
	return s.wire(e.chat, e.msg), nil
}

func sameText(a, b formatted) bool {
	return a.text == b.text && slices.EqualFunc(a.entities, b.entities, func(x, y Entity) bool { return reflect.DeepEqual(x, y) })
}

// newMarkup reads the keyboard of an edit: inline or none.
func newMarkup(c *call) (*inlineKeyboard, error) {
	var m message
	if err := readMarkup(c.str("reply_markup"), &m); err != nil {
		return nil, err
	}
	if m.keyboard != nil {
		return nil, badRequest("inline keyboard expected")
	}
	return m.markup, nil
}

func (s *Server) editMessageText(c *call) (any, error) {
	text, err := c.messageText()
	if err != nil {
		return nil, err
	}
	return s.edit(c, text, func(m *message) error {
		if m.media != nil {
			return errNoText
		}
		return nil
	})
}

func (s *Server) editMessageCaption(c *call) (any, error) {
	caption, err := c.readText("caption", "caption_entities")
	if err != nil {
		return nil, err
	}
	if utf16Len(caption.text) > maxCaption {
		return nil, errCaptionTooLong
	}
	return s.edit(c, caption, func(m *message) error {
		if m.media == nil {
			return errNoCaption
		}
		return nil
	})
}

func (s *Server) edit(c *call, text formatted, fits func(*message) error) (any, error) {
	markup, err := newMarkup(c)
	if err != nil {
		return nil, err
	}
	e, err := s.openEdited(c)
	if err != nil {
		return nil, err
	}
	defer e.chat.mu.Unlock()
	if err := fits(e.msg); err != nil {
		return nil, err
	}
	if err := s.limits.edit(s.now(), e.chat); err != nil {
		return nil, err
	}
	return s.apply(e, text, markup)
}

func (s *Server) editMessageReplyMarkup(c *call) (any, error) {
	markup, err := newMarkup(c)
	if err != nil {
		return nil, err
	}
	e, err := s.openEdited(c)
	if err != nil {
		return nil, err
	}
	defer e.chat.mu.Unlock()
	if err := s.limits.edit(s.now(), e.chat); err != nil {
		return nil, err
	}
	return s.apply(e, e.msg.formatted, markup)
}
