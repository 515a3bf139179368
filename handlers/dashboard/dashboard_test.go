package dashboard

import (
	"context"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"refbot/bot"
	"refbot/bot/library"
	"refbot/bot/texts"
	"refbot/knowledge"
	"refbot/knowledge/language"
)

// TestWords: every language has the same words, and every word of the templates is there.
func TestWords(t *testing.T) {
	want := texts.For(language.Russian).Dashboard
	for _, code := range language.Codes() {
		words := texts.For(code).Dashboard
		for key := range want {
			if words[key] == "" {
				t.Errorf("%s: no words for %q", code, key)
			}
		}
		if len(words) != len(want) {
			t.Errorf("%s has %d words, Russian %d", code, len(words), len(want))
		}
		for _, key := range flashes {
			if words["done_"+key] == "" {
				t.Errorf("%s: nothing to say when %s", code, key)
			}
		}
	}
	names, err := files.ReadDir("web")
	if err != nil {
		t.Fatal(err)
	}
	key := regexp.MustCompile(`\.T "([a-z_]+)"`)
	for _, file := range names {
		data, err := files.ReadFile("web/" + file.Name())
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range key.FindAllStringSubmatch(string(data), -1) {
			if want[m[1]] == "" {
				t.Errorf("%s: no words for %q", file.Name(), m[1])
			}
		}
	}
}

// TestPages: every page is there for who may see it, in every language, and for nobody else.
func TestPages(t *testing.T) {
	s := newStage(t)
	s.question("A", "сколько стоил референдум?", knowledge.DecideAbstain, "C1")
	s.question("B", "какие результаты?", knowledge.DecideAnswer, "")
	admin := s.login(boss)
	_, page := s.post(admin, "/dashboard/broadcasts", url.Values{"text": {"<b>Участки открыты</b>"}, "language": {"ru"}})
	sent := regexp.MustCompile(`/dashboard/broadcasts/([A-Z2-7]{8})`).FindStringSubmatch(page)[1]
	_, page = s.post(admin, "/dashboard/questions/AAAAAAAAAAAA/draft", nil)
	proposed := regexp.MustCompile(`/dashboard/proposals/([A-Z2-7]{8})`).FindStringSubmatch(page)[1]
	free := []string{"/dashboard/"}
	review := []string{
		"/dashboard/questions", "/dashboard/questions?text=результаты&decision=answer&since=2026-03-01", "/dashboard/questions/AAAAAAAAAAAA", "/dashboard/questions/BBBBBBBBBBBB",
		"/dashboard/clusters", "/dashboard/clusters?settled=yes", "/dashboard/clusters/C1", "/dashboard/statements", "/dashboard/statements?text=результаты", "/dashboard/statements?topic=results&language=ru",
		"/dashboard/statements/r1", "/dashboard/proposals/" + proposed, "/dashboard/versions", "/dashboard/questions/export?format=csv",
	}
	outreach := []string{"/dashboard/broadcasts", "/dashboard/broadcasts/" + sent, "/dashboard/broadcasts/" + sent + "/report.csv"}
	own := []string{"/dashboard/people", "/dashboard/audit?room=dashboard", "/dashboard/settings"}
	for person, sees := range map[int64][]string{
		boss: slices.Concat(free, review, outreach, own), moderator: slices.Concat(free, review), writer: slices.Concat(free, outreach),
	} {
		c := s.login(person)
		for _, path := range slices.Concat(free, review, outreach, own) {
			want := http.StatusNotFound
			if slices.Contains(sees, path) {
				want = http.StatusOK
			}
			if status, body := s.get(c, path); status != want {
				t.Errorf("%d sees %s: %d, want %d\n%.500s", person, path, status, want, body)
			}
		}
	}
	for _, code := range language.Codes() {
		s.post(admin, "/dashboard/language", url.Values{"language": {string(code)}, "path": {"/dashboard/settings"}})
		for _, path := range slices.Concat(free, review[:len(review)-1], outreach[:2], own) {
			status, body := s.get(admin, path)
			if status != http.StatusOK || !strings.Contains(body, `<html lang="`+string(code)+`">`) || strings.Contains(body, "ZgotmplZ") || strings.Contains(body, "%!") {
				t.Errorf("%s in %s: %d", path, code, status)
			}
		}
	}
}

