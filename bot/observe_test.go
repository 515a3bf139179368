package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"refbot/knowledge"
	"refbot/knowledge/language"
)

// listener writes down what it is told.
type listener struct {
	Unobserved
	heard []string
}

func (l *listener) hear(format string, args ...any) {
	l.heard = append(l.heard, fmt.Sprintf(format, args...))
}

func (l *listener) Took(s Stage, d time.Duration) {
	if d < 0 {
		l.hear("negative time")
	}
	l.hear("took %s", s)
}

func (l *listener) Judged(d knowledge.Decision, code language.Code) { l.hear("judged %s %s", d, code) }

func (l *listener) Replied(d knowledge.Decision, code language.Code) {
	l.hear("replied %s %s", d, code)
}
func (l *listener) Waited(d time.Duration)             { l.hear("waited %s", d) }
func (l *listener) Silenced(all bool, d time.Duration) { l.hear("silenced %t %s", all, d) }

// TestObserveConversation watches a whole question: the decorators tell of everything that happens
// around the assistant, and change nothing of it.
func TestObserveConversation(t *testing.T) {
	l, s := &listener{}, newScene(t, language.Russian)
	s.assistant.Store, s.assistant.Messenger = ObserveStore(s.store, l), ObserveMessenger(s.out, l)
	s.ask("какая явка?")
	s.command("help", "")
	s.inline("явка")
	want := []string{
		"took recall", "took send", "replied answer ru", "took record",
		"took recall", "took send", "replied  ru", "took record",
		"took send",
	}
	if diff := cmp.Diff(want, l.heard); diff != "" {
		t.Errorf("heard (-want +got):\n%s", diff)
	}
	if len(s.out.sent) != 2 || len(s.store.memories) != 1 {
		t.Errorf("%d replies, %d memories: the decorators changed something", len(s.out.sent), len(s.store.memories))
	}
}

// TestObserveFailure: what does not arrive is no reply, and errors pass unchanged.
func TestObserveFailure(t *testing.T) {
	l, broken := &listener{}, errors.New("broken")
	m := ObserveMessenger(&recorder{refuse: func(Reply) error { return broken }}, l)
	if _, err := m.Send(t.Context(), Chat{ID: 1}, Reply{}, 0); !errors.Is(err, broken) {
		t.Errorf("error %v", err)
	}
	s := ObserveStore(&memoryStore{fail: broken}, l)
	if _, err := s.Recall(t.Context(), 1); !errors.Is(err, broken) {
		t.Errorf("error %v", err)
	}
	if want := []string{"took send", "took recall"}; !slices.Equal(l.heard, want) {
		t.Errorf("heard %q, want %q", l.heard, want)
	}
}

// slots is a Budget that grants what it holds.
type slots struct {
	Budget
	list      []Slot
	postponed time.Duration
}

func (s *slots) Reserve(context.Context, Rates, []Chat, int) ([]Slot, error) { return s.list, nil }

func (s *slots) Postpone(_ context.Context, _ Chat, d time.Duration) error {
	s.postponed = d
	return errors.New("away")
}

func TestObserveBudget(t *testing.T) {
	l, inner := &listener{}, &slots{list: []Slot{{Booked: true, Wait: time.Second}, {Wait: time.Minute}}}
	b := ObserveBudget(inner, l)
	if got, err := b.Reserve(t.Context(), Rates{}, make([]Chat, 2), 0); err != nil || len(got) != 2 {
		t.Errorf("%v, %v", got, err)
	}
	for _, chat := range []Chat{{}, {ID: 7}} {
		if err := b.Postpone(t.Context(), chat, 3*time.Second); err == nil || inner.postponed != 3*time.Second {
			t.Errorf("postponed %v, error %v", inner.postponed, err)
		}
	}
	if want := []string{"waited 1s", "silenced true 3s", "silenced false 3s"}; !slices.Equal(l.heard, want) {
		t.Errorf("heard %q, want %q", l.heard, want)
	}
}

func TestLaps(t *testing.T) {
	l := &listener{}
	laps := StartLaps(l)
	laps.End(StageSearch)
	laps.End(StageCompose)
	if want := []string{"took search", "took compose"}; !slices.Equal(l.heard, want) {
		t.Errorf("heard %q, want %q", l.heard, want)
	}
	StartLaps(nil).End(StageSearch) // nobody listens, and nothing breaks
}
