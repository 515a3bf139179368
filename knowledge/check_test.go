package knowledge

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"refbot/knowledge/language"
)

// checkFiles saves a pack and checks it, giving messages relative to its folder.
func checkFiles(t *testing.T, change map[string]string) Report {
	t.Helper()
	files := wholePack()
	for name, data := range change {
		if files[name] = data; data == "" {
			delete(files, name)
		}
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, folder(files)); err != nil {
		t.Fatal(err)
	}
	report := Check(dir)
	for i := range report.Problems {
		if rel, err := filepath.Rel(dir, report.Problems[i].File); err == nil {
			report.Problems[i].File = rel
		}
	}
	report.Origin = "dir"
	return report
}

func TestCheck(t *testing.T) {
	got := checkFiles(t, nil)
	want := Report{
		Origin: "dir", Version: got.Version, Statements: 2, Facts: 1, Terms: 1,
		Languages: map[language.Code]int{language.Kazakh: 1, language.Russian: 1},
		Missing:   map[language.Code]int{language.English: 1}, Topics: map[string]int{"results": 1},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("a sound pack (-want +got):\n%s", diff)
	}
	var b strings.Builder
	if err := got.Print(&b); err != nil {
		t.Fatal(err)
	}
	const printed = "dir: 1 statement in 2 language versions, kk 1, ru 1, en 0 (1 missing); 0 errors, 0 warnings\n"
	if b.String() != printed {
		t.Errorf("printed %q", b.String())
	}
}

func TestCheckWarnings(t *testing.T) {
	s58 := "statements/results/s058.md"
	kk := "statements/results/s058.kk.md"
	lines := func(s string) string { return strings.Replace(original, "За прого", s+"\n\nЗа прого", 1) }
	tests := []struct {
		name   string
		change map[string]string
		want   string
	}{
		{"no outlet", map[string]string{s58: with(original, "outlet", "-")}, s58 + ":1: outlet is missing: where was it published?"},
		{"no title", map[string]string{s58: with(original, "title", "-")}, s58 + ":1: title is missing"},
		{"long text", map[string]string{s58: original + strings.Repeat("я", LongText)}, s58 + ":1: the text has 1265 characters: above 1200 a reply shows only part of it"},
		{"heading", map[string]string{s58: lines("# Итоги")}, s58 + `:1: the text is shown as typed, "#" too`},
		{"bold", map[string]string{s58: lines("**Итоги**")}, s58 + `:1: the text is shown as typed, "**" too`},
		{"link", map[string]string{s58: lines("[x](https://x.kz)")}, s58 + `:1: the text is shown as typed, "](https:" too`},
		{"HTML", map[string]string{s58: lines("<b>x")}, s58 + `:1: the text is shown as typed, "<b>" too`},
		{"far date", map[string]string{s58: with(with(original, "date", "2062-03-17"), "date_note", "-")}, s58 + ":1: date 2062-03-17 is far from the vote of 2026-03-15 and the text does not name 2062: is the year right?"},
		{"lost number", map[string]string{kk: strings.Replace(translation, "898 099", "көп", 1)}, kk + ":1: the translation lacks numbers of s058: 898099"},
		{"new number", map[string]string{kk: translation + "2029 жылы"}, kk + ":1: the translation has numbers that s058 does not: 2029"},
		{"no office", map[string]string{kk: with(translation, "office", "-")}, kk + ":1: office is missing: give it in the language of the translation"},
		{"other topics", map[string]string{kk: with(translation, "topics", "[final]")}, kk + ":2: topics are not those of the original "},
		{"unknown topic", map[string]string{s58: with(original, "topics", "[results, wether]")}, s58 + `:2: topic "wether" is not in campaign.yaml`},
		{"empty topic", map[string]string{"campaign.yaml": strings.Replace(campaignYAML, "links:", "  - id: x\n    title: {kk: a, ru: b, en: c}\nlinks:", 1)}, `.: topic "x" holds no statement`},
		{"older successor", map[string]string{
			s58: with(original, "superseded_by", "[s001]"), "statements/s001.md": with(with(with(original, "id", "s001"), "date", "2026-01-01"), "aliases", "-"), kk: "",
		}, s58 + ":1: superseded_by s001, which is older (2026-01-01)"},
		{"shared alias", map[string]string{
			"statements/s059.md": with(with(original, "id", "s059"), "aliases", "['Какая была явка']"),
		}, `statements/s059.md:1: alias "Какая была явка" is also listed for s058`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			report := checkFiles(t, test.change)
			if errors := report.Errors(); len(errors) > 0 {
				t.Fatal(errors)
			}
			warnings := report.Warnings()
			if len(warnings) != 1 || !strings.HasPrefix(warnings[0].Error(), test.want) {
				t.Errorf("warnings %v, want %q", warnings, test.want)
			}
		})
	}
}

func TestCheckErrors(t *testing.T) {
	report := checkFiles(t, map[string]string{"statements/results/s058.md": with(original, "url", "-")})
	var b strings.Builder
	if err := report.Print(&b); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(b.String(), "statements/results/s058.md:1: url is missing (error)\n") || !strings.Contains(b.String(), "1 error,") {
		t.Errorf("printed %q", b.String())
	}
	absent := Check(filepath.Join(t.TempDir(), "absent"))
	if errors := absent.Errors(); len(errors) != 1 || !strings.Contains(errors[0].Message, "no such file") {
		t.Errorf("absent: %v", errors)
	}
}

func TestNumbers(t *testing.T) {
	for text, want := range map[string]string{
		"7 954 667 человек (87,15 %)":          "7954667 8715",
		"7,954,667 people (87.15%) in 2026":    "2026 7954667 8715",
		"с 07:00 до 20:00":                     "2000 700",
		"from 7:00 to 20:00":                   "2000 700",
		"15 марта 2026 года, № 1170":           "1170 15 2026",
		"статья 70-2, 12\u00a0461\u00a0796":    "12461796 2 70",
		"в 2022 и 2026, участки 429, 101 и 3.": "101 2022 2026 3 429",
	} {
		if got := strings.Join(numbers(text), " "); got != want {
			t.Errorf("numbers(%q) = %q, want %q", text, got, want)
		}
	}
}
