package bot

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"strings"
	"time"

	"refbot/bot/texts"
)

// judge asks the guard about what a person wants; comings and goings are no requests.
func (a *Assistant) judge(ev Event) ruling {
	switch ev.Kind {
	case Joined, Blocked, Unblocked:
		return fine
	}
	at := ev.At
	if at.IsZero() {
		at = a.Now()
	}
	return a.Guard.judge(ev.Person.ID, at)
}

// slowDown says the one line a flood gets.
func (a *Assistant) slowDown(ctx context.Context, ev Event, r ruling) error {
	if r == ignore {
		return nil
	}
	text := texts.For(appLanguage(ev.Person.LanguageCode)).TooFast
	if ev.Kind == Pressed {
		return a.Messenger.Toast(ctx, ev.Query, text)
	}
	_, err := a.Messenger.Send(ctx, ev.Chat, Reply{Parts: []Part{Text(text)}}, 0)
	return err
}

// Echo recognises a question that comes again.
type Echo struct {
	Sum     string    `json:"s"` // of the text, without case and spaces, and the knowledge base
	At      time.Time `json:"t"`
	Message int       `json:"m"`
}

// again is how soon the same question must come to be a repetition and not a second thought.
const again = 10 * time.Second

// echo is what the session keeps of the event.
func (c *conversation) echo() Echo {
	if c.ev.Kind != Asked {
		return Echo{}
	}
	plain := strings.ToLower(strings.Join(strings.Fields(c.ev.Text), " "))
	sum := sha256.Sum256([]byte(plain + "\x00" + c.engine.Pack().Version)) // another knowledge base may answer it anew
	return Echo{Sum: base64.RawStdEncoding.EncodeToString(sum[:9]), At: c.at().UTC(), Message: c.ev.Message}
}

// at is when the event happened.
func (c *conversation) at() time.Time {
	if c.ev.At.IsZero() {
		return c.Now()
	}
	return c.ev.At
}

// repeated reports a question that has been answered: the one just before, sent twice, or the very same
// message, which comes again when the bot was stopped between storing and settling.
func (c *conversation) repeated() bool {
	last, now := c.session.Last, c.echo()
	if last.Message == 0 && last.Sum == "" {
		return false
	}
	same := last.Sum == now.Sum && now.At.Sub(last.At).Abs() <= again
	return same || last.Message == now.Message && last.Message != 0
}
