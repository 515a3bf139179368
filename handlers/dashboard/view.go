package dashboard

import (
	"bytes"
	"cmp"
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"refbot/bot"
	"refbot/bot/broadcast"
	"refbot/bot/texts"
	"refbot/knowledge"
	"refbot/knowledge/language"
)

//go:embed web
var files embed.FS

// static serves the style and the script.
func static() http.Handler {
	web, err := fs.Sub(files, "web")
	if err != nil {
		panic(err) // it is part of the program
	}
	served := http.StripPrefix("/dashboard/static/", http.FileServerFS(web))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if name := strings.TrimPrefix(r.URL.Path, "/dashboard/static/"); name != "style.css" && name != "script.js" {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Cache-Control", "max-age=300")
		served.ServeHTTP(w, r)
	})
}

// pages are the templates, one a page with what all pages share.
var pages = func() map[string]*template.Template {
	all := map[string]*template.Template{}
	names, err := fs.Glob(files, "web/*.html")
	if err != nil {
		panic(err)
	}
	for _, file := range names {
		name := strings.TrimSuffix(strings.TrimPrefix(file, "web/"), ".html")
		if name != "base" {
			all[name] = template.Must(template.New("base.html").Funcs(functions).ParseFS(files, "web/base.html", file))
		}
	}
	return all
}()

var functions = template.FuncMap{
	"percent": func(f float64) string { return fmt.Sprintf("%.0f %%", 100*f) },
	"join":    func(list []string) string { return strings.Join(list, ", ") },
	"lines":   func(list []string) string { return strings.Join(list, "\n") },
	"short":   bot.Shorten,
	"day":     func(t time.Time) string { return t.Format(time.DateOnly) },
	"dict": func(pairs ...any) map[string]any {
		m := map[string]any{}
		for i := 0; i+1 < len(pairs); i += 2 {
			m[fmt.Sprint(pairs[i])] = pairs[i+1]
		}
		return m
	},
}

// page is what a template gets.
type page struct {
	Title string // a key of the words
	Data  any

	Visitor *visitor
	Catalog *texts.Catalog
	Path    string
	Nav     []navItem
	Zone    *time.Location
	Version string // of the knowledge base
	Stopped bool   // the emergency stop is on
	Flash   string
}

// navItem is an entry of the menu.
type navItem struct {
	Path, Word string
	Here       bool
}

// menu is what somebody may see, in its order.
var menu = []struct {
	path, word string
	roles      []bot.Role
}{
	{"/dashboard/", "overview", everybody},
	{"/dashboard/questions", "questions", moderators},
	{"/dashboard/clusters", "clusters", moderators},
	{"/dashboard/statements", "statements", moderators},
	{"/dashboard/broadcasts", "broadcasts", writers},
	{"/dashboard/people", "people", admins},
	{"/dashboard/audit", "audit", admins},
	{"/dashboard/settings", "settings", admins},
}

// T gives a word or sentence of the pages in the visitor's language.
func (p *page) T(key string) (string, error) {
	if s, ok := p.Catalog.Dashboard[key]; ok {
		return s, nil
	}
	return "", fmt.Errorf("dashboard: no words for %q", key)
}

// Act says what somebody of the staff did, as the audit has it.
func (p *page) Act(action string) string {
	if words := p.Catalog.Dashboard["act_"+strings.ReplaceAll(action, " ", "_")]; words != "" {
		return words
	}
	head, rest, _ := strings.Cut(action, " ")
	if words := p.Catalog.Dashboard["act_"+head]; words != "" {
		return words + ": " + cmp.Or(p.Catalog.Review.Rulings[rest], rest)
	}
	return action
}

// Time shows a moment in the campaign's time zone.
func (p *page) Time(t time.Time) string {
	if t.IsZero() {
		return "–"
	}
	return t.In(p.Zone).Format("02.01.2006 15:04")
}

// Lang is the language of the page, as HTML names it.
func (p *page) Lang() string { return string(p.Catalog.Code) }

// Languages are those a visitor can choose.
func (p *page) Languages() []*texts.Catalog {
	var list []*texts.Catalog
	for _, code := range language.Codes() {
		list = append(list, texts.For(code))
	}
	return list
}

func (p *page) Moderator() bool { return p.Visitor != nil && p.Visitor.may(moderators...) }
func (p *page) Writer() bool    { return p.Visitor != nil && p.Visitor.may(writers...) }
func (p *page) Admin() bool     { return p.Visitor != nil && p.Visitor.may(admins...) }

// campaign is that of the knowledge base that is served.
func (s *Server) campaign() *knowledge.Campaign { return &s.Live.Load().Pack().Campaign }

// zone is the campaign's.
func (s *Server) zone() *time.Location {
	if zone := s.campaign().TimeZone; zone != nil {
		return zone
	}
	return time.UTC
}

func (s *Server) words(v *visitor) *texts.Catalog {
	if v == nil || !v.Language.Valid() {
		return texts.For(language.Russian)
	}
	return texts.For(v.Language)
}

