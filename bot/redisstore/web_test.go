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
	must(t, e.store.PutLink(ctx, "link", asker, time.Minute))
	var all sync.WaitGroup
	var got atomic.Int64
	for range 8 { // of all who use a link at once one gets in
		all.Go(func() {
			person, err := e.store.TakeLink(ctx, "link")
			must(t, err)
			got.Add(person)
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
	must(t, e.store.EndSessions(ctx, asker, now.Add(time.Second)))
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
