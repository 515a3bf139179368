package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync/atomic"
	"time"
)

// statusServer tells other programs how refbot is, and holds the door for the webhook: /healthz answers
// while the process lives, /readyz while it serves and Redis answers.
type statusServer struct {
	serving atomic.Bool
	addr    string
	ping    atomic.Pointer[func(context.Context) error]
	door    atomic.Pointer[http.Handler]
	metrics http.Handler
	desk    atomic.Pointer[http.Handler] // the dashboard
}

// pingTime is how long Redis may take to answer a look at /readyz.
const pingTime = time.Second

func (p *Program) startStatus(context.Context) (func(), error) {
	l, err := net.Listen("tcp", p.Config.HTTPAddr)
	if err != nil && p.Config.Demo() { // a demo takes any free port
		l, err = net.Listen("tcp", "127.0.0.1:0")
	}
	if err != nil {
		return nil, fmt.Errorf("HTTP_ADDR %s cannot be listened on, choose another: %w", p.Config.HTTPAddr, err)
	}
	p.status = &statusServer{addr: l.Addr().String(), metrics: p.metrics.registry}
	p.metrics.watch(func(m *metricsParts) {
		m.ready = func(ctx context.Context) bool { return p.status.hindrance(ctx) == "" }
	})
	server := &http.Server{Handler: p.status.handler(p.webhookPath()), ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 30 * time.Second, IdleTimeout: 2 * time.Minute}
	go func() {
		if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			p.Log.Error("the status page stopped", "error", err)
		}
	}()
	return func() { _ = server.Close() }, nil
}

// watch makes /readyz ask this as well.
func (s *statusServer) watch(ping func(context.Context) error) { s.ping.Store(&ping) }

// open opens the door at the webhook's path.
func (s *statusServer) open(door http.Handler) { s.door.Store(&door) }

func (s *statusServer) handler(webhook string) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", s.metrics)
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { _, _ = fmt.Fprintln(w, "alive") })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		if why := s.hindrance(r.Context()); why != "" {
			w.WriteHeader(http.StatusServiceUnavailable)
			_, _ = fmt.Fprintln(w, "not ready: "+why)
			return
		}
		_, _ = fmt.Fprintln(w, "ready")
	})
	mux.HandleFunc("/dashboard/", s.serveDesk)
	mux.Handle("GET /dashboard", http.RedirectHandler("/dashboard/", http.StatusMovedPermanently))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if webhook != "" && r.URL.Path == webhook {
			s.knock(w, r)
			return
		}
		mux.ServeHTTP(w, r)
	})
}

// serveDesk serves the dashboard once there is one.
func (s *statusServer) serveDesk(w http.ResponseWriter, r *http.Request) {
	if desk := s.desk.Load(); desk != nil {
		(*desk).ServeHTTP(w, r)
		return
	}
	w.Header().Set("Retry-After", "1")
	http.Error(w, "starting", http.StatusServiceUnavailable)
}

// hindrance says why refbot is not ready; "" when it is.
func (s *statusServer) hindrance(ctx context.Context) string {
	ping := s.ping.Load()
	switch {
	case ping == nil:
		return "starting, or waiting for Redis"
	case !s.serving.Load():
		return "starting, stopping, or waiting for Telegram"
	}
	ctx, cancel := context.WithTimeout(ctx, pingTime)
	defer cancel()
	if err := (*ping)(ctx); err != nil {
		return "Redis does not answer"
	}
	return ""
}

// knock passes a call of the webhook on; before the door is open Telegram is asked to come back.
func (s *statusServer) knock(w http.ResponseWriter, r *http.Request) {
	if door := s.door.Load(); door != nil {
		(*door).ServeHTTP(w, r)
		return
	}
	w.Header().Set("Retry-After", "1")
	http.Error(w, "starting", http.StatusServiceUnavailable)
}
