package thesaurus

import (
	"slices"
	"strings"
	"testing"

	"refbot/knowledge/language"
)

func notions(t *Thesaurus, text string) []string {
	var list []string
	for _, m := range t.Mentions(language.Tokenize(text)) {
		list = append(list, m.Notion)
	}
	return list
}

func TestMentions(t *testing.T) {
	th := New([]Form{
		{Notion: "halyk-kenesi", Language: language.Kazakh, Text: "Халық Кеңесі", Weight: 1},
		{Notion: "halyk-kenesi", Language: language.Russian, Text: "Народный Совет", Weight: 1},
		{Notion: "cec", Language: language.Russian, Text: "ЦИК", Weight: 1},
	})
	for _, c := range []struct{ text, want string }{
		{"халық кеңесінің мүшелері", "halyk-kenesi"},
		{"халык кенеси деген не", "halyk-kenesi"},
		{"в Народном Совете", "halyk-kenesi"},
		{"глава ЦИК сказал", "cec"},
		{"участки откроются", "polling-station"},
		{"учаскелер ашылады", "polling-station"},
		{"the polling stations", "polling-station"},
		{"87,15 % проголосовавших", "percent-word"},
		{"ст. 9", "article-word"},
		{"что по пайызу", "percent-word"},
	} {
		if got := notions(th, c.text); !slices.Contains(got, c.want) {
			t.Errorf("%q names %v, want %s", c.text, got, c.want)
		}
	}
	for _, c := range []struct{ text, not string }{
		{"совет", "halyk-kenesi"},
		{"народный театр", "halyk-kenesi"},
		{"until what time", "forbidden"}, // «тыйым» has a skeleton that begins like "time"
		{"не болды", "more"},             // a Kazakh stem that spells a Russian one
	} {
		if got := notions(th, c.text); slices.Contains(got, c.not) {
			t.Errorf("%q names %v, not %s", c.text, got, c.not)
		}
	}
}

func TestLongestFormCounts(t *testing.T) {
	th := Of([]Form{{Notion: "vote", Language: language.English, Text: "vote", Weight: 1}, {Notion: "vote", Language: language.English, Text: "vote against", Weight: .5}})
	got := th.Mentions(language.Tokenize("they vote against it"))
	if len(got) != 1 || got[0].To-got[0].From != 2 || got[0].Weight != .5 {
		t.Errorf("%+v, want the two words once", got)
	}
}

func TestLight(t *testing.T) {
	th := New(nil)
	if !th.Light("person-word") || th.Light("ballot") {
		t.Error("«человек» says little by itself, «бюллетень» much")
	}
}

// TestCommonList reads the list as its editors do: every line whole, in three languages, and no form
// that is empty or names a notion twice.
func TestCommonList(t *testing.T) {
	seen := map[string]bool{}
	for line := range strings.Lines(commonList) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		columns := strings.Split(line, "|")
		if len(columns) != 4 {
			t.Errorf("%q has %d columns, want 4", line, len(columns))
			continue
		}
		name := strings.TrimPrefix(strings.TrimSpace(columns[0]), "-")
		if seen[name] {
			t.Errorf("%s stands twice", name)
		}
		seen[name] = true
		for _, column := range columns[1:] {
			for form := range strings.SplitSeq(column, ",") {
				if form = strings.TrimSpace(form); form == "" || form == "*" {
					t.Errorf("%s has an empty form", name)
				}
			}
		}
	}
}

func FuzzMentions(f *testing.F) {
	th := New(nil)
	f.Add("халық кеңесі 15 марта 87,15 % dauys beru")
	f.Fuzz(func(t *testing.T, text string) {
		tokens := language.Tokenize(text)
		for _, m := range th.Mentions(tokens) {
			if m.From < 0 || m.To > len(tokens) || m.From >= m.To {
				t.Fatalf("%q: %+v of %d words", text, m, len(tokens))
			}
		}
	})
}

// TestGlossariesShareTheCommonList finds the notions of a glossary and of the common list, the glossary's first, and holds
// the list once.
func TestGlossariesShareTheCommonList(t *testing.T) {
	a := New([]Form{{Notion: "lake", Language: language.Russian, Text: "школа", Weight: 1}})
	b := New([]Form{{Notion: "house", Language: language.Russian, Text: "терем", Weight: 1}})
	if a.base == nil || a.base != b.base {
		t.Error("two thesauri hold two common lists")
	}
	found := a.Mentions(language.Tokenize("школа"))
	if len(found) < 2 || found[0].Notion != "lake" {
		t.Errorf("%v, want the notion of the glossary, then one of the common list", found)
	}
	if words := a.Words(); !slices.Contains(words, "школа") || !slices.IsSorted(words) {
		t.Error("the words of the forms are not all there, or not in order")
	}
}

// TestShortWordsHaveNoSkeleton: "it in" sounds like «иди на» and means nothing of the kind.
func TestShortWordsHaveNoSkeleton(t *testing.T) {
	th := Of([]Form{{Notion: "go-away", Language: language.Russian, Text: "иди на", Weight: 1}})
	if found := th.Mentions(language.Tokenize("check it in the app")); len(found) > 0 {
		t.Errorf("%v", found)
	}
	if found := th.Mentions(language.Tokenize("иди на")); len(found) != 1 {
		t.Errorf("the words themselves: %v", found)
	}
}
