package bot

import (
	"context"
	"strings"
	"testing"

	"refbot/knowledge/language"
)

// interpreter is a Translator that says what a script says.
type interpreter struct {
	text   string
	briefs []Brief
}

func (i *interpreter) TranslationPrompt() string { return "test-1" }

func (i *interpreter) Translate(_ context.Context, b Brief) (Draft, error) {
	i.briefs = append(i.briefs, b)
	if i.text == "" {
		return Draft{}, &Error{Op: "translate", Kind: Unavailable}
	}
	return says(i.text), nil
}

// TestStatementIsTranslated opens a statement in another language: the original is there at once, with its link, and
// a translation the gate passes is edited in, marked; a false one is not.
func TestStatementIsTranslated(t *testing.T) {
	s, _ := phraseScene(t, nil)
	id, text, reader := "r1", "Айгуль Сериккызы: за сохранение озера проголосовали", language.English
	for _, test := range []struct {
		name, translation string
		edits             int
	}{
		{"an invention", "The turnout was 99 percent on 1 May 2031.", 0},
		{"a failure", "", 0},
		{"half of it", "Aigul Serikkyzy: 62.4% voted for preserving the lake.", 0},
		{"the whole", "Aigul Serikkyzy: 62.4% of participants voted to preserve the lake, 37.6% against; turnout was 70.1%.", 1},
	} {
		i := &interpreter{text: test.translation}
		s.assistant.Phraser.Translator = i
		s.code, s.out.sent, s.out.edits = reader, nil, nil
		s.handle(Event{Kind: Commanded, Command: "start", Args: "st-" + id})
		if len(s.out.edits) != test.edits || !strings.Contains(PlainText(s.out.sent[0]), text) {
			t.Errorf("%s: %d edits, %s", test.name, len(s.out.edits), PlainText(s.out.sent[0]))
		}
		if last := PlainText(s.out.sent[len(s.out.sent)-1]); test.edits == 1 && !strings.Contains(last, test.translation) {
			t.Errorf("%s: %s, told %+v", test.name, last, i.briefs[len(i.briefs)-1].Faults)
		}
		if len(i.briefs) == 0 || i.briefs[0].Language != reader || i.briefs[0].Question != "" {
			t.Errorf("%s: told %+v", test.name, i.briefs)
		}
	}
}
