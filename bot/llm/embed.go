package llm

import (
	"context"
	"errors"
	"math"

	openai "github.com/sashabaranov/go-openai"

	"refbot/bot"
)

// Bounds on vectors.
const (
	maxVectors    = 8 << 20 // bytes of a server's answer: MaxEmbedded vectors of maxDimensions numbers
	maxDimensions = 8192
	// MaxEmbedded is how many texts are embedded at once.
	MaxEmbedded = 32
)

var errVectors = errors.New("the server's vectors are not those asked for")

// Model names the model that embeds; "" when there is none.
func (c *Client) Model() string { return c.embedding }

// Embed returns a vector of length 1 for each of at most MaxEmbedded texts. Errors are *bot.Error and hold no text.
func (c *Client) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	res, err := c.wide.CreateEmbeddings(ctx, openai.EmbeddingRequest{Input: texts, Model: openai.EmbeddingModel(c.embedding)})
	if err != nil {
		failure := translate(ctx, err)
		failure.Op = "embed"
		return nil, failure
	}
	vectors := make([][]float32, len(texts))
	for _, d := range res.Data {
		if d.Index < 0 || d.Index >= len(vectors) || vectors[d.Index] != nil || !unit(d.Embedding) {
			return nil, &bot.Error{Op: "embed", Kind: bot.BadContent, Err: errVectors}
		}
		vectors[d.Index] = d.Embedding
	}
	for _, v := range vectors {
		if v == nil || len(v) != len(vectors[0]) {
			return nil, &bot.Error{Op: "embed", Kind: bot.BadContent, Err: errVectors}
		}
	}
	return vectors, nil
}

// unit scales a vector to length 1; false for one that has no direction.
func unit(v []float32) bool {
	sum := 0.0
	for _, x := range v {
		sum += float64(x) * float64(x)
	}
	if len(v) == 0 || len(v) > maxDimensions || sum == 0 || math.IsInf(sum, 0) || math.IsNaN(sum) {
		return false
	}
	for i := range v {
		v[i] = float32(float64(v[i]) / math.Sqrt(sum))
	}
	return true
}
