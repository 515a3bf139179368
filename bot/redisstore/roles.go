package redisstore

import (
	"context"

	"refbot/bot"
)

// Roles given by /grant and their audit, which share a tag:
const (
	rolesGiven = "rb:{roles}:given" // hash of sealed roles by a keyed hash of person and role
	rolesAudit = "rb:{roles}:audit" // list of sealed changes, newest first

	auditSize = 10_000
)

var roleScript = load("role")

var _ bot.RoleStore = (*Store)(nil)

// granted is a role as it is stored: an id in the clear inside, because staff must be found by role.
type granted struct {
	Person int64    `json:"p"`
	Role   bot.Role `json:"r"`
}

// Granted implements bot.RoleStore. What does not open gives no role.
func (s *Store) Granted(ctx context.Context) (map[int64]bot.Roles, error) {
	values, err := s.db.HGetAll(ctx, rolesGiven).Result()
	if err != nil {
		return nil, failed("read roles", err)
	}
	all := map[int64]bot.Roles{}
	for _, sealed := range values {
		var g granted
		if decode(s, rolesGiven, sealed, &g) {
			all[g.Person] = append(all[g.Person], g.Role)
		}
	}
	return all, nil
}

// ChangeRole implements bot.RoleStore.
func (s *Store) ChangeRole(ctx context.Context, c bot.RoleChange) (bool, error) {
	var role []byte
	if c.Granted {
		role = s.encode(rolesGiven, granted{c.Person, c.Role})
	}
	field := s.sealer.Hide("role "+string(c.Role), c.Person)
	args := []any{field, role, s.encode(rolesAudit, c), auditSize}
	n, err := run(ctx, s.db, call{roleScript, []string{rolesGiven, rolesAudit}, args})[0].Int()
	return n == 1, failed("change a role", err)
}

// RoleChanges lists at most n changes of roles, newest first.
func (s *Store) RoleChanges(ctx context.Context, n int) ([]bot.RoleChange, error) {
	lines, err := s.db.LRange(ctx, rolesAudit, 0, int64(n)-1).Result()
	if err != nil {
		return nil, failed("read the audit", err)
	}
	return opened[bot.RoleChange](s, rolesAudit, lines), nil
}
