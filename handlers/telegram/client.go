package telegram

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"path"
	"strings"
	"sync/atomic"
	"time"

	tg "github.com/go-telegram/bot"

	"refbot/bot"
)

// Client is the library's client over a wire of refbot's own, which tells what nothing else tells:
// whether a call that got no answer may have been carried out. Every error of a method, passed through
// [settled], is a *bot.Error. It is safe for concurrent use.
type Client struct {
	*tg.Bot
	url  string // up to the method's name
	http *http.Client
}

// maxAnswer bounds what is read of an answer: 100 updates of the largest kind.
const maxAnswer = 100 * bot.MaxUpdate

// wireBuffer has room for a typical reply with its buttons in UTF-8, so that it goes out in one system call.
const wireBuffer = 16 << 10

// NewClient returns a client with connections of its own. url "" is Telegram itself; the timeout is of
// one call, and polling needs more than its long-poll time. It makes no request. A token that is none
// gives a client whose every call is refused.
func NewClient(token, url string, timeout time.Duration, connections int) *Client {
	if url == "" {
		url = "https://api.telegram.org"
	}
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.MaxIdleConns, t.MaxIdleConnsPerHost, t.MaxConnsPerHost = connections, connections, connections
	t.WriteBufferSize, t.ReadBufferSize = wireBuffer, wireBuffer
	t.IdleConnTimeout = 40 * time.Second // shorter than the servers': a call must not meet a closing connection
	c := &Client{url: url + "/bot" + token + "/", http: &http.Client{Timeout: timeout, Transport: t}}
	// The library refuses nothing but an empty token.
	c.Bot, _ = tg.New(cmp.Or(token, "none"), tg.WithSkipGetMe(), tg.WithServerURL(url),
		tg.WithHTTPClient(timeout, wire{c}), tg.WithErrorsHandler(func(error) {}))
	return c
}

// Close closes idle connections.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// settled turns what a method of the library returned into a *bot.Error, nil into nil. An error that
// did not come from the wire is about a result the library cannot read: the call was carried out, and must
// not be made again.
func settled(method string, err error) error {
	if err == nil {
		return nil
	}
	var e *bot.Error
	if errors.As(err, &e) {
		return e
	}
	return &bot.Error{Op: method, Kind: bot.Unknown, Err: errors.New("the result has another shape than documented")}
}

// wire makes the library's requests. A call that failed, or was refused, is an error that says which.
type wire struct{ c *Client }

// Do implements the library's HttpClient.
func (w wire) Do(req *http.Request) (*http.Response, error) {
	method := path.Base(req.URL.Path)
	resp, text, err := w.c.do(method, req)
	if err != nil {
		return nil, err
	}
	if err := read(method, resp, text, nil); err != nil {
		return nil, err
	}
	resp.Body = io.NopCloser(bytes.NewReader(text))
	return resp, nil
}

// Call calls a method with JSON in and out, for methods the library keeps to itself. result may be nil.
func (c *Client) Call(ctx context.Context, method string, params, result any) error {
	resp, text, err := c.post(ctx, method, params) //nolint:bodyclose // do has closed it
	if err != nil {
		return err
	}
	return read(method, resp, text, result)
}

// send sends a message and returns its id. It is what refbot does most, and the library's way, a form in
// many parts through a pipe, costs several times as much as JSON.
func (c *Client) send(ctx context.Context, m *tg.SendMessageParams) (int, error) {
	const method = "sendMessage"
	resp, text, err := c.post(ctx, method, m) //nolint:bodyclose // do has closed it
	if err != nil {
		return 0, err
	}
	if id, ok := sentMessage(text); ok {
		return id, nil
	}
	var sent struct {
		ID int `json:"message_id"`
	}
	err = read(method, resp, text, &sent)
	return sent.ID, err
}

