package redisstore

import (
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"refbot/bot"
)

func testLogins(t *testing.T, e *env) {
	ctx := t.Context()
	must(t, e.store.PutLink(ctx, "link", bot.WebLink{Person: asker, Roles: bot.Roles{bot.Moderator}, Since: time.Now()}, time.Minute))
	var all sync.WaitGroup
	var got atomic.Int64
	for range 8 { // of all who use a link at once one gets in
		all.Go(func() {
			link, found, err := e.store.TakeLink(ctx, "link")
			must(t, err)
			if found {
				got.Add(link.Person)
			}
		})
	}
	all.Wait()
	if got.Load() != asker {
		t.Errorf("got in: %d", got.Load())
	}
	now := time.Now()
	must(t, e.store.PutSession(ctx, "one", bot.WebSession{Person: asker, Since: now, Language: "kk"}, time.Minute))
	must(t, e.store.PutSession(ctx, "other", bot.WebSession{Person: stranger, Since: now}, time.Minute))
	if s, found, err := e.store.WebSession(ctx, "one", time.Hour); err != nil || !found || s.Person != asker || s.Language != "kk" {
		t.Errorf("%+v %v %v", s, found, err)
	}
	if life := e.db.PTTL(ctx, sessionPrefix+"one").Val(); life < 50*time.Minute {
		t.Errorf("the session lives %v", life)
	}
	if s, found, err := e.store.WebSession(ctx, "one", 0); err != nil || !found || s.Person != asker || e.db.PTTL(ctx, sessionPrefix+"one").Val() < 50*time.Minute {
		t.Errorf("looking at a session without prolonging it: %v %v", found, err)
	}
	must(t, e.store.PutLink(ctx, "before", bot.WebLink{Person: asker, Since: now}, time.Minute))
	must(t, e.store.PutLink(ctx, "after", bot.WebLink{Person: asker, Since: now.Add(time.Minute)}, time.Minute))
	must(t, e.store.EndSessions(ctx, asker, now.Add(time.Second)))
	for name, want := range map[string]bool{"before": false, "after": true} {
		if _, found, err := e.store.TakeLink(ctx, name); err != nil || found != want {
			t.Errorf("link %s: %v %v, want %v", name, found, err, want)
		}
	}
	for name, want := range map[string]bool{"one": false, "other": true, "nobody": false} {
		if _, found, err := e.store.WebSession(ctx, name, time.Hour); err != nil || found != want {
			t.Errorf("session %s: %v %v, want %v", name, found, err, want)
		}
	}
	must(t, e.store.PutSession(ctx, "later", bot.WebSession{Person: asker, Since: now.Add(time.Minute)}, time.Minute))
	if _, found, err := e.store.WebSession(ctx, "later", time.Hour); err != nil || !found {
		t.Errorf("a session that began later: %v %v", found, err)
	}
	must(t, e.store.EndSession(ctx, "other"))
	if _, found, _ := e.store.WebSession(ctx, "other", time.Hour); found {
		t.Error("the session did not end")
	}
}
