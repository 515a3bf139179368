package bot

import (
	"context"
	"errors"
	"strings"
	"testing"

	"refbot/knowledge"
	"refbot/knowledge/language"
)

func TestAnswerIsJournalledWithoutPersonalData(t *testing.T) {
	s := newScene(t, language.Russian)
	s.handle(Event{Kind: Asked, Text: "какая была явка? мой ИИН 900101300123, звоните +7 701 123 45 67"})
	if len(s.store.entries) != 1 {
		t.Fatalf("%d journal entries", len(s.store.entries))
	}
	for ref, e := range s.store.entries {
		if strings.Contains(e.Question, "900101300123") || strings.Contains(e.Question, "123 45 67") {
			t.Errorf("the journal keeps personal data: %q", e.Question)
		}
		if ref != e.Ref || e.Decision == "" || e.Reply == "" || e.Knowledge == "" || e.At.IsZero() {
			t.Errorf("an incomplete entry: %+v", e)
		}
	}
	if turns := s.store.memories[scenePerson].Session.Turns; len(turns) != 1 || strings.Contains(turns[0].Question, "900101300123") {
		t.Errorf("the session keeps %+v", turns)
	}
}

func TestCourtesiesAreNotJournalled(t *testing.T) {
	s := newScene(t, language.Russian)
	s.handle(Event{Kind: Asked, Text: "спасибо большое"})
	if len(s.store.entries) != 0 {
		t.Errorf("%d journal entries for a courtesy", len(s.store.entries))
	}
}

func TestEditedQuestionEditsItsReply(t *testing.T) {
	s := newScene(t, language.Russian)
	s.handle(Event{Kind: Asked, Text: "какая была явка?", Message: 7})
	reply := s.store.memories[scenePerson].Session.Replies[0].Reply
	s.handle(Event{Kind: Edited, Text: "когда работают участки?", Message: 7})
	if len(s.out.edits) != 1 || s.out.edits[0] != reply {
		t.Errorf("edited %v, want the reply %d", s.out.edits, reply)
	}
	s.handle(Event{Kind: Edited, Text: "глубина озера?", Message: 99})
	if len(s.out.edits) != 1 || len(s.out.sent) != 3 {
		t.Error("a question nobody remembers must get a reply of its own")
	}
}

func TestSessionIsBounded(t *testing.T) {
	var s Session
	for i := range 100 {
		s.remember("вопрос")
		s.pair(i, 1000+i, nil)
	}
	if len(s.Turns) != knowledge.MaxTurns || len(s.Replies) != maxPairs {
		t.Errorf("%d turns, %d pairs", len(s.Turns), len(s.Replies))
	}
	if reply, ok := s.replyTo(99); !ok || reply != 1099 {
		t.Errorf("the newest pair is lost: %d %v", reply, ok)
	}
}

func TestTurnsStayInTheirChat(t *testing.T) {
	s := newScene(t, language.Russian)
	s.handle(Event{Kind: Asked, Text: "какая была явка?"})
	s.handle(Event{Kind: Asked, Text: "глубина озера?", Chat: Chat{ID: -5, Group: true}})
	if turns := s.store.memories[scenePerson].Session.Turns; len(turns) != 1 {
		t.Errorf("a private question followed its asker into a group: %+v", turns)
	}
}

func TestFixedLanguageBeatsTheQuestion(t *testing.T) {
	s := newScene(t, language.Russian)
	s.handle(Event{Kind: Commanded, Command: "lang", Args: "kk"})
	s.handle(Event{Kind: Asked, Text: "какая была явка?"})
	if got := s.out.sent[len(s.out.sent)-1].Language; got != language.Kazakh {
		t.Errorf("replied in %s", got)
	}
}

func TestBlockingLeavesStrangersUnknown(t *testing.T) {
	s := newScene(t, language.Russian)
	s.handle(Event{Kind: Blocked})
	if len(s.store.memories) != 0 {
		t.Error("somebody unknown who blocks the bot must stay unknown")
	}
	s.handle(Event{Kind: Commanded, Command: "subscribe"})
	s.handle(Event{Kind: Blocked})
	if !s.store.memories[scenePerson].Profile.Unreachable {
		t.Error("a subscriber who blocks the bot must count as unreachable")
	}
	s.handle(Event{Kind: Commanded, Command: "start"})
	if s.store.memories[scenePerson].Profile.Unreachable {
		t.Error("/start must make a person reachable again")
	}
}

