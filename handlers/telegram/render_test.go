package telegram

import (
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"refbot/bot"
)

func TestRenderStyles(t *testing.T) {
	got := Render(bot.Reply{Parts: []bot.Part{
		{Spans: []bot.Span{{Text: "Заголовок & <тег>", Bold: true}}},
		{Style: bot.Quote, Spans: []bot.Span{{Text: "слова"}}},
		{Tight: true, Spans: []bot.Span{{Text: "— "}, {Text: "ОСК", URL: `https://a.kz/?q="1"&b=2`}}},
		{Style: bot.Note, Spans: []bot.Span{{Text: "мелко"}}},
	}})
	want := "<b>Заголовок &amp; &lt;тег&gt;</b>\n\n<blockquote>слова</blockquote>\n" +
		`— <a href="https://a.kz/?q=&quot;1&quot;&amp;b=2">ОСК</a>` + "\n\n<i>мелко</i>"
	if len(got) != 1 || got[0] != want {
		t.Errorf("Render gave\n%q\nwant\n%q", got, want)
	}
}

func TestRenderNothing(t *testing.T) {
	if got := Render(bot.Reply{}); len(got) != 0 {
		t.Errorf("an empty reply rendered as %q", got)
	}
}

func TestRenderSplitsAtWords(t *testing.T) {
	words := strings.Repeat("құрылтай ", 1500)
	got := Render(bot.Reply{Parts: []bot.Part{{Style: bot.Quote, Spans: []bot.Span{{Text: strings.TrimSpace(words)}}}}})
	if len(got) < 4 {
		t.Fatalf("%d messages for 13,500 characters", len(got))
	}
	for i, message := range got {
		body := strings.TrimSuffix(strings.TrimPrefix(message, "<blockquote>"), "</blockquote>")
		if len(body) == len(message) {
			t.Errorf("message %d lost its tags: %q", i, message)
		}
		for word := range strings.FieldsSeq(body) {
			if word != "құрылтай" {
				t.Errorf("message %d breaks a word: %q", i, word)
			}
		}
	}
}

func FuzzRender(f *testing.F) {
	f.Add("Құрылтай & <b>", "https://x.kz", uint8(1), 3)
	f.Add(strings.Repeat("а", 5000), "", uint8(2), 1)
	f.Add(strings.Repeat("😀 ", 3000), "u\"<", uint8(3), 7)
	f.Fuzz(func(t *testing.T, text, url string, style uint8, repeat int) {
		if !utf8.ValidString(text) || len(text) > 20000 {
			t.Skip()
		}
		var r bot.Reply
		for range min(max(repeat, 1), 4) {
			r.Parts = append(r.Parts, bot.Part{Style: bot.Style(style % 4), Spans: []bot.Span{{Text: text, Bold: style%2 == 0}, {Text: text, URL: url}}})
		}
		for _, message := range Render(r) {
			plain := stripTags(t, message)
			if n := units(plain); n > maxUnits || n == 0 {
				t.Fatalf("a message of %d units", n)
			}
		}
	})
}

// stripTags takes Telegram HTML apart as Telegram does and fails on a tag that is open at the end.
func stripTags(t *testing.T, html string) string {
	t.Helper()
	var plain strings.Builder
	var open []string
	for html != "" {
		before, rest, found := strings.Cut(html, "<")
		plain.WriteString(unescape(before))
		if !found {
			break
		}
		tag, after, closed := strings.Cut(rest, ">")
		if !closed {
			t.Fatalf("a broken tag in %q", html)
		}
		html = after
		name, _, _ := strings.Cut(strings.TrimPrefix(tag, "/"), " ")
		if !strings.HasPrefix(tag, "/") {
			open = append(open, name)
			continue
		}
		if len(open) == 0 || open[len(open)-1] != name {
			t.Fatalf("</%s> closes nothing", name)
		}
		open = open[:len(open)-1]
	}
	if len(open) > 0 {
		t.Fatalf("open tags at the end: %v", open)
	}
	return plain.String()
}

func unescape(s string) string {
	return strings.NewReplacer("&lt;", "<", "&gt;", ">", "&quot;", `"`, "&amp;", "&").Replace(s)
}

// TestUnits compares the count with the encoding it stands for.
func TestUnits(t *testing.T) {
	for _, text := range []string{"", "vote", "Құрылтай", "15 наурыз – бейсенбі", "🗳️ 🇰🇿 𝒳", "é"} {
		if got, want := units(text), len(utf16.Encode([]rune(text))); got != want {
			t.Errorf("%q has %d units, not %d", text, want, got)
		}
	}
}
