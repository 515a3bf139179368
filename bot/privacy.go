package bot

import (
	"context"
	"fmt"
	"strings"

	"refbot/bot/texts"
)

// privacy says what is kept of a person, and who reads a question.
func (c *conversation) privacy() string {
	if c.Phraser != nil {
		return c.texts().PrivacyLLM
	}
	return c.texts().Privacy
}

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
	fmt.Fprintf(&b, "%s: %s\n%s:\n", l.Subscribed, subscribed, l.Turns)
	for _, q := range c.session.questions() {
		fmt.Fprintf(&b, "  %s\n", q)
	}
	if len(c.session.Turns) == 0 {
		fmt.Fprintf(&b, "  %s\n", l.None)
	}
	return b.String()
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
