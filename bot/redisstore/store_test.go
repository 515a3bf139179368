package redisstore

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"refbot/bot"
	"refbot/knowledge/language"
)

const (
	asker    = int64(5550123456)
	stranger = int64(5550999999)
)

var askedAt = time.Now().UTC().Truncate(time.Second)

func entry(ref string) *bot.Entry {
	return &bot.Entry{Ref: ref, At: askedAt, Question: "когда референдум?", Language: language.Russian, Reply: "15 марта"}
}

func testRecallRecord(t *testing.T, e *env) {
	m, err := e.store.Recall(t.Context(), asker)
	must(t, err)
	if m.Known || m.Session.Chat != 0 {
		t.Fatalf("somebody is known in an empty store: %+v", m)
	}
	want := bot.Memory{
		Session: bot.Session{Chat: asker, Language: language.Kazakh, Turns: []bot.Turn{{Question: "явка?"}}, Replies: []bot.Pair{{Question: 1, Reply: 2}}},
		Profile: bot.Profile{Language: language.Kazakh, Subscribed: true, Since: time.Unix(1_770_000_000, 0).UTC()},
		Known:   true,
	}
	must(t, e.store.Record(t.Context(), asker, bot.Session{Chat: 1}, &want.Profile, nil))
	must(t, e.store.Record(t.Context(), asker, want.Session, nil, entry("AAAAAAAAAAAA"))) // keeps the profile
	got, err := e.store.Recall(t.Context(), asker)
	must(t, err)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("recalled (-want +got):\n%s", diff)
	}
	if m, err := e.store.Recall(t.Context(), stranger); err != nil || m.Known {
		t.Errorf("another person is known: %+v, %v", m, err)
	}
}

func testUnreadable(t *testing.T, e *env) {
	profile := bot.Profile{Subscribed: true}
	must(t, e.store.Record(t.Context(), asker, bot.Session{Chat: 7}, &profile, nil))
	keys := e.store.person(asker)
	must(t, e.db.Set(t.Context(), keys.session, "not sealed", 0).Err())
	must(t, e.db.Set(t.Context(), keys.profile, e.sealer.Seal(keys.profile, []byte(`{"s":true,"d":"yesterday"}`)), 0).Err())
	m, err := e.store.Recall(t.Context(), asker)
	must(t, err)
	if diff := cmp.Diff(bot.Memory{}, m); diff != "" {
		t.Errorf("recalled from damaged values (-want +got):\n%s", diff)
	}
	if !strings.Contains(e.reports(), ErrSealed.Error()) {
		t.Errorf("reported %s", e.reports())
	}
}

func testFeedback(t *testing.T, e *env) {
	must(t, e.store.Record(t.Context(), asker, bot.Session{}, nil, entry("AAAAAAAAAAAA")))
	key := e.store.person(asker).entry + "AAAAAAAAAAAA"
	must(t, e.db.PExpire(t.Context(), key, hour).Err())
	for _, test := range []struct {
		person int64
		ref    string
		want   bool
	}{
		{asker, "AAAAAAAAAAAA", true},
		{stranger, "AAAAAAAAAAAA", false},
		{asker, "BBBBBBBBBBBB", false},
		{asker, "}:session{\x00\xff", false},
	} {
		got, err := e.store.Rate(t.Context(), test.person, test.ref, bot.Helpful)
		if err != nil || got != test.want {
			t.Errorf("Rate(%d, %q) = %v, %v, want %v", test.person, test.ref, got, err, test.want)
		}
	}
	want := *entry("AAAAAAAAAAAA")
	want.Feedback = bot.Helpful
	var got bot.Entry
	if !decode(e.store, key, e.db.Get(t.Context(), key).Val(), &got) || !cmp.Equal(want, got) {
		t.Errorf("the entry is %+v", got)
	}
	if left := e.db.PTTL(t.Context(), key).Val(); left <= 0 || left > hour {
		t.Errorf("after rating the entry lives %v, want what was left of an hour", left)
	}
}