// TestFromQuestionToVersion: a moderator drafts what is missing, a second one publishes it.
func TestFromQuestionToVersion(t *testing.T) {
	s := newStage(t)
	for i, text := range []string{"сколько стоил референдум?", "во сколько обошёлся референдум?", "цена референдума?"} {
		s.question(string(rune('A'+i)), text, knowledge.DecideAbstain, "C1")
	}
	first, other := s.login(moderator), s.login(second)
	status, page := s.post(first, "/dashboard/questions/AAAAAAAAAAAA/draft", nil)
	m := regexp.MustCompile(`action="(/dashboard/proposals/[A-Z2-7]{8})"`).FindStringSubmatch(page)
	if status != http.StatusOK || m == nil || !strings.Contains(page, "цена референдума?") {
		t.Fatalf("%d %.2000s", status, page)
	}
	path := m[1]
	form := url.Values{
		"text": {"Референдум обошёлся в 20,8 млрд тенге: такова цена референдума."}, "office": {"Lake Commission"}, "date": {"2026-03-01"}, "date_exact": {"yes"},
		"language": {"ru"}, "kind": {"official"}, "topics": {"results"}, "aliases": {"сколько стоил референдум?\r\nво сколько обошёлся референдум?\r\nцена референдума?"},
	}
	if _, page = s.post(first, path, form); !strings.Contains(page, "Не заполнено поле «Ссылка»") {
		t.Errorf("a statement without a link is not complained about")
	}
	if status, _ = s.post(first, path+"/submit", nil); status != http.StatusConflict {
		t.Errorf("it was submitted: %d", status)
	}
	form.Set("url", "https://lake.example/cost")
	if _, page = s.post(first, path, form); strings.Contains(page, `class="error"`) || !strings.Contains(page, "3 / 3") {
		t.Errorf("not tried on three questions:\n%s", page)
	}
	s.post(first, path+"/submit", nil)
	if status, _ = s.post(first, path+"/publish", nil); status != http.StatusConflict {
		t.Errorf("who wrote it published it: %d", status)
	}
	if status, page = s.post(other, path+"/publish", nil); status != http.StatusOK || !strings.Contains(page, texts.For(language.Kazakh).Dashboard["done_published"]) {
		t.Errorf("%d\n%.1500s", status, page)
	}
	if len(s.journal.settled) != 1 || !strings.HasPrefix(s.journal.settled[0], "C1 ") {
		t.Errorf("settled %v", s.journal.settled)
	}
	keeper := library.Keeper{Shelf: s.server.Library.Shelf, Live: s.server.Live}
	if err := keeper.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	if a := s.server.Live.Load().Ask(knowledge.Question{Text: "цена референдума"}); a.Decision != knowledge.DecideAnswer {
		t.Errorf("it is answered with %s", a.Decision)
	}
	if status, page = s.get(first, "/dashboard/versions/1"); status != http.StatusOK || !strings.Contains(page, "<ins>+ url: https://lake.example/cost</ins>") {
		t.Errorf("%d\n%s", status, page)
	}
	lines, _, err := s.store.Audit().Lines(t.Context(), bot.AuditFilter{Room: bot.RoomKnowledge}, "", 50)
	if err != nil || !slices.ContainsFunc(lines, func(l bot.AuditLine) bool { return l.By == second && l.Action == "publish" }) {
		t.Errorf("audit %+v %v", lines, err)
	}
	if !slices.Contains(s.told, second) || !slices.Contains(s.told, boss) || !slices.Contains(s.told, moderator) {
		t.Errorf("told in Telegram: %v, want those who may publish, then the author", s.told)
	}
}

// TestRuling: a ruling is stored, shown, and taken back.
func TestRuling(t *testing.T) {
	s := newStage(t)
	s.question("A", "какие результаты?", knowledge.DecideAnswer, "")
	c := s.login(moderator)
	path := "/dashboard/questions/AAAAAAAAAAAA"
	if _, page := s.post(c, path+"/rule", url.Values{"ruling": {"wrong"}, "note": {"не то"}}); !strings.Contains(page, "не то") {
		t.Error("the ruling is not shown")
	}
	s.post(c, path+"/rule", url.Values{"ruling": {"better"}, "better": {"r1", "r2"}})
	if r := s.journal.all[0].Review; r == nil || r.Ruling != "better" || r.By != moderator || len(r.Better) != 2 {
		t.Errorf("%+v", r)
	}
	s.post(c, path+"/undo", nil)
	if r := s.journal.all[0].Review; r == nil || r.Ruling != "wrong" {
		t.Errorf("%+v", r)
	}
	for _, form := range []url.Values{{}, {"ruling": {"good"}}, {"ruling": {"better"}}, {"ruling": {"better"}, "better": {"nowhere"}}} {
		if status, _ := s.post(c, path+"/rule", form); status != http.StatusBadRequest {
			t.Errorf("%v: %d", form, status)
		}
	}
}

