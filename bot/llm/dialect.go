package llm

import (
	"encoding/json"
	"math"
	"sync/atomic"

	openai "github.com/sashabaranov/go-openai"
)

// A dialect is how a server wants to be asked. The first is the best; each that a server refuses leads to the
// next. What it understood is remembered.
type dialect struct {
	format openai.ChatCompletionResponseFormatType
	// modern servers count reasoning among the tokens and know no temperature.
	modern bool
}

var dialects = []dialect{
	{openai.ChatCompletionResponseFormatTypeJSONSchema, false},
	{openai.ChatCompletionResponseFormatTypeJSONSchema, true},
	{openai.ChatCompletionResponseFormatTypeJSONObject, false},
	{openai.ChatCompletionResponseFormatTypeText, false},
	{openai.ChatCompletionResponseFormatTypeText, true},
}

// tongue is the dialect a server understands, as far as is known.
type tongue struct{ at atomic.Int32 }

func (t *tongue) now() int { return int(t.at.Load()) }

// knows remembers the dialect that was understood.
func (t *tongue) knows(at int) { t.at.Store(int32(at)) }

// maxTokens bounds an answer; reasoning needs room of its own.
const (
	maxTokens       = 500
	maxModernTokens = 2500
	seed            = 15032026
)

// form is the JSON that is asked for.
type form struct {
	name   string
	schema json.RawMessage
}

// say puts a conversation into a dialect.
func (d dialect) say(model string, f form, messages []openai.ChatCompletionMessage) openai.ChatCompletionRequest {
	r := openai.ChatCompletionRequest{Model: model, Messages: messages}
	fixed := seed
	r.Seed = &fixed
	if d.modern {
		r.MaxCompletionTokens = maxModernTokens
	} else {
		r.MaxTokens = maxTokens //nolint:staticcheck // what local servers know; others are asked again
		r.Temperature = math.SmallestNonzeroFloat32
	}
	switch d.format {
	case openai.ChatCompletionResponseFormatTypeJSONSchema:
		r.ResponseFormat = &openai.ChatCompletionResponseFormat{
			Type:       d.format,
			JSONSchema: &openai.ChatCompletionResponseFormatJSONSchema{Name: f.name, Schema: f.schema, Strict: true},
		}
	case openai.ChatCompletionResponseFormatTypeJSONObject:
		r.ResponseFormat = &openai.ChatCompletionResponseFormat{Type: d.format}
	}
	return r
}
