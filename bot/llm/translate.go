package llm

import (
	"context"

	openai "github.com/sashabaranov/go-openai"

	"refbot/bot"
)

var translatePrompt = mustPrompt("translate")

var _ bot.Translator = (*Client)(nil)

// TranslationPrompt implements bot.Translator.
func (c *Client) TranslationPrompt() string {
	return translatePrompt.version + "+" + repairPrompt.version + "+" + c.model
}

// Translate implements bot.Translator.
func (c *Client) Translate(ctx context.Context, b bot.Brief) (bot.Draft, error) {
	return c.draft(ctx, translation(b))
}

// translation lays out what the model is told of a statement to be translated.
func translation(b bot.Brief) []openai.ChatCompletionMessage {
	return repaired(b, []openai.ChatCompletionMessage{
		{Role: openai.ChatMessageRoleSystem, Content: fill(translatePrompt, map[string]string{"Language": words[b.Language].name})},
		{Role: openai.ChatMessageRoleUser, Content: material(b)},
	})
}