// TestBroadcast: written, previewed, approved by a second person in the version they saw, and sent.
func TestBroadcast(t *testing.T) {
	s := newStage(t)
	author, other := s.login(writer), s.login(approver)
	if _, page := s.post(author, "/dashboard/broadcasts/preview", url.Values{"text": {"<b>5 < 6</b><script>"}}); strings.Contains(page, "<script>") {
		t.Errorf("previewed %q", page)
	}
	_, page := s.post(author, "/dashboard/broadcasts", url.Values{"text": {"<b>Участки</b> открыты"}, "language": {"ru"}})
	path := regexp.MustCompile(`action="(/dashboard/broadcasts/[A-Z2-7]{8})/submit"`).FindStringSubmatch(page)[1]
	version := func(page string) string {
		return regexp.MustCompile(`name="version" value="(\d+)"`).FindStringSubmatch(page)[1]
	}
	if !strings.Contains(page, "<b>Участки</b> открыты") {
		t.Error("there is no preview")
	}
	_, page = s.post(author, path, url.Values{"version": {version(page)}, "text_ru": {"<b>Участки</b> открыты с 7 часов"}, "text_kk": {"Учаскелер ашық"}, "fallback": {"ru"}, "languages": {"ru", "kk"}})
	if !strings.Contains(page, "Учаскелер ашық") {
		t.Errorf("not saved\n%s", page)
	}
	s.post(author, path+"/submit", nil)
	printOf := func(page string) string {
		if m := regexp.MustCompile(`name="print" value="([^"]+)"`).FindStringSubmatch(page); m != nil {
			return m[1]
		}
		return ""
	}
	if !slices.Contains(s.told, approver) || !slices.Contains(s.told, boss) || slices.Contains(s.told, writer) {
		t.Errorf("asked in Telegram: %v", s.told)
	}
	if status, _ := s.post(author, path+"/approve", url.Values{"print": {printOf(page)}}); status != http.StatusConflict {
		t.Errorf("the author approved: %d", status)
	}
	_, page = s.get(other, path)
	if status, _ := s.post(other, path+"/approve", url.Values{"print": {"1"}}); status != http.StatusConflict {
		t.Errorf("another version was approved: %d", status)
	}
	if status, page := s.post(other, path+"/approve", url.Values{"print": {printOf(page)}}); status != http.StatusOK || !strings.Contains(page, texts.For(language.Russian).Broadcast.States["sending"]) {
		t.Errorf("%d\n%s", status, page)
	}
	s.post(other, path+"/pause", nil)
	if _, page := s.get(other, "/dashboard/"); !strings.Contains(page, "Участки открыты с 7 часов") {
		t.Error("the overview does not show it")
	}
}

// TestEmergencyStop stops the bot for all replicas and lets it answer again.
func TestEmergencyStop(t *testing.T) {
	s := newStage(t)
	c := s.login(boss)
	s.post(c, "/dashboard/settings", url.Values{"what": {"stop"}, "why": {"ошибка в данных"}, "text_kk": {"Кейінірек"}})
	now, err := s.store.Switches(t.Context())
	if err != nil || !now.Suspended || now.By != boss || now.Why != "ошибка в данных" || now.Text["kk"] != "Кейінірек" || now.Text["ru"] != "" {
		t.Errorf("%+v %v", now, err)
	}
	if _, page := s.get(c, "/dashboard/"); !strings.Contains(page, texts.For(language.Russian).Dashboard["stopped_now"]) {
		t.Error("the pages do not say that the bot is stopped")
	}
	s.post(c, "/dashboard/settings", url.Values{"what": {"answer"}})
	s.post(c, "/dashboard/settings", url.Values{"what": {"llm_off"}})
	if now, _ = s.store.Switches(t.Context()); now.Suspended || !now.NoLLM {
		t.Errorf("%+v", now)
	}
	lines, _, err := s.store.Audit().Lines(t.Context(), bot.AuditFilter{Room: bot.RoomSettings}, "", 50)
	if err != nil || len(lines) != 3 || !slices.ContainsFunc(lines, func(l bot.AuditLine) bool {
		return l.By == boss && l.Action == "stop" && l.Why == "ошибка в данных"
	}) {
		t.Errorf("audit %+v %v", lines, err)
	}
}

// TestEvents streams what is in progress until the visitor goes.
func TestEvents(t *testing.T) {
	s := newStage(t)
	c := s.login(boss)
	ctx, stop := context.WithTimeout(t.Context(), 20*time.Second)
	defer stop()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, s.http.URL+"/dashboard/events", nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := c.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	line := make([]byte, 6)
	if _, err := answer.Body.Read(line); err != nil || string(line) != "data: " {
		t.Errorf("%q %v", line, err)
	}
}
