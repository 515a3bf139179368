package bot

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"refbot/bot/gate"
	"refbot/knowledge"
	"refbot/knowledge/language"
)

// scribe is a Writer that says what a script says.
type scribe struct {
	mu     sync.Mutex
	briefs []Brief
	script func(ctx context.Context, n int, b Brief) (Draft, error)
}

func (s *scribe) Prompt() string { return "test-1" }

func (s *scribe) Write(ctx context.Context, b Brief) (Draft, error) {
	s.mu.Lock()
	s.briefs = append(s.briefs, b)
	n := len(s.briefs)
	s.mu.Unlock()
	return s.script(ctx, n, b)
}

func (s *scribe) asked() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.briefs)
}

// says makes a draft of one sentence that rests on the first statement.
func says(text string) Draft {
	return Draft{Raw: text, Sentences: []gate.Sentence{{Text: text, Statements: []int{1}}}, Usage: Usage{In: 100, Out: 10}}
}

// phraseScene is a scene whose answers are phrased.
func phraseScene(t *testing.T, script func(ctx context.Context, n int, b Brief) (Draft, error)) (*scene, *scribe) {
	t.Helper()
	s, w := newScene(t, language.Russian), &scribe{script: script}
	s.assistant.Phraser = &Phraser{Writer: w, Breaker: &Breaker{}}
	return s, w
}

const (
	phraseQuestion = "какая была явка на референдуме?"
	invented       = "Явка на референдуме составила 99 %."
)

// answered asks the question and returns the first statement of its answer, and a sentence true to it.
func answered(t *testing.T, s *scene) (knowledge.Answer, string) {
	t.Helper()
	a := s.engine.Ask(knowledge.Question{Text: phraseQuestion})
	if a.Decision != knowledge.DecideAnswer {
		t.Fatalf("the test pack does not answer %q: %s", phraseQuestion, a.Decision)
	}
	text := a.Hits[0].Statement.Text
	for _, r := range language.Sentences(text) {
		if first := text[r[0]:r[1]]; len(first) > 20 {
			return a, first
		}
	}
	t.Fatalf("no sentence in %q", text)
	return a, ""
}

func TestPhrasedAnswerKeepsItsSources(t *testing.T) {
	s, w := phraseScene(t, nil)
	a, faithful := answered(t, s)
	w.script = func(context.Context, int, Brief) (Draft, error) { return says(faithful), nil }
	s.ask(phraseQuestion)
	got, source := PlainText(s.out.sent[0]), a.Hits[0].Statement
	if len(s.out.sent) != 1 || !strings.HasPrefix(got, faithful) {
		t.Fatalf("%d replies, the last: %s", len(s.out.sent), got)
	}
	for _, want := range []string{source.Speaker, source.Office, source.URL} {
		if !strings.Contains(got, want) {
			t.Errorf("the reply lacks %q: %s", want, got)
		}
	}
	entry := onlyEntry(t, s)
	if entry.Phrasing == nil || entry.Phrasing.Ending != Phrased || entry.Reply != got || entry.Phrasing.Prompt != "test-1" {
		t.Errorf("the journal has %+v", entry.Phrasing)
	}
}

func onlyEntry(t *testing.T, s *scene) *Entry {
	t.Helper()
	if len(s.store.entries) != 1 {
		t.Fatalf("%d entries", len(s.store.entries))
	}
	for _, e := range s.store.entries {
		return e
	}
	return nil
}

func TestInventionIsRepairedOnceThenQuoted(t *testing.T) {
	s, w := phraseScene(t, func(context.Context, int, Brief) (Draft, error) { return says(invented), nil })
	s.ask(phraseQuestion)
	if got := PlainText(s.out.sent[0]); strings.Contains(got, "99") || !strings.Contains(got, "«") {
		t.Errorf("the reply: %s", got)
	}
	if w.asked() != 2 || len(w.briefs[1].Faults) != 1 || len(w.briefs[1].Faults[0].Findings) == 0 {
		t.Errorf("%d drafts, the second told %+v", w.asked(), w.briefs)
	}
	p := onlyEntry(t, s).Phrasing
	if p.Ending != Stopped || len(p.Drafts) != 2 || len(p.Reasons) == 0 || p.Drafts[0].Raw != invented {
		t.Errorf("the journal has %+v", p)
	}
}

