package telegram

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptrace"
	"strings"
	"sync/atomic"
	"time"

	"refbot/bot"
)

// Client calls methods of the Bot API, with JSON in and out. Its errors are *bot.Error and tell what
// nothing else tells: whether a call that got no answer may have been carried out. It is safe for
// concurrent use.
type Client struct {
	url  string // up to the method's name
	http *http.Client
}

// maxAnswer bounds what is read of an answer: 100 updates of the largest kind.
const maxAnswer = 100 * bot.MaxUpdate

// NewClient returns a client with connections of its own. url "" is Telegram itself; the timeout is of
// one call, and polling needs more than its long-poll time. It makes no request.
func NewClient(token, url string, timeout time.Duration, connections int) *Client {
	if url == "" {
		url = "https://api.telegram.org"
	}
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.MaxIdleConns, t.MaxIdleConnsPerHost, t.MaxConnsPerHost = connections, connections, connections
	t.IdleConnTimeout = 40 * time.Second // shorter than the servers': a call must not meet a closing connection
	return &Client{url: url + "/bot" + token + "/", http: &http.Client{Timeout: timeout, Transport: t}}
}

// Close closes idle connections.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// Call calls a method; result may be nil.
func (c *Client) Call(ctx context.Context, method string, params, result any) error {
	body, err := json.Marshal(params)
	if err != nil {
		return &bot.Error{Op: method, Kind: bot.Internal, Err: err}
	}
	return c.post(ctx, method, "application/json", body, result)
}

// Upload calls a method with a file beside its fields.
func (c *Client) Upload(ctx context.Context, method string, fields map[string]string, field string, file bot.File, result any) error {
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for name, value := range fields {
		_ = form.WriteField(name, value) // a buffer takes everything
	}
	part, err := form.CreateFormFile(field, file.Name)
	if err == nil {
		_, err = part.Write(file.Data)
	}
	if err == nil {
		err = form.Close()
	}
	if err != nil {
		return &bot.Error{Op: method, Kind: bot.Internal, Err: err}
	}
	return c.post(ctx, method, form.FormDataContentType(), body.Bytes(), result)
}

func (c *Client) post(ctx context.Context, method, contentType string, body []byte, result any) error {
	var written atomic.Bool
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		WroteRequest: func(info httptrace.WroteRequestInfo) { written.Store(info.Err == nil) },
	})
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.url+method, bytes.NewReader(body))
	if err != nil {
		return &bot.Error{Op: method, Kind: bot.Internal, Err: errors.New("the address of the Bot API is no URL")}
	}
	req.Header.Set("Content-Type", contentType)
	resp, err := c.http.Do(req)
	if err != nil {
		return unanswered(method, written.Load(), err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer))
	if err != nil {
		return unanswered(method, true, err)
	}
	return read(method, resp, text, result)
}

// answer is the frame of everything the Bot API says.
type answer struct {
	OK          bool            `json:"ok"`
	Result      json.RawMessage `json:"result"`
	Code        int             `json:"error_code"`
	Description string          `json:"description"`
	Parameters  struct {
		RetryAfter int   `json:"retry_after"`
		MigrateTo  int64 `json:"migrate_to_chat_id"`
	} `json:"parameters"`
}

func read(method string, resp *http.Response, text []byte, result any) error {
	var a answer
	if err := json.Unmarshal(text, &a); err != nil || !a.OK && a.Code == 0 {
		return unreadable(method, resp)
	}
	if !a.OK {
		return a.failure(method)
	}
	if result == nil {
		return nil
	}
	if err := json.Unmarshal(a.Result, result); err != nil { // it was carried out, and must not be again
		return &bot.Error{Op: method, Kind: bot.Unknown, Err: errors.New("the result has another shape than documented")}
	}
	return nil
}

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
