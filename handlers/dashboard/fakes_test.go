package dashboard

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"refbot/bot"
	"refbot/bot/broadcast"
	"refbot/bot/library"
	"refbot/bot/moderation"
	"refbot/bot/outreach"
	"refbot/bot/redisstore"
	"refbot/bot/redisstore/redistest"
	"refbot/bot/review"
	"refbot/knowledge"
	"refbot/knowledge/language"
)

// The staff of a stage.
const (
	moderator = 11
	second    = 12
	writer    = 21
	approver  = 22
	boss      = 31
	citizen   = 99
)

var noon = time.Date(2026, 3, 2, 7, 0, 0, 0, time.UTC)

// stage is a dashboard on a real store, with a journal in memory.
type stage struct {
	t       testing.TB
	server  *Server
	http    *httptest.Server
	store   *redisstore.Store
	redis   *redistest.Mini
	journal *memoryJournal
	audit   *memoryAudit
	now     time.Time

	mu   sync.Mutex
	told []int64 // in Telegram
}

func newStage(t testing.TB) *stage {
	t.Helper()
	pack, err := knowledge.LoadFS(os.DirFS("../../bot/testdata/pack"), "pack")
	if err != nil {
		t.Fatal(err)
	}
	engine, err := knowledge.Build(pack)
	if err != nil {
		t.Fatal(err)
	}
	mini := redistest.StartMini(t)
	db, err := redisstore.Connect(mini.URL())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	sealer, err := redisstore.NewSealer([]byte(strings.Repeat("k", redisstore.KeySize)))
	if err != nil {
		t.Fatal(err)
	}
	s := &stage{t: t, redis: mini, store: redisstore.New(db, sealer, redisstore.DefaultRetention()), journal: &memoryJournal{}, audit: &memoryAudit{}, now: noon}
	clock := func() time.Time {
		s.mu.Lock()
		defer s.mu.Unlock()
		return s.now
	}
	live, keeper := knowledge.NewLive(engine), s.store.Broadcasts()
	s.server = &Server{
		Sessions: s.store, Memory: s.store, Journal: s.journal, Clusters: s.journal, Audit: s.audit, Live: live, Now: clock, LLM: true,
		Staff:      bot.NewStaff(s.store, map[int64]bot.Roles{moderator: {bot.Moderator}, second: {bot.Moderator}, writer: {bot.Outreach}, approver: {bot.Outreach}, boss: {bot.Admin}}),
		Library:    &library.Desk{Shelf: s.store.Shelf(), Settings: pack, Now: clock},
		Broadcasts: &broadcast.Desk{Store: keeper, Audience: keeper, Ledger: keeper, Opinions: keeper, Knowledge: live, Username: "refbot", Now: clock},
		Control:    &bot.Control{Store: s.store}, Log: slog.New(slog.NewTextHandler(t.Output(), nil)),
		Settings: []Setting{{"REFBOT_KEEP_JOURNAL", "180d"}},
	}
	s.server.Reviewers = &review.Room{Journal: s.journal, Clusters: s.journal, Library: s.server.Library, Knowledge: live, Staff: s.server.Staff, Memory: s.store, Messenger: s, Now: clock}
	s.server.Colleagues = &outreach.Room{Desk: s.server.Broadcasts, Staff: s.server.Staff, Memory: s.store, Messenger: s}
	mux := http.NewServeMux()
	s.http = httptest.NewServer(mux)
	t.Cleanup(s.http.Close)
	s.server.Base, _ = url.Parse(s.http.URL)
	mux.Handle("/dashboard/", s.server.Handler())
	for person, code := range map[int64]language.Code{moderator: "ru", second: "kk", writer: "en", approver: "ru", boss: "ru"} {
		if err := s.store.Record(t.Context(), person, bot.Session{App: code}, nil, nil); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// later lets time pass, while pages may be at work.
func (s *stage) later(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.now = s.now.Add(d)
}

// Send notes what somebody is told in Telegram.
func (s *stage) Send(_ context.Context, chat bot.Chat, r bot.Reply, _ int) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.told = append(s.told, chat.ID)
	return len(s.told), nil
}

func (s *stage) Edit(context.Context, bot.Chat, int, bot.Reply) error { return nil }
func (s *stage) Toast(context.Context, string, string) error          { return nil }
func (s *stage) Cards(context.Context, string, bot.Cards) error       { return nil }
func (s *stage) Typing(context.Context, bot.Chat) func()              { return func() {} }

// browser is a client that keeps cookies, and follows no redirect by itself where it is told so.
func (s *stage) browser() *http.Client {
	jar, err := cookiejar.New(nil)
	if err != nil {
		s.t.Fatal(err)
	}
	return &http.Client{Jar: jar, Timeout: 30 * time.Second}
}

// link is a fresh link for a person.
func (s *stage) link(person int64) string {
	s.t.Helper()
	address, err := s.server.Link(s.t.Context(), person)
	if err != nil {
		s.t.Fatal(err)
	}
	return address
}

// login is a browser in which somebody is logged in.
func (s *stage) login(person int64) *http.Client {
	s.t.Helper()
	c := s.browser()
	u, _ := url.Parse(s.link(person))
	if status, body := s.post(c, "/dashboard/login", url.Values{"key": {u.Query().Get("key")}}); status != http.StatusOK || !strings.Contains(body, "</h1>") {
		s.t.Fatalf("%d does not get in: %d %.300s", person, status, body)
	}
	return c
}

func (s *stage) get(c *http.Client, path string) (int, string) {
	s.t.Helper()
	r, err := c.Get(s.http.URL + path)
	return s.read(r, err)
}

func (s *stage) post(c *http.Client, path string, form url.Values) (int, string) {
	s.t.Helper()
	r, err := c.PostForm(s.http.URL+path, form)
	return s.read(r, err)
}

func (s *stage) read(r *http.Response, err error) (int, string) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return r.StatusCode, string(body)
}