func TestRepairedDraftGoesOut(t *testing.T) {
	s, w := phraseScene(t, nil)
	_, faithful := answered(t, s)
	w.script = func(_ context.Context, n int, _ Brief) (Draft, error) {
		if n == 1 {
			return says(invented), nil
		}
		return says(faithful), nil
	}
	s.ask(phraseQuestion)
	if got := PlainText(s.out.sent[0]); !strings.HasPrefix(got, faithful) {
		t.Errorf("the reply: %s", got)
	}
}

func TestOnlyAnswersArePhrased(t *testing.T) {
	s, w := phraseScene(t, func(context.Context, int, Brief) (Draft, error) { return Draft{}, errors.New("no") })
	for _, q := range []string{"привет", "за кого мне голосовать?", "какая завтра погода?"} {
		s.ask(q)
	}
	if w.asked() != 0 {
		t.Errorf("asked %d times", w.asked())
	}
}

// TestBriefHoldsNoPersonalData lets a question carry a phone, a mail address and an identity number.
func TestBriefHoldsNoPersonalData(t *testing.T) {
	s, _ := phraseScene(t, nil)
	a, _ := answered(t, s)
	a.Understood = phraseQuestion + " мой ИИН 870514300123, телефон +7 701 555 44 33, почта aigul@mail.kz"
	b := briefOf(ToPhrase{Engine: s.engine, Answer: a, Question: a.Understood, Person: 42})
	for _, secret := range []string{"870514300123", "555 44 33", "aigul@mail.kz"} {
		if strings.Contains(b.Question, secret) {
			t.Errorf("the brief holds %s", secret)
		}
	}
}

// TestSlowWriter shows the extractive answer at once and edits it; a group waits.
func TestSlowWriter(t *testing.T) {
	for _, group := range []bool{false, true} {
		s, w := phraseScene(t, nil)
		_, faithful := answered(t, s)
		s.assistant.Phraser.Visible = time.Millisecond
		w.script = func(context.Context, int, Brief) (Draft, error) {
			time.Sleep(30 * time.Millisecond)
			return says(faithful), nil
		}
		ev := Event{Kind: Asked, Text: phraseQuestion}
		if group {
			ev.Chat = Chat{ID: -5, Group: true}
		}
		s.handle(ev)
		switch {
		case group && (len(s.out.sent) != 1 || len(s.out.edits) != 0):
			t.Errorf("in a group: %d replies, %d edits", len(s.out.sent), len(s.out.edits))
		case !group && (len(s.out.sent) != 2 || len(s.out.edits) != 1 || !strings.HasPrefix(PlainText(s.out.sent[1]), faithful)):
			t.Errorf("in private: %d replies, %d edits", len(s.out.sent), len(s.out.edits))
		}
	}
}

func TestTimeIsUp(t *testing.T) {
	s, w := phraseScene(t, func(ctx context.Context, _ int, _ Brief) (Draft, error) {
		<-ctx.Done()
		return Draft{}, &Error{Op: "ask", Kind: Unavailable, Err: ctx.Err()}
	})
	s.assistant.Phraser.Time = 20 * time.Millisecond
	s.ask(phraseQuestion)
	if len(s.out.sent) != 1 || !strings.Contains(PlainText(s.out.sent[0]), "«") || w.asked() != 1 {
		t.Errorf("%d replies after %d drafts", len(s.out.sent), w.asked())
	}
	if p := onlyEntry(t, s).Phrasing; p.Ending != OutOfTime {
		t.Errorf("%+v", p)
	}
}

