package bot

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"refbot/bot/texts"
	"refbot/knowledge"
	"refbot/knowledge/language"
)

func TestReplyStaysWithinItsLimit(t *testing.T) {
	s := newScene(t, language.Russian)
	long := strings.Repeat("Слова заявления, которое никак не кончается. ", 60)
	var hits []knowledge.Hit
	for _, id := range []string{"x1", "x2", "x3"} {
		st := &knowledge.Statement{ID: id, Key: id, Language: language.Russian, Text: long, URL: "https://a.kz", Office: "комиссия", Kind: knowledge.Official}
		hits = append(hits, knowledge.Hit{Statement: st, Score: 1, Best: language.Sentences(long)})
	}
	r := Compose(s.engine, knowledge.Answer{Decision: knowledge.DecideAnswer, Language: language.Russian, Hits: hits, Ranked: hits})
	if n := r.Length(); n > MaxReply+60 {
		t.Errorf("a reply of %d characters", n)
	}
	if len(r.Statements) == 0 || len(r.Statements) > 3 {
		t.Errorf("it cites %d statements", len(r.Statements))
	}
}

func TestExcerptTakesTheBestSentencesInOrder(t *testing.T) {
	text := "Первое предложение. Второе отвечает. Третье лишнее. Четвёртое тоже отвечает."
	s := language.Sentences(text)
	hit := knowledge.Hit{Statement: &knowledge.Statement{Text: text}, Best: [][2]int{s[3], s[1]}}
	if got, want := Excerpt(hit, 60), "… Второе отвечает. … Четвёртое тоже отвечает."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := Excerpt(hit, 1000); got != text {
		t.Errorf("a short text was cut: %q", got)
	}
}

func TestShorten(t *testing.T) {
	cases := []struct {
		text  string
		limit int
		want  string
	}{
		{"короткий", 20, "короткий"},
		{"итоги референдума об озере", 20, "итоги референдума…"},
		{"сверхдлинноеодинокоеслово", 10, "сверхдлин…"},
		{"итоги, подведены", 9, "итоги…"},
	}
	for _, c := range cases {
		got := Shorten(c.text, c.limit)
		if got != c.want || utf8.RuneCountInString(got) > c.limit {
			t.Errorf("Shorten(%q, %d) = %q, want %q", c.text, c.limit, got, c.want)
		}
	}
}

func FuzzExcerpt(f *testing.F) {
	f.Add("Одно. Два! Три? Четыре…", 12)
	f.Fuzz(func(t *testing.T, text string, limit int) {
		if !utf8.ValidString(text) || limit < 2 || limit > 2000 {
			t.Skip()
		}
		hit := knowledge.Hit{Statement: &knowledge.Statement{Text: text}, Best: language.Sentences(text)}
		got := Excerpt(hit, limit)
		if !utf8.ValidString(got) || utf8.RuneCountInString(got) > limit+4 {
			t.Errorf("an excerpt of %d characters: %q", utf8.RuneCountInString(got), got)
		}
	})
}

func TestPlainText(t *testing.T) {
	c := texts.For(language.English)
	st := &knowledge.Statement{Text: "It rains.", Speaker: "A B", Office: "minister", URL: "https://a.kz/x", Date: time.Date(2030, 5, 4, 0, 0, 0, 0, time.UTC), DateExact: true, Language: language.English}
	r := Reply{Parts: []Part{{Style: Quote, Spans: []Span{{Text: st.Text}}}, Attribution(c, st)}}
	if got, want := PlainText(r), "«It rains.»\n— A B, minister, 4 May 2030. a.kz <https://a.kz/x>"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
