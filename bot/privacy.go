package bot

import (
	"context"
	"fmt"
	"strings"

	"refbot/bot/texts"
)

// myData sends the person everything stored about them as a text file.
func (c *conversation) myData(ctx context.Context) error {
	t := c.texts()
	if !c.known {
		return c.say(ctx, t.MyDataNothing)
	}
	return c.send(ctx, Reply{
		Language: t.Code,
		Parts:    []Part{Text(t.MyData)},
		File:     &File{Name: t.MyDataFile.FileName, Data: []byte(c.dataFile(t))},
	})
}

func (c *conversation) dataFile(t *texts.Catalog) string {
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
	fmt.Fprintf(&b, "%s:\n", l.Turns)
	for _, q := range c.session.questions() {
		fmt.Fprintf(&b, "  %s\n", q)
	}
	if len(c.session.Turns) == 0 {
		fmt.Fprintf(&b, "  %s\n", l.None)
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

func (c *conversation) askForget(ctx context.Context) error {
	b := c.texts().Button
	return c.say(ctx, c.texts().ForgetAsk, []Button{{Text: b.ForgetYes, Data: "forget:yes"}, {Text: b.Keep, Data: "forget:no"}})
}

// forget deletes what is stored before it says so: a person must not be told what did not happen.
func (c *conversation) forget(ctx context.Context) error {
	if err := c.Store.Forget(ctx, c.ev.Person.ID); err != nil {
		return err
	}
	c.quiet = true
	return c.replace(ctx, Reply{Language: c.language(), Parts: []Part{Text(c.texts().ForgetDone)}})
}
