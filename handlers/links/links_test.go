package links

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// anywhere lets every connection through: the servers of tests are on this machine.
func anywhere(string, string, syscall.RawConn) error { return nil }

func TestLook(t *testing.T) {
	var calls atomic.Int64
	mux := http.NewServeMux()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		calls.Add(1)
		mux.ServeHTTP(w, r)
	}))
	defer server.Close()
	mux.HandleFunc("/fine", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(make([]byte, 1<<20)) })
	mux.HandleFunc("/moved", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/fine", http.StatusFound) })
	mux.HandleFunc("/round", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/round2", http.StatusFound) })
	mux.HandleFunc("/round2", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/round", http.StatusFound) })
	mux.HandleFunc("/script", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Location", "javascript:alert(1)")
		w.WriteHeader(http.StatusFound)
	})
	mux.HandleFunc("GET /get", func(http.ResponseWriter, *http.Request) {})
	mux.HandleFunc("HEAD /get", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusMethodNotAllowed) })
	mux.HandleFunc("/slow", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	now := time.Unix(0, 0)
	c := newChecker(anywhere, func() time.Time { return now })
	at := func(path string) string { return server.URL + path }
	found := c.Look(t.Context(), []string{at("/fine"), at("/moved"), at("/round"), at("/script"), at("/get"), at("/none"), "http://127.0.0.1:1/", "no link", at("/slow")})
	for link, want := range map[string]struct {
		url    string
		status int
	}{
		at("/fine"): {at("/fine"), 200}, at("/moved"): {at("/fine"), 200}, at("/round"): {at("/round"), http.StatusLoopDetected},
		at("/script"): {at("/script"), 302}, at("/get"): {at("/get"), 200}, at("/none"): {at("/none"), 404},
	} {
		if got := found[link]; got.Status != want.status || got.URL != want.url {
			t.Errorf("%s leads to %+v, want %+v", strings.TrimPrefix(link, server.URL), got, want)
		}
	}
	if len(found) != 6 {
		t.Errorf("found out about %d links, want 6: %v", len(found), found)
	}
	before := calls.Load()
	c.Look(t.Context(), []string{at("/fine"), at("/moved"), at("/slow")})
	if calls.Load() != before {
		t.Error("a fresh finding is not remembered")
	}
	now = now.Add(freshTime + time.Second)
	c.Look(t.Context(), []string{at("/fine")})
	if calls.Load() == before {
		t.Error("an old finding is still believed")
	}
}

// TestPrivate: no link makes the bot look into its own network, neither by itself nor by a redirect.
func TestPrivate(t *testing.T) {
	called := false
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { called = true }))
	defer server.Close()
	c := New()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	if found := c.Look(ctx, []string{server.URL, "http://localhost/", "http://[::1]/"}); len(found) > 0 || called {
		t.Errorf("looked at %v", found)
	}
	for address, allowed := range map[string]bool{
		"127.0.0.1:80": false, "10.0.0.1:443": false, "192.168.1.1:443": false, "169.254.169.254:80": false, "100.64.0.1:443": false, "[::1]:443": false,
		"[fe80::1]:443": false, "[fd00::1]:443": false, "[::ffff:10.0.0.1]:443": false, "0.0.0.0:80": false, "224.0.0.1:80": false,
		"93.184.216.34:443": true, "93.184.216.34:80": true, "93.184.216.34:22": false, "[2606:2800:220:1::1]:443": true,
	} {
		if err := public("tcp", address, nil); (err == nil) != allowed {
			t.Errorf("%s: %v", address, err)
		}
	}
}
