package redisstore

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"refbot/bot"
)

// Audit is the log of what staff do. Its keys:
//
//	rb:{audit}:<month>        hash: 20 digits of the time and a random end → sealed bot.AuditLine; for good
//
// Changes of roles and of broadcasts are read in from where they are kept.
type Audit struct{ store *Store }

// Audit returns the log beside the store.
func (s *Store) Audit() *Audit { return &Audit{s} }

var _ bot.Audit = (*Audit)(nil)

const (
	auditPrefix = "rb:{audit}:"
	auditMonths = 60 // that one page looks at, at most
	auditPage   = 500
)

func auditKey(month time.Time) string { return auditPrefix + month.UTC().Format("200601") }

// Note implements bot.Audit.
func (a *Audit) Note(ctx context.Context, l bot.AuditLine) error {
	if l.At.IsZero() {
		l.At = time.Now()
	}
	l.At = l.At.UTC()
	key := auditKey(l.At)
	name := fmt.Sprintf("%020d%s", l.At.UnixNano(), rand.Text()[:8]) // the same when the client repeats the command
	return failed("write the audit", a.store.db.HSet(ctx, key, name, a.store.encode(key, l)).Err())
}

// dated is a line with a name that orders lines of one moment.
type dated struct {
	bot.AuditLine
	name string
}

func (d dated) compare(e dated) int {
	return cmp.Or(e.At.Compare(d.At), strings.Compare(d.name, e.name))
}

func (d dated) cursor() string { return strconv.FormatInt(d.At.UnixNano(), 10) + "-" + d.name }

func parseAuditCursor(text string) (dated, error) {
	at, name, found := strings.Cut(text, "-")
	ns, err := strconv.ParseInt(at, 10, 64)
	if err != nil || !found {
		return dated{}, &bot.Error{Op: "read the audit", Kind: bot.Internal, Err: errors.New("this is no cursor of it")}
	}
	return dated{bot.AuditLine{At: time.Unix(0, ns)}, name}, nil
}

// Lines implements bot.Audit.
func (a *Audit) Lines(ctx context.Context, f bot.AuditFilter, cursor string, n int) ([]bot.AuditLine, string, error) {
	after := dated{}
	if cursor != "" {
		var err error
		if after, err = parseAuditCursor(cursor); err != nil {
			return nil, "", err
		}
	}
	elsewhere, err := a.elsewhere(ctx)
	if err != nil {
		return nil, "", err
	}
	var lines []bot.AuditLine
	n = max(1, min(n, auditPage))
	month := firstOf(time.Now().Add(day))
	if cursor != "" {
		month = firstOf(after.At)
	}
	for range auditMonths {
		list, err := a.ofMonth(ctx, month, elsewhere)
		if err != nil {
			return nil, "", err
		}
		for _, d := range list {
			if cursor != "" && d.compare(after) <= 0 || !f.Fits(d.AuditLine) {
				continue
			}
			if len(lines) == n {
				return lines, after.cursor(), nil
			}
			lines = append(lines, d.AuditLine)
			after, cursor = d, d.cursor()
		}
		month = month.AddDate(0, -1, 0)
		if month.Before(f.Since.AddDate(0, -1, 0)) {
			break
		}
	}
	return lines, "", nil
}

func firstOf(t time.Time) time.Time {
	t = t.UTC()
	return time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, time.UTC)
}

// ofMonth are the lines of a month, newest first.
func (a *Audit) ofMonth(ctx context.Context, month time.Time, elsewhere []dated) ([]dated, error) {
	key, end := auditKey(month), month.AddDate(0, 1, 0)
	values, err := a.store.db.HGetAll(ctx, key).Result()
	if err != nil {
		return nil, failed("read the audit", err)
	}
	var list []dated
	for name, sealed := range values {
		d := dated{name: name}
		if decode(a.store, key, sealed, &d.AuditLine) {
			list = append(list, d)
		}
	}
	for _, d := range elsewhere {
		if !d.At.Before(month) && d.At.Before(end) {
			list = append(list, d)
		}
	}
	slices.SortFunc(list, dated.compare)
	return list, nil
}

// elsewhere are the lines that roles, switches, proposals and broadcasts keep of themselves.
func (a *Audit) elsewhere(ctx context.Context) ([]dated, error) {
	var all []dated
	for _, of := range []func(context.Context) ([]dated, error){a.roles, a.switches, a.proposals, a.broadcasts} {
		list, err := of(ctx)
		if err != nil {
			return nil, err
		}
		all = append(all, list...)
	}
	return all, nil
}

// switches are the lines of what administrators switched.
func (a *Audit) switches(ctx context.Context) ([]dated, error) {
	changes, err := a.store.SwitchChanges(ctx, auditSize)
	if err != nil {
		return nil, err
	}
	var list []dated
	for i, now := range changes {
		var before bot.Switches
		if i+1 < len(changes) {
			before = changes[i+1]
		}
		for n, action := range now.Since(before) {
			list = append(list, dated{
				bot.AuditLine{At: now.At.UTC(), By: now.By, Room: bot.RoomSettings, Action: action, Why: now.Why},
				fmt.Sprintf("s%09d%d", len(changes)-i, n),
			})
		}
	}
	return list, nil
}

// proposals are the lines of what was proposed and published.
func (a *Audit) proposals(ctx context.Context) ([]dated, error) {
	var list []dated
	for cursor := ""; ; {
		some, next, err := a.store.Shelf().Proposals(ctx, cursor, auditPage)
		if err != nil {
			return nil, err
		}
		for _, p := range some {
			for i, e := range p.Audit {
				list = append(list, dated{
					bot.AuditLine{At: e.At.UTC(), By: e.By, Room: bot.RoomKnowledge, Action: e.Action, What: string(p.ID), Why: e.Why},
					fmt.Sprintf("p%s%09d", p.ID, i),
				})
			}
		}
		if cursor = next; cursor == "" {
			return list, nil
		}
	}
}

// roles are the lines of roles given and taken.
func (a *Audit) roles(ctx context.Context) ([]dated, error) {
	changes, err := a.store.RoleChanges(ctx, auditSize)
	if err != nil {
		return nil, err
	}
	var list []dated
	for i, c := range changes {
		action := "revoke"
		if c.Granted {
			action = "grant"
		}
		list = append(list, dated{
			bot.AuditLine{At: c.At.UTC(), By: c.By, Room: bot.RoomRoles, Action: action, What: fmt.Sprintf("%s %d", c.Role, c.Person)},
			fmt.Sprintf("r%09d", len(changes)-i),
		})
	}
	return list, nil
}

// broadcasts are the lines of what became of broadcasts.
func (a *Audit) broadcasts(ctx context.Context) ([]dated, error) {
	var list []dated
	for cursor := ""; ; {
		some, next, err := a.store.Broadcasts().List(ctx, cursor, auditPage)
		if err != nil {
			return nil, err
		}
		for _, b := range some {
			for i, e := range b.Audit {
				list = append(list, dated{
					bot.AuditLine{At: e.At.UTC(), By: e.By, Room: bot.RoomBroadcast, Action: e.Action, What: string(b.ID), Why: e.Why},
					fmt.Sprintf("b%s%09d", b.ID, i),
				})
			}
		}
		if cursor = next; cursor == "" {
			return list, nil
		}
	}
}
