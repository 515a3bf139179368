package telegram

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptrace"
	"sync/atomic"
	"time"
)

// errAfterWrite marks a request that was written in full and whose answer never came: the method may
// have run.
var errAfterWrite = errors.New("no answer after the request was written")

// NewClient returns an HTTP client for the Bot API whose errors tell whether the request had been
// written. The timeout covers one call; polling needs more than its long-poll time.
func NewClient(timeout time.Duration, connections int) *http.Client {
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.MaxIdleConns, t.MaxIdleConnsPerHost, t.MaxConnsPerHost = connections, connections, connections
	t.ResponseHeaderTimeout = timeout
	return &http.Client{Timeout: timeout, Transport: noteWrite{t}}
}

type noteWrite struct{ next http.RoundTripper }

func (n noteWrite) RoundTrip(r *http.Request) (*http.Response, error) {
	var written atomic.Bool
	trace := &httptrace.ClientTrace{WroteRequest: func(info httptrace.WroteRequestInfo) { written.Store(info.Err == nil) }}
	resp, err := n.next.RoundTrip(r.WithContext(httptrace.WithClientTrace(r.Context(), trace)))
	if err != nil && written.Load() {
		return nil, fmt.Errorf("%w: %w", errAfterWrite, err)
	}
	return resp, err
}
