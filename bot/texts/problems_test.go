package texts

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"refbot/knowledge"
	"refbot/knowledge/language"
)

// TestProblemsAreThoseOfTheCheck: what is translated is what the check says, with the same values in both languages.
func TestProblemsAreThoseOfTheCheck(t *testing.T) {
	files, err := filepath.Glob("../../knowledge/*.go")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	var source strings.Builder
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		source.Write(data)
	}
	values := regexp.MustCompile(`%(\[\d\])?[a-zU]`)
	for format, said := range problems {
		if !strings.Contains(source.String(), strconv.Quote(format)) {
			t.Errorf("the check never says %q", format)
		}
		for _, code := range []language.Code{language.Russian, language.Kazakh} {
			if want, got := values.FindAllString(format, -1), values.FindAllString(said[code], -1); !slices.Equal(want, got) {
				t.Errorf("%q in %s holds %v, want %v", format, code, got, want)
			}
		}
	}
}

func TestProblem(t *testing.T) {
	p := knowledge.Problem{Message: "url is missing", Format: "%s is missing", Args: []any{"url"}}
	if got := For(language.English).Problem(p); got != "url is missing" {
		t.Errorf("en %q", got)
	}
	if got := For(language.Russian).Problem(p); !strings.HasPrefix(got, "Не заполнено поле «") {
		t.Errorf("ru %q", got)
	}
	other := knowledge.Problem{Message: "unknown key", Format: "unknown key %q"}
	if got := For(language.Kazakh).Problem(other); got != "unknown key" {
		t.Errorf("kk %q", got)
	}
}
