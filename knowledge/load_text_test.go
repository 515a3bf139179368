package knowledge

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestParagraphs(t *testing.T) {
	tests := []struct{ text, want string }{
		{"", ""},
		{"\n\n a  b\tc \r\n d\n", "a b c d"},
		{"a\n\n\n b", "a\n\nb"},
		{"list:\n- one\n  more\n- two\n• three\nend", "list:\n- one more\n- two\n• three end"},
		{"a - b", "a - b"},
		{"87,15\u00a0%", "87,15\u00a0%"},
		{"и\u0306од", "йод"},
	}
	for _, test := range tests {
		if got := paragraphs(test.text); got != test.want {
			t.Errorf("paragraphs(%q) = %q, want %q", test.text, got, test.want)
		}
	}
}

func TestWrap(t *testing.T) {
	word := strings.Repeat("я", 48)
	tests := []struct{ name, line, want string }{
		{"fits", word + " " + word, word + " " + word},
		{"breaks", word + " " + word + " abc", word + " " + word + "\nabc"},
		{"keeps a number whole", word + " " + word[:92] + " 7 954 667 x", word + " " + word[:92] + " 7 954 667\nx"},
		{"keeps a unit", word + " " + word[:90] + " 87 % x", word + " " + word[:90] + " 87 %\nx"},
		{"begins no list", word + " " + word + " - a", word + " " + word + " -\na"},
		{"begins no numbering", word + " " + word + " 1. a", word + " " + word + " 1.\na"},
		{"one long word", strings.Repeat("я", 150), strings.Repeat("я", 150)},
	}
	for _, test := range tests {
		if got := wrap(test.line); got != test.want {
			t.Errorf("%s:\n%s\nwant\n%s", test.name, got, test.want)
		}
	}
}

func FuzzWrap(f *testing.F) {
	f.Add("За проголосовали 7 954 667 человек (87,15 %) - итог\n- раз\n\n1. два")
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			return
		}
		text = paragraphs(text)
		var wrapped strings.Builder
		for line := range strings.SplitSeq(text, "\n") {
			wrapped.WriteString(wrap(line) + "\n")
		}
		if got := paragraphs(wrapped.String()); got != text {
			t.Errorf("wrapped and joined: %q, want %q", got, text)
		}
	})
}
