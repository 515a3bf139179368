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

// statusServer tells other programs how refbot is: /healthz answers while the process lives, /readyz
// once it serves, and no longer when it stops.
type statusServer struct {
	ready atomic.Bool
	addr  string
}

func (p *Program) startStatus(context.Context) (func(), error) {
	l, err := net.Listen("tcp", p.Config.HTTPAddr)
	if err != nil && p.Config.Demo() { // a demo takes any free port
		l, err = net.Listen("tcp", "127.0.0.1:0")
	}
	if err != nil {
		return nil, fmt.Errorf("HTTP_ADDR %s cannot be listened on, choose another: %w", p.Config.HTTPAddr, err)
	}
	p.status = &statusServer{addr: l.Addr().String()}
	server := &http.Server{Handler: p.status.handler(), ReadHeaderTimeout: 5 * time.Second}
	go func() {
		if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			p.Log.Error("the status page stopped", "error", err)
		}
	}()
	return func() { _ = server.Close() }, nil
}

func (s *statusServer) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { _, _ = fmt.Fprintln(w, "alive") })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, _ *http.Request) {
		if !s.ready.Load() {
			w.WriteHeader(http.StatusServiceUnavailable)
			_, _ = fmt.Fprintln(w, "not ready: starting, stopping, or waiting for Redis or Telegram")
			return
		}
		_, _ = fmt.Fprintln(w, "ready")
	})
	return mux
}
