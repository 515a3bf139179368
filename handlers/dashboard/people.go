package dashboard

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"refbot/bot"
	"refbot/bot/broadcast"
)

// peopleData are the staff.
type peopleData struct {
	List        []member
	Roles       []bot.Role
	Subscribers int // how many citizens are subscribed; of citizens nothing but counts is shown
	ByLanguage  []reach
}

// member is one of the staff.
type member struct {
	ID    int64
	Roles bot.Roles
	Fixed bot.Roles // those the settings give
}

// Takes reports whether a role can be taken here.
func (m member) Takes(r bot.Role) bool {
	return slices.Contains(m.Roles, r) && !slices.Contains(m.Fixed, r)
}

func (s *Server) people(w http.ResponseWriter, r *http.Request, v *visitor) error {
	ids, err := s.Staff.Everybody(r.Context(), bot.StaffRoles()...)
	if err != nil {
		return err
	}
	d := peopleData{Roles: bot.StaffRoles()}
	for _, id := range ids {
		roles, err := s.Staff.Roles(r.Context(), id)
		if err != nil {
			return err
		}
		d.List = append(d.List, member{id, roles, s.Staff.FixedRoles(id)})
	}
	counts, err := s.Broadcasts.Audience.Count(r.Context(), broadcast.Segment{}, nil)
	if err != nil {
		return err
	}
	for _, c := range (&page{}).Languages() {
		d.ByLanguage = append(d.ByLanguage, reach{s.words(v).Dashboard["language_"+string(c.Code)], counts[c.Code]})
		d.Subscribers += counts[c.Code]
	}
	return s.show(w, r, v, "people", &page{Title: "people", Data: d})
}

// changeRole gives or takes a role.
func (s *Server) changeRole(w http.ResponseWriter, r *http.Request, v *visitor) error {
	person, err := strconv.ParseInt(r.PostFormValue("person"), 10, 64)
	role := bot.Role(r.PostFormValue("role"))
	if err != nil || person <= 0 || !slices.Contains(bot.StaffRoles(), role) {
		return errForm
	}
	granted := r.PostFormValue("what") == "grant"
	changed, err := s.Staff.Change(r.Context(), bot.RoleChange{At: s.Now().UTC(), By: v.Person, Person: person, Role: role, Granted: granted})
	if err != nil {
		return err
	}
	done := "unchanged"
	switch {
	case changed && granted:
		done = "granted"
	case changed:
		done = "revoked"
	}
	return back(w, r, "/dashboard/people", done)
}

// auditData is a page of the audit.
type auditData struct {
	Lines  []bot.AuditLine
	Rooms  []string
	Filter url.Values
	Next   string
}

func (s *Server) audit(w http.ResponseWriter, r *http.Request, v *visitor) error {
	q := r.URL.Query()
	by, _ := strconv.ParseInt(q.Get("by"), 10, 64)
	f := bot.AuditFilter{By: by, Room: q.Get("room"), Since: s.day(q.Get("since"))}
	if until := s.day(q.Get("until")); !until.IsZero() {
		f.Until = until.AddDate(0, 0, 1)
	}
	lines, next, err := s.Audit.Lines(r.Context(), f, q.Get("cursor"), pageSize)
	if err != nil {
		return err
	}
	d := auditData{
		Lines: lines, Filter: url.Values{},
		Rooms: []string{bot.RoomReview, bot.RoomKnowledge, bot.RoomBroadcast, bot.RoomRoles, bot.RoomSettings, bot.RoomDashboard},
	}
	for _, name := range []string{"by", "room", "since", "until"} {
		if value := q.Get(name); value != "" {
			d.Filter.Set(name, value)
		}
	}
	if next != "" {
		d.Next = "?cursor=" + url.QueryEscape(next) + "&" + d.Filter.Encode()
	}
	return s.show(w, r, v, "audit", &page{Title: "audit", Data: d})
}
