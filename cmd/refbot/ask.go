package main

import (
	"context"
	"encoding/json"
	"io"
	"strings"
	"time"

	"refbot/bot"
	"refbot/knowledge"
	"refbot/knowledge/language"
)

// askCommand answers one question as the bot would.
func askCommand(ctx context.Context, w *World, args []string) error {
	f := newFlags(w, "ask")
	kb := f.String("kb", "", "")
	lang := f.String("lang", "", "")
	asJSON := f.Bool("json", false, "")
	explain := f.Bool("explain", false, "")
	noLLM := f.Bool("no-llm", false, "")
	var turns list
	f.Var(&turns, "turn", "")
	words, err := f.parse(args)
	if err != nil {
		return helped(err)
	}
	if *asJSON && *explain {
		return usagef("--explain is for reading; leave out either --json or --explain")
	}
	code, err := languageFlag(*lang)
	if err != nil {
		return err
	}
	question := strings.TrimSpace(strings.Join(words, " "))
	if question == "" {
		return usagef("what is the question? For example: refbot ask \"когда референдум?\"")
	}
	engine, err := buildEngine(w, *kb)
	if err != nil {
		return err
	}
	a := asked{engine: engine, question: knowledge.Question{Text: question, Previous: turns, Language: code, Now: time.Now()}}
	if !*noLLM {
		if a.near, err = a.neighbours(ctx, w, *kb); err != nil {
			return err
		}
	}
	a.answer(ctx, *explain)
	if !*noLLM {
		if err := a.phrase(ctx, w); err != nil {
			return err
		}
	}
	if *asJSON {
		return a.writeJSON(w.Stdout)
	}
	return a.writeText(w.Stdout)
}

// languageFlag reads a language code; "" stands for none.
func languageFlag(value string) (language.Code, error) {
	code := language.Code(value)
	if value != "" && !code.Valid() {
		return "", usagef("--lang takes kk, ru or en, not %q", value)
	}
	return code, nil
}

// asked is a question on its way through the engine and the composer.
type asked struct {
	engine   *knowledge.Engine
	question knowledge.Question
	verdict  knowledge.Answer
	reply    bot.Reply
	near     knowledge.Neighbours // nil: words alone
	phrasing *bot.Phrasing        // nil: no LLM was asked
}

func (a *asked) answer(ctx context.Context, explain bool) {
	find := a.engine.Ask
	if explain {
		find = a.engine.Explain
	}
	a.verdict = a.engine.Refine(ctx, a.near, a.question, find(a.question), find)
	a.reply = bot.Compose(a.engine, a.verdict)
}

// writeText prints the reply, what its buttons would offer, and the trace if there is one.
func (a *asked) writeText(w io.Writer) error {
	var b strings.Builder
	b.WriteString(bot.PlainText(a.reply) + "\n")
	if further := offers(a.reply.Buttons); further != "" {
		b.WriteString("\n" + further)
	}
	if a.verdict.Trace != nil {
		if err := writeTrace(&b, a.verdict.Trace); err != nil {
			return err
		}
		writePhrasing(&b, a.phrasing)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// offers names what a reply's buttons lead to, one a line; links stand in the text already.
func offers(rows [][]bot.Button) string {
	var b strings.Builder
	for _, row := range rows {
		for _, button := range row {
			if button.URL == "" {
				b.WriteString("  → " + button.Text + "\n")
			}
		}
	}
	return b.String()
}

// askResult is what `ask --json` prints. Scripts rely on it.
type askResult struct {
	Decision   knowledge.Decision `json:"decision"`
	Language   language.Code      `json:"language"`
	Confidence float64            `json:"confidence"`
	Understood string             `json:"understood"`
	Text       string             `json:"text"`
	Statements []scored           `json:"statements"` // those the reply cites, best first
}

// scored is a statement with its score, which compares only within one answer.
type scored struct {
	ID    string  `json:"id"`
	Score float64 `json:"score"`
}

func (a *asked) writeJSON(w io.Writer) error {
	result := askResult{
		Decision: a.verdict.Decision, Language: a.verdict.Language, Confidence: a.verdict.Confidence,
		Understood: a.verdict.Understood, Text: bot.PlainText(a.reply),
		Statements: []scored{},
	}
	for _, hit := range a.reply.Statements {
		result.Statements = append(result.Statements, scored{hit.Statement.ID, hit.Score})
	}
	return writeJSON(w, result)
}

// writeJSON prints one object on one line, with letters as they are.
func writeJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}
