package bot

import (
	"context"
	"slices"
	"sync"
	"time"
)

// Role is what somebody may do beyond asking.
type Role string

// The roles. Everybody is a citizen; the others are given by the settings or by /grant.
const (
	Citizen   Role = "citizen"
	Moderator Role = "moderator" // reviews questions
	Outreach  Role = "outreach"  // writes to subscribers
	Admin     Role = "admin"     // everything, and gives roles
)

// StaffRoles are the roles that can be given.
func StaffRoles() []Role { return []Role{Moderator, Outreach, Admin} }

// Roles are the roles of one person, in the order of StaffRoles; none for a citizen.
type Roles []Role

// May reports whether the roles allow what asks for one of needed. An admin may everything.
func (r Roles) May(needed ...Role) bool {
	return slices.ContainsFunc(r, func(have Role) bool {
		return have == Admin || slices.Contains(needed, have)
	})
}

// Has reports whether a role is among them by name.
func (r Roles) Has(role Role) bool { return slices.Contains(r, role) }

// RoleChange is a line of the audit: who gave or took which role, when.
type RoleChange struct {
	At      time.Time `json:"at"`
	By      int64     `json:"by"` // an admin
	Person  int64     `json:"person"`
	Role    Role      `json:"role"`
	Granted bool      `json:"granted"` // false: taken
}

// RoleStore keeps roles given by /grant, shared by all replicas. Errors are *Error of kind StoreDown.
type RoleStore interface {
	// Granted lists everybody with a role.
	Granted(ctx context.Context) (map[int64]Roles, error)
	// ChangeRole gives or takes a role and writes the audit line, together; false when nothing changed,
	// which leaves no line.
	ChangeRole(ctx context.Context, c RoleChange) (bool, error)
}

// rolesFresh is how long a replica may go by roles another one has changed.
const rolesFresh = 3 * time.Second

// Staff knows who has which role. Only what staff do asks it: a question costs nothing.
type Staff struct {
	store RoleStore

	mu    sync.Mutex
	fixed map[int64]Roles // from the settings
	given map[int64]Roles
	until time.Time // given is fresh until then
}

// NewStaff returns the staff of the settings and the store.
func NewStaff(store RoleStore, fixed map[int64]Roles) *Staff {
	s := &Staff{store: store, fixed: map[int64]Roles{}}
	for person, roles := range fixed {
		s.fixed[person] = sorted(roles)
	}
	return s
}

func sorted(roles Roles) Roles {
	var all Roles
	for _, r := range StaffRoles() {
		if slices.Contains(roles, r) {
			all = append(all, r)
		}
	}
	return all
}

// Fix sets the roles a person has by the settings; none makes them a citizen there.
func (s *Staff) Fix(person int64, roles ...Role) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fixed[person] = sorted(roles)
}

// Roles returns a person's roles: those of the settings and those granted.
func (s *Staff) Roles(ctx context.Context, person int64) (Roles, error) {
	given, err := s.granted(ctx)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return sorted(slices.Concat(s.fixed[person], given[person])), nil
}

// Everybody lists people who may do what asks for one of needed.
func (s *Staff) Everybody(ctx context.Context, needed ...Role) ([]int64, error) {
	given, err := s.granted(ctx)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	var people []int64
	for _, from := range []map[int64]Roles{s.fixed, given} {
		for person, roles := range from {
			if roles.May(needed...) && !slices.Contains(people, person) {
				people = append(people, person)
			}
		}
	}
	slices.Sort(people)
	return people, nil
}

// granted returns the granted roles, at most rolesFresh old.
func (s *Staff) granted(ctx context.Context) (map[int64]Roles, error) {
	s.mu.Lock()
	given, fresh := s.given, time.Now().Before(s.until)
	s.mu.Unlock()
	if fresh {
		return given, nil
	}
	given, err := s.store.Granted(ctx)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.given, s.until = given, time.Now().Add(rolesFresh)
	return given, nil
}

// Change gives or takes a role and forgets what is cached.
func (s *Staff) Change(ctx context.Context, c RoleChange) (bool, error) {
	changed, err := s.store.ChangeRole(ctx, c)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.until = time.Time{}
	return changed, err
}

// FixedRoles are a person's roles by the settings, which no command takes.
func (s *Staff) FixedRoles(person int64) Roles {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.fixed[person]
}
