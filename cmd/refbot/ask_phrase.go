package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"refbot/bot"
	"refbot/bot/gate"
	"refbot/config"
	"refbot/knowledge"
)

// neighbours is the ranked list by embeddings, where the settings name a model for them. One that fails is told of, and
// the words alone answer.
func (a *asked) neighbours(ctx context.Context, w *World, kb string) (knowledge.Neighbours, error) {
	settings, err := config.LoadLLM(w.Getenv)
	if err != nil {
		return nil, err
	}
	path, err := packPath(w, kb)
	if err != nil {
		return nil, err
	}
	near, err := nearOf(ctx, w, settings, path, a.engine)
	if err != nil {
		_, _ = fmt.Fprintf(w.Stderr, "statements are ranked by their words alone: %v\n", err)
		return nil, nil
	}
	return near, nil
}

// phrase has the answer put into plain sentences where the settings name an LLM.
func (a *asked) phrase(ctx context.Context, w *World) error {
	settings, err := config.LoadLLM(w.Getenv)
	if err != nil {
		return err
	}
	writer := newWriter(settings)
	if writer == nil || a.verdict.Decision != knowledge.DecideAnswer {
		return nil
	}
	p := (&bot.Phraser{Writer: writer}).Phrase(ctx, bot.ToPhrase{Engine: a.engine, Answer: a.verdict, Question: a.question.Text, Now: a.question.Now})
	a.phrasing = &p
	if p.Sentences != nil {
		a.reply = bot.ComposePhrased(a.engine, a.verdict, p.Sentences)
	}
	return nil
}

// writePhrasing shows what an LLM wrote and what the gate made of it, sentence by sentence.
func writePhrasing(w io.Writer, p *bot.Phrasing) {
	if p == nil {
		return
	}
	_, _ = fmt.Fprintf(w, "\nphrasing: %s, prompt %s, %d + %d tokens, %d ms\n", p.Ending, p.Prompt, p.Usage.In, p.Usage.Out, p.Millis)
	for i, d := range p.Drafts {
		_, _ = fmt.Fprintf(w, "draft %d: %s\n", i+1, d.Raw)
		for _, f := range d.Findings {
			_, _ = fmt.Fprintf(w, "  stopped as a whole: %s\n", f.Reason)
		}
		for _, s := range d.Sentences {
			_, _ = fmt.Fprintf(w, "  %s %v: %s\n", s.Text, s.Statements, verdictOf(s.Findings))
		}
	}
}

// verdictOf is "passes", or the reasons with the words in question.
func verdictOf(findings []gate.Finding) string {
	if len(findings) == 0 {
		return "passes"
	}
	list := make([]string, len(findings))
	for i, f := range findings {
		list[i] = string(f.Reason)
		if f.Detail != "" {
			list[i] += " (" + f.Detail + ")"
		}
	}
	return "stopped: " + strings.Join(list, ", ")
}
