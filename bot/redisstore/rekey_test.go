package redisstore

import (
	"slices"
	"strings"
	"testing"
	"time"

	"refbot/bot"
	"refbot/bot/broadcast"
	"refbot/bot/library"
)

// testRekey fills a store with everything that is sealed, changes the key, and takes the former one away.
func testRekey(t *testing.T, e *env) {
	must(t, ClaimKey(t.Context(), e.db, e.sealer))
	in := e.store.Inbox(hour)
	must(t, e.store.Record(t.Context(), asker, bot.Session{Chat: asker}, &bot.Profile{Subscribed: true}, entry("AAAAAAAAAAAA")))
	must(t, e.store.Record(t.Context(), stranger, bot.Session{Chat: stranger}, &bot.Profile{}, nil))
	_, err := e.store.ChangeRole(t.Context(), bot.RoleChange{Person: asker, Role: bot.Moderator, Granted: true})
	must(t, err)
	put(t, in, update(1, asker, 1))
	_, err = in.Bury(t.Context(), leaseOne(t, in), errPoison)
	must(t, err)
	put(t, in, update(2, asker, 2), update(3, asker, 3))
	r := e.store.Broadcasts()
	must(t, r.Save(t.Context(), draft(name, time.Now())))
	must(t, r.writeBatch(t.Context(), name, e.store.seatOf(asker).shard, 0, fromAudience, []broadcast.Line{{Chat: asker}}))
	must(t, e.store.Shelf().Publish(t.Context(), version(1), []byte("pack")))
	must(t, e.store.Shelf().SaveProposal(t.Context(), &library.Proposal{ID: library.NewID(), State: library.Draft}))
	must(t, e.store.ChangeWisher(t.Context(), asker, func(w *bot.Wisher) bool { w.Corrections = true; return true }))
	must(t, e.store.Switch(t.Context(), bot.Switches{Suspended: true}))
	must(t, e.store.Audit().Note(t.Context(), bot.AuditLine{Action: "test"}))
	e.ask(t, stranger, "вопрос", abstain)
	must(t, e.clerk().Catchup(t.Context()))
	// line of the audit, entry; of the index traits, names, cluster
	const moderated = 2 + 3
	// sessions, profiles, entry, role and audit, dead letter, updates; broadcast, subscriber, batch; version, pack, proposal;
	// wisher, switches and audit
	const sealed = 2 + 2 + 1 + 2 + 1 + 2 + 3 + 3 + 3 + moderated

	both := e.replica(newSealer(t, 2, 1))
	must(t, ClaimKey(t.Context(), e.db, both.sealer))
	looks := 0
	for _, want := range []Seals{{Current: 1, Former: sealed}, {Current: 1 + sealed}} {
		found, err := both.Rekey(t.Context(), func(int) { looks++ })
		if err != nil || found != want {
			t.Errorf("found %+v, %v, want %+v", found, err, want)
		}
	}
	if looks == 0 {
		t.Error("nothing was told on the way")
	}
	if life := e.db.PTTL(t.Context(), e.store.person(stranger).session).Val(); life <= 0 {
		t.Errorf("a session that was sealed anew lives %v", life)
	}

	alone := e.replica(newSealer(t, 2))
	must(t, CheckKey(t.Context(), e.db, alone.sealer))
	checkRekeyed(t, alone)
	if n := e.reports(); n != "[]" {
		t.Errorf("reported %s", n)
	}
}

// checkRekeyed reads everything with the new key alone.
func checkRekeyed(t *testing.T, s *Store) {
	t.Helper()
	m, err := s.Recall(t.Context(), asker)
	if err != nil || !m.Profile.Subscribed || m.Session.Chat != asker {
		t.Errorf("recalled %+v, %v", m, err)
	}
	if rated, err := s.Rate(t.Context(), asker, "AAAAAAAAAAAA", bot.Helpful); err != nil || !rated {
		t.Errorf("rated %v, %v", rated, err)
	}
	if roles, err := s.Granted(t.Context()); err != nil || !slices.Equal(roles[asker], bot.Roles{bot.Moderator}) {
		t.Errorf("roles %v, %v", roles, err)
	}
	if changes, err := s.RoleChanges(t.Context(), 5); err != nil || len(changes) != 1 {
		t.Errorf("audit %v, %v", changes, err)
	}
	letters, err := s.DeadLetters(t.Context())
	if err != nil || len(letters) != 1 || string(letters[0].Data) != string(update(1, asker, 1).Data) || letters[0].Why != errPoison.Error() {
		t.Errorf("dead letters %+v, %v", letters, err)
	}
	checkRekeyedBroadcasts(t, s.Broadcasts())
	in := s.Inbox(hour)
	d := leaseOne(t, in)
	if string(d.Data) != string(update(2, asker, 2).Data) {
		t.Errorf("first comes %q", d.Data)
	}
	finish(t, in, d, string(update(3, asker, 3).Data))
}

func checkRekeyedBroadcasts(t *testing.T, r *Broadcasts) {
	t.Helper()
	if b, err := r.Load(t.Context(), name); err != nil || b.ID != name {
		t.Errorf("broadcast %+v, %v", b, err)
	}
	if counts, err := r.Count(t.Context(), broadcast.Segment{}, nil); err != nil || len(counts) != 1 {
		t.Errorf("audience %v, %v", counts, err)
	}
	batches, err := r.read(t.Context(), name, r.store.seatOf(asker).shard, 0, 1)
	if err != nil || len(batches) != 1 || len(batches[0]) != 1 || batches[0][0].Chat != asker {
		t.Errorf("the ledger holds %v, %v", batches, err)
	}
}

// testKeyGone takes the former key away too early: what it sealed counts as not stored, and that is said.
func testKeyGone(t *testing.T, e *env) {
	must(t, ClaimKey(t.Context(), e.db, e.sealer))
	must(t, e.store.Record(t.Context(), asker, bot.Session{Chat: asker}, &bot.Profile{Subscribed: true}, nil))
	must(t, ClaimKey(t.Context(), e.db, newSealer(t, 2, 1)))
	alone := e.replica(newSealer(t, 2))
	must(t, ClaimKey(t.Context(), e.db, alone.sealer))
	if m, err := alone.Recall(t.Context(), asker); err != nil || m.Known {
		t.Errorf("recalled %+v, %v", m, err)
	}
	if !strings.Contains(e.reports(), "set the former key in DATA_KEY_OLD") {
		t.Errorf("reported %s", e.reports())
	}
	if found, err := alone.Seals(t.Context(), 1000); err != nil || found != (Seals{Current: 1, None: 3}) {
		t.Errorf("found %+v, %v", found, err)
	}
	must(t, alone.Record(t.Context(), asker, bot.Session{Chat: asker}, nil, nil))
	if m, err := alone.Recall(t.Context(), asker); err != nil || !m.Known || m.Profile.Subscribed {
		t.Errorf("recalled %+v, %v", m, err)
	}
}
