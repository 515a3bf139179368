package language

import "testing"

func TestStop(t *testing.T) {
	for _, tt := range []struct {
		word string
		code Code
		want bool
	}{
		{"и", Russian, true},
		{"и", "", true},
		{"и", English, false},
		{"жане", Kazakh, true},
		{"the", "", true},
		{"референдум", "", false},
		{"когда", "", false},
		{"when", English, false},
		{"неше", Kazakh, false},
		{"не", Russian, true},
		{"не", Kazakh, false},
		{"не", "", false},
		{"против", "", false},
		{"карсы", "", false},
		{"туралы", Kazakh, true},
		{"", "", false},
	} {
		if got := Stop(tt.word, tt.code); got != tt.want {
			t.Errorf("Stop(%q, %q) = %v, want %v", tt.word, tt.code, got, tt.want)
		}
	}
}

func TestQuestionWord(t *testing.T) {
	for word, want := range map[string]bool{"когда": true, "канша": true, "who": true, "явка": false, "": false} {
		if QuestionWord(word) != want {
			t.Errorf("QuestionWord(%q) = %v", word, !want)
		}
	}
}

// TestTablesAreFolded keeps words out of the tables that no folded word could equal, and stop words out of
// the question words of the same language.
func TestTablesAreFolded(t *testing.T) {
	tables := map[string]map[string]bool{
		"questions": questionWords, "endings": endings, "protected": protected, "short": shortStems,
		"abbreviations": abbreviations, "streets": streetBefore, "streets behind": streetBehind, "houses": houseBefore,
		"spoken": spoken, "askers": askers, "courtesies": courtesies, "months": monthEndings,
	}
	for c, words := range stopWords {
		tables["stop "+string(c)] = words
		for w := range words {
			if questionWords[w] && !(c == Russian && w == "не") {
				t.Errorf("%q of %s is a question word, too", w, c)
			}
		}
	}
	for name, words := range tables {
		for w := range words {
			if Fold(w) != w {
				t.Errorf("%s: %q is %q when folded", name, w, Fold(w))
			}
		}
	}
	for s := range kazakhSuffixes {
		if Fold(s) != s {
			t.Errorf("suffix %q is %q when folded", s, Fold(s))
		}
	}
	for w := range protected {
		if Stem(w, Kazakh) != w {
			t.Errorf("protected %q is stemmed to %q", w, Stem(w, Kazakh))
		}
	}
}
