package redisstore

import (
	"strings"
	"testing"

	"refbot/bot"
)

// testDeadLetters lists, retries and drops.
func testDeadLetters(t *testing.T, e *env) {
	in := e.store.Inbox(hour)
	put(t, in, update(1, 7, 1), update(2, 7, 2), update(3, 7, 3))
	d := leaseOne(t, in)
	for _, next := range []string{"7/2", "7/3", ""} {
		after, err := in.Bury(t.Context(), d, errPoison)
		must(t, err)
		d = checkNext(t, after, next)
	}
	put(t, in, update(4, 7, 4))
	letters, err := e.store.DeadLetters(t.Context())
	must(t, err)
	byText := map[string]DeadLetter{}
	for _, l := range letters {
		byText[string(l.Data)] = l
	}
	first, second, third := byText["7/1"], byText["7/2"], byText["7/3"]
	if len(byText) != 3 || first.Why != errPoison.Error() || first.Chat != third.Chat || len(first.ID) != 10 || first.ID == third.ID {
		t.Fatalf("dead letters %+v", letters)
	}
	for what, end := range map[string]func() (int, error){
		"unknown":    func() (int, error) { return e.store.RetryLetters(t.Context(), []string{"0123456789"}) },
		"nothing":    func() (int, error) { return e.store.DropLetters(t.Context(), nil) },
		"one of two": func() (int, error) { return e.store.DropLetters(t.Context(), []string{second.ID, "x"}) },
	} {
		if n, err := end(); err != nil || n != map[string]int{"one of two": 1}[what] {
			t.Errorf("%s: %d, %v", what, n, err)
		}
	}
	if n, err := e.store.RetryLetters(t.Context(), []string{third.ID, first.ID}); err != nil || n != 2 {
		t.Errorf("retried %d, %v", n, err)
	}
	d = leaseOne(t, in)
	for _, want := range []string{"7/4", "7/1", "7/3"} { // behind what waits, in their order
		if string(d.Data) != want || d.Tries != 1 {
			t.Errorf("%q comes with try %d, want %q", d.Data, d.Tries, want)
		}
		next, err := in.Done(t.Context(), d)
		must(t, err)
		if next != nil {
			d = *next
		}
	}
	if depth, err := in.Depth(t.Context()); err != nil || depth != (Depth{}) {
		t.Errorf("depth %+v, %v", depth, err)
	}
}

// testBareLetters reads letters that have no reason, and damaged ones.
func testBareLetters(t *testing.T, e *env) {
	mailbox := e.sealer.Hide("mailbox", 7)
	dead := shards[shardOf(mailbox)].dead
	sealed := string(e.sealer.Seal(mailboxKey(mailbox), []byte("7/1")))
	for _, raw := range []string{"1000:" + mailbox + ":" + sealed, "x:" + mailbox + ":" + sealed, "1000", "", "5:" + mailbox + ":damaged"} {
		must(t, e.db.LPush(t.Context(), dead, raw).Err())
	}
	letters, err := e.store.DeadLetters(t.Context())
	must(t, err)
	if len(letters) != 2 || string(letters[0].Data) != "7/1" || letters[0].Why != "" || letters[1].Data != nil {
		t.Errorf("letters %+v", letters)
	}
}

func FuzzLetter(f *testing.F) {
	e := &Store{sealer: newSealer(f, 1)}
	reason := e.sealReason("m", errPoison)
	for _, seed := range []string{"", "1:m:", "1:m:" + reason + ":x", "-1:m:x:y", "1:m:" + strings.Repeat("a", 100) + ":"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		l, err := parseLetter(raw)
		if err != nil {
			return
		}
		if l.reason != "" && len(l.reason) < reasonLeast || !strings.HasSuffix(raw, l.update) {
			t.Errorf("%q gives %+v", raw, l)
		}
		if d := l.open(e.sealer); len(d.ID) != 10 || d.Why != "" && l.reason == "" {
			t.Errorf("%q opens as %+v", raw, d)
		}
		if _, by, err := resealLetter(e.sealer, raw); err == nil && by != 0 {
			t.Errorf("%q was opened by key %d of one", raw, by)
		}
	})
}

// TestReason: an error of any length is kept, cut between letters.
func TestReason(t *testing.T) {
	s := &Store{sealer: newSealer(t, 1)}
	for _, why := range []error{nil, errPoison, &bot.Error{Op: strings.Repeat("ы", 500), Kind: bot.Internal}} {
		l, err := parseLetter("5:m:" + s.sealReason("m", why) + ":update")
		must(t, err)
		if d := l.open(s.sealer); l.update != "update" || d.Why == "" || len(d.Why) > reasonMost || strings.ContainsRune(d.Why, '\uFFFD') {
			t.Errorf("%v is kept as %q", why, d.Why)
		}
	}
}
