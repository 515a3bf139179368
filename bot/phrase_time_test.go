package bot

import (
	"context"
	"testing"
	"time"

	"refbot/bot/gate"
	"refbot/knowledge"
)

// slowCompleter takes its time to complete a question.
type slowCompleter struct{ text string }

func (s slowCompleter) Rewrite(context.Context, []string, string) (string, Usage, error) {
	time.Sleep(200 * time.Millisecond)
	return s.text, Usage{}, nil
}

// TestOneTimeForAllCalls completes a question slowly: what phrasing has left is the rest of the same time.
func TestOneTimeForAllCalls(t *testing.T) {
	s, w := phraseScene(t, nil)
	s.assistant.Phraser.Rewriter = slowCompleter{phraseQuestion}
	s.assistant.Phraser.Time = 30 * time.Second
	var left time.Duration
	w.script = func(ctx context.Context, _ int, _ Brief) (Draft, error) {
		end, _ := ctx.Deadline()
		left = time.Until(end)
		return says(invented), nil
	}
	unanswered := abstained(t, s)
	s.ask(unanswered + "?")
	s.ask(unanswered)
	if left == 0 || left > 30*time.Second-200*time.Millisecond {
		t.Errorf("%v left of 30 s after 200 ms of completing", left)
	}
}

// TestEndedWhilePhrasing ends refbot between the quotation and the sentences: who handles the event again edits
// the message that was sent, and the question is remembered once.
func TestEndedWhilePhrasing(t *testing.T) {
	s, w := phraseScene(t, nil)
	_, faithful := answered(t, s)
	s.assistant.Phraser.Visible = time.Millisecond
	w.script = func(context.Context, int, Brief) (Draft, error) {
		time.Sleep(30 * time.Millisecond)
		return says(faithful), nil
	}
	// What the store knew when refbot was ended is what the phrase before the sentences left there.
	ev := Event{Kind: Asked, Text: phraseQuestion, Message: 7, Person: Person{ID: scenePerson, LanguageCode: "ru"}, Chat: Chat{ID: scenePerson}}
	c := s.assistant.converse(ev, Memory{})
	a := s.engine.Ask(knowledge.Question{Text: phraseQuestion})
	reply := Compose(s.engine, a)
	c.enter(a, &reply, s.assistant.Now())
	if err := c.respond(t.Context(), reply); err != nil {
		t.Fatal(err)
	}
	c.hold(t.Context())
	if err := s.assistant.Handle(t.Context(), ev); err != nil {
		t.Fatal(err)
	}
	sent := len(s.out.sent) - len(s.out.edits)
	if sent != 1 || len(s.out.edits) == 0 || len(s.store.memories[scenePerson].Session.Turns) != 1 || len(s.store.entries) != 1 {
		t.Errorf("%d messages, %d edits, %d turns, %d entries", sent, len(s.out.edits), len(s.store.memories[scenePerson].Session.Turns), len(s.store.entries))
	}
}

// TestGateIsPreparedWhileTheModelWrites checks an answer over statements that were read before: the verdict is the same.
func TestGateIsPreparedWhileTheModelWrites(t *testing.T) {
	s, _ := phraseScene(t, nil)
	a, faithful := answered(t, s)
	b := briefOf(ToPhrase{Engine: s.engine, Answer: a, Question: phraseQuestion})
	g := gate.New(s.engine.Pack())
	g.Prepare(b.Language, b.Sources)
	if v := g.Check(b.Language, b.Sources, says(faithful).Sentences); !v.Pass() {
		t.Errorf("%v", v.Reasons())
	}
	if v := g.Check(b.Language, b.Sources, says(invented).Sentences); v.Pass() {
		t.Error("an invention passes")
	}
}
