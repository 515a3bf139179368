package redisstore

import (
	"slices"
	"strings"
	"testing"
	"time"

	"refbot/bot"
	"refbot/bot/redisstore/redistest"
)

func miniEnv(t *testing.T) (*env, *redistest.Mini) {
	t.Helper()
	mini := redistest.StartMini(t)
	return newEnv(t, mini.URL()), mini
}

func testRoles(t *testing.T, e *env) {
	ctx, at := t.Context(), time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	change := func(person int64, role bot.Role, granted, want bool) {
		t.Helper()
		changed, err := e.store.ChangeRole(ctx, bot.RoleChange{At: at, By: 1, Person: person, Role: role, Granted: granted})
		if must(t, err); changed != want {
			t.Errorf("%d %s %v: changed %v", person, role, granted, changed)
		}
	}
	change(5, bot.Moderator, true, true)
	change(5, bot.Moderator, true, false)
	change(5, bot.Outreach, true, true)
	change(6, bot.Admin, true, true)
	change(5, bot.Outreach, false, true)
	change(5, bot.Outreach, false, false)
	given, err := e.store.Granted(ctx)
	if must(t, err); len(given) != 2 || !slices.Equal(given[5], bot.Roles{bot.Moderator}) || !slices.Equal(given[6], bot.Roles{bot.Admin}) {
		t.Errorf("given %v", given)
	}
	audit, err := e.store.RoleChanges(ctx, 10)
	if must(t, err); len(audit) != 4 || audit[0].Granted || audit[0].Role != bot.Outreach || !audit[0].At.Equal(at) || audit[3].Person != 5 {
		t.Errorf("audit %+v", audit)
	}
	for _, line := range append(e.db.LRange(ctx, rolesAudit, 0, -1).Val(), e.db.HKeys(ctx, rolesGiven).Val()...) {
		if strings.Contains(line, "moderator") || strings.Contains(line, "person") {
			t.Errorf("readable in Redis: %q", line)
		}
	}
}