func testForget(t *testing.T, e *env) {
	in := e.store.Inbox(hour)
	profile := bot.Profile{Subscribed: true}
	for i := range 3 {
		for _, person := range []int64{asker, stranger} {
			must(t, e.store.Record(t.Context(), person, bot.Session{Chat: person}, &profile, entry(fmt.Sprintf("REF%09d", i))))
		}
	}
	put(t, in, update(1, asker, 1), update(2, stranger, 1), update(3, stranger, 2))
	ds, err := in.Lease(t.Context(), 10)
	must(t, err)
	for _, d := range ds {
		_, err := in.Bury(t.Context(), d, errPoison)
		must(t, err)
	}
	pattern := "*" + e.sealer.Hide("person", asker) + "*"
	if n := len(e.keys(t, pattern)); n != 6 {
		t.Fatalf("%d keys of the person, want session, profile, list and three entries: %q", n, e.keys(t, pattern))
	}
	if entries, err := e.store.Entries(t.Context(), asker); err != nil || len(entries) != 3 || entries[2].Ref != "REF000000002" {
		t.Errorf("entries %+v, %v", entries, err)
	}
	all := len(e.keys(t, "*"))
	must(t, e.store.Forget(t.Context(), asker))
	if left := e.keys(t, pattern); len(left) != 0 {
		t.Errorf("left of the forgotten person: %q", left)
	}
	if d, err := in.Depth(t.Context()); err != nil || d.Dead != 1 {
		t.Errorf("%+v, %v after forgetting, want the other person's dead letter alone", d, err)
	}
	if entries, err := e.store.Entries(t.Context(), asker); err != nil || len(entries) != 0 {
		t.Errorf("entries %+v, %v are left", entries, err)
	}
	if left := e.indexOf(t, e.sealer.Hide("person", asker)); len(left) != 0 {
		t.Errorf("the index still knows %q", left)
	}
	if kept := e.indexOf(t, e.sealer.Hide("person", stranger)); len(kept) != 3 {
		t.Errorf("of the other person the index knows %q", kept)
	}
	// The dead letters and the index of the two may have lain in one key or in two; in the audience they stand in two buckets.
	if n := len(e.keys(t, "*")); n > all-6 || n < all-9 {
		t.Errorf("%d keys of %d are left: another person lost something", n, all)
	}
	if n := e.subscribed(t); n != 1 {
		t.Errorf("%d subscribers are left, want the other person", n)
	}
	m, err := e.store.Recall(t.Context(), stranger)
	if err != nil || !m.Profile.Subscribed {
		t.Errorf("the other person is %+v, %v", m, err)
	}
	must(t, e.store.Forget(t.Context(), asker)) // of nobody
}

// indexOf lists what the index of the journal knows of a person.
func (e *env) indexOf(t *testing.T, person string) (members []string) {
	t.Helper()
	for _, key := range e.keys(t, "rb:{j*}:*") {
		for _, member := range e.db.ZRange(t.Context(), key, 0, -1).Val() {
			if strings.HasPrefix(member, person+":") {
				members = append(members, member)
			}
		}
	}
	return members
}

func testRetention(t *testing.T, e *env) {
	in := e.store.Inbox(hour)
	must(t, e.store.Record(t.Context(), asker, bot.Session{}, &bot.Profile{}, entry("AAAAAAAAAAAA")))
	put(t, in, update(1, 5, 1))
	_, err := in.Bury(t.Context(), leaseOne(t, in), errPoison)
	must(t, err)
	keys, mailbox := e.store.person(asker), e.sealer.Hide("mailbox", 5)
	for key, want := range map[string]time.Duration{
		keys.session:                             24 * hour,
		keys.entry + "AAAAAAAAAAAA":              180 * 24 * hour,
		keys.entries:                             180 * 24 * hour,
		keys.profile:                             180 * 24 * hour,
		shards[shardOf(mailbox)].dead:            14 * 24 * hour,
		dayKey(keys.person, askedAt.UnixMilli()): time.Until(askedAt.Truncate(day).Add(182*day)) + time.Minute,
		e.keys(t, "rb:{s*}:u:*")[0]:              25 * hour,
		e.store.person(stranger).session:         -2, // there is none
		shards[shardOf(mailbox)].due + "no":      -2,
	} {
		got := e.db.PTTL(t.Context(), key).Val()
		if want < 0 && got != want || want > 0 && (got <= want-hour || got > want) {
			t.Errorf("%s lives %v, want %v", key, got, want)
		}
	}
}

// testProfileRetention: a subscription has no end, all else of a profile goes some time after it was last
// of use.
func testProfileRetention(t *testing.T, e *env) {
	key := e.store.person(asker).profile
	life := func() time.Duration { return e.db.PTTL(t.Context(), key).Val() }
	record := func(p *bot.Profile) { must(t, e.store.Record(t.Context(), asker, bot.Session{}, p, nil)) }
	record(&bot.Profile{Language: language.Kazakh})
	must(t, e.db.PExpire(t.Context(), key, hour).Err())
	record(nil)
	if life() < 179*24*hour {
		t.Errorf("after another message the profile lives %v", life())
	}
	record(&bot.Profile{Subscribed: true})
	record(nil)
	if life() != -1 {
		t.Errorf("the profile of a subscriber lives %v", life())
	}
	record(&bot.Profile{})
	if life() < 179*24*hour {
		t.Errorf("after unsubscribing the profile lives %v", life())
	}
}

