package llm

import (
	"bytes"
	"context"

	openai "github.com/sashabaranov/go-openai"

	"refbot/bot"
)

var _ bot.Transcriber = (*Client)(nil)

// Transcribe implements bot.Transcriber. The server is told the sound and nothing else: the file's name is always the
// same.
func (c *Client) Transcribe(ctx context.Context, ogg []byte) (string, error) {
	res, err := c.api.CreateTranscription(ctx, openai.AudioRequest{
		Model: c.hearing, FilePath: "voice.ogg", Reader: bytes.NewReader(ogg), Format: openai.AudioResponseFormatJSON,
	})
	if err != nil {
		failure := translate(ctx, err)
		failure.Op = "transcribe"
		return "", failure
	}
	return res.Text, nil
}
