package dashboard

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"slices"
	"time"

	"refbot/bot"
)

// How long a session lasts.
const (
	idleLife     = 2 * time.Hour  // since the last request
	absoluteLife = 12 * time.Hour // since the login
)

// newSecret returns a random secret of 130 bits.
func newSecret() string { return rand.Text() }

// nameOf is what a secret is kept under.
func nameOf(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// maxSecret bounds what is taken for a secret, in bytes.
const maxSecret = 64

// cookieName is a name that a browser keeps for this host alone where the pages come over TLS.
func (s *Server) cookieName() string {
	if s.secure() {
		return "__Host-refbot"
	}
	return "refbot"
}

func (s *Server) secure() bool { return s.Base.Scheme == "https" }

func (s *Server) setCookie(w http.ResponseWriter, secret string, life time.Duration) {
	http.SetCookie(w, &http.Cookie{ //nolint:gosec // Secure where the pages come over TLS, which the demo's do not
		Name: s.cookieName(), Value: secret, Path: "/", MaxAge: int(life.Seconds()), HttpOnly: true, Secure: s.secure(), SameSite: http.SameSiteLaxMode,
	})
}

// current finds the session of a request and its person's roles, and prolongs its life.
func (s *Server) current(r *http.Request) (*visitor, error) { return s.find(r, idleLife) }

// find finds the session of a request; life is what is left of it from now on, 0 what was left before. Roles that were
// given or taken end it.
func (s *Server) find(r *http.Request, life time.Duration) (*visitor, error) {
	cookie, err := r.Cookie(s.cookieName())
	if err != nil || cookie.Value == "" || len(cookie.Value) > maxSecret {
		return nil, nil //nolint:nilerr,nilnil // nobody is logged in
	}
	name := nameOf(cookie.Value)
	session, found, err := s.Sessions.WebSession(r.Context(), name, life)
	if err != nil || !found || s.Now().Sub(session.Since) > absoluteLife {
		return nil, err
	}
	roles, err := s.Staff.Roles(r.Context(), session.Person)
	if err != nil || len(roles) == 0 || !sameRoles(roles, session.Roles) {
		return nil, err
	}
	return &visitor{WebSession: session, name: name, roles: roles}, nil
}

// sameRoles reports whether two lists hold the same roles.
func sameRoles(a, b bot.Roles) bool {
	return slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}

// visitor is who makes a request.
type visitor struct {
	bot.WebSession
	name  string // of the session
	roles bot.Roles
}

func (v *visitor) may(needed ...bot.Role) bool { return v.roles.May(needed...) }
