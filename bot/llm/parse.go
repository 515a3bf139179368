package llm

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"refbot/bot/gate"
)

// Bounds on what a draft may hold; the gate's own are narrower.
const (
	maxSentences = 12
	maxCited     = 12
)

var errShape = errors.New("the answer is not the JSON that was asked for")

// answer is the JSON a model is asked for.
type answer struct {
	Sentences []gate.Sentence `json:"sentences"`
}

// parse reads a draft strictly: one JSON object of the shape that was asked for, in a code fence at most.
func parse(raw string) ([]gate.Sentence, error) {
	raw, ok := unfence(raw)
	if !ok {
		return nil, errShape
	}
	d := json.NewDecoder(bytes.NewReader([]byte(raw)))
	d.DisallowUnknownFields()
	var a answer
	if err := d.Decode(&a); err != nil {
		return nil, errShape
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) || a.Sentences == nil || len(a.Sentences) > maxSentences {
		return nil, errShape
	}
	for _, s := range a.Sentences {
		if len(s.Statements) > maxCited {
			return nil, errShape
		}
	}
	return a.Sentences, nil
}

// unfence takes JSON out of a code fence; false for what is no text or a fence left open.
func unfence(raw string) (string, bool) {
	raw = strings.TrimSpace(raw)
	if !utf8.ValidString(raw) {
		return "", false
	}
	body, fenced := strings.CutPrefix(raw, "```")
	if !fenced {
		return raw, true
	}
	body, closed := strings.CutSuffix(strings.TrimSpace(body), "```")
	return strings.TrimPrefix(body, "json"), closed
}

// schema is the JSON schema of an answer.
var schema = json.RawMessage(`{"type":"object","additionalProperties":false,"required":["sentences"],"properties":{` +
	`"sentences":{"type":"array","items":{"type":"object","additionalProperties":false,"required":["text","statements"],` +
	`"properties":{"text":{"type":"string"},"statements":{"type":"array","items":{"type":"integer"}}}}}}}`)
