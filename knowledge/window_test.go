package knowledge

import (
	"strings"
	"testing"
)

// A story in one breath, as people speak it into a phone.
const story = "алло добрый день я пастух у нас дожди третью неделю дорогу размыло внук болеет корова вот вот отелится " +
	"словом дел невпроворот и вот сын спорит со мной сколько депутатов избирают в курултай на пять лет а то сосед Кайрат ленится и всё спит"

func TestStretchOfALongMessageAnswers(t *testing.T) {
	e, err := Build(library())
	if err != nil {
		t.Fatal(err)
	}
	a := e.Ask(Question{Text: story})
	if a.Decision != DecideAnswer || a.Hits[0].Statement.ID != "k1" {
		t.Errorf("%s, %v", a.Decision, a.Ranked)
	}
	if b := e.Explain(Question{Text: story}); b.Decision != a.Decision || b.Trace == nil || len(b.Trace.Candidates) == 0 {
		t.Errorf("explained: %s, %v", b.Decision, b.Trace)
	}
	without := strings.Replace(story, "сколько депутатов избирают в курултай на пять лет", "шерсть совсем подешевела", 1)
	if a := e.Ask(Question{Text: without}); a.Decision == DecideAnswer {
		t.Errorf("answers a story without a question from %s", a.Hits[0].Statement.ID)
	}
}

func BenchmarkLongMessage(b *testing.B) {
	e, err := Build(library())
	if err != nil {
		b.Fatal(err)
	}
	long := strings.Repeat(story+" ", 12)
	b.ReportAllocs()
	for b.Loop() {
		e.Ask(Question{Text: long})
	}
}
