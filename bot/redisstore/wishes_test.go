package redisstore

import (
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"refbot/bot"
)

func testWishes(t *testing.T, e *env) {
	add := func(person int64, refs ...string) {
		t.Helper()
		for _, ref := range refs {
			must(t, e.store.ChangeWisher(t.Context(), person, func(w *bot.Wisher) bool {
				w.Wishes = append(w.Wishes, bot.Wish{Ref: ref, Question: "какая зарплата?", At: time.Unix(1000, 0).UTC()})
				return true
			}))
		}
	}
	if w, err := e.store.Wisher(t.Context(), asker); err != nil || w.Person != asker || len(w.Wishes) != 0 {
		t.Errorf("nobody asked for anything: %+v, %v", w, err)
	}
	add(asker, "AAAAAAAAAAAA", "BBBBBBBBBBBB")
	add(stranger, "CCCCCCCCCCCC")
	w, err := e.store.Wisher(t.Context(), asker)
	if err != nil || !w.Waits("AAAAAAAAAAAA") || !w.Waits("BBBBBBBBBBBB") || w.Waits("CCCCCCCCCCCC") {
		t.Errorf("%+v, %v", w, err)
	}
	seen := map[int64]int{}
	must(t, e.store.EachWisher(t.Context(), func(w bot.Wisher) error { seen[w.Person] = len(w.Wishes); return nil }))
	if diff := cmp.Diff(map[int64]int{asker: 2, stranger: 1}, seen); diff != "" {
		t.Error(diff)
	}
	must(t, e.store.Forget(t.Context(), asker))
	must(t, e.store.ChangeWisher(t.Context(), stranger, func(w *bot.Wisher) bool { w.Wishes = nil; return true }))
	must(t, e.store.EachWisher(t.Context(), func(w bot.Wisher) error { t.Errorf("%+v is left", w); return nil }))
}

// Whoever changes wishes at once loses nothing of the others'.
func testWishesAtOnce(t *testing.T, e *env) {
	var all sync.WaitGroup
	for _, ref := range []string{"A", "B", "C", "D"} {
		all.Go(func() {
			must(t, e.store.ChangeWisher(t.Context(), asker, func(w *bot.Wisher) bool {
				w.Wishes = append(w.Wishes, bot.Wish{Ref: ref})
				return true
			}))
		})
	}
	all.Wait()
	if w, err := e.store.Wisher(t.Context(), asker); err != nil || len(w.Wishes) != 4 {
		t.Errorf("%+v, %v", w, err)
	}
}

func testSwitches(t *testing.T, e *env) {
	if s, err := e.store.Switches(t.Context()); err != nil || s.Suspended {
		t.Errorf("%+v, %v", s, err)
	}
	for _, s := range []bot.Switches{{Suspended: true, By: asker, Why: "почему"}, {NoLLM: true, By: stranger}} {
		must(t, e.store.Switch(t.Context(), s))
		if got, err := e.store.Switches(t.Context()); err != nil || !cmp.Equal(got, s) {
			t.Errorf("%+v, %v, want %+v", got, err, s)
		}
	}
	changes, err := e.store.SwitchChanges(t.Context(), 10)
	if err != nil || len(changes) != 2 || changes[1].Why != "почему" {
		t.Errorf("%+v, %v", changes, err)
	}
}
