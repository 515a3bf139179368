package redisstore

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"refbot/bot"
)

// enter journals an entry of a person for each of some times.
func (e *env) enter(t *testing.T, person int64, ref string, times ...time.Time) {
	t.Helper()
	for i, at := range times {
		entry := &bot.Entry{Ref: fmt.Sprintf("%s%d", ref, i), At: at, Question: fmt.Sprint(person)}
		must(t, e.store.Record(t.Context(), person, bot.Session{}, nil, entry))
	}
}

// pages reads the journal page by page.
func (e *env) pages(t *testing.T, p Page) (refs []string) {
	t.Helper()
	for range 100 {
		lines, next, err := e.store.JournalPage(t.Context(), p)
		must(t, err)
		if len(lines) > p.Size {
			t.Fatalf("%d entries on a page of %d", len(lines), p.Size)
		}
		for _, l := range lines {
			refs = append(refs, l.Ref)
		}
		if next == "" {
			return refs
		}
		p.Cursor = next
	}
	t.Fatal("the journal has no end")
	return nil
}

// testJournalPages reads entries of several days and people, some of one millisecond, in pages of any size.
func testJournalPages(t *testing.T, e *env) {
	must(t, ClaimKey(t.Context(), e.db, e.sealer))
	noon := time.Now().UTC().Truncate(day).Add(-60 * day).Add(12 * time.Hour)
	e.enter(t, 1, "A", noon, noon.Add(day), noon.Add(40*day))
	e.enter(t, 2, "B", noon.Add(time.Millisecond), noon.Add(day-12*time.Hour), noon.Add(40*day+time.Second))
	for person := range int64(7) {
		e.enter(t, 10+person, fmt.Sprintf("T%d", person), noon.Add(2*day))
	}
	all := e.pages(t, Page{Size: 1000})
	if got := slices.DeleteFunc(slices.Clone(all), func(ref string) bool { return strings.HasPrefix(ref, "T") }); !slices.Equal(got, []string{"A0", "B0", "B1", "A1", "A2", "B2"}) {
		t.Fatalf("in order of time: %q", all)
	}
	if len(all) != 13 || all[4][0] != 'T' || all[10][0] != 'T' {
		t.Fatalf("all of it: %q", all)
	}
	newest := slices.Clone(all)
	slices.Reverse(newest)
	for size := range 14 {
		if got := e.pages(t, Page{Size: size + 1}); !slices.Equal(got, all) {
			t.Errorf("in pages of %d: %q", size+1, got)
		}
		if got := e.pages(t, Page{Size: size + 1, Newest: true}); !slices.Equal(got, newest) {
			t.Errorf("newest first in pages of %d: %q", size+1, got)
		}
	}
	for _, test := range []struct {
		since, until time.Time
		want         []string
	}{
		{noon.Add(time.Millisecond), noon.Add(day), all[1:3]},
		{noon.Add(day), noon.Add(2 * day), all[3:4]},
		{noon.Add(40 * day), time.Time{}, all[11:]},
		{time.Time{}, noon, nil},
		{noon, noon, nil},
	} {
		if got := e.pages(t, Page{Since: test.since, Until: test.until, Size: 2}); !slices.Equal(got, test.want) {
			t.Errorf("from %v to %v: %q, want %q", test.since, test.until, got, test.want)
		}
	}
	lines, sealed := e.export(t, e.store, time.Time{}, time.Time{})
	var exported []string
	for _, l := range lines {
		exported = append(exported, l.Ref)
	}
	if !slices.Equal(exported, all) || sealed != 0 {
		t.Errorf("exported %q", exported)
	}
}

// testUnindexed: what was journaled before there was an index is exported as well.
func testUnindexed(t *testing.T, e *env) {
	must(t, ClaimKey(t.Context(), e.db, e.sealer))
	e.enter(t, 1, "OLD", time.Now().Add(-time.Hour))
	for _, key := range append(e.keys(t, "rb:{j*}:*"), journalKey) {
		must(t, e.db.Del(t.Context(), key).Err())
	}
	must(t, ClaimKey(t.Context(), e.db, e.sealer)) // the start that begins the index
	e.enter(t, 2, "NEW", time.Now().Add(2*clockSlack))
	if lines, _ := e.export(t, e.store, time.Time{}, time.Time{}); len(lines) != 2 {
		t.Errorf("of all %d entries were exported", len(lines))
	}
	must(t, e.db.Del(t.Context(), e.store.person(1).entries).Err()) // now only the index leads anywhere
	if lines, _ := e.export(t, e.store, time.Now().Add(clockSlack+time.Minute), time.Time{}); len(lines) != 1 || lines[0].Ref != "NEW0" {
		t.Errorf("by the index %+v", lines)
	}
}

// testStaleIndex: the index may know entries that are gone.
func testStaleIndex(t *testing.T, e *env) {
	must(t, ClaimKey(t.Context(), e.db, e.sealer))
	e.enter(t, 1, "A", time.Now(), time.Now(), time.Now())
	must(t, e.db.Del(t.Context(), e.store.person(1).entry+"A1").Err())
	if refs := e.pages(t, Page{Size: 1}); !slices.Equal(refs, []string{"A0", "A2"}) {
		t.Errorf("read %q", refs)
	}
	var wrong *bot.Error
	for _, cursor := range []string{"x", "-", "5", "99999999999999999999-a"} {
		if _, _, err := e.store.JournalPage(t.Context(), Page{Size: 1, Cursor: cursor}); !errors.As(err, &wrong) || wrong.Kind != bot.Internal {
			t.Errorf("cursor %q: %v", cursor, err)
		}
	}
}

func TestParseEntries(t *testing.T) {
	for _, reply := range []any{nil, 5, []any{"ref"}, []any{"ref", "soon"}} {
		if entries, err := parseEntries(reply); err == nil {
			t.Errorf("%v gives %v", reply, entries)
		}
	}
	got, err := parseEntries([]any{"a", "1.7e12", "b", "5"})
	if want := []redis.Z{{Member: "a", Score: 1.7e12}, {Member: "b", Score: 5}}; err != nil || !slices.Equal(got, want) {
		t.Errorf("%v, %v", got, err)
	}
}

func FuzzCursor(f *testing.F) {
	for _, seed := range []string{"", "-", "5-a:b", "-5-a", "99999999999999999999-a", place{1, "p-:r"}.cursor()} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		p, err := parseCursor(text)
		if err != nil {
			return
		}
		if again, err := parseCursor(p.cursor()); err != nil || again != p {
			t.Errorf("%q is %+v, and that is %+v, %v", text, p, again, err)
		}
	})
}
