package telegram

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptrace"
	"path"
	"sync/atomic"
	"time"

	"refbot/bot"
)

// CallCanceled is the kind of a call that ended because refbot stops waiting for it, such as a poll when
// refbot stops. It is nobody's failure.
const CallCanceled bot.Kind = "canceled"

// Observe has o told of every call of the client. Call it before the client is used.
func (c *Client) Observe(o Observer) {
	c.http.Transport = &observedTransport{c.http.Transport, o}
}

// observedTransport looks at what goes by. It reads refusals, which are small, as the client does.
type observedTransport struct {
	next http.RoundTripper
	o    Observer
}

// maxRefusal bounds what is read of a refusal to tell its kind, in bytes.
const maxRefusal = 64 << 10

// RoundTrip implements http.RoundTripper. The address holds the token: only its last part, the name of
// the method, is passed on.
func (t *observedTransport) RoundTrip(req *http.Request) (*http.Response, error) {
	var written atomic.Bool
	ctx := httptrace.WithClientTrace(req.Context(), &httptrace.ClientTrace{
		WroteRequest: func(info httptrace.WroteRequestInfo) { written.Store(info.Err == nil) },
	})
	method, started := path.Base(req.URL.Path), time.Now()
	resp, err := t.next.RoundTrip(req.WithContext(ctx))
	took := time.Since(started)
	switch {
	case err == nil:
		t.o.Called(method, refusal(resp), took)
	case errors.Is(req.Context().Err(), context.Canceled):
		t.o.Called(method, CallCanceled, took)
	default:
		t.o.Called(method, bot.KindOf(unanswered("", written.Load(), err)), took)
	}
	return resp, err
}

// CloseIdleConnections lets Client.Close reach the connections.
func (t *observedTransport) CloseIdleConnections() {
	if closer, ok := t.next.(interface{ CloseIdleConnections() }); ok {
		closer.CloseIdleConnections()
	}
}

// refusal tells the kind of an answer that is not 200, and leaves its body to be read again.
func refusal(resp *http.Response) bot.Kind {
	if resp.StatusCode == http.StatusOK {
		return ""
	}
	text, err := io.ReadAll(io.LimitReader(resp.Body, maxRefusal))
	rest := io.Reader(resp.Body)
	if err != nil {
		rest = broken{err}
	}
	resp.Body = &replayed{io.MultiReader(bytes.NewReader(text), rest), resp.Body}
	if err != nil {
		return bot.Unknown
	}
	var e *bot.Error
	if errors.As(read("", resp, text, nil), &e) {
		return e.Kind
	}
	return ""
}

// replayed is a body whose beginning was read before.
type replayed struct {
	io.Reader
	io.Closer
}

// broken is the end of a body that broke off.
type broken struct{ err error }

func (b broken) Read([]byte) (int, error) { return 0, b.err }
