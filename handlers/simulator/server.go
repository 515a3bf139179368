package simulator

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"refbot/handlers/simulator/page"
)

// defaultToken looks like a token and belongs to nobody.
const defaultToken = "7770000001:SIM-loopback-only-not-a-real-token"

// Server is one Bot API server with one bot, and everybody who talks to it. Make it with [New]. It is safe for
// concurrent use.
type Server struct {
	token    string
	bot      User
	now      func() time.Time
	history  int
	page     fs.FS
	onPerson func(Person)
	feedback bool // chosen_inline_result updates

	people  shards[*person]
	chats   shards[*chat]
	roll    roll
	queue   *queue
	hooks   *hooks
	queries queries
	files   files
	menus   menus
	profile profile
	faults  faults
	limits  limits
	records records
	hub     hub

	control http.Handler
	http    *http.Server
	ln      net.Listener
	ctx     context.Context
	cancel  context.CancelFunc
	closed  sync.Once
}

// Option changes a new [Server].
type Option func(*Server)

// WithToken sets the bot's token; the digits before its colon are the bot's id.
func WithToken(token string) Option { return func(s *Server) { s.token = token } }

// WithBot sets the bot's name and username.
func WithBot(firstName, username string) Option {
	return func(s *Server) { s.bot.FirstName, s.bot.Username = firstName, username }
}

// WithClock sets the clock of dates, query lives and rate limits. Waiting for updates keeps to real time.
func WithClock(now func() time.Time) Option { return func(s *Server) { s.now = now } }

// WithHistory sets how many messages of a chat are kept, 200 by default.
func WithHistory(messages int) Option { return func(s *Server) { s.history = max(messages, 1) } }

// WithSeed seeds the dice of faults that have a probability.
func WithSeed(seed uint64) Option { return func(s *Server) { s.faults.seed(seed) } }

// WithWebhookSecond sets how long a "second" of webhook redelivery lasts, so that a test need not wait for real ones.
func WithWebhookSecond(d time.Duration) Option { return func(s *Server) { s.hooks.second = d } }

// WithPublicWebhooks holds webhooks to the rules of api.telegram.org: HTTPS on 80, 88, 443 or 8443, 100 connections.
// Otherwise a webhook may be plain HTTP on loopback, as a local Bot API server allows.
func WithPublicWebhooks() Option { return func(s *Server) { s.hooks.public = true } }

// WithInlineFeedback switches chosen_inline_result updates on, as /setinlinefeedback does at @BotFather.
func WithInlineFeedback() Option { return func(s *Server) { s.feedback = true } }

// WithPage sets the chat page's files: index.html and what it asks for.
func WithPage(files fs.FS) Option { return func(s *Server) { s.page = files } }

// OnPerson calls f with everybody who is added or changed, before the call that did it returns. The demo gives people
// their roles this way.
func OnPerson(f func(Person)) Option { return func(s *Server) { s.onPerson = f } }

// New makes a server. It is a complete http.Handler; [Server.Start] also listens.
func New(opts ...Option) *Server {
	s := &Server{
		token:   defaultToken,
		bot:     User{IsBot: true, FirstName: "refbot", Username: "refbot_demo_bot"},
		now:     time.Now,
		history: 200,
		page:    page.FS,
	}
	s.ctx, s.cancel = context.WithCancel(context.Background())
	s.queue = newQueue()
	s.hooks = newHooks(s)
	s.faults.seed(1)
	s.queries.init()
	s.files.init()
	for _, opt := range opts {
		opt(s)
	}
	id, _, _ := strings.Cut(s.token, ":")
	s.bot.ID, _ = strconv.ParseInt(id, 10, 64)
	s.control = s.controlRoutes()
	return s
}

// Start listens on addr, which must be a loopback address; port 0 takes a free one. It returns once calls are served.
func (s *Server) Start(addr string) error {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return fmt.Errorf("simulator address: %w", err)
	}
	if !isLoopback(host) {
		return fmt.Errorf("simulator address %s: only loopback, like 127.0.0.1:0, is allowed", addr)
	}
	if s.ln, err = net.Listen("tcp", addr); err != nil {
		return fmt.Errorf("simulator listen: %w", err)
	}
	s.http = &http.Server{Handler: s, ReadHeaderTimeout: 10 * time.Second}
	go func() {
		if err := s.http.Serve(s.ln); err != nil && !errors.Is(err, http.ErrServerClosed) {
			s.cancel()
		}
	}()
	return nil
}

// URL is the address of a started server, without a slash at the end.
func (s *Server) URL() string {
	if s.ln == nil {
		return ""
	}
	return "http://" + s.ln.Addr().String()
}

// Token is the bot's token.
func (s *Server) Token() string { return s.token }

// Bot is the bot as people see it.
func (s *Server) Bot() User { return s.bot }

// Close stops listening, ends every waiting call and every webhook delivery.
func (s *Server) Close() error {
	var err error
	s.closed.Do(func() {
		s.cancel()
		s.hooks.remove()
		if s.http != nil {
			err = s.http.Close()
		}
	})
	return err
}

// ServeHTTP serves the Bot API, its files, the control API and the chat page.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch path := r.URL.Path; {
	case strings.HasPrefix(path, "/bot"):
		s.serveBot(w, r, path[len("/bot"):])
	case strings.HasPrefix(path, "/file/bot"):
		s.serveBotFile(w, r, path[len("/file/bot"):])
	default:
		s.control.ServeHTTP(w, r)
	}
}

func isLoopback(host string) bool {
	if host == "localhost" {
		return true
	}
	ip := net.ParseIP(strings.Trim(host, "[]"))
	return ip != nil && ip.IsLoopback()
}

func (s *Server) unix() int64 { return s.now().Unix() }
