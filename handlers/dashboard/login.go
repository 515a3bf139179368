package dashboard

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"refbot/bot"
	"refbot/knowledge/language"
)

// Link implements bot.Doorkeeper.
func (s *Server) Link(ctx context.Context, person int64) (string, error) {
	roles, err := s.Staff.Roles(ctx, person)
	if err != nil {
		return "", err
	}
	secret := newSecret()
	if err := s.Sessions.PutLink(ctx, nameOf(secret), bot.WebLink{Person: person, Roles: roles, Since: s.Now().UTC()}, bot.LinkLife); err != nil {
		return "", err
	}
	address := s.Base.JoinPath("/dashboard/login")
	address.RawQuery = url.Values{"key": {secret}}.Encode()
	return address.String(), nil
}

// showLogin shows the button that uses the link up: a program that looks at links in advance presses none.
func (s *Server) showLogin(w http.ResponseWriter, r *http.Request) {
	key := r.URL.Query().Get("key")
	if key == "" || len(key) > maxSecret {
		s.fail(w, r, http.StatusForbidden, "login_needed")
		return
	}
	s.render(w, r, http.StatusOK, "login", &page{Title: "login", Data: key})
}

// login begins a session.
func (s *Server) login(w http.ResponseWriter, r *http.Request) {
	from := addressOf(r)
	if s.misses.count(from, s.Now()) >= maxMisses {
		s.tooMany(w, r)
		return
	}
	key := r.PostFormValue("key")
	if key == "" || len(key) > maxSecret {
		s.misses.note(from, s.Now())
		s.fail(w, r, http.StatusForbidden, "login_needed")
		return
	}
	link, found, err := s.Sessions.TakeLink(r.Context(), nameOf(key))
	if err != nil {
		s.failed(w, r, err)
		return
	}
	roles, err := s.Staff.Roles(r.Context(), link.Person)
	if err != nil {
		s.failed(w, r, err)
		return
	}
	if !found || len(roles) == 0 || !sameRoles(roles, link.Roles) {
		s.misses.note(from, s.Now())
		s.fail(w, r, http.StatusForbidden, "link_used")
		return
	}
	person, secret := link.Person, newSecret()
	session := bot.WebSession{Person: person, Roles: roles, Since: s.Now().UTC(), Language: s.speaks(r, person)}
	if err := s.Sessions.PutSession(r.Context(), nameOf(secret), session, idleLife); err != nil {
		s.failed(w, r, err)
		return
	}
	s.note(r.Context(), person, bot.RoomDashboard, "login", "", "")
	s.setCookie(w, secret, absoluteLife)
	http.Redirect(w, r, "/dashboard/", http.StatusSeeOther)
}

// speaks is the language of a person's pages: that of their chats with the bot, else the browser's.
func (s *Server) speaks(r *http.Request, person int64) language.Code {
	if m, err := s.Memory.Recall(r.Context(), person); err == nil && m.Known {
		return m.Speaks()
	}
	return s.browserLanguage(r)
}

func (s *Server) logout(w http.ResponseWriter, r *http.Request, v *visitor) error {
	if err := s.Sessions.EndSession(r.Context(), v.name); err != nil {
		return err
	}
	return s.loggedOut(w, r, v, "logout")
}

func (s *Server) logoutEverywhere(w http.ResponseWriter, r *http.Request, v *visitor) error {
	if err := s.Sessions.EndSessions(r.Context(), v.Person, s.Now()); err != nil {
		return err
	}
	return s.loggedOut(w, r, v, "logout everywhere")
}

func (s *Server) loggedOut(w http.ResponseWriter, r *http.Request, v *visitor, action string) error {
	s.note(r.Context(), v.Person, bot.RoomDashboard, action, "", "")
	s.setCookie(w, "", -time.Second)
	http.Redirect(w, r, "/dashboard/login", http.StatusSeeOther)
	return nil
}