// post makes a request with a body of JSON.
func (c *Client) post(ctx context.Context, method string, params any) (*http.Response, []byte, error) {
	body, err := encode(params)
	if err != nil {
		return nil, nil, &bot.Error{Op: method, Kind: bot.Internal, Err: err}
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.url+method, bytes.NewReader(body))
	if err != nil {
		return nil, nil, &bot.Error{Op: method, Kind: bot.Internal, Err: errors.New("the address of the Bot API is no URL")}
	}
	req.Header.Set("Content-Type", "application/json")
	return c.do(method, req)
}

// do makes one request and reads its answer.
func (c *Client) do(method string, req *http.Request) (*http.Response, []byte, error) {
	var written atomic.Bool
	ctx := httptrace.WithClientTrace(req.Context(), &httptrace.ClientTrace{
		WroteRequest: func(info httptrace.WroteRequestInfo) { written.Store(info.Err == nil) },
	})
	resp, err := c.http.Do(req.WithContext(ctx)) //nolint:gosec // the address comes from the settings
	if err != nil {
		return nil, nil, unanswered(method, written.Load(), err)
	}
	defer resp.Body.Close()
	text, err := body(resp)
	if err != nil {
		return nil, nil, unanswered(method, true, err)
	}
	return resp, text, nil
}

// body reads the body of an answer at once where it says how long it is.
func body(resp *http.Response) ([]byte, error) {
	if resp.ContentLength < 0 || resp.ContentLength > maxAnswer {
		return io.ReadAll(io.LimitReader(resp.Body, maxAnswer))
	}
	text := make([]byte, resp.ContentLength)
	_, err := io.ReadFull(resp.Body, text)
	return text, err
}

// answer is the frame of everything the Bot API says.
type answer struct {
	OK          bool   `json:"ok"`
	Code        int    `json:"error_code"`
	Description string `json:"description"`
	Parameters  struct {
		RetryAfter int   `json:"retry_after"`
		MigrateTo  int64 `json:"migrate_to_chat_id"`
	} `json:"parameters"`
}

// read reads an answer into result, which may be nil.
func read(method string, resp *http.Response, text []byte, result any) error {
	a := struct {
		answer
		Result any `json:"result"`
	}{Result: result}
	if result == nil {
		a.Result = &ignored{}
	}
	err := json.Unmarshal(text, &a)
	var shape *json.UnmarshalTypeError
	switch {
	case errors.As(err, &shape) && a.OK && (shape.Field == "result" || strings.HasPrefix(shape.Field, "result.")):
		// It was carried out, and must not be again.
		return &bot.Error{Op: method, Kind: bot.Unknown, Err: errors.New("the result has another shape than documented")}
	case err != nil, !a.OK && a.Code == 0:
		return unreadable(method, resp)
	case !a.OK:
		return a.failure(method)
	}
	return nil
}

// ignored is a value nobody reads.
type ignored struct{}

// UnmarshalJSON implements json.Unmarshaler.
func (*ignored) UnmarshalJSON([]byte) error { return nil }

// unanswered is a call whose connection broke.
func unanswered(method string, written bool, err error) error {
	e := &bot.Error{Op: method, Kind: bot.Unavailable, Err: errors.New(describe(err))}
	if written {
		e.Kind = bot.Unknown
	}
	return e
}

// unreadable is an answer of something in between, such as a proxy's error page.
func unreadable(method string, resp *http.Response) error {
	e := &bot.Error{Op: method, Kind: bot.Unavailable, Err: fmt.Errorf("HTTP %d, and the answer is not the Bot API's", resp.StatusCode)}
	switch {
	case resp.StatusCode == http.StatusTooManyRequests:
		e.Kind, e.After = bot.RateLimited, retryAfter(resp)
	case resp.StatusCode/100 == 2:
		e.Kind = bot.Unknown
	}
	return e
}

func retryAfter(resp *http.Response) time.Duration {
	d, err := time.ParseDuration(strings.TrimSpace(resp.Header.Get("Retry-After")) + "s")
	if err != nil {
		return time.Second
	}
	return min(max(d, time.Second), 24*time.Hour)
}
