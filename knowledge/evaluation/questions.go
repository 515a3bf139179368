package evaluation

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"regexp"

	"refbot/knowledge"
	"refbot/knowledge/language"
)

// Full is the grade of a statement that answers a question by itself.
const Full = 2

// maxLine bounds one line of a question set or run, in bytes.
const maxLine = 4 << 20

// Question is one labelled question. The last turn is the one to answer, earlier ones are context.
type Question struct {
	ID             string             `json:"id"`
	Lang           language.Code      `json:"lang"`
	Type           string             `json:"type"`
	Style          string             `json:"style"`
	Turns          []string           `json:"turns"`
	CleanTurns     []string           `json:"clean_turns,omitempty"` // the same before typos, transliteration or a wrong layout
	Relevant       map[string]int     `json:"relevant"`              // statement id → grade
	Expected       knowledge.Decision `json:"expected"`
	MustMention    []string           `json:"must_mention"`
	MustNotMention []string           `json:"must_not_mention"`
	Note           string             `json:"note,omitempty"`

	byKey map[string]int // grades by the key of statements, see WithVersions
}

// Ask returns the question as the engine takes it.
func (q *Question) Ask() knowledge.Question {
	last := len(q.Turns) - 1
	return knowledge.Question{Text: q.Turns[last], Previous: q.Turns[:last]}
}

// Clean returns the question with its clean turns; false if it has none.
func (q *Question) Clean() (Question, bool) {
	if len(q.CleanTurns) == 0 {
		return *q, false
	}
	clean := *q
	clean.Turns = q.CleanTurns
	return clean, true
}

// answered reports whether a statement of the pack answers the question by itself.
func (q *Question) answered() bool {
	for _, grade := range q.Relevant {
		if grade >= Full {
			return true
		}
	}
	return false
}

// LoadQuestions reads a question set, one JSON object a line. The error names the file and line of
// every malformed question.
func LoadQuestions(path string) ([]Question, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("load questions: %w", err)
	}
	var questions []Question
	var wrong []error
	seen := map[string]bool{}
	err = eachLine(data, func(line int, text []byte) {
		q, err := parseQuestion(text)
		if err == nil && seen[q.ID] {
			err = fmt.Errorf("id %q appears twice", q.ID)
		}
		if err != nil {
			wrong = append(wrong, fmt.Errorf("%s:%d: %w", path, line, err))
			return
		}
		seen[q.ID] = true
		questions = append(questions, q)
	})
	if err := errors.Join(append(wrong, err)...); err != nil {
		return nil, fmt.Errorf("load questions: %w", err)
	}
	return questions, nil
}

// eachLine calls f with every line of data that holds more than spaces, counted from 1.
func eachLine(data []byte, f func(line int, text []byte)) error {
	scanner := bufio.NewScanner(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	scanner.Buffer(make([]byte, 0, 64<<10), maxLine)
	for line := 1; scanner.Scan(); line++ {
		if text := bytes.TrimSpace(scanner.Bytes()); len(text) > 0 {
			f(line, text)
		}
	}
	return scanner.Err()
}

func parseQuestion(line []byte) (Question, error) {
	var q Question
	if err := json.Unmarshal(line, &q); err != nil {
		return q, err
	}
	switch {
	case q.ID == "":
		return q, errors.New("no id")
	case len(q.Turns) == 0:
		return q, fmt.Errorf("question %s has no turns", q.ID)
	case !knownDecision(q.Expected):
		return q, fmt.Errorf("question %s expects %q, not answer, abstain, neutral, offtopic or smalltalk", q.ID, q.Expected)
	}
	for _, pattern := range append(append([]string{}, q.MustMention...), q.MustNotMention...) {
		if _, err := compile(pattern); err != nil {
			return q, fmt.Errorf("question %s: %w", q.ID, err)
		}
	}
	return q, nil
}

func knownDecision(d knowledge.Decision) bool {
	for _, known := range decisions {
		if d == known {
			return true
		}
	}
	return false
}

var decisions = []knowledge.Decision{
	knowledge.DecideAnswer, knowledge.DecideAbstain, knowledge.DecideNeutral,
	knowledge.DecideOfftopic, knowledge.DecideSmalltalk,
}

// codePoint is the \uXXXX escape of other regular expression dialects.
var codePoint = regexp.MustCompile(`\\u([0-9a-fA-F]{4})`)

// compile reads a pattern of a question set: case-insensitive, with \uXXXX escapes.
func compile(pattern string) (*regexp.Regexp, error) {
	return regexp.Compile("(?i)" + codePoint.ReplaceAllString(pattern, `\x{$1}`))
}