func TestGroupReplyQuotesTheQuestion(t *testing.T) {
	s := newScene(t, language.Russian)
	r := &replyTos{}
	s.assistant.Messenger = r
	s.handle(Event{Kind: Asked, Text: "какая была явка?", Chat: Chat{ID: -5, Group: true}, Message: 31})
	s.handle(Event{Kind: Asked, Text: "какая была явка?", Message: 32})
	if len(r.to) != 2 || r.to[0] != 31 || r.to[1] != 0 {
		t.Errorf("replied to %v, want 31 in the group and nothing in private", r.to)
	}
}

type replyTos struct {
	recorder
	to []int
}

func (r *replyTos) Send(ctx context.Context, c Chat, reply Reply, to int) (int, error) {
	r.to = append(r.to, to)
	return r.recorder.Send(ctx, c, reply, to)
}

func TestStoreFailureIsRetried(t *testing.T) {
	s := newScene(t, language.Russian)
	s.store.fail = &Error{Op: "recall", Kind: StoreDown}
	err := s.assistant.Handle(context.Background(), Event{Kind: Asked, Text: "явка?", Person: Person{ID: 1}, Chat: Chat{ID: 1}})
	var e *Error
	if !errors.As(err, &e) || !e.Retry() {
		t.Errorf("got %v", err)
	}
	if len(s.out.sent) != 0 {
		t.Error("a reply went out that nobody could remember")
	}
}

func TestForgetFailsAloud(t *testing.T) {
	s := newScene(t, language.Russian)
	s.handle(Event{Kind: Commanded, Command: "subscribe"})
	s.store.fail = &Error{Op: "forget", Kind: StoreDown}
	s.out.sent = nil
	err := s.assistant.Handle(context.Background(), Event{Kind: Pressed, Data: "forget:yes", Query: "q", Person: Person{ID: scenePerson}, Chat: Chat{ID: scenePerson}})
	if err == nil || len(s.out.sent) != 0 {
		t.Errorf("said %v though nothing was deleted (error %v)", s.out.said, err)
	}
}

// TestForgetWaitsForTheRoles: whoever may have a role is not told that nothing is left.
func TestForgetWaitsForTheRoles(t *testing.T) {
	s := newScene(t, language.Russian)
	s.handle(Event{Kind: Commanded, Command: "subscribe"})
	s.assistant.Staff = NewStaff(&memoryRoles{fail: &Error{Op: "roles", Kind: StoreDown}}, nil)
	s.out.sent = nil
	err := s.assistant.Handle(context.Background(), Event{Kind: Pressed, Data: "forget:yes", Query: "q", Person: Person{ID: scenePerson}, Chat: Chat{ID: scenePerson}})
	if err == nil || len(s.out.sent) != 0 {
		t.Errorf("said %v (error %v)", s.out.said, err)
	}
}

func FuzzPress(f *testing.F) {
	for _, data := range []string{"topic:all:1", "topic:results:-5", "st:r1", "fb:up:AAAAAAAAAAAA", "fb:up:", "lang:xx", "::::", "forget:yes:no", strings.Repeat("x", 100), "topic:results:99999999999999999999"} {
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data string) {
		s := newScene(t, language.Russian)
		s.handle(Event{Kind: Pressed, Data: data, Query: "q"})
		for _, r := range s.out.sent {
			for _, row := range r.Buttons {
				for _, b := range row {
					if (b.Data == "") == (b.URL == "") || len(b.Data) > 64 {
						t.Errorf("a button Telegram would refuse: %+v", b)
					}
				}
			}
		}
	})
}

func BenchmarkAsk(b *testing.B) {
	s := newScene(&testing.T{}, language.Russian)
	ctx := context.Background()
	ev := Event{Kind: Asked, Text: "какая была явка?", Person: Person{ID: 1}, Chat: Chat{ID: 1}, Message: 1}
	b.ReportAllocs()
	for b.Loop() {
		s.out.said, s.out.sent = nil, nil
		if err := s.assistant.Handle(ctx, ev); err != nil {
			b.Fatal(err)
		}
		clear(s.store.entries)
	}
}
