package evaluation

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"refbot/knowledge"
	"refbot/knowledge/language"
)

// Line is one question of a run, as `refbot eval --out` writes it.
type Line struct {
	ID         string             `json:"id"`
	Decision   knowledge.Decision `json:"decision,omitempty"`
	Language   language.Code      `json:"language,omitempty"`
	Confidence float64            `json:"confidence"`
	Understood string             `json:"understood"`
	Text       string             `json:"text"`
	Statements []Scored           `json:"statements"` // cited by the reply
	Ranked     []Scored           `json:"ranked"`     // the ten best, whatever the decision
	Millis     float64            `json:"ms"`
}

// Scored is a statement or passage with its score.
type Scored struct {
	ID    string  `json:"id"`
	Score float64 `json:"score"`
}

// WriteRun writes one JSON line a question.
func (r *Report) WriteRun(w io.Writer) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for i := range r.outcomes {
		if err := enc.Encode(newLine(&r.outcomes[i])); err != nil {
			return fmt.Errorf("write run: %w", err)
		}
	}
	return nil
}

func newLine(o *Outcome) Line {
	return Line{
		ID: o.Question.ID, Decision: o.Answer.Decision, Language: o.Answer.Language,
		Confidence: o.Answer.Confidence, Understood: o.Answer.Understood, Text: o.Reply,
		Statements: scored(o.Answer.Hits), Ranked: scored(o.Answer.Ranked), Millis: milliseconds(o.Took),
	}
}

func scored(hits []knowledge.Hit) []Scored {
	list := make([]Scored, len(hits))
	for i, hit := range hits {
		list[i] = Scored{hit.Statement.ID, hit.Score}
	}
	return list
}

// ReadRun reads what WriteRun wrote. The error names the line of every malformed one.
func ReadRun(r io.Reader) ([]Line, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("read run: %w", err)
	}
	var lines []Line
	var wrong []error
	err = eachLine(data, func(number int, text []byte) {
		var l Line
		err := json.Unmarshal(text, &l)
		if err == nil && l.ID == "" {
			err = errors.New("no id")
		}
		if err != nil {
			wrong = append(wrong, fmt.Errorf("line %d: %w", number, err))
			return
		}
		lines = append(lines, l)
	})
	if err := errors.Join(append(wrong, err)...); err != nil {
		return nil, fmt.Errorf("read run: %w", err)
	}
	return lines, nil
}

// judgeLine judges a stored line as [Judge] judges an answer.
func judgeLine(q *Question, l *Line) Fault {
	a := knowledge.Answer{Decision: l.Decision}
	for _, s := range l.Statements {
		a.Hits = append(a.Hits, knowledge.Hit{Statement: &knowledge.Statement{ID: s.ID}})
	}
	return Judge(q, &a, l.Text)
}