// browserLanguage is the first language the browser asks for that refbot speaks, Russian where there is none.
func (s *Server) browserLanguage(r *http.Request) language.Code {
	for part := range strings.SplitSeq(r.Header.Get("Accept-Language"), ",") {
		if code := language.Code(strings.ToLower(strings.TrimSpace(part))[:min(2, len(strings.TrimSpace(part)))]); code.Valid() {
			return code
		}
	}
	return language.Russian
}

// show renders a page for a visitor.
func (s *Server) show(w http.ResponseWriter, r *http.Request, v *visitor, name string, p *page) error {
	p.Visitor = v
	s.render(w, r, http.StatusOK, name, p)
	return nil
}

// render writes a page. It is made in memory first, so that a failure never leaves half a page.
func (s *Server) render(w http.ResponseWriter, r *http.Request, status int, name string, p *page) {
	p.Catalog = s.words(p.Visitor)
	if p.Visitor == nil {
		p.Catalog = texts.For(s.browserLanguage(r))
	}
	p.Path, p.Zone, p.Version, p.Stopped = r.URL.Path, s.zone(), s.Live.Load().Pack().Version, s.Control.Load().Suspended
	if p.Visitor != nil {
		for _, m := range menu {
			if p.Visitor.may(m.roles...) {
				here := r.URL.Path == m.path || m.path != "/dashboard/" && strings.HasPrefix(r.URL.Path, m.path)
				p.Nav = append(p.Nav, navItem{m.path, p.Catalog.Dashboard[m.word], here})
			}
		}
		if key := r.URL.Query().Get("done"); p.Flash == "" && slices.Contains(flashes, key) {
			p.Flash = p.Catalog.Dashboard["done_"+key]
		}
	}
	var b bytes.Buffer
	if err := pages[name].Execute(&b, p); err != nil {
		s.Log.Error("a page of the dashboard cannot be made", "page", name, "error", err)
		http.Error(w, p.Catalog.Dashboard["trouble"], http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = b.WriteTo(w)
}

// flashes are what a page can say was just done.
var flashes = []string{"ruled", "undone", "saved", "submitted", "published", "returned", "withdrawn", "settled", "reopened", "granted", "revoked", "unchanged", "switched", "moved", "language"}

// back sends the browser to a page of the dashboard, which then says what was done.
func back(w http.ResponseWriter, r *http.Request, path, done string) error {
	http.Redirect(w, r, path+"?done="+url.QueryEscape(done), http.StatusSeeOther) //nolint:gosec // to paths of the dashboard alone: see own
	return nil
}

// trouble is an error for a person.
type trouble struct {
	Text     string
	Problems []knowledge.Problem
}

func (s *Server) fail(w http.ResponseWriter, r *http.Request, status int, key string) {
	s.failFor(w, r, nil, status, key)
}

func (s *Server) failFor(w http.ResponseWriter, r *http.Request, v *visitor, status int, key string) {
	words := s.words(v)
	if v == nil {
		words = texts.For(s.browserLanguage(r))
	}
	s.render(w, r, status, "trouble", &page{Title: "trouble_title", Visitor: v, Data: trouble{Text: words.Dashboard[key]}})
}

// refuse shows why a desk did not do what it was asked to.
func (s *Server) refuse(w http.ResponseWriter, r *http.Request, v *visitor, text string, problems []knowledge.Problem) {
	s.render(w, r, http.StatusConflict, "trouble", &page{Title: "refused_title", Visitor: v, Data: trouble{Text: text, Problems: problems}})
}

// failed shows that something does not answer.
func (s *Server) failed(w http.ResponseWriter, r *http.Request, err error) {
	s.Log.Warn("a page of the dashboard failed", "error", err)
	s.fail(w, r, http.StatusServiceUnavailable, "trouble")
}

// changeLanguage changes the language of the pages, and goes back to where the visitor was.
func (s *Server) changeLanguage(w http.ResponseWriter, r *http.Request, v *visitor) error {
	code := language.Code(r.PostFormValue("language"))
	if !code.Valid() {
		return errForm
	}
	v.Language = code
	if err := s.Sessions.PutSession(r.Context(), v.name, v.WebSession, idleLife); err != nil {
		return err
	}
	return back(w, r, own(r.PostFormValue("path")), "language")
}

// own is a path of the dashboard: whatever leads elsewhere becomes the overview.
func own(path string) string {
	u, err := url.Parse(path)
	if err != nil || u.Scheme != "" || u.Host != "" || !strings.HasPrefix(u.Path, "/dashboard/") || strings.Contains(u.Path, "..") || strings.Contains(path, "\\") {
		return "/dashboard/"
	}
	return u.EscapedPath()
}

// versionOf is the version of a broadcast as forms carry it.
func versionOf(b *broadcast.Broadcast) string { return strconv.FormatInt(b.Version, 10) }
