package bot

import (
	"context"
	"strings"
	"time"

	"refbot/knowledge"
	"refbot/knowledge/language"
)

// Voice is a voice message: the messenger's id of its file, and what the messenger says of it.
type Voice struct {
	File    string
	Seconds int
	Bytes   int64 // 0 where the messenger does not say
}

// Limits on voice messages that are listened to.
const (
	MaxVoice      = 60      // seconds
	MaxVoiceBytes = 4 << 20 // a minute of Telegram's OGG has half a megabyte
	maxHeard      = 1000    // characters of a transcript
	hearTokens    = 2000    // that a minute of speech counts as against the minute's tokens
	hearTime      = 6 * time.Second
)

// Files fetches a messenger's file. Errors are *Error and name no address: it may hold the bot's token.
type Files interface {
	Fetch(ctx context.Context, file string, most int64) ([]byte, error)
}

// Transcriber writes down speech in OGG. bot/llm implements it. Errors are *Error and hold no text of people.
type Transcriber interface {
	Transcribe(ctx context.Context, ogg []byte) (string, error)
}

// Ears have voice messages written down. The sound is neither stored nor logged; the words go the way of typed ones.
// Files and Transcriber are required.
type Ears struct {
	Files       Files
	Transcriber Transcriber
	Quota       Quota // shared with phrasing; nil sets no limit
	Breaker     *Breaker
}

// listen answers a voice message as the question it holds, and shows what was heard.
func (c *conversation) listen(ctx context.Context) error {
	t := c.texts()
	switch v := c.ev.Voice; {
	case c.Ears == nil || c.Control.Load().NoLLM:
		return c.decline(ctx, t.OnlyText)
	case v.Seconds > MaxVoice || v.Bytes > MaxVoiceBytes:
		return c.decline(ctx, t.VoiceTooLong)
	}
	began := time.Now()
	stop := c.Messenger.Typing(ctx, c.ev.Chat)
	heard := c.Ears.hear(ctx, c.ev.Voice, c.ev.Person.ID)
	stop()
	if heard == "" {
		return c.decline(ctx, t.VoiceUnclear)
	}
	c.spent, c.heard = time.Since(began), heard
	c.ev.Kind, c.ev.Text = Asked, heard
	if c.repeated() {
		c.quiet = true
		return nil
	}
	return c.ask(ctx)
}

// decline says one sentence and leaves nothing to be stored.
func (c *conversation) decline(ctx context.Context, text string) error {
	c.quiet = true
	return c.send(ctx, Reply{Language: c.language(), Parts: []Part{Text(text)}})
}

// hear fetches a voice message and has it written down; "" where that fails.
func (e *Ears) hear(ctx context.Context, v *Voice, person int64) string {
	ctx, cancel := context.WithTimeout(ctx, hearTime)
	defer cancel()
	if !e.Breaker.Allow() {
		return ""
	}
	grant := Grant{}
	if e.Quota != nil {
		g, refusal, err := e.Quota.Take(ctx, person, hearTokens)
		if err != nil || refusal != "" {
			e.Breaker.Cancel()
			return ""
		}
		grant = g
		defer func() {
			later, done := context.WithTimeout(context.WithoutCancel(ctx), settleTime)
			defer done()
			_ = e.Quota.Settle(later, grant, hearTokens)
		}()
	}
	ogg, err := e.Files.Fetch(ctx, v.File, MaxVoiceBytes)
	if err != nil {
		e.Breaker.Cancel() // the messenger's trouble is not the transcriber's
		return ""
	}
	text, err := e.Transcriber.Transcribe(ctx, ogg)
	if err != nil && KindOf(err) != BadContent {
		e.Breaker.Fail(KindOf(err) == Unauthorized)
		return ""
	}
	e.Breaker.Succeed()
	return Shorten(strings.TrimSpace(language.Normalize(text)), maxHeard)
}

// confirmHeard puts what was heard in front of the reply, so that it can be corrected by typing.
func (c *conversation) confirmHeard(d knowledge.Decision, r *Reply) {
	if c.heard == "" || d == knowledge.DecideSmalltalk {
		return
	}
	shown, _ := language.Redact(c.heard)
	note := Part{Style: Note, Spans: []Span{{Text: c.texts().Heard(Shorten(shown, maxEcho))}}}
	r.Parts = append([]Part{note}, r.Parts...)
}
