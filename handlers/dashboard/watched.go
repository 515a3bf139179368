package dashboard

import (
	"net/http"
	"time"
)

// watched tells Observe of each request.
func (s *Server) watched(next http.Handler) http.Handler {
	if s.Observe == nil {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := time.Now()
		noted := &notedWriter{ResponseWriter: w, status: http.StatusOK}
		defer func() { s.Observe(r.Pattern, noted.status, time.Since(began)) }()
		next.ServeHTTP(noted, r)
	})
}

// Patterns are the pages by the patterns that Observe hears.
func (s *Server) Patterns() []string {
	list := []string{"GET /dashboard/login", "POST /dashboard/login", "GET /dashboard/static/", "/dashboard/"}
	for _, route := range s.routes() {
		list = append(list, route.pattern)
	}
	return list
}

// notedWriter notes the status of an answer.
type notedWriter struct {
	http.ResponseWriter
	status int
}

// WriteHeader implements http.ResponseWriter.
func (w *notedWriter) WriteHeader(status int) {
	w.status = status
	w.ResponseWriter.WriteHeader(status)
}

// Unwrap lets http.ResponseController reach what streams.
func (w *notedWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }
