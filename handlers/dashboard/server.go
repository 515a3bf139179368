package dashboard

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"time"

	"refbot/bot"
	"refbot/bot/broadcast"
	"refbot/bot/library"
	"refbot/bot/moderation"
	"refbot/knowledge"
)

// Server serves the pages below /dashboard/. Every field but Settings and LLM is required.
type Server struct {
	Base     *url.URL // how staff reach the pages: scheme and host
	Sessions bot.WebSessions
	Staff    *bot.Staff
	Memory   bot.Store // to know a person's language

	Journal    moderation.Journal
	Clusters   moderation.Clusters
	Library    *library.Desk
	Broadcasts *broadcast.Desk
	Colleagues Colleagues // hear of broadcasts in Telegram
	Reviewers  Reviewers  // hear of proposals there
	Audit      bot.Audit
	Control    *bot.Control
	Live       *knowledge.Live

	Settings []Setting // shown on the page of settings
	LLM      bool      // there is one to switch
	Now      func() time.Time
	Log      *slog.Logger
	// Observe, if set, hears of each request: the pattern of its page, "" for none, the status, and how long it took.
	// What streams counts when it ends.
	Observe func(pattern string, status int, took time.Duration)

	misses   minute[netip.Addr]
	requests minute[string]
}

// Setting is a line of the settings page.
type Setting struct{ Name, Value string }

var _ bot.Doorkeeper = (*Server)(nil)

// Limits on requests.
const (
	maxBody     = 256 << 10 // bytes
	requestTime = 30 * time.Second
)

// handler serves a page to somebody who is logged in. An error becomes a page.
type handler func(w http.ResponseWriter, r *http.Request, v *visitor) error

// moderators, writers and everybody are who may see a page.
var (
	moderators = []bot.Role{bot.Moderator, bot.Admin}
	writers    = []bot.Role{bot.Outreach, bot.Admin}
	admins     = []bot.Role{bot.Admin}
	everybody  = bot.StaffRoles()
)

// Handler returns what serves /dashboard/.
func (s *Server) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /dashboard/login", s.showLogin)
	mux.HandleFunc("POST /dashboard/login", s.login)
	mux.Handle("GET /dashboard/static/", static())
	for _, route := range s.routes() {
		mux.HandleFunc(route.pattern, s.guarded(route.roles, route.handle))
	}
	mux.HandleFunc("/dashboard/", func(w http.ResponseWriter, r *http.Request) { s.fail(w, r, http.StatusNotFound, "not_found") })
	return s.watched(s.headers(s.caught(s.protected(mux))))
}

// protected refuses forms of other sites, and bodies larger than any form here. The address staff use counts as the own
// site where a proxy calls refbot by another name.
func (s *Server) protected(next http.Handler) http.Handler {
	guard := http.NewCrossOriginProtection()
	if err := guard.AddTrustedOrigin(s.Base.Scheme + "://" + s.Base.Host); err != nil {
		s.Log.Error("the dashboard's address is no origin", "error", err)
	}
	guard.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { s.fail(w, r, http.StatusForbidden, "bad_request") }))
	return guard.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		next.ServeHTTP(w, r)
	}))
}

// route is a page and who may see it.
type route struct {
	pattern string
	roles   []bot.Role
	handle  handler
}

func (s *Server) routes() []route {
	return []route{
		{"GET /dashboard/{$}", everybody, s.overview},
		{"GET /dashboard/events", everybody, s.events},
		{"POST /dashboard/logout", everybody, s.logout},
		{"POST /dashboard/logout-everywhere", everybody, s.logoutEverywhere},
		{"POST /dashboard/language", everybody, s.changeLanguage},

		{"GET /dashboard/questions", moderators, s.questions},
		{"GET /dashboard/questions/export", moderators, s.export},
		{"GET /dashboard/questions/{ref}", moderators, s.question},
		{"POST /dashboard/questions/{ref}/rule", moderators, s.rule},
		{"POST /dashboard/questions/{ref}/undo", moderators, s.undo},
		{"POST /dashboard/questions/{ref}/draft", moderators, s.draftFor},

		{"GET /dashboard/clusters", moderators, s.clusters},
		{"GET /dashboard/clusters/{id}", moderators, s.cluster},
		{"POST /dashboard/clusters/{id}/{what}", moderators, s.settle},

		{"GET /dashboard/statements", moderators, s.statements},
		{"GET /dashboard/statements/{id}", moderators, s.statement},
		{"POST /dashboard/statements/new", moderators, s.draftNew},
		{"POST /dashboard/statements/{id}/{what}", moderators, s.draftOf},
		{"GET /dashboard/proposals/{id}", moderators, s.proposal},
		{"POST /dashboard/proposals/{id}", moderators, s.saveProposal},
		{"POST /dashboard/proposals/{id}/{what}", moderators, s.moveProposal},
		{"GET /dashboard/versions", moderators, s.versions},
		{"GET /dashboard/versions/{number}", moderators, s.version},
		{"POST /dashboard/versions/{number}/revert", moderators, s.revert},

		{"GET /dashboard/broadcasts", writers, s.broadcasts},
		{"POST /dashboard/broadcasts", writers, s.openBroadcast},
		{"POST /dashboard/broadcasts/preview", writers, s.previewBroadcast},
		{"GET /dashboard/broadcasts/{id}", writers, s.broadcast},
		{"POST /dashboard/broadcasts/{id}", writers, s.saveBroadcast},
		{"POST /dashboard/broadcasts/{id}/{what}", writers, s.moveBroadcast},
		{"GET /dashboard/broadcasts/{id}/report.csv", writers, s.broadcastReport},

		{"GET /dashboard/people", admins, s.people},
		{"POST /dashboard/people", admins, s.changeRole},
		{"GET /dashboard/audit", admins, s.audit},
		{"GET /dashboard/settings", admins, s.settings},
		{"POST /dashboard/settings", admins, s.switched},
	}
}