// TestBreakerAndAlarm lets the LLM fail until it is left alone: staff hear of it once.
func TestBreakerAndAlarm(t *testing.T) {
	s, w := phraseScene(t, func(context.Context, int, Brief) (Draft, error) {
		return Draft{}, &Error{Op: "ask", Kind: Unavailable}
	})
	var alarms []Ending
	now := time.Unix(0, 0)
	p := s.assistant.Phraser
	p.Alarm = func(_ context.Context, e Ending) { alarms = append(alarms, e) }
	p.Breaker = &Breaker{Limit: 3, Pause: time.Minute, Now: func() time.Time { return now }}
	a, _ := answered(t, s)
	phrase := func() Ending {
		return p.Phrase(t.Context(), ToPhrase{Engine: s.engine, Answer: a, Question: phraseQuestion}).Ending
	}
	for range 5 {
		phrase()
	}
	if got := phrase(); got != Broken || w.asked() != 3 || len(alarms) != 1 || alarms[0] != Down {
		t.Fatalf("%s after %d drafts, alarms %v", got, w.asked(), alarms)
	}
	now = now.Add(2 * time.Minute)
	if got := phrase(); got != Down || w.asked() != 4 || len(alarms) != 1 {
		t.Fatalf("half open: %s after %d drafts, alarms %v", got, w.asked(), alarms)
	}
	now = now.Add(2 * time.Minute)
	_, faithful := answered(t, s)
	w.script = func(context.Context, int, Brief) (Draft, error) { return says(faithful), nil }
	if got := phrase(); got != Phrased {
		t.Fatalf("back again: %s", got)
	}
	if got := phrase(); got != Phrased {
		t.Fatalf("closed: %s", got)
	}
}

func TestWrongKeyIsToldAtOnce(t *testing.T) {
	s, w := phraseScene(t, func(context.Context, int, Brief) (Draft, error) {
		return Draft{}, &Error{Op: "ask", Kind: Unauthorized}
	})
	alarms := 0
	s.assistant.Phraser.Alarm = func(context.Context, Ending) { alarms++ }
	a, _ := answered(t, s)
	for range 4 {
		s.assistant.Phraser.Phrase(t.Context(), ToPhrase{Engine: s.engine, Answer: a, Question: phraseQuestion})
	}
	if alarms != 1 || w.asked() != 1 {
		t.Errorf("%d alarms after %d drafts", alarms, w.asked())
	}
}

// completer is a Rewriter.
type completer struct{ text string }

func (c completer) Rewrite(context.Context, []string, string) (string, Usage, error) {
	if c.text == "" {
		return "", Usage{}, &Error{Op: "rewrite", Kind: BadContent}
	}
	return c.text, Usage{}, nil
}

// TestCompletedQuestionIsOnlySearchedWith completes a follow-up the engine does not understand: the answer is that
// of a statement, and what leads to none changes nothing.
func TestCompletedQuestionIsOnlySearchedWith(t *testing.T) {
	for _, test := range []struct {
		rewritten string
		decision  knowledge.Decision
	}{
		{phraseQuestion, knowledge.DecideAnswer},
		{"сколько стоит проезд в автобусе?", knowledge.DecideAbstain},
		{"", knowledge.DecideAbstain},
	} {
		s, _ := phraseScene(t, func(context.Context, int, Brief) (Draft, error) { return says(invented), nil })
		s.assistant.Phraser.Rewriter = completer{test.rewritten}
		unanswered := abstained(t, s)
		s.ask(unanswered + "?")
		clear(s.store.entries)
		s.ask(unanswered)
		if e := onlyEntry(t, s); e.Decision != test.decision {
			t.Errorf("%q: %s, %s", test.rewritten, e.Decision, e.Reply)
		}
	}
}

// abstained returns a question that the test pack has no answer to.
func abstained(t *testing.T, s *scene) string {
	t.Helper()
	for _, q := range []string{"кто оплатил референдум", "сколько бюллетеней напечатали", "почему референдум в марте", "кто придумал Курултай", "какого цвета бюллетень"} {
		if s.engine.Ask(knowledge.Question{Text: q, Previous: []string{q + "?"}}).Decision == knowledge.DecideAbstain {
			return q
		}
	}
	t.Fatal("the test pack answers everything")
	return ""
}
