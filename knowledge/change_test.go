package knowledge_test

import (
	"strings"
	"testing"
	"time"

	"refbot/knowledge"
	"refbot/knowledge/language"
)

// salary is a statement nobody made, complete in every field.
func salary() knowledge.Statement {
	return knowledge.Statement{
		ID: "salary-2026", Key: "salary-2026", Language: language.Russian,
		Date: time.Date(2026, 3, 20, 0, 0, 0, 0, time.UTC), DateExact: true,
		Speaker: "Аскар Примеров", Office: "министр труда", Kind: knowledge.Official, Outlet: "Kazinform", Title: "Об оплате труда депутатов",
		URL: "https://www.inform.kz/ru/salary", Topics: []string{"kurultai"}, Aliases: []string{"какая зарплата у депутатов Курултая?"},
		Text: "Депутаты Курултая будут получать 500 тысяч тенге в месяц.",
	}
}

func TestWith(t *testing.T) {
	pack := embedded(t).Pack()
	s := salary()
	next, report := pack.With(knowledge.Change{Put: &s})
	if errs := report.Errors(); len(errs) > 0 {
		t.Fatal(errs)
	}
	if len(next.Statements) != len(pack.Statements)+1 || next.Version == pack.Version {
		t.Errorf("%d statements, version %s", len(next.Statements), next.Version)
	}
	engine, err := knowledge.Build(next)
	if err != nil {
		t.Fatal(err)
	}
	if a := engine.Ask(knowledge.Question{Text: "какая зарплата у депутатов курултая"}); a.Decision != knowledge.DecideAnswer || a.Hits[0].Statement.ID != s.ID {
		t.Errorf("the question it was written for: %s %v", a.Decision, a.Hits)
	}
	back, report := next.With(knowledge.Change{Remove: s.ID})
	if len(report.Errors()) > 0 || back.Version != pack.Version {
		t.Errorf("taken out again: %v, version %s, want %s", report.Errors(), back.Version, pack.Version)
	}
}

func TestWithFindsWhatIsWrong(t *testing.T) {
	pack := embedded(t).Pack()
	for want, spoil := range map[string]func(*knowledge.Statement){
		"url is missing":           func(s *knowledge.Statement) { s.URL = "" },
		"office is missing":        func(s *knowledge.Statement) { s.Office = "" },
		"date is missing":          func(s *knowledge.Statement) { s.Date = time.Time{} },
		"text is missing":          func(s *knowledge.Statement) { s.Text = " " },
		"no statement has this id": func(s *knowledge.Statement) { s.SupersededBy = []string{"nobody"} },
		"want kk, ru or en":        func(s *knowledge.Statement) { s.Language = "de" },
		"needs its original":       func(s *knowledge.Statement) { s.Key = "nobody" },
	} {
		s := salary()
		spoil(&s)
		_, report := pack.With(knowledge.Change{Put: &s})
		if errs := report.Errors(); len(errs) == 0 || !strings.Contains(errs[0].Message, want) {
			t.Errorf("want %q, got %v", want, errs)
		}
	}
}

// An edit of aliases holds for every language version, and takes out what it leaves out.
func TestWithAliases(t *testing.T) {
	pack := embedded(t).Pack()
	var s knowledge.Statement
	for i := range pack.Statements {
		if x := &pack.Statements[i]; x.Key == x.ID && len(x.Aliases) > 1 {
			s = *x
			break
		}
	}
	s.Aliases = []string{"совсем другой вопрос?"}
	next, report := pack.With(knowledge.Change{Put: &s})
	if len(report.Errors()) > 0 {
		t.Fatal(report.Errors())
	}
	for i := range next.Statements {
		if x := &next.Statements[i]; x.Key == s.Key && (len(x.Aliases) != 1 || x.Aliases[0] != s.Aliases[0]) {
			t.Errorf("%s has the questions %q", x.ID, x.Aliases)
		}
	}
}
