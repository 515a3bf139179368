package bot

import (
	"context"
	"slices"
	"strconv"
	"strings"
)

// staffCommand is a command for people with a role, in their private chat with the bot. To everybody
// else, and everywhere else, it does not exist.
type staffCommand struct {
	roles []Role
	run   func(*conversation, context.Context) error
}

func staffCommands() map[string]staffCommand {
	return map[string]staffCommand{
		"whoami":    {StaffRoles(), (*conversation).whoami},
		"dashboard": {StaffRoles(), (*conversation).dashboard},
		"grant":     {[]Role{Admin}, (*conversation).grant},
		"revoke":    {[]Role{Admin}, (*conversation).revoke},
	}
}

// staff runs a staff command; false where there is none for this person here.
func (c *conversation) staff(ctx context.Context) (bool, error) {
	command, known := staffCommands()[c.ev.Command]
	if !known || c.Staff == nil || c.ev.Chat.Group {
		return false, nil
	}
	roles, err := c.Staff.Roles(ctx, c.ev.Person.ID)
	if err != nil {
		return true, err
	}
	if !roles.May(command.roles...) {
		return false, nil
	}
	return true, command.run(c, ctx)
}

func (c *conversation) whoami(ctx context.Context) error {
	roles, err := c.Staff.Roles(ctx, c.ev.Person.ID)
	if err != nil {
		return err
	}
	var names []string
	for _, r := range roles {
		names = append(names, c.roleName(r))
	}
	return c.say(ctx, c.texts().Staff.WhoAmI(strconv.FormatInt(c.ev.Person.ID, 10), strings.Join(names, ", ")))
}

func (c *conversation) roleName(r Role) string { return c.texts().Staff.Roles[string(r)] }

// grant gives a role: /grant ID ROLE.
func (c *conversation) grant(ctx context.Context) error {
	person, role, ok := parseRole(c.ev.Args)
	t := c.texts().Staff
	if !ok || role == "" {
		return c.say(ctx, t.GrantUsage)
	}
	changed := false
	if !slices.Contains(c.Staff.FixedRoles(person), role) {
		var err error
		if changed, err = c.changeRole(ctx, person, role, true); err != nil {
			return err
		}
	}
	text := t.HasAlready
	if changed {
		text = t.Granted
	}
	return c.say(ctx, text(strconv.FormatInt(person, 10), c.roleName(role)))
}

// revoke takes a role, or all of them: /revoke ID [ROLE].
func (c *conversation) revoke(ctx context.Context) error {
	person, role, ok := parseRole(c.ev.Args)
	t := c.texts().Staff
	if !ok {
		return c.say(ctx, t.RevokeUsage)
	}
	roles := StaffRoles()
	if role != "" {
		roles = []Role{role}
	}
	var taken, kept []string
	for _, r := range roles {
		changed, err := c.changeRole(ctx, person, r, false)
		if err != nil {
			return err
		}
		if changed {
			taken = append(taken, c.roleName(r))
		}
		if slices.Contains(c.Staff.FixedRoles(person), r) {
			kept = append(kept, c.roleName(r))
		}
	}
	return c.say(ctx, c.revoked(strconv.FormatInt(person, 10), taken, kept))
}

// revoked says what was taken, and what the settings still give.
func (c *conversation) revoked(person string, taken, kept []string) string {
	t := c.texts().Staff
	var lines []string
	if len(taken) > 0 {
		lines = append(lines, t.Revoked(person, strings.Join(taken, ", ")))
	}
	if len(kept) > 0 {
		lines = append(lines, t.Fixed(person, strings.Join(kept, ", ")))
	}
	if len(lines) == 0 {
		return t.HadNone(person)
	}
	return strings.Join(lines, "\n")
}

func (c *conversation) changeRole(ctx context.Context, person int64, role Role, granted bool) (bool, error) {
	return c.Staff.Change(ctx, RoleChange{At: c.Now().UTC(), By: c.ev.Person.ID, Person: person, Role: role, Granted: granted})
}

// parseRole reads "ID" or "ID ROLE".
func parseRole(args string) (person int64, role Role, ok bool) {
	words := strings.Fields(args)
	if len(words) < 1 || len(words) > 2 {
		return 0, "", false
	}
	person, err := strconv.ParseInt(words[0], 10, 64)
	if err != nil || person <= 0 {
		return 0, "", false
	}
	if len(words) == 2 {
		role = Role(strings.ToLower(words[1]))
		if !slices.Contains(StaffRoles(), role) {
			return 0, "", false
		}
	}
	return person, role, true
}