func testShorterRetention(t *testing.T, e *env) {
	keys := e.store.person(asker)
	for _, ref := range []string{"OLDOLDOLDOLD", "NEWNEWNEWNEW"} {
		must(t, e.store.Record(t.Context(), asker, bot.Session{}, nil, entry(ref)))
	}
	must(t, e.db.ZIncrBy(t.Context(), keys.entries, -float64(2*hour.Milliseconds()), "OLDOLDOLDOLD").Err())
	shorter := New(e.db, e.sealer, Retention{Session: hour, Profile: hour, Journal: hour, DeadLetters: hour})
	must(t, shorter.Record(t.Context(), asker, bot.Session{}, nil, entry("LASTLASTLAST")))
	want := []string{keys.entry + "LASTLASTLAST", keys.entry + "NEWNEWNEWNEW"}
	if got := e.keys(t, keys.entry+"*"); !slices.Equal(got, want) {
		t.Errorf("entries %q, want %q", got, want)
	}
	// The list of entries outlives the longest of them: else forgetting would miss it.
	if list, last := e.db.PTTL(t.Context(), keys.entries).Val(), e.db.PTTL(t.Context(), want[1]).Val(); list < last {
		t.Errorf("the list lives %v, an entry %v", list, last)
	}
}

func testKey(t *testing.T, e *env) {
	must(t, CheckKey(t.Context(), e.db, newSealer(t, 9)))
	if keys := e.keys(t, "*"); len(keys) != 0 {
		t.Fatalf("CheckKey wrote %q", keys)
	}
	must(t, ClaimKey(t.Context(), e.db, e.sealer))
	must(t, ClaimKey(t.Context(), e.db, newSealer(t, 1))) // the next start, or another replica
	before := e.db.Get(t.Context(), probeKey).Val()
	for name, check := range map[string]error{
		"CheckKey": CheckKey(t.Context(), e.db, newSealer(t, 9)),
		"ClaimKey": ClaimKey(t.Context(), e.db, newSealer(t, 9, 8)),
	} {
		if !errors.Is(check, ErrWrongKey) {
			t.Errorf("%s with a wrong key: %v", name, check)
		}
	}
	if e.db.Get(t.Context(), probeKey).Val() != before {
		t.Error("a wrong key overwrote the probe")
	}
	must(t, e.db.Set(t.Context(), probeKey, e.sealer.Seal(probeKey, []byte("short")), 0).Err())
	if err := CheckKey(t.Context(), e.db, e.sealer); !errors.Is(err, ErrWrongKey) {
		t.Errorf("CheckKey with a damaged probe: %v", err)
	}
}

// testLostProbe: the key the names come from is gone, the data is not. The key the store began with is the
// right one, another is found to be wrong before it writes anything.
func testLostProbe(t *testing.T, e *env) {
	must(t, ClaimKey(t.Context(), e.db, e.sealer))
	must(t, e.store.Record(t.Context(), asker, bot.Session{Chat: asker}, nil, nil))
	must(t, e.db.Del(t.Context(), probeKey).Err())
	for name, check := range map[string]error{
		"CheckKey": CheckKey(t.Context(), e.db, newSealer(t, 9)),
		"ClaimKey": ClaimKey(t.Context(), e.db, newSealer(t, 9)),
	} {
		if !errors.Is(check, ErrWrongKey) {
			t.Errorf("%s with a wrong key: %v", name, check)
		}
	}
	must(t, ClaimKey(t.Context(), e.db, newSealer(t, 1)))
	if m, err := e.replica(newSealer(t, 1)).Recall(t.Context(), asker); err != nil || m.Session.Chat != asker {
		t.Errorf("recalled %+v, %v", m, err)
	}
}

// testRotation changes the key twice. People keep their names, and the first key may go once nothing
// sealed with it is left.
func testRotation(t *testing.T, e *env) {
	must(t, ClaimKey(t.Context(), e.db, e.sealer))
	profile := bot.Profile{Subscribed: true}
	must(t, e.store.Record(t.Context(), asker, bot.Session{Chat: 7}, &profile, nil))
	in := e.store.Inbox(hour)
	put(t, in, update(1, 7, 1))

	second := newSealer(t, 2, 1)
	must(t, ClaimKey(t.Context(), e.db, second))
	store := e.replica(second)
	m, err := store.Recall(t.Context(), asker)
	if err != nil || !m.Profile.Subscribed || m.Session.Chat != 7 {
		t.Fatalf("after the change of keys: %+v, %v", m, err)
	}
	put(t, store.Inbox(hour), update(1, 7, 1), update(2, 7, 2)) // the first is known
	next := leaseOne(t, store.Inbox(hour))
	finish(t, store.Inbox(hour), next, "7/2")
	must(t, store.Record(t.Context(), asker, m.Session, &m.Profile, nil))

	third := newSealer(t, 3, 2)
	must(t, ClaimKey(t.Context(), e.db, third))
	if m, err := e.replica(third).Recall(t.Context(), asker); err != nil || !m.Profile.Subscribed {
		t.Errorf("after the second change: %+v, %v", m, err)
	}
	if err := CheckKey(t.Context(), e.db, e.sealer); !errors.Is(err, ErrWrongKey) {
		t.Errorf("the first key alone: %v", err)
	}
	must(t, CheckKey(t.Context(), e.db, newSealer(t, 3)))
}
