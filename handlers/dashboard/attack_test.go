package dashboard

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"refbot/bot"
	"refbot/knowledge"
)

// send makes a request with headers, follows no redirect, and returns the answer with its body.
func (s *stage) send(c *http.Client, method, path, body string, headers ...string) (*http.Response, string) {
	s.t.Helper()
	r, err := http.NewRequestWithContext(s.t.Context(), method, s.http.URL+path, strings.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	if body != "" {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
		if headers[i] == "Host" {
			r.Host = headers[i+1]
		}
	}
	still := *c
	still.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	answer, err := still.Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	_, page := s.read(answer, nil)
	return answer, page
}

// TestAttackLinks: a link that was used, is over, or was made up lets nobody in; looking at it uses nothing up.
func TestAttackLinks(t *testing.T) {
	s := newStage(t)
	u, _ := url.Parse(s.link(boss))
	key := u.Query().Get("key")
	for range 3 { // a program that looks at links in advance
		if a, _ := s.send(s.browser(), "GET", "/dashboard/login?key="+key, ""); a.StatusCode != http.StatusOK || len(a.Cookies()) > 0 {
			t.Fatalf("looking gives %d and %v", a.StatusCode, a.Cookies())
		}
	}
	if a, _ := s.send(s.browser(), "POST", "/dashboard/login?key="+key, "x=1"); a.StatusCode != http.StatusForbidden {
		t.Errorf("a key in the address logs in: %d", a.StatusCode)
	}
	in, _ := s.send(s.browser(), "POST", "/dashboard/login", "key="+key)
	if in.StatusCode != http.StatusSeeOther || in.Header.Get("Location") != "/dashboard/" {
		t.Fatalf("the link does not work: %d", in.StatusCode)
	}
	cookie := in.Cookies()[0]
	if !cookie.HttpOnly || cookie.SameSite != http.SameSiteLaxMode || strings.Contains(cookie.Value, key) {
		t.Errorf("cookie %v", cookie)
	}
	for _, tried := range []string{key, strings.ToLower(key), cookie.Value, "", strings.Repeat("A", 26), strings.Repeat("A", 10_000), "*", "%00"} {
		a, _ := s.send(s.browser(), "POST", "/dashboard/login", url.Values{"key": {tried}}.Encode())
		if a.StatusCode != http.StatusForbidden || len(a.Cookies()) > 0 {
			t.Errorf("key %.30q: %d %v", tried, a.StatusCode, a.Cookies())
		}
	}
	if a, _ := s.send(s.browser(), "POST", "/dashboard/login", "key="+strings.Repeat("A", maxBody)); a.StatusCode != http.StatusForbidden {
		t.Errorf("a body that is too large: %d", a.StatusCode)
	}
	u, _ = url.Parse(s.link(citizen))
	if a, _ := s.send(s.browser(), "POST", "/dashboard/login", u.RawQuery); a.StatusCode != http.StatusForbidden {
		t.Errorf("somebody without a role gets in: %d", a.StatusCode)
	}
}

// TestAttackOldLinks: a link is over after five minutes, after its person's roles changed, and after a logout everywhere.
func TestAttackOldLinks(t *testing.T) {
	s := newStage(t)
	try := func(what, link string, want int) {
		t.Helper()
		u, _ := url.Parse(link)
		if a, _ := s.send(s.browser(), "POST", "/dashboard/login", u.RawQuery); a.StatusCode != want {
			t.Errorf("%s: %d, want %d", what, a.StatusCode, want)
		}
	}
	admin := s.login(boss)
	grant := func(what, role string) {
		s.post(admin, "/dashboard/people", url.Values{"what": {what}, "person": {"99"}, "role": {role}})
	}
	grant("grant", "moderator")
	old := s.link(citizen)
	s.redis.FastForward(bot.LinkLife + time.Second)
	try("after five minutes", old, http.StatusForbidden)
	less := s.link(citizen)
	grant("grant", "outreach")
	try("after another role was given", less, http.StatusForbidden)
	more := s.link(citizen)
	grant("revoke", "outreach")
	try("after a role was taken", more, http.StatusForbidden)
	unused := s.link(citizen)
	in := s.login(citizen)
	s.now = s.now.Add(time.Second)
	s.post(in, "/dashboard/logout-everywhere", nil)
	try("after a logout everywhere", unused, http.StatusForbidden)
	s.now = s.now.Add(time.Second)
	try("a fresh one", s.link(citizen), http.StatusSeeOther)
}

// TestAttackGuesses: who tries many links is made to wait, and nobody else is.
func TestAttackGuesses(t *testing.T) {
	s := newStage(t)
	c := s.browser()
	guess := func(from string) int {
		a, _ := s.send(c, "POST", "/dashboard/login", "key=AAAAAAAAAAAAAAAAAAAAAAAAAA", "X-Forwarded-For", "203.0.113.9, "+from)
		return a.StatusCode
	}
	for range maxMisses {
		if got := guess("198.51.100.7"); got != http.StatusForbidden {
			t.Fatalf("a guess: %d", got)
		}
	}
	if got := guess("198.51.100.7"); got != http.StatusTooManyRequests {
		t.Errorf("one guess too many: %d", got)
	}
	u, _ := url.Parse(s.link(boss))
	if a, _ := s.send(c, "POST", "/dashboard/login", u.RawQuery, "X-Forwarded-For", "198.51.100.8"); a.StatusCode != http.StatusSeeOther {
		t.Errorf("somebody else is kept out: %d", a.StatusCode)
	}
	s.now = s.now.Add(time.Minute)
	if got := guess("198.51.100.7"); got != http.StatusForbidden {
		t.Errorf("a minute later: %d", got)
	}
}

// TestAttackManyAddresses: who tries links from more addresses than are told apart keeps out nobody else.
func TestAttackManyAddresses(t *testing.T) {
	s := newStage(t)
	h := s.server.Handler()
	for i := range 2 * maxKeys {
		r := httptest.NewRequest("POST", "/dashboard/login", strings.NewReader("key=AAAAAAAAAAAAAAAAAAAAAAAAAA"))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.RemoteAddr = fmt.Sprintf("198.18.%d.%d:4000", i/256, i%256)
		a := httptest.NewRecorder()
		h.ServeHTTP(a, r)
		if a.Code != http.StatusForbidden {
			t.Fatalf("guess %d: %d", i, a.Code)
		}
	}
	if n := len(s.server.misses.by); n != maxKeys {
		t.Errorf("%d addresses are held, want %d", n, maxKeys)
	}
	u, _ := url.Parse(s.link(boss))
	if a, _ := s.send(s.browser(), "POST", "/dashboard/login", u.RawQuery); a.StatusCode != http.StatusSeeOther {
		t.Errorf("somebody else is kept out: %d", a.StatusCode)
	}
}

// TestAttackFlood: a session that asks without end is made to wait, and another is not.
func TestAttackFlood(t *testing.T) {
	s := newStage(t)
	c, other := s.login(writer), s.login(approver)
	for i := range maxRequests + 1 {
		status, _ := s.get(c, "/dashboard/questions")                                                                               // not a page of theirs: it costs little
		if want := map[bool]int{true: http.StatusTooManyRequests, false: http.StatusNotFound}[i >= maxRequests-1]; status != want { // the login led to a page
			t.Fatalf("request %d: %d, want %d", i, status, want)
		}
	}
	if status, _ := s.get(other, "/dashboard/"); status != http.StatusOK {
		t.Errorf("another session: %d", status)
	}
	s.later(time.Minute)
	if status, _ := s.get(c, "/dashboard/"); status != http.StatusOK {
		t.Errorf("a minute later: %d", status)
	}
}

// TestAttackStream: what streams ends with the session, and with the role.
func TestAttackStream(t *testing.T) {
	s := newStage(t)
	for what, end := range map[string]func(c *http.Client){
		"a logout everywhere": func(c *http.Client) {
			s.later(time.Second)
			s.post(c, "/dashboard/logout-everywhere", nil)
		},
		"a role given": func(*http.Client) {
			s.post(s.login(boss), "/dashboard/people", url.Values{"what": {"grant"}, "person": {"11"}, "role": {"outreach"}})
		},
	} {
		s.later(time.Second)
		c := s.login(moderator)
		stream, err := c.Get(s.http.URL + "/dashboard/events")
		if err != nil || stream.StatusCode != http.StatusOK {
			t.Fatalf("%v %v", stream, err)
		}
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			_, _ = io.Copy(io.Discard, stream.Body)
			stream.Body.Close()
		}()
		end(c)
		select {
		case <-ended:
		case <-time.After(4 * eventsEvery):
			t.Errorf("the stream goes on after %s", what)
		}
	}
}

