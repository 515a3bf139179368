package llm

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"time"

	openai "github.com/sashabaranov/go-openai"

	"refbot/bot"
	"refbot/bot/gate"
)

// DefaultModel is asked where none is set.
const DefaultModel = "gpt-4o-mini"

// Options say which server to ask.
type Options struct {
	BaseURL string // of OpenAI's own where it is not set
	APIKey  string
	Model   string // DefaultModel where it is not set
	// Embedding and Transcribe name the models for vectors and for voice messages; without them there are none.
	Embedding, Transcribe string
	Wire                  http.RoundTripper // http.DefaultTransport where it is not set
}

// Client asks one server. It is safe for concurrent use.
type Client struct {
	api       *openai.Client
	wide      *openai.Client // for vectors, which are long
	model     string
	embedding string
	hearing   string
	tongue    tongue
}

// New makes a client; it asks nothing yet.
func New(o Options) *Client {
	c := openai.DefaultConfig(o.APIKey)
	if o.BaseURL != "" {
		c.BaseURL = o.BaseURL
	}
	inner := o.Wire
	if inner == nil {
		inner = http.DefaultTransport
	}
	c.HTTPClient = &http.Client{Transport: wire{inner, maxAnswer}}
	api := openai.NewClientWithConfig(c)
	c.HTTPClient = &http.Client{Transport: wire{inner, maxVectors}}
	return &Client{api: api, wide: openai.NewClientWithConfig(c), model: cmp.Or(o.Model, DefaultModel), embedding: o.Embedding, hearing: o.Transcribe}
}

var _ bot.Writer = (*Client)(nil)

// Prompt implements bot.Writer.
func (c *Client) Prompt() string { return PromptVersion() + "+" + c.model }

// Write implements bot.Writer. The context bounds it; a failure that passes is tried once more.
func (c *Client) Write(ctx context.Context, b bot.Brief) (bot.Draft, error) {
	return c.draft(ctx, conversation(b))
}

// draft has sentences written.
func (c *Client) draft(ctx context.Context, messages []openai.ChatCompletionMessage) (bot.Draft, error) {
	res, err := c.ask(ctx, form{"answer", schema}, messages)
	if err != nil {
		return bot.Draft{}, err
	}
	draft := bot.Draft{Usage: bot.Usage{In: res.Usage.PromptTokens, Out: res.Usage.CompletionTokens}}
	if len(res.Choices) == 0 {
		return draft, &bot.Error{Op: "read the LLM's answer", Kind: bot.BadContent, Err: errShape}
	}
	draft.Raw = res.Choices[0].Message.Content
	if draft.Sentences, err = parse(draft.Raw); err != nil {
		return draft, &bot.Error{Op: "read the LLM's answer", Kind: bot.BadContent, Err: err}
	}
	return draft, nil
}

// conversation lays out what the model is told: the rules, the material, and for a repair its own draft with
// what was wrong.
func conversation(b bot.Brief) []openai.ChatCompletionMessage {
	return repaired(b, []openai.ChatCompletionMessage{
		{Role: openai.ChatMessageRoleSystem, Content: instructions(b.Language)},
		{Role: openai.ChatMessageRoleUser, Content: material(b)},
	})
}

// repaired adds an earlier draft and what was wrong with it, where there is one.
func repaired(b bot.Brief, messages []openai.ChatCompletionMessage) []openai.ChatCompletionMessage {
	if b.Faults == nil {
		return messages
	}
	return append(messages,
		openai.ChatCompletionMessage{Role: openai.ChatMessageRoleAssistant, Content: former(b.Faults)},
		openai.ChatCompletionMessage{Role: openai.ChatMessageRoleUser, Content: repair(b)})
}

// former is an earlier draft as it was read.
func former(faults []gate.Judged) string {
	var a answer
	for _, j := range faults {
		if j.Text != "" { // what is wrong with the whole has none
			a.Sentences = append(a.Sentences, j.Sentence)
		}
	}
	body, err := json.Marshal(a)
	if err != nil {
		panic(err) // strings and numbers always marshal
	}
	return string(body)
}

// Waits between attempts.
const (
	pauseBefore = 250 * time.Millisecond
	enoughLeft  = 2 * time.Second // of the context's time, for another attempt
)

// ask tries dialects until the server understands one, and once more what failed for the moment.
func (c *Client) ask(ctx context.Context, f form, messages []openai.ChatCompletionMessage) (openai.ChatCompletionResponse, error) {
	again, at := true, c.tongue.now()
	for {
		res, err := c.api.CreateChatCompletion(ctx, dialects[at].say(c.model, f, messages))
		if err == nil {
			c.tongue.knows(at)
			return res, nil
		}
		if foreign(err) && at+1 < len(dialects) {
			at++
			continue
		}
		failure := translate(ctx, err)
		if !again || !failure.Retry() || !c.wait(ctx, failure.After) {
			return res, failure
		}
		again = false
	}
}

// wait pauses before another attempt, where the context leaves time for one.
func (c *Client) wait(ctx context.Context, after time.Duration) bool {
	after = max(after, pauseBefore)
	if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) < after+enoughLeft {
		return false
	}
	select {
	case <-ctx.Done():
		return false
	case <-time.After(after):
		return true
	}
}

// foreign reports a request that the server, or the library on its behalf, did not understand.
func foreign(err error) bool {
	switch statusOf(err) {
	case http.StatusBadRequest, http.StatusUnprocessableEntity, http.StatusNotImplemented:
		return true
	}
	return errors.Is(err, openai.ErrReasoningModelMaxTokensDeprecated) ||
		errors.Is(err, openai.ErrReasoningModelLimitationsOther) ||
		errors.Is(err, openai.ErrReasoningModelLimitationsLogprobs)
}

// statusOf returns the HTTP status behind an error, 0 when there is none.
func statusOf(err error) int {
	var api *openai.APIError
	var request *openai.RequestError
	switch {
	case errors.As(err, &api):
		return api.HTTPStatusCode
	case errors.As(err, &request):
		return request.HTTPStatusCode
	}
	return 0
}

// errStatus stands for a server's own words, which may repeat what it was asked.
type errStatus int

func (e errStatus) Error() string { return "HTTP status " + http.StatusText(int(e)) }

// translate turns the library's errors into the bot's, without a word of the server's.
func translate(ctx context.Context, err error) *bot.Error {
	e := &bot.Error{Op: "ask the LLM", Kind: bot.Unavailable}
	switch status := statusOf(err); {
	case ctx.Err() != nil:
		e.Err = ctx.Err()
	case errors.Is(err, errTooLarge):
		e.Kind, e.Err = bot.BadContent, errTooLarge
	case status == http.StatusTooManyRequests:
		e.Kind, e.After, e.Err = bot.RateLimited, time.Second, errStatus(status)
	case status == http.StatusUnauthorized, status == http.StatusForbidden, status == http.StatusNotFound, status == http.StatusPaymentRequired,
		status >= 400 && status < 500 && foreign(err):
		e.Kind, e.Err = bot.Unauthorized, errStatus(status)
	case status > 0:
		e.Err = errStatus(status)
	case isSyntax(err):
		e.Kind, e.Err = bot.BadContent, errShape
	}
	return e
}

// isSyntax reports an answer that is no JSON at all; one that was cut off is a failure of the line.
func isSyntax(err error) bool {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	return errors.As(err, &syntax) && syntax.Offset > 0 && syntax.Error() != "unexpected end of JSON input" || errors.As(err, &kind)
}