// guarded lets those in who have a role for the page; for the others it is not there.
func (s *Server) guarded(roles []bot.Role, handle handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		v, err := s.current(r)
		switch {
		case err != nil:
			s.failed(w, r, err)
			return
		case v == nil:
			s.fail(w, r, http.StatusForbidden, "login_needed")
			return
		case s.requests.note(v.name, s.Now()) > maxRequests:
			s.tooMany(w, r)
			return
		case !v.may(roles...):
			s.failFor(w, r, v, http.StatusNotFound, "not_found")
			return
		}
		if err := handle(w, r, v); err != nil {
			s.explain(w, r, v, err)
		}
	}
}

// explain shows a page for an error.
func (s *Server) explain(w http.ResponseWriter, r *http.Request, v *visitor, err error) {
	var tooLarge *http.MaxBytesError
	var refusedByBroadcast *broadcast.Refusal
	switch refused := library.Refused(err); {
	case r.Context().Err() != nil: // nobody waits any more
	case errors.As(err, &tooLarge):
		s.failFor(w, r, v, http.StatusRequestEntityTooLarge, "too_large")
	case refused != nil && refused.Why == library.NoSuch, errors.Is(err, moderation.ErrUnknown), errors.Is(err, broadcast.ErrUnknown), errors.Is(err, library.ErrUnknown), errors.Is(err, errNone):
		s.failFor(w, r, v, http.StatusNotFound, "not_found")
	case refused != nil:
		s.refuse(w, r, v, s.words(v).Review.Refusals[string(refused.Why)], refused.Problems)
	case errors.As(err, &refusedByBroadcast):
		s.refuse(w, r, v, s.broadcastRefusal(v, refusedByBroadcast), nil)
	case errors.Is(err, moderation.ErrNothing), errors.Is(err, moderation.ErrRuling), errors.Is(err, moderation.ErrCursor), errors.Is(err, errForm):
		s.failFor(w, r, v, http.StatusBadRequest, "bad_request")
	default:
		s.Log.Warn("a page of the dashboard failed", "error", err)
		s.failFor(w, r, v, http.StatusServiceUnavailable, "trouble")
	}
}

// What handlers answer besides the errors of the desks.
var (
	errNone = errors.New("dashboard: there is no such thing")
	errForm = errors.New("dashboard: the form holds something else than it offers")
)

// headers sets what every page has.
func (s *Server) headers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
		h.Set("Cache-Control", "no-store")
		if s.secure() {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		// What streams takes the deadline back.
		_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(requestTime))
		next.ServeHTTP(w, r)
	})
}

// caught keeps a defect of one page from ending the program.
func (s *Server) caught(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if p := recover(); p != nil {
				if p == http.ErrAbortHandler { //nolint:errorlint,err113 // the very value
					panic(p)
				}
				s.Log.Error("a page of the dashboard panicked", "panic", p, "pattern", r.Pattern)
				s.fail(w, r, http.StatusInternalServerError, "trouble")
			}
		}()
		next.ServeHTTP(w, r)
	})
}

// note leaves an audit line; where it cannot be left, the log has it.
func (s *Server) note(ctx context.Context, who int64, room, action, what, why string) {
	line := bot.AuditLine{At: s.Now().UTC(), By: who, Room: room, Action: action, What: what, Why: why}
	if err := s.Audit.Note(ctx, line); err != nil {
		s.Log.Warn("an audit line could not be left", "room", room, "action", action, "error", err)
	}
}
