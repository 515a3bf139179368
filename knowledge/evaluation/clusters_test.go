package evaluation

import (
	"strings"
	"testing"

	"refbot/knowledge"
	"refbot/knowledge/reform2026"
)

func TestRunClusters(t *testing.T) {
	pack, err := reform2026.Pack()
	if err != nil {
		t.Fatal(err)
	}
	engine, err := knowledge.Build(pack)
	if err != nil {
		t.Fatal(err)
	}
	question := func(id, text, statement string) Question {
		return Question{ID: id, Turns: []string{text}, Relevant: map[string]int{statement: Full}}
	}
	r := RunClusters(engine, []Question{
		question("1", "зарплата депутатов курултая", "a"), question("2", "құрылтай депутаттарының жалақысы", "a"),
		question("3", "какого цвета бюллетень", "b"),
		{ID: "4", Turns: []string{"погода"}},
	})
	if r.Questions != 3 || r.Groups != 2 || r.Same.F != 1 || r.Alone.Recall > .7 {
		t.Errorf("%+v", r)
	}
	var b strings.Builder
	if err := r.Print(&b); err != nil || !strings.Contains(b.String(), "2 × ") {
		t.Errorf("%v: %s", err, b.String())
	}
}
