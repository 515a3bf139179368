package llm

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	openai "github.com/sashabaranov/go-openai"

	"refbot/bot"
)

var rewritePrompt = mustPrompt("rewrite")

var _ bot.Rewriter = (*Client)(nil)

// maxRewritten is how long a rewritten question may be, in characters.
const maxRewritten = 300

// Rewrite implements bot.Rewriter.
func (c *Client) Rewrite(ctx context.Context, earlier []string, question string) (string, bot.Usage, error) {
	body, err := json.MarshalIndent(struct {
		Earlier  []string `json:"earlier_questions"`
		Question string   `json:"last_question"`
	}{earlier, question}, "", " ")
	if err != nil {
		return "", bot.Usage{}, err
	}
	res, err := c.ask(ctx, form{"question", rewriteSchema}, []openai.ChatCompletionMessage{
		{Role: openai.ChatMessageRoleSystem, Content: fill(rewritePrompt, nil)},
		{Role: openai.ChatMessageRoleUser, Content: "<data>\n" + string(body) + "\n</data>"},
	})
	used := bot.Usage{In: res.Usage.PromptTokens, Out: res.Usage.CompletionTokens}
	if err != nil {
		return "", used, err
	}
	if len(res.Choices) > 0 {
		if text, ok := parseRewritten(res.Choices[0].Message.Content); ok {
			return text, used, nil
		}
	}
	return "", used, &bot.Error{Op: "read the LLM's question", Kind: bot.BadContent, Err: errShape}
}

// parseRewritten reads a question as strictly as an answer.
func parseRewritten(raw string) (string, bool) {
	raw, ok := unfence(raw)
	if !ok {
		return "", false
	}
	d := json.NewDecoder(bytes.NewReader([]byte(raw)))
	d.DisallowUnknownFields()
	var q struct {
		Question string `json:"question"`
	}
	if d.Decode(&q) != nil {
		return "", false
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return "", false
	}
	text := strings.TrimSpace(q.Question)
	return text, text != "" && utf8.RuneCountInString(text) <= maxRewritten
}

var rewriteSchema = json.RawMessage(`{"type":"object","additionalProperties":false,"required":["question"],` +
	`"properties":{"question":{"type":"string"}}}`)