// TestAttackSessions: cookies that were forged, logged out, or grew old open nothing; a role that is taken ends at once.
func TestAttackSessions(t *testing.T) {
	s := newStage(t)
	for _, value := range []string{"", "x", strings.Repeat("A", 26), strings.Repeat("A", 5000), "../" + nameOf("x"), nameOf("x"), "*"} {
		if a, page := s.send(s.browser(), "GET", "/dashboard/people", "", "Cookie", "refbot="+value); a.StatusCode != http.StatusForbidden || strings.Contains(page, "31") {
			t.Errorf("cookie %.20q: %d", value, a.StatusCode)
		}
	}
	one, two := s.login(boss), s.login(boss)
	at, _ := url.Parse(s.http.URL)
	stolen := one.Jar.Cookies(at)[0].Value
	s.post(one, "/dashboard/logout", nil)
	if a, _ := s.send(s.browser(), "GET", "/dashboard/", "", "Cookie", "refbot="+stolen); a.StatusCode != http.StatusForbidden {
		t.Errorf("a session lives on after its logout: %d", a.StatusCode)
	}
	three := s.login(boss)
	s.now = s.now.Add(time.Second)
	s.post(three, "/dashboard/logout-everywhere", nil)
	if status, _ := s.get(two, "/dashboard/"); status != http.StatusForbidden {
		t.Errorf("a session lives on after a logout everywhere: %d", status)
	}
	s.now = s.now.Add(time.Second)
	four := s.login(boss)
	s.now = s.now.Add(absoluteLife + time.Second)
	if status, _ := s.get(four, "/dashboard/"); status != http.StatusForbidden {
		t.Errorf("a session outlives its time: %d", status)
	}
	admin := s.login(boss)
	s.post(admin, "/dashboard/people", url.Values{"what": {"grant"}, "person": {"99"}, "role": {"moderator"}})
	fresh := s.login(citizen)
	if status, _ := s.get(fresh, "/dashboard/questions"); status != http.StatusOK {
		t.Fatalf("a granted role: %d", status)
	}
	s.post(admin, "/dashboard/people", url.Values{"what": {"revoke"}, "person": {"99"}, "role": {"moderator"}})
	if status, _ := s.get(fresh, "/dashboard/questions"); status != http.StatusForbidden {
		t.Errorf("a role that was taken still opens pages: %d", status)
	}
}

