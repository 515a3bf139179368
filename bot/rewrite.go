package bot

import (
	"context"
	"time"

	"refbot/knowledge"
	"refbot/knowledge/language"
)

// Rewriter completes a question that leans on earlier ones. bot/llm implements it. What it returns is searched
// with and never answered from. Errors are *Error and hold no text of people.
type Rewriter interface {
	Rewrite(ctx context.Context, earlier []string, question string) (string, Usage, error)
}

// rewriteTime is how long a question waits at most to be completed.
const rewriteTime = 2500 * time.Millisecond

// rewriteTokens is about what completing a question costs.
const rewriteTokens = 600

// completed asks again, with the question completed by the LLM, where the engine found no answer to one that
// may lean on the questions before. The answer to the completed question counts only if there is one.
func (c *conversation) completed(ctx context.Context, q knowledge.Question, a knowledge.Answer) knowledge.Answer {
	if c.Phraser == nil || c.Phraser.Rewriter == nil || c.Control.Load().NoLLM || a.Decision != knowledge.DecideAbstain || len(q.Previous) == 0 {
		return a
	}
	text := c.Phraser.rewrite(ctx, c.ev.Person.ID, q.Previous, q.Text)
	if text == "" {
		return a
	}
	defer c.think()()
	again := c.engine.Ask(knowledge.Question{Text: text, Language: a.Language, Now: q.Now})
	if again.Decision != knowledge.DecideAnswer {
		return a
	}
	return again
}

// rewrite completes a question within the limits of phrasing; "" where that fails.
func (p *Phraser) rewrite(ctx context.Context, person int64, earlier []string, question string) string {
	ctx, cancel := context.WithTimeout(ctx, rewriteTime)
	defer cancel()
	if !p.Breaker.Allow() {
		return ""
	}
	grant := Grant{}
	if p.Quota != nil {
		g, refusal, err := p.Quota.Take(ctx, person, rewriteTokens)
		if err != nil || refusal != "" {
			p.Breaker.Cancel()
			return ""
		}
		grant = g
	}
	redacted, _ := language.Redact(question)
	text, used, err := p.Rewriter.Rewrite(ctx, earlier, Shorten(redacted, maxAsked))
	if p.Quota != nil {
		later, done := context.WithTimeout(context.WithoutCancel(ctx), settleTime)
		defer done()
		_ = p.Quota.Settle(later, grant, used.In+used.Out)
	}
	switch {
	case err == nil:
		p.Breaker.Succeed()
		return text
	case KindOf(err) == BadContent:
		p.Breaker.Succeed()
	default:
		p.note(ctx, endingOf(ctx, err))
	}
	return ""
}
