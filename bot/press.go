package bot

import (
	"context"
	"strconv"
	"strings"

	"refbot/knowledge/language"
)

// press answers an inline button. Callback data is foreign text: what is not one of refbot's own
// verbs, and what comes too late for Telegram to take an answer, gets a fresh menu.
func (c *conversation) press(ctx context.Context) error {
	if c.ev.Late {
		return c.stale(ctx)
	}
	err := c.pressed(ctx)
	if KindOf(err) == TooLate {
		return c.stale(ctx)
	}
	return err
}

func (c *conversation) pressed(ctx context.Context) error {
	verb, arg, more := splitData(c.ev.Data)
	switch {
	case verb == "fb":
		return c.rate(ctx, arg, more)
	case verb == "wish":
		return c.wish(ctx, arg)
	case verb == "topic":
		return c.openTopic(ctx, arg, more)
	case verb == "st":
		return c.openStatement(ctx, arg)
	}
	if err := c.toast(ctx, ""); err != nil {
		return err
	}
	switch {
	case verb == "lang" && arg == "ask":
		return c.say(ctx, c.texts().LanguageAsk, languageRows(c.texts())...)
	case verb == "lang" && (arg == "auto" || language.Code(arg).Valid()):
		return c.setLanguage(ctx, arg)
	case verb == "sub" && (arg == "on" || arg == "off"):
		return c.subscribe(ctx, arg == "on")
	case verb == "sub" && c.profile.Subscribed:
		if done, err := c.choose(ctx, arg, more); done {
			return err
		}
	case verb == "forget" && arg == "yes":
		return c.forget(ctx)
	case verb == "forget" && arg == "no":
		return c.replace(ctx, Reply{Language: c.language(), Parts: []Part{Text(c.texts().ForgetKept)}})
	}
	return c.stale(ctx)
}

// splitData takes "verb:arg[:more]" apart; anything longer than Telegram's 64 bytes is nobody's.
func splitData(data string) (verb, arg, more string) {
	if len(data) > 64 {
		return "", "", ""
	}
	verb, rest, _ := strings.Cut(data, ":")
	arg, more, _ = strings.Cut(rest, ":")
	return verb, arg, more
}

func (c *conversation) stale(ctx context.Context) error {
	r := c.topicMenu(0)
	r.Parts = []Part{Text(c.texts().StaleMenu)}
	return c.send(ctx, r)
}

// replace edits the message whose button was pressed; where that can't be, it sends a new one.
func (c *conversation) replace(ctx context.Context, r Reply) error {
	err := c.Messenger.Edit(ctx, c.ev.Chat, c.ev.Message, r)
	switch KindOf(err) {
	case "", Unmodified:
		return nil
	case BadContent, MessageGone:
		return c.send(ctx, r)
	}
	return err
}

func (c *conversation) rate(ctx context.Context, arg, ref string) error {
	t, feedback := c.texts(), Feedback(arg)
	if feedback != Helpful && feedback != NotHelpful || len(ref) != refLength && (len(ref) != 8 || c.Desk == nil) {
		return c.toastStale(ctx)
	}
	c.quiet = true
	found, err := c.rateWhat(ctx, ref, feedback)
	switch {
	case err != nil:
		return err
	case !found:
		return c.toast(ctx, t.FeedbackGone)
	case feedback == Helpful:
		return c.toast(ctx, t.FeedbackUp)
	}
	return c.toast(ctx, t.FeedbackDown)
}

// rateWhat rates an answer, whose ref has 12 characters, or a broadcast, whose name has 8.
func (c *conversation) rateWhat(ctx context.Context, ref string, f Feedback) (bool, error) {
	if len(ref) == 8 {
		return c.Desk.Rate(ctx, ref, f)
	}
	return c.Store.Rate(ctx, c.ev.Person.ID, ref, f)
}

func (c *conversation) openTopic(ctx context.Context, id, page string) error {
	n, _ := strconv.Atoi(page)
	r, ok := c.topicPage(id, n)
	if id == "all" {
		r, ok = c.topicMenu(n), true
	}
	if !ok {
		return c.toastStale(ctx)
	}
	if err := c.toast(ctx, ""); err != nil {
		return err
	}
	return c.replace(ctx, r)
}

func (c *conversation) openStatement(ctx context.Context, id string) error {
	r, ok := c.statement(id)
	if !ok {
		return c.toast(ctx, c.texts().StatementUnknown)
	}
	if err := c.toast(ctx, ""); err != nil {
		return err
	}
	return c.show(ctx, r)
}

// toast closes the spinner. It comes before what the button does, so that a press that is too old does
// nothing.
func (c *conversation) toast(ctx context.Context, text string) error {
	return c.Messenger.Toast(ctx, c.ev.Query, text)
}

func (c *conversation) toastStale(ctx context.Context) error {
	if err := c.toast(ctx, ""); err != nil {
		return err
	}
	return c.stale(ctx)
}