// TestAttackRoles: no route does anything for somebody without its role, whatever the method; ids cannot be tried out.
func TestAttackRoles(t *testing.T) {
	s := newStage(t)
	s.question("A", "тайный вопрос", knowledge.DecideAbstain, "C1")
	fill := strings.NewReplacer("{ref}", "AAAAAAAAAAAA", "{id}", "C1", "{what}", "settle", "{number}", "1", "{$}", "")
	people := map[int64]*http.Client{moderator: s.login(moderator), writer: s.login(writer), citizen: s.browser()}
	roles := map[int64]bot.Roles{moderator: {bot.Moderator}, writer: {bot.Outreach}, citizen: nil}
	for _, route := range s.server.routes() {
		method, path, _ := strings.Cut(route.pattern, " ")
		for person, c := range people {
			if roles[person].May(route.roles...) {
				continue
			}
			body := ""
			if method == "POST" {
				body = "what=grant&person=99&role=admin"
			}
			a, page := s.send(c, method, fill.Replace(path), body)
			if want := map[bool]int{true: http.StatusForbidden, false: http.StatusNotFound}[person == citizen]; a.StatusCode != want || strings.Contains(page, "тайный") {
				t.Errorf("%d at %s: %d, want %d", person, route.pattern, a.StatusCode, want)
			}
		}
	}
	given, err := s.store.Granted(t.Context())
	if now, _ := s.store.Switches(t.Context()); err != nil || len(given) > 0 || now.Suspended || len(s.journal.settled) > 0 {
		t.Errorf("something was done: %v %v %+v", given, s.journal.settled, now)
	}
	for _, path := range []string{"/dashboard/questions/BBBBBBBBBBBB", "/dashboard/questions/" + strings.Repeat("A", 4000), "/dashboard/proposals/AAAAAAAA", "/dashboard/proposals/..%2f..", "/dashboard/clusters/C0", "/dashboard/versions/-1", "/dashboard/static/base.html", "/dashboard/static/..%2fserver.go", "/dashboard/%2e%2e/metrics", "/dashboard/Questions"} {
		if a, page := s.send(people[moderator], "GET", path, ""); a.StatusCode == http.StatusOK || a.StatusCode >= 500 || strings.Contains(page, "package dashboard") {
			t.Errorf("%.60s: %d", path, a.StatusCode)
		}
	}
}

