package simulator

import (
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// maxControlBody bounds what the control API reads, in bytes.
const maxControlBody = 20 << 20

// pagePolicy lets the chat page load only its own files.
const pagePolicy = "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// control is the API of the chat page and of tests in other processes: it plays the people.
type control struct{ *Server }

func (s *Server) controlRoutes() http.Handler {
	c := control{s}
	mux := http.NewServeMux()
	mux.Handle("GET /", http.FileServerFS(s.page))
	for pattern, serve := range map[string]func(http.ResponseWriter, *http.Request) error{
		"GET /sim/state":                       c.state,
		"POST /sim/people":                     c.addPerson,
		"POST /sim/people/{id}":                c.patchPerson,
		"POST /sim/groups":                     c.addGroup,
		"POST /sim/groups/{chat}/members":      c.changeMembers,
		"GET /sim/chats/{chat}/messages":       c.list,
		"POST /sim/chats/{chat}/messages":      c.write,
		"POST /sim/chats/{chat}/messages/{id}": c.edit,
		"POST /sim/callbacks":                  c.press,
		"POST /sim/inline":                     c.inline,
		"POST /sim/inline/{id}/choose":         c.choose,
		"POST /sim/updates":                    c.inject,
		"GET /sim/commands":                    c.commands,
		"GET /sim/events":                      c.events,
		"GET /sim/files/{id}":                  c.file,
		"POST /sim/faults":                     c.addFault,
		"GET /sim/faults":                      c.faultCounts,
		"DELETE /sim/faults":                   c.clearFaults,
		"POST /sim/limits":                     c.setLimits,
		"GET /sim/refusals":                    c.listRefusals,
		"DELETE /sim/refusals":                 c.forgetRefusals,
		"GET /sim/stats":                       c.stats,
	} {
		mux.Handle(pattern, answer(serve))
	}
	return guard(mux)
}

// guard lets in only this machine and only its own pages: a site in the same browser can neither call the control API
// across origins nor reach it by rebinding a name of its own to 127.0.0.1.
func guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", pagePolicy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cache-Control", "no-cache")
		if !fromHere(r) {
			writeJSON(w, http.StatusForbidden, map[string]string{"error": "only this machine's own pages may use the simulator"})
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, maxControlBody)
		next.ServeHTTP(w, r)
	})
}

func fromHere(r *http.Request) bool {
	if !isLoopback(hostOnly(r.Host)) || !isLoopback(hostOnly(r.RemoteAddr)) {
		return false
	}
	if site := r.Header.Get("Sec-Fetch-Site"); r.Method != http.MethodGet && site != "" && site != "same-origin" && site != "none" {
		return false
	}
	origin := r.Header.Get("Origin")
	if origin == "" {
		return true
	}
	u, err := url.Parse(origin)
	return err == nil && u.Scheme == "http" && strings.EqualFold(u.Host, r.Host)
}

func hostOnly(address string) string {
	if host, _, err := net.SplitHostPort(address); err == nil {
		return host
	}
	return address
}

// problem is a refused control call.
type problem struct {
	status int
	text   string
}

func (p problem) Error() string { return p.text }

// answer serves a control call and turns its error into a status and a sentence.
func answer(serve func(http.ResponseWriter, *http.Request) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		err := serve(w, r)
		if err == nil {
			return
		}
		status := http.StatusBadRequest
		var p problem
		var tooLarge *http.MaxBytesError
		switch {
		case errors.As(err, &p):
			status = p.status
		case errors.As(err, &tooLarge):
			status = http.StatusRequestEntityTooLarge
		case errors.Is(err, errNoChat), errors.Is(err, errNoPerson), errors.Is(err, errNoMessage):
			status = http.StatusNotFound
		case errors.Is(err, errNotMember):
			status = http.StatusForbidden
		case errors.Is(err, errNoButton), errors.Is(err, errBlockedBot):
			status = http.StatusConflict
		}
		writeJSON(w, status, map[string]string{"error": err.Error()})
	})
}

func reply(w http.ResponseWriter, v any) error {
	writeJSON(w, http.StatusOK, v)
	return nil
}

// read reads a JSON body.
func read(r *http.Request, into any) error {
	if err := json.NewDecoder(r.Body).Decode(into); err != nil {
		var tooLarge *http.MaxBytesError
		if errors.As(err, &tooLarge) {
			return err
		}
		return problem{http.StatusBadRequest, "the body is no JSON this call takes: " + err.Error()}
	}
	return nil
}

func (c control) addFault(w http.ResponseWriter, r *http.Request) error {
	var fields struct {
		Fault
		DelayMS int64 `json:"delay_ms"`
	}
	if err := read(r, &fields); err != nil {
		return err
	}
	fields.Delay = time.Duration(fields.DelayMS) * time.Millisecond
	if err := c.AddFault(fields.Fault); err != nil {
		return err
	}
	return reply(w, map[string]bool{"ok": true})
}

func (c control) faultCounts(w http.ResponseWriter, _ *http.Request) error {
	return reply(w, map[string]any{"struck": c.Faults()})
}

func (c control) clearFaults(w http.ResponseWriter, _ *http.Request) error {
	c.ClearFaults()
	return reply(w, map[string]bool{"ok": true})
}

func (c control) setLimits(w http.ResponseWriter, r *http.Request) error {
	var l Limits
	if err := read(r, &l); err != nil {
		return err
	}
	c.SetLimits(l)
	return reply(w, map[string]bool{"ok": true})
}

func (c control) listRefusals(w http.ResponseWriter, _ *http.Request) error {
	return reply(w, map[string]any{"refusals": append([]Refusal{}, c.Refusals()...)})
}

func (c control) forgetRefusals(w http.ResponseWriter, _ *http.Request) error {
	c.ClearRefusals()
	return reply(w, map[string]bool{"ok": true})
}

func (c control) stats(w http.ResponseWriter, _ *http.Request) error {
	return reply(w, map[string]any{
		"calls": c.Calls(), "sent": c.Sent(), "pending": c.PendingUpdates(), "refused": c.RefusalCount(), "faults": c.Faults(),
	})
}
