package bot

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"refbot/bot/gate"
	"refbot/bot/texts"
	"refbot/knowledge"
	"refbot/knowledge/language"
)

// Translator translates the words of the one statement of a brief into its language. bot/llm implements it. What it
// returns is foreign text: it goes to nobody before the gate has passed it. Errors are *Error and hold no text of people.
type Translator interface {
	Translate(ctx context.Context, b Brief) (Draft, error)
	// TranslationPrompt names the version of the prompts that Translate uses.
	TranslationPrompt() string
}

// maxTranslated is how long words may be that are translated, in characters.
const maxTranslated = 1600

// translate has words of a statement translated within the limits of phrasing; nil sentences where that fails.
func (p *Phraser) translate(ctx context.Context, e *knowledge.Engine, s *knowledge.Statement, words string, to language.Code, person int64) Phrasing {
	own := *s
	own.Text = words
	source := gate.NewSource(&own, nil, time.Time{})
	digest := sha256.Sum256(fmt.Appendf(nil, "translation %q %q %q %q", s.ID, words, to, p.Translator.TranslationPrompt()))
	return p.do(ctx, job{
		name:  base64.RawURLEncoding.EncodeToString(digest[:]),
		brief: Brief{Language: to, Sources: []gate.Source{source}}, person: person, engine: e, write: p.Translator.Translate,
		check: func(g *gate.Gate, draft []gate.Sentence) gate.Verdict { return g.CheckTranslation(to, source, draft) },
	})
}

// foreign is the statement of a reply that is in another language than its reader's, and where its words stand; nil
// where there is none, or where nobody translates.
func (c *conversation) foreign(r Reply) (s *knowledge.Statement, at int) {
	if c.Phraser == nil || c.Phraser.Translator == nil || c.Control.Load().NoLLM || len(r.Statements) == 0 {
		return nil, 0
	}
	s = r.Statements[0].Statement
	at = slices.IndexFunc(r.Parts, func(p Part) bool { return p.Style == Quote })
	if s.Language == r.Language || at < 0 || utf8.RuneCountInString(wordsOf(r.Parts[at])) > maxTranslated {
		return nil, 0
	}
	return s, at
}

func wordsOf(p Part) string {
	var b strings.Builder
	for _, s := range p.Spans {
		b.WriteString(s.Text)
	}
	return b.String()
}

// translated puts a machine translation, marked as one, below the words of a reply's first statement; false where there
// is none to be had.
func (c *conversation) translated(model context.Context, r Reply) (Reply, bool) {
	s, at := c.foreign(r)
	if s == nil {
		return r, false
	}
	p := c.Phraser.translate(model, c.engine, s, wordsOf(r.Parts[at]), r.Language, c.ev.Person.ID)
	heard(c.Observer).Phrased(p)
	if p.Sentences == nil {
		return r, false
	}
	return withTranslation(r, at, p.Sentences), true
}

// withTranslation puts a translation below part at of a reply.
func withTranslation(r Reply, at int, sentences []gate.Sentence) Reply {
	words := make([]string, len(sentences))
	for i, sentence := range sentences {
		words[i] = strings.TrimSpace(sentence.Text)
	}
	r.Parts = slices.Insert(slices.Clone(r.Parts), at+1,
		Part{Style: Note, Spans: []Span{{Text: texts.For(r.Language).MachineTranslation}}},
		Part{Tight: true, Spans: []Span{{Text: strings.Join(words, " ")}}})
	return r
}

// show sends a statement at once, and edits a translation into it when there is one.
func (c *conversation) show(ctx context.Context, r Reply) error {
	id, err := c.deliver(ctx, r)
	if s, _ := c.foreign(r); err != nil || s == nil {
		return err
	}
	stop := c.Messenger.Typing(ctx, c.ev.Chat)
	defer stop()
	model, cancel := c.Phraser.within(ctx, 0)
	defer cancel()
	if better, ok := c.translated(model, r); ok {
		_ = c.Messenger.Edit(ctx, c.ev.Chat, id, better) // the statement itself stands
	}
	return nil
}
