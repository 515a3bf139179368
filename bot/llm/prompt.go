package llm

import (
	"embed"
	"encoding/json"
	"fmt"
	"strings"
	"text/template"
	"time"

	"refbot/bot"
	"refbot/bot/gate"
	"refbot/knowledge/language"
)

//go:embed prompts/*.txt
var promptFiles embed.FS

// prompt is a file of prompts: its first line names the version.
type prompt struct {
	version string
	text    *template.Template
}

var (
	answerPrompt = mustPrompt("answer")
	repairPrompt = mustPrompt("repair")
)

// mustPrompt reads a prompt that is part of the program.
func mustPrompt(name string) prompt {
	data, err := promptFiles.ReadFile("prompts/" + name + ".txt")
	if err != nil {
		panic(err)
	}
	first, body, _ := strings.Cut(string(data), "\n")
	version, ok := strings.CutPrefix(first, "version: ")
	if !ok {
		panic("prompts/" + name + ".txt: the first line names no version")
	}
	return prompt{version, template.Must(template.New(name).Parse(body))}
}

// PromptVersion names the prompts an answer is written with.
func PromptVersion() string { return answerPrompt.version + "+" + repairPrompt.version }

// told is a statement as the model sees it.
type told struct {
	Number   int    `json:"number"`
	Speaker  string `json:"speaker,omitempty"`
	Office   string `json:"office,omitempty"`
	Date     string `json:"date"`
	Status   string `json:"status"`
	Language string `json:"language"`
	Title    string `json:"title,omitempty"`
	Text     string `json:"text"`
}

// data is all the model is told about a question.
type data struct {
	Question   string `json:"question"`
	Statements []told `json:"statements"`
}

// words are those of a language that a prompt needs.
var words = map[language.Code]struct{ name, draft, earlier string }{
	language.Kazakh:  {"Kazakh", "«жоба бойынша»", "«бұрын»"},
	language.Russian: {"Russian", "«по проекту»", "«раньше»"},
	language.English: {"English", "“under the draft”", "“earlier”"},
}

// instructions fills the prompt for an answer.
func instructions(lang language.Code) string {
	w := words[lang]
	return fill(answerPrompt, map[string]string{"Language": w.name, "Draft": w.draft, "Earlier": w.earlier})
}

// material fences the question and the statements. JSON escapes "<", so that nothing in them can close the fence.
func material(b bot.Brief) string {
	d := data{Question: b.Question}
	for i, s := range b.Sources {
		d.Statements = append(d.Statements, tell(i+1, b.Language, s))
	}
	body, err := json.MarshalIndent(d, "", " ")
	if err != nil {
		panic(err) // strings and numbers always marshal
	}
	return "<data>\n" + string(body) + "\n</data>"
}

// tell lays a statement out: its version in the reader's language where there is one.
func tell(number int, lang language.Code, s gate.Source) told {
	t := told{
		Number: number, Speaker: s.Speaker, Office: s.Office, Date: s.Date.Format(time.DateOnly), Status: string(s.Status),
		Language: string(s.Language), Title: s.Title, Text: s.Text,
	}
	if s.Language == lang {
		return t
	}
	for _, v := range s.Versions {
		if v.Language == lang {
			t.Language, t.Text, t.Title, t.Speaker, t.Office = string(v.Language), v.Text, v.Title, v.Speaker, v.Office
		}
	}
	return t
}

// fault is a refused sentence as the model is told of it.
type fault struct {
	Number int
	Why    string
}

// repair fills the prompt for another draft.
func repair(b bot.Brief) string {
	var faults []fault
	for i, j := range b.Faults {
		for _, f := range j.Findings {
			faults = append(faults, fault{i + 1, explain(f)})
		}
	}
	if len(faults) == 0 {
		faults = []fault{{1, "there is none, or there are too many sentences"}}
	}
	return fill(repairPrompt, map[string]any{"Language": words[b.Language].name, "Faults": faults})
}

// explain says in words what the gate found.
func explain(f gate.Finding) string {
	why, ok := explanations[f.Reason]
	if !ok {
		why = "it breaks the rules (" + string(f.Reason) + ")"
	}
	if f.Detail != "" {
		why += fmt.Sprintf(": %q", f.Detail)
	}
	return why
}

var explanations = map[gate.Reason]string{
	gate.Empty:       "it is empty",
	gate.TooLong:     "it is too long",
	gate.Citation:    "it cites no given statement",
	gate.Markup:      "it holds markup",
	gate.Link:        "it holds an address",
	gate.Language:    "it is in another language",
	gate.Advice:      "it tells how to vote",
	gate.Evaluation:  "it praises or blames",
	gate.Number:      "this number is not in the cited statement",
	gate.Date:        "this date is not in the cited statement",
	gate.Percent:     "this percent is not in the cited statement",
	gate.Article:     "this article is not in the cited statement",
	gate.Time:        "this time is not in the cited statement",
	gate.Duration:    "this period is not in the cited statement",
	gate.Binding:     "this number counts something else in the cited statement",
	gate.Name:        "this name is not in the cited statement",
	gate.Office:      "this office or body is not in the cited statement",
	gate.Speaker:     "somebody else said it",
	gate.Negation:    "a negation was added or left out",
	gate.Modal:       "a must, may or only was added or left out",
	gate.Condition:   "a condition, exception or deadline was left out",
	gate.Opposite:    "the cited statement does not use this word or its meaning",
	gate.Quotation:   "nobody said these words",
	gate.DraftAsLaw:  "it is about a draft and does not say so",
	gate.OldAsNew:    "it gives an old value as the current one",
	gate.Unsupported: "the cited statement does not say it",
}

func fill(p prompt, values any) string {
	var b strings.Builder
	if err := p.text.Execute(&b, values); err != nil {
		panic(err) // the prompts are tested
	}
	return b.String()
}
