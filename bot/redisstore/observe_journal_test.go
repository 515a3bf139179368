package redisstore

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"refbot/bot"
	"refbot/bot/redisstore/redistest"
)

var journalStart = time.Now().Truncate(time.Second)

// fill journals n entries of each of some people, a second apart; the text of each tells whose it is.
func (e *env) fill(t testing.TB, people, n int) {
	t.Helper()
	for person := range int64(people) {
		for i := range n {
			entry := &bot.Entry{Ref: fmt.Sprintf("P%05dN%05d", person, i), At: journalStart.Add(time.Duration(i) * time.Second), Question: fmt.Sprint(person)}
			must(t, e.store.Record(t.Context(), 1000+person, bot.Session{}, nil, entry))
		}
	}
}

// export collects what the journal hands out.
func (e *env) export(t *testing.T, s *Store, since, until time.Time) (lines []Journaled, sealed int) {
	t.Helper()
	sealed, err := s.Journal(t.Context(), since, until, func(l Journaled) error {
		lines = append(lines, l)
		return nil
	})
	must(t, err)
	return lines, sealed
}

func TestJournal(t *testing.T) {
	for name, url := range map[string]func() string{
		"mini":    func() string { return redistest.StartMini(t).URL() },
		"server":  func() string { return redistest.StartServer(t, "appendfsync no").URL() },
		"cluster": func() string { return redistest.StartCluster(t).URL() },
	} {
		t.Run(name, func(t *testing.T) {
			e := newEnv(t, url())
			must(t, ClaimKey(t.Context(), e.db, e.sealer))
			const people, each = 450, 3 // more than two batches of either
			e.fill(t, people, each)
			lines, sealed := e.export(t, e.store, time.Time{}, time.Time{})
			checkJournal(t, lines, people, each)
			if sealed != 0 {
				t.Errorf("%d did not open", sealed)
			}
			middle, end := journalStart.Add(time.Second), journalStart.Add(2*time.Second)
			if lines, _ := e.export(t, e.store, middle, end); len(lines) != people {
				t.Errorf("%d entries of the middle second, want %d", len(lines), people)
			}
			must(t, e.store.Forget(t.Context(), 1000))
			if lines, _ := e.export(t, e.store, time.Time{}, time.Time{}); len(lines) != (people-1)*each {
				t.Errorf("%d entries after one person was forgotten", len(lines))
			}
			stranger := e.replica(newSealer(t, 7))
			if lines, sealed := e.export(t, stranger, time.Time{}, time.Time{}); len(lines) != 0 || sealed != (people-1)*each {
				t.Errorf("with another key %d open and %d do not", len(lines), sealed)
			}
		})
	}
}

// checkJournal wants each entry once, those of a person under one pseudonym and in order of time.
func checkJournal(t *testing.T, lines []Journaled, people, each int) {
	t.Helper()
	refs, askers := map[string]bool{}, map[string]string{}
	last := map[string]time.Time{}
	for _, l := range lines {
		refs[l.Ref] = true
		if known, ok := askers[l.Asker]; ok && known != l.Question || strings.Contains(l.Asker, l.Question) && len(l.Question) > 2 {
			t.Errorf("%q asks for %q and for %q", l.Asker, known, l.Question)
		}
		askers[l.Asker] = l.Question
		if l.At.Before(last[l.Asker]) {
			t.Errorf("entries of %q are out of order", l.Asker)
		}
		last[l.Asker] = l.At
	}
	if len(lines) != people*each || len(refs) != people*each || len(askers) != people {
		t.Errorf("%d lines, %d refs, %d askers; want %d entries of %d people", len(lines), len(refs), len(askers), people*each, people)
	}
}

func TestJournalStops(t *testing.T) {
	m := redistest.StartMini(t)
	e := newEnv(t, m.URL())
	e.fill(t, 3, 1)
	full, n := errors.New("disk full"), 0
	_, err := e.store.Journal(t.Context(), time.Time{}, time.Time{}, func(Journaled) error { n++; return full })
	if !errors.Is(err, full) || n != 1 {
		t.Errorf("%v after %d entries", err, n)
	}
	m.Close()
	_, err = e.store.Journal(t.Context(), time.Time{}, time.Time{}, func(Journaled) error { return nil })
	if bot.KindOf(err) != bot.StoreDown {
		t.Errorf("without Redis: %v", err)
	}
}

// TestJournalSkipsGone: a ref whose entry is gone, and one with nonsense in it, hinder nothing.
func TestJournalSkipsGone(t *testing.T) {
	e := newEnv(t, redistest.StartMini(t).URL())
	e.fill(t, 1, 3)
	keys := e.keys(t, "rb:{p:*}:e:*")
	slices.Sort(keys)
	must(t, e.db.Del(t.Context(), keys[0]).Err())
	must(t, e.db.Set(t.Context(), keys[1], "nonsense", 0).Err())
	if lines, sealed := e.export(t, e.store, time.Time{}, time.Time{}); len(lines) != 1 || sealed != 1 {
		t.Errorf("%d entries, %d sealed", len(lines), sealed)
	}
}
