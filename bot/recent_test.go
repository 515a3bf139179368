package bot

import (
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"refbot/knowledge"
	"refbot/knowledge/language"
)

// TestRecentAnswersAsASearchDoes: whatever was asked before, by whomever, what is remembered is what a search finds.
func TestRecentAnswersAsASearchDoes(t *testing.T) {
	s := newScene(t, language.Russian)
	e, r, now := s.engine, &Recent{}, time.Date(2026, 3, 15, 9, 0, 0, 0, time.UTC)
	texts := []string{"какая была явка?", "а в городе?", "когда работают участки?", "спасибо", "а кто?", "what was the turnout?"}
	for round := range 2 {
		for _, text := range texts {
			for _, previous := range [][]string{nil, {"какая была явка?"}, {"когда работают участки?", "а где?"}} {
				for _, code := range []language.Code{"", language.Kazakh} {
					q := knowledge.Question{Text: text, Previous: previous, Language: code, Speaks: language.Russian, Now: now}
					want := e.Ask(q)
					got, ok := r.find(e, q)
					if !ok {
						got = want
						r.add(e, q, want)
					}
					if round == 1 && !ok {
						t.Errorf("%q after %q was forgotten", text, previous)
					}
					if !reflect.DeepEqual(got, want) {
						t.Errorf("%q after %q:\n%+v\n%+v", text, previous, got, want)
					}
				}
			}
		}
	}
	if hits := r.Hits(); hits < int64(len(texts)) {
		t.Errorf("%d hits", hits)
	}
}

func TestRecentForgets(t *testing.T) {
	s, r, now := newScene(t, language.Russian), &Recent{}, time.Unix(1_000_000_020, 0)
	q := knowledge.Question{Text: "явка?", Now: now}
	known := func(e *knowledge.Engine, q knowledge.Question) bool { _, ok := r.find(e, q); return ok }
	r.add(s.engine, q, s.engine.Ask(q))
	if !known(s.engine, q) {
		t.Error("forgotten at once")
	}
	if later := q; known(&knowledge.Engine{}, later) {
		t.Error("another engine's answer")
	}
	r.add(s.engine, q, s.engine.Ask(q))
	if q.Now = now.Add(time.Minute); known(s.engine, q) {
		t.Error("remembered for more than a minute")
	}
	long := knowledge.Question{Text: strings.Repeat("а", maxRecentBytes), Now: now}
	r.add(s.engine, long, knowledge.Answer{})
	if known(s.engine, long) {
		t.Error("a long text is remembered")
	}
	for i := range 3 * maxRecent {
		r.add(s.engine, knowledge.Question{Text: string(rune(0x4000 + i)), Now: now}, knowledge.Answer{})
	}
	if len(r.found) > maxRecent {
		t.Errorf("%d remembered", len(r.found))
	}
	var none *Recent
	none.add(s.engine, q, knowledge.Answer{})
	if _, ok := none.find(s.engine, q); ok || none.Hits() != 0 {
		t.Error("a nil one remembers")
	}
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() { r.add(s.engine, q, knowledge.Answer{}); r.find(s.engine, q) })
	}
	all.Wait()
}

// TestRecentComposes: the reply to an answer that was found before is the one that would be composed, and what one
// conversation puts below it nobody else sees.
func TestRecentComposes(t *testing.T) {
	s, r := newScene(t, language.Russian), &Recent{}
	q := knowledge.Question{Text: "явка?", Now: time.Unix(1_000_000_020, 0)}
	r.add(s.engine, q, s.engine.Ask(q))
	a, _ := r.find(s.engine, q)
	want := Compose(s.engine, a)
	for range 3 {
		got := r.compose(s.engine, a)
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("composed %+v, want %+v", got, want)
		}
		got.Parts, got.Buttons = append(got.Parts, Text("mine")), append(got.Buttons, []Button{{Text: "mine"}})
	}
	if len(r.composed) != 1 {
		t.Errorf("%d replies kept", len(r.composed))
	}
	if other := s.engine.Ask(q); !reflect.DeepEqual(r.compose(s.engine, other), want) {
		t.Error("another answer gets another reply")
	}
	r.find(s.engine, knowledge.Question{Text: "x", Now: q.Now.Add(time.Minute)})
	if len(r.composed) != 0 {
		t.Error("kept for more than a minute")
	}
}
