package dashboard

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
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

// current finds the session of a request and its person's roles.
func (s *Server) current(r *http.Request) (*visitor, error) {
	cookie, err := r.Cookie(s.cookieName())
	if err != nil || cookie.Value == "" || len(cookie.Value) > maxSecret {
		return nil, nil //nolint:nilerr,nilnil // nobody is logged in
	}
	name := nameOf(cookie.Value)
	session, found, err := s.Sessions.WebSession(r.Context(), name, idleLife)
	if err != nil || !found || s.Now().Sub(session.Since) > absoluteLife {
		return nil, err
	}
	roles, err := s.Staff.Roles(r.Context(), session.Person)
	if err != nil || len(roles) == 0 {
		return nil, err
	}
	return &visitor{WebSession: session, name: name, roles: roles}, nil
}

// visitor is who makes a request.
type visitor struct {
	bot.WebSession
	name  string // of the session
	roles bot.Roles
}

func (v *visitor) may(needed ...bot.Role) bool { return v.roles.May(needed...) }