// TestAttackCrossSite: forms of other sites change nothing; headers about hosts move no link and no redirect.
func TestAttackCrossSite(t *testing.T) {
	s := newStage(t)
	c := s.login(boss)
	for _, headers := range [][]string{
		{"Sec-Fetch-Site", "cross-site"},
		{"Sec-Fetch-Site", "same-site"},
		{"Origin", "https://evil.example"},
		{"Origin", "null"},
		{"Origin", "https://evil.example", "X-Forwarded-Host", "evil.example"},
	} {
		a, page := s.send(c, "POST", "/dashboard/settings", "what=stop&why=x", headers...)
		if a.StatusCode != http.StatusForbidden || !strings.Contains(page, "</h1>") {
			t.Errorf("%v: %d %.60s", headers, a.StatusCode, page)
		}
	}
	if now, err := s.store.Switches(t.Context()); err != nil || now.Suspended {
		t.Error("another site stopped the bot")
	}
	at, _ := url.Parse(s.http.URL)
	cookie := "refbot=" + c.Jar.Cookies(at)[0].Value
	for _, path := range []string{"https://evil.example/", "//evil.example", `/\evil.example`, "/dashboard/../x", "javascript:alert(1)", "/dashboard/\r\nSet-Cookie: a=b"} {
		a, _ := s.send(s.browser(), "POST", "/dashboard/language", url.Values{"language": {"kk"}, "path": {path}}.Encode(), "Cookie", cookie, "Host", "evil.example", "X-Forwarded-Host", "evil.example", "X-Forwarded-Proto", "https")
		if to := a.Header.Get("Location"); a.StatusCode != http.StatusSeeOther || !strings.HasPrefix(to, "/dashboard/") || strings.Contains(to, "evil") || a.Header.Get("Set-Cookie") != "" {
			t.Errorf("%q leads to %q (%d)", path, to, a.StatusCode)
		}
	}
	a, _ := s.send(s.browser(), "GET", "/dashboard/", "")
	for _, name := range []string{"Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy"} {
		if a.Header.Get(name) == "" {
			t.Errorf("no %s", name)
		}
	}
	if csp := a.Header.Get("Content-Security-Policy"); strings.Contains(csp, "unsafe") || a.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("policy %q", csp)
	}
}

// TestAttackScripts: what people write is text on every page, and no formula in a table.
func TestAttackScripts(t *testing.T) {
	s := newStage(t)
	const evil = `"><script>alert(1)</script><img src=x onerror=alert(1)>{{.}}`
	s.question("A", evil, knowledge.DecideAbstain, "C1")
	s.question("B", "=HYPERLINK(\"http://evil\")", knowledge.DecideAnswer, "")
	s.question("D", "＝1+1", knowledge.DecideAnswer, "")
	s.question("E", " \u200b@SUM(1)", knowledge.DecideAnswer, "")
	c := s.login(boss)
	s.post(c, "/dashboard/questions/AAAAAAAAAAAA/rule", url.Values{"ruling": {"wrong"}, "note": {evil}})
	s.post(c, "/dashboard/broadcasts", url.Values{"language": {"ru"}, "text": {`<a href="javascript:alert(1)">x</a>`}})
	for _, path := range []string{
		"/dashboard/", "/dashboard/questions", "/dashboard/questions/AAAAAAAAAAAA", "/dashboard/clusters", "/dashboard/clusters/C1", "/dashboard/broadcasts", "/dashboard/audit",
		"/dashboard/questions?" + url.Values{"text": {evil}, "topic": {evil}, "asker": {evil}, "since": {evil}}.Encode(), "/dashboard/statements?" + url.Values{"text": {evil}}.Encode(), "/dashboard/login?" + url.Values{"key": {`"><script>`}}.Encode(),
	} {
		status, page := s.get(c, path)
		if status >= 500 || strings.Contains(page, "<script>") || strings.Contains(page, "<img src=x") || strings.Contains(page, `href="javascript:`) {
			t.Errorf("%.70s: %d lets markup through", path, status)
		}
	}
	_, table := s.get(c, "/dashboard/questions/export?format=csv")
	for _, want := range []string{`"'=HYPERLINK(""http://evil"")"`, "'＝1+1", "' \u200b@SUM(1)"} {
		if !strings.Contains(table, want) {
			t.Errorf("the table lacks %q:\n%s", want, table)
		}
	}
}
