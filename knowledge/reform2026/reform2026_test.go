package reform2026_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"refbot/knowledge"
	"refbot/knowledge/language"
	"refbot/knowledge/reform2026"
)

func pack(t testing.TB) *knowledge.Pack {
	t.Helper()
	p, err := reform2026.Pack()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestCheck wants the files free of errors and of everything a second look would mend.
func TestCheck(t *testing.T) {
	report := knowledge.Check(".")
	for _, problem := range report.Problems {
		t.Errorf("%s: %v", problem.Severity, problem)
	}
	if got := pack(t).Version; got != report.Version {
		t.Errorf("embedded version %s, in the folder %s", got, report.Version)
	}
}

func TestEveryFactTracesToItsPage(t *testing.T) {
	for _, s := range pack(t).Statements {
		if !strings.HasPrefix(s.URL, "https://") && !strings.HasPrefix(s.URL, "http://") {
			t.Errorf("%s: url %q", s.ID, s.URL)
		}
		if s.Office == "" || s.Outlet == "" || s.Title == "" || s.Text == "" || s.Date.IsZero() {
			t.Errorf("%s lacks office, outlet, title, text or date", s.ID)
		}
	}
}

// TestMenu wants every statement in the menu, no topic empty and none a heap for the rest.
func TestMenu(t *testing.T) {
	p := pack(t)
	if n := len(p.Campaign.Topics); n < 12 || n > 18 {
		t.Errorf("%d topics", n)
	}
	report := knowledge.Check(".")
	for _, topic := range p.Campaign.Topics {
		if n := report.Topics[topic.ID]; n == 0 || n > report.Facts/5 {
			t.Errorf("topic %s holds %d of %d statements", topic.ID, n, report.Facts)
		}
		if _, err := os.Stat(filepath.Join("statements", topic.ID)); err != nil {
			t.Errorf("topic %s has no folder: %v", topic.ID, err)
		}
	}
	for i := range p.Statements {
		s := &p.Statements[i]
		topics := p.Campaign.TopicsOf(s)
		if len(topics) == 0 || !strings.Contains(filepath.ToSlash(s.Origin), "/"+topics[0]+"/") {
			t.Errorf("%s at %s leads with the topics %q", s.ID, s.Origin, topics)
		}
	}
}

func TestCampaign(t *testing.T) {
	c := pack(t).Campaign
	zone, err := time.LoadLocation("Asia/Almaty")
	if err != nil {
		t.Fatal(err)
	}
	if vote := time.Date(2026, 3, 15, 0, 0, 0, 0, zone); !c.VoteDate.Equal(vote) || c.TimeZone.String() != zone.String() {
		t.Errorf("vote on %s", c.VoteDate)
	}
	for day, quiet := range map[int]bool{13: false, 14: true, 15: true, 16: false} {
		if noon := time.Date(2026, 3, day, 12, 0, 0, 0, zone); c.Quiet(noon) != quiet {
			t.Errorf("quiet on %s: %v", noon, !quiet)
		}
	}
	for _, site := range []string{"akorda.kz", "election.gov.kz", "egov.kz", "adilet.zan.kz", "parlam.kz", "ksrk.gov.kz", "primeminister.kz"} {
		if !c.Official("https://" + site + "/kk") {
			t.Errorf("%s is not among the official sites", site)
		}
	}
}

// TestAlmaty wants the seed article whole: the akim's words, and the chairman's as he said them.
func TestAlmaty(t *testing.T) {
	page := "https://www.inform.kz/ru/konstitutsionnuyu-reformu-obsudili-na-zasedanii-aktiva-goroda-almati-d53394"
	want := map[string][2]string{
		"s001": {"Дархан Сатыбалды", "республиканском референдуме"},
		"s002": {"Меиржан Отыншиев", "поддержал проект"},
		"s401": {"Дархан Сатыбалды", "депутаты маслихата, акимы районов, руководители управлений и городских служб"},
		"s402": {"Меиржан Отыншиев", "Проект новой Конституции отражает запрос общества на обновление политической системы"},
	}
	for _, s := range pack(t).Statements {
		if w, ok := want[s.ID]; ok {
			if s.Speaker != w[0] || !strings.Contains(s.Text, w[1]) || s.URL != page || s.Date.Format(time.DateOnly) != "2026-02-02" {
				t.Errorf("%s: %+v", s.ID, s)
			}
			if s.Verbatim != (s.ID == "s402") {
				t.Errorf("%s verbatim: %v", s.ID, s.Verbatim)
			}
			delete(want, s.ID)
		}
	}
	if len(want) > 0 {
		t.Errorf("missing: %v", want)
	}
}

func TestExport(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "export")
	p := pack(t)
	if err := knowledge.Export(p, dir); err != nil {
		t.Fatal(err)
	}
	again, err := knowledge.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	if again.Version != p.Version {
		t.Errorf("exported and read again: %s, want %s", again.Version, p.Version)
	}
}

func BenchmarkLoad(b *testing.B) {
	files := os.DirFS(".")
	for b.Loop() {
		if _, err := knowledge.LoadFS(files, "."); err != nil {
			b.Fatal(err)
		}
	}
}

func ExamplePack() {
	p, err := reform2026.Pack()
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(p.Campaign.Name[language.English])
	fmt.Println(p.Campaign.VoteDate.Format("2 January 2006"))
	// Output:
	// Republican referendum of 15 March 2026
	// 15 March 2026
}
