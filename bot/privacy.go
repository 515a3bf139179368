package bot

import (
	"context"
	"fmt"
	"strings"
	"time"

	"refbot/bot/markup"
	"refbot/bot/texts"
)

// News knows what people were sent.
type News interface {
	// Received lists the broadcasts that reached a person and are still on record, the newest first.
	Received(ctx context.Context, person int64) ([]Received, error)
}

// Received is a broadcast that reached a person.
type Received struct {
	At   time.Time // when it began to be sent
	Text string    // Telegram HTML
}

// kept is how long each kind of data is kept.
func (a *Assistant) kept() texts.Kept {
	if a.Kept == (texts.Kept{}) {
		return DefaultKept()
	}
	return a.Kept
}

// privacy says what is kept of people, by the settings and by what is switched on.
func (c *conversation) privacy(ctx context.Context) error {
	t := c.texts()
	r := Reply{Language: t.Code, Parts: []Part{Text(t.Privacy(c.kept(), c.Phraser != nil))}}
	if c.Ears != nil {
		r.Parts = append(r.Parts, Text(t.PrivacyVoice))
	}
	if c.Wishes != nil {
		r.Parts = append(r.Parts, Text(t.Notice.Privacy))
	}
	return c.send(ctx, r)
}

// myData sends the person everything stored about them as a text file.
func (c *conversation) myData(ctx context.Context) error {
	entries, err := c.Store.Entries(ctx, c.ev.Person.ID)
	if err != nil {
		return err
	}
	var wisher Wisher
	if c.Wishes != nil {
		if wisher, err = c.Wishes.Wisher(ctx, c.ev.Person.ID); err != nil {
			return err
		}
	}
	roles, err := c.ownRoles(ctx)
	if err != nil {
		return err
	}
	var news []Received
	if c.News != nil {
		if news, err = c.News.Received(ctx, c.ev.Person.ID); err != nil {
			return err
		}
	}
	t := c.texts()
	if !c.known && len(entries) == 0 && len(roles) == 0 && len(news) == 0 && wisher.idle() {
		return c.say(ctx, t.MyDataNothing)
	}
	return c.send(ctx, Reply{
		Language: t.Code,
		Parts:    []Part{Text(t.MyData)},
		File:     &File{Name: t.MyDataFile.FileName, Data: []byte(c.dataFile(t, entries, wisher, roles, news))},
	})
}

// maxNewsLine is how much of a broadcast stands in the file, in characters: enough to know it again.
const maxNewsLine = 80

func (c *conversation) dataFile(t *texts.Catalog, entries []Entry, wisher Wisher, roles Roles, news []Received) string {
	l := t.MyDataFile
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\n%s: %s\n", l.Title, l.Language, orDefault(string(c.profile.Language), l.None))
	subscribed := l.No
	if c.profile.Subscribed {
		subscribed = fmt.Sprintf("%s, %s %s", l.Yes, l.Since, t.Date(c.profile.Since))
	}
	fmt.Fprintf(&b, "%s: %s\n", l.Subscribed, subscribed)
	fmt.Fprintf(&b, "%s: %s\n%s: %s\n", l.News, orDefault(string(c.profile.News), l.None), l.Topics, orDefault(c.newsTopics(t), l.None))
	region, _ := c.engine.Pack().Campaign.Region(c.profile.Region)
	fmt.Fprintf(&b, "%s: %s\n", l.Region, orDefault(region.Title[t.Code], l.None))
	lines := make([]string, len(entries))
	for i, e := range entries {
		lines[i] = fmt.Sprintf("%s: %s%s", t.Date(e.At), e.Question, rating(l, e.Feedback))
		if e.Review != nil {
			lines[i] += " (" + l.Reviewed + ")"
		}
	}
	if len(roles) > 0 {
		names := make([]string, len(roles))
		for i, r := range roles {
			names[i] = c.roleName(r)
		}
		fmt.Fprintf(&b, "%s: %s\n", l.Roles, strings.Join(names, ", "))
	}
	section(&b, l.Turns, c.session.questions(), l.None)
	section(&b, l.Journal, lines, l.None)
	if c.News != nil {
		got := make([]string, len(news))
		for i, n := range news {
			got[i] = fmt.Sprintf("%s: %s", t.Date(n.At), Shorten(strings.Join(strings.Fields(markup.Plain(n.Text)), " "), maxNewsLine))
		}
		section(&b, l.Got, got, l.None)
	}
	if c.Wishes != nil {
		wishes := make([]string, len(wisher.Wishes))
		for i, w := range wisher.Wishes {
			wishes[i] = fmt.Sprintf("%s: %s", t.Date(w.At), w.Question)
		}
		section(&b, t.Notice.MyData, wishes, l.None)
		corrections := l.No
		if wisher.Corrections {
			corrections = l.Yes
		}
		fmt.Fprintf(&b, "%s: %s\n", t.Notice.MyDataFix, corrections)
	}
	return b.String()
}

// newsTopics names the topics a person wants to hear of.
func (c *conversation) newsTopics(t *texts.Catalog) string {
	var titles []string
	for _, id := range c.profile.Topics {
		titles = append(titles, topicTitle(c.engine, id, t.Code))
	}
	return strings.Join(titles, ", ")
}

// section writes a part of the file: a title and its lines, or that there are none.
func section(b *strings.Builder, title string, lines []string, none string) {
	if len(lines) == 0 {
		lines = []string{none}
	}
	fmt.Fprintf(b, "%s:\n", title)
	for _, line := range lines {
		fmt.Fprintf(b, "  %s\n", line)
	}
}

// rating is what the person made of a reply, as it stands behind their question.
func rating(l texts.MyDataLabels, f Feedback) string {
	switch f {
	case Helpful:
		return " (" + l.Helpful + ")"
	case NotHelpful:
		return " (" + l.NotHelpful + ")"
	}
	return ""
}

func (c *conversation) askForget(ctx context.Context) error {
	b := c.texts().Button
	return c.say(ctx, c.texts().ForgetAsk, []Button{{Text: b.ForgetYes, Data: "forget:yes"}, {Text: b.Keep, Data: "forget:no"}})
}

// forget deletes what is stored before it says so: a person must not be told what did not happen.
func (c *conversation) forget(ctx context.Context) error {
	roles, err := c.ownRoles(ctx) // first: whoever has one must not be told that nothing is left
	if err != nil {
		return err
	}
	if err := c.Store.Forget(ctx, c.ev.Person.ID); err != nil {
		return err
	}
	c.quiet = true
	t := c.texts()
	done := t.ForgetDone
	if len(roles) > 0 {
		done = t.ForgetStaff
	}
	return c.replace(ctx, Reply{Language: t.Code, Parts: []Part{Text(done)}})
}

// ownRoles are the person's roles, which are nobody's business in a group.
func (c *conversation) ownRoles(ctx context.Context) (Roles, error) {
	if c.Staff == nil || c.ev.Chat.Group {
		return nil, nil
	}
	return c.Staff.Roles(ctx, c.ev.Person.ID)
}
