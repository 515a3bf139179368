package simulator

// post puts m into c: an id, a date, the page's event, and for what people write the bot's update. The caller holds c.mu.
func (s *Server) post(c *chat, m *message) {
	m.date = s.unix()
	c.add(m, s.history)
	if m.from.IsBot {
		c.written++
	}
	s.hub.publish("message", c.id, 0, func() any { return s.view(c, m) })
	c.wake()
	if !m.from.IsBot && s.reachesBot(c, m) {
		s.pushMessage("message", c, m)
	}
}

// changed announces an edited message. The caller holds c.mu.
func (s *Server) changed(c *chat, m *message) {
	s.hub.publish("edit", c.id, 0, func() any { return s.view(c, m) })
	c.wake()
}

// reachesBot applies the privacy mode of groups: a bot sees commands, mentions of it, replies to it, and service messages.
func (s *Server) reachesBot(c *chat, m *message) bool {
	switch {
	case !c.isGroup():
		return true
	case c.status != "member":
		return false
	case m.service != nil:
		return m.service.reachesTheBot
	case m.viaBot:
		return true
	}
	if r := c.find(m.replyTo); r != nil && r.from.ID == s.bot.ID {
		return true
	}
	return s.addressed(m.formatted)
}

// wire is m as the Bot API shows it. The caller holds c.mu.
func (s *Server) wire(c *chat, m *message) *wireMessage {
	w := s.wireFlat(c, m)
	if r := c.find(m.replyTo); r != nil && m.replyTo != 0 {
		w.ReplyTo = s.wireFlat(c, r)
	}
	return w
}

func (s *Server) wireFlat(c *chat, m *message) *wireMessage {
	w := &wireMessage{
		MessageID: m.id, From: m.from, Chat: c.wire(), Date: m.date, EditDate: m.editDate, ReplyMarkup: m.markup,
	}
	if m.viaBot {
		w.ViaBot = &s.bot
	}
	if m.service != nil {
		w.NewMembers, w.LeftMember = m.service.joined, m.service.left
		w.MigrateTo, w.MigrateFrom = m.service.movedTo, m.service.movedFrom
	}
	if m.media == nil {
		w.Text, w.Entities = m.text, m.entities
		return w
	}
	w.Caption, w.CaptionEntities = m.text, m.entities
	m.media.fill(w)
	return w
}

// view is m as a person sees it. The caller holds c.mu.
func (s *Server) view(c *chat, m *message) Message {
	v := Message{
		MessageID: m.id, ChatID: c.id, Date: m.date, EditDate: m.editDate, ReplyTo: m.replyTo, Reaction: m.reaction,
		Text: m.text, HTML: renderHTML(m.text, m.entities), Entities: m.entities, Keyboard: m.keyboard,
		From: Sender{ID: m.from.ID, Name: m.from.FirstName, IsBot: m.from.IsBot, Username: m.from.Username},
	}
	if m.from.LastName != "" {
		v.From.Name += " " + m.from.LastName
	}
	if m.viaBot {
		v.ViaBot = s.bot.Username
	}
	if m.markup != nil {
		v.Buttons = m.markup.Rows
	}
	if m.service != nil {
		v.Service = m.service.text
	}
	if m.media != nil {
		v.Caption = m.text
		m.media.show(&v)
	}
	return v
}
