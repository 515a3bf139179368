package bot

import (
	"context"
	"strings"

	"refbot/bot/texts"
	"refbot/knowledge/language"
)

// command runs a citizens' command; one nobody knows gets a kind line.
func (c *conversation) command(ctx context.Context) error {
	switch c.ev.Command {
	case "start":
		return c.start(ctx)
	case "help":
		return c.help(ctx)
	case "topics":
		return c.send(ctx, c.topicMenu(0))
	case "lang":
		return c.languageMenu(ctx)
	case "subscribe":
		return c.subscribe(ctx, true)
	case "unsubscribe":
		return c.subscribe(ctx, false)
	case "privacy":
		return c.privacy(ctx)
	case "mydata":
		return c.myData(ctx)
	case "forget":
		return c.askForget(ctx)
	}
	if done, err := c.staff(ctx); done {
		return err
	}
	return c.say(ctx, c.texts().UnknownCommand)
}

func (c *conversation) say(ctx context.Context, text string, rows ...[]Button) error {
	return c.send(ctx, Reply{Language: c.language(), Parts: []Part{Text(text)}, Buttons: rows})
}

// start greets, or opens what a deep link names: topic-ID or st-ID.
func (c *conversation) start(ctx context.Context) error {
	c.returned()
	kind, id, _ := strings.Cut(strings.TrimSpace(c.ev.Args), "-")
	switch kind {
	case "topic":
		if r, ok := c.topicPage(id, 0); ok {
			return c.send(ctx, r)
		}
	case "st":
		if r, ok := c.statement(id); ok {
			return c.show(ctx, r)
		}
	case "", "inline":
		return c.send(ctx, c.greeting())
	}
	r := c.topicMenu(0)
	r.Parts = []Part{Text(c.texts().UnknownLink)}
	return c.send(ctx, r)
}

func (c *conversation) greeting() Reply {
	t := c.texts()
	r := Reply{Language: t.Code, Parts: []Part{
		Text(t.Greeting(c.engine.Pack().Campaign.Name[t.Code])),
		Text(t.GreetingExamples),
	}}
	for i, example := range t.Examples {
		p := Text("• " + example)
		if i > 0 {
			p.Tight = true
		}
		r.Parts = append(r.Parts, p)
	}
	r.Buttons = [][]Button{
		{topicsButton(t), {Text: t.Button.Language, Data: "lang:ask"}},
		{{Text: t.Button.Subscribe, Data: "sub:on"}},
	}
	return r
}

func (c *conversation) help(ctx context.Context) error {
	t := c.texts()
	r := Reply{Language: t.Code, Parts: []Part{Text(t.Help), Text(t.HelpCommands)}}
	for _, command := range t.Commands {
		r.Parts = append(r.Parts, Part{Tight: true, Spans: []Span{{Text: "/" + command.Name + " – " + command.Description}}})
	}
	if c.Username != "" {
		r.Parts = append(r.Parts, Text(t.HelpInline(c.Username)))
	}
	r.Buttons = [][]Button{{topicsButton(t)}}
	if err := c.send(ctx, r); err != nil {
		return err
	}
	return c.staffHelp(ctx)
}

// staffHelp adds pages for staff: for those who review questions, and for those who write to subscribers.
func (c *conversation) staffHelp(ctx context.Context) error {
	if c.Staff == nil || c.ev.Chat.Group {
		return nil
	}
	roles, err := c.Staff.Roles(ctx, c.ev.Person.ID)
	if err != nil || len(roles) == 0 {
		return err
	}
	var lines []string
	if c.Review != nil && roles.May(reviewRoles...) {
		lines = append(lines, c.texts().Review.Help)
	}
	if c.Doorkeeper != nil {
		lines = append(lines, c.texts().Staff.HelpDashboard)
	}
	if len(lines) > 0 {
		if err := c.say(ctx, strings.Join(lines, "\n")); err != nil {
			return err
		}
	}
	if c.Desk == nil || !roles.May(outreachRoles...) {
		return nil
	}
	return c.say(ctx, c.texts().Broadcast.Help)
}

func (c *conversation) languageMenu(ctx context.Context) error {
	if code := language.Code(strings.ToLower(strings.TrimSpace(c.ev.Args))); code.Valid() {
		return c.setLanguage(ctx, string(code))
	}
	return c.say(ctx, c.texts().LanguageAsk, languageRows(c.texts())...)
}

func languageRows(t *texts.Catalog) [][]Button {
	var row []Button
	for _, code := range language.Codes() {
		row = append(row, Button{Text: texts.For(code).Name, Data: "lang:" + string(code)})
	}
	return [][]Button{row, {{Text: t.Button.Auto, Data: "lang:auto"}}}
}

// setLanguage fixes the language of replies, or lets it follow the question again ("auto").
func (c *conversation) setLanguage(ctx context.Context, arg string) error {
	if arg == "auto" {
		c.profile.Language, c.profileChanged = "", true
		return c.say(ctx, c.texts().LanguageAuto)
	}
	c.profile.Language, c.session.Language, c.profileChanged = language.Code(arg), language.Code(arg), true
	if c.profile.Subscribed {
		c.profile.News = c.profile.Language
	}
	return c.say(ctx, c.texts().LanguageSet)
}