// question journals a question; its ref is one letter, repeated.
func (s *stage) question(letter, text string, d knowledge.Decision, cluster moderation.ClusterID) {
	s.journal.all = append(s.journal.all, &moderation.Question{Asker: "asker", Cluster: cluster, Entry: bot.Entry{
		Ref: strings.Repeat(letter, 12), At: noon, Question: text, Language: "ru", Decision: d, Confidence: .42, Reply: "reply to " + text,
	}})
}

// memoryJournal is a journal with its clusters, in memory.
type memoryJournal struct {
	moderation.Clusters
	all     []*moderation.Question
	settled []string
}

func (m *memoryJournal) find(ref string) *moderation.Question {
	for _, q := range m.all {
		if q.Ref == ref {
			return q
		}
	}
	return nil
}

func (m *memoryJournal) fits(q *moderation.Question, f moderation.Filter) bool {
	return (f.Cluster == "" || q.Cluster == f.Cluster) && (f.Decision == "" || q.Decision == f.Decision) && moderation.NewNeedle(f.Text).In(q.Entry.Question)
}

func (m *memoryJournal) Page(_ context.Context, f moderation.Filter, cursor string, n int) (p moderation.Page, err error) {
	if strings.Contains(cursor, "forged") {
		return p, moderation.ErrCursor
	}
	for _, q := range m.all {
		if m.fits(q, f) && len(p.Questions) < n {
			p.Questions = append(p.Questions, *q)
		}
	}
	return p, nil
}

func (m *memoryJournal) Question(_ context.Context, ref string) (moderation.Question, error) {
	if q := m.find(ref); q != nil {
		return *q, nil
	}
	return moderation.Question{}, moderation.ErrUnknown
}

func (m *memoryJournal) Rule(_ context.Context, who int64, ref string, r bot.Review) (moderation.Question, error) {
	q := m.find(ref)
	if q == nil {
		return moderation.Question{}, moderation.ErrUnknown
	}
	if err := moderation.Check(r); err != nil {
		return *q, err
	}
	r.By, r.Former = who, q.Review
	q.Review = &r
	return *q, nil
}

func (m *memoryJournal) Undo(_ context.Context, _ int64, ref string) (moderation.Question, error) {
	q := m.find(ref)
	if q == nil || q.Review == nil {
		return moderation.Question{}, moderation.ErrNothing
	}
	q.Review = q.Review.Former
	return *q, nil
}

func (m *memoryJournal) Each(_ context.Context, f moderation.Filter, visit func(moderation.Question) error) error {
	for _, q := range m.all {
		if m.fits(q, f) {
			if err := visit(*q); err != nil {
				return err
			}
		}
	}
	return nil
}

func (m *memoryJournal) Stats(_ context.Context, since, until time.Time, b moderation.Bucket) ([]moderation.Stats, error) {
	var list []moderation.Stats
	for at := since; at.Before(until); {
		next := at.Add(time.Hour)
		if b == moderation.Daily {
			next = at.AddDate(0, 0, 1)
		}
		n := len(list)%7 + 1
		list = append(list, moderation.Stats{Begin: at, End: next, Questions: 3 * n, Decisions: map[knowledge.Decision]int{knowledge.DecideAnswer: 2 * n, knowledge.DecideAbstain: n}, Topics: map[string]int{"results": n}})
		at = next
	}
	return list, nil
}

func (m *memoryJournal) List(_ context.Context, _ moderation.ClusterFilter, _ string, _ int) ([]moderation.Cluster, string, error) {
	c, err := m.Get(context.Background(), "C1")
	if err != nil || c.Size == 0 {
		return nil, "", nil //nolint:nilerr // there is none
	}
	return []moderation.Cluster{c}, "", nil
}

func (m *memoryJournal) Get(_ context.Context, id moderation.ClusterID) (moderation.Cluster, error) {
	c := moderation.Cluster{ID: id, Languages: map[language.Code]int{}, Days: []moderation.DayCount{{Day: "2026-03-02", Count: 3}}}
	for _, q := range m.all {
		if q.Cluster == id {
			c.Label = *q
			c.Size++
			c.Languages[q.Language]++
		}
	}
	if c.Size == 0 {
		return c, moderation.ErrUnknown
	}
	return c, nil
}

func (m *memoryJournal) Settle(_ context.Context, _ int64, id moderation.ClusterID, why string) error {
	m.settled = append(m.settled, string(id)+" "+why)
	return nil
}
func (m *memoryJournal) Reopen(context.Context, int64, moderation.ClusterID) error { return nil }

// memoryAudit is an audit in memory.
type memoryAudit struct{ lines []bot.AuditLine }

func (m *memoryAudit) Note(_ context.Context, l bot.AuditLine) error {
	m.lines = append(m.lines, l)
	return nil
}

func (m *memoryAudit) Lines(_ context.Context, f bot.AuditFilter, _ string, n int) (lines []bot.AuditLine, next string, err error) {
	for _, l := range slices.Backward(m.lines) {
		if f.Fits(l) && len(lines) < n {
			lines = append(lines, l)
		}
	}
	return lines, "", nil
}
