package simulator

import (
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/net/html"
)

func TestTextBecomesEntities(t *testing.T) {
	for _, row := range []struct {
		name, mode, raw, text, rendered string
		entities                        []Entity
	}{
		{"plain", "", " hello \n", "hello", "hello", nil},
		{"escaped", "", "<b> & \"x\"", "<b> & \"x\"", "&lt;b&gt; &amp; &#34;x&#34;", nil},
		{"bold after emoji", "HTML", "😀 <b>ұ</b>", "😀 ұ", "😀 <b>ұ</b>", []Entity{{Type: "bold", Offset: 3, Length: 1}}},
		{"aliases", "html", "<STRONG>a</STRONG><em>b</em><ins>c</ins><del>d</del>", "abcd", "<b>a</b><i>b</i><u>c</u><s>d</s>", []Entity{
			{Type: "bold", Length: 1}, {Type: "italic", Offset: 1, Length: 1}, {Type: "underline", Offset: 2, Length: 1}, {Type: "strikethrough", Offset: 3, Length: 1},
		}},
		{"entities", "HTML", "1 &lt; 2 &amp;&#33;&#x21; &nbsp; &quot", `1 < 2 &!! &nbsp; "`, "1 &lt; 2 &amp;!! &amp;nbsp; &#34;", nil},
		{"trimmed", "HTML", "\n <b> a</b> \n", "a", "<b>a</b>", []Entity{{Type: "bold", Length: 1}}},
		{"link", "HTML", `<a href="https://e.kz/?a=1&amp;b=2">x</a>`, "x", `<a href="https://e.kz/?a=1&amp;b=2" target="_blank" rel="noopener">x</a>`, []Entity{{Type: "text_link", Length: 1, URL: "https://e.kz/?a=1&b=2"}}},
		{"link without scheme", "HTML", `<a href='e.kz'>x</a>`, "x", `<a href="http://e.kz/" target="_blank" rel="noopener">x</a>`, []Entity{{Type: "text_link", Length: 1, URL: "http://e.kz/"}}},
		{"script link vanishes", "HTML", `<a href="javascript:alert(1)">x</a>`, "x", "x", nil},
		{"host without a dot vanishes", "HTML", `<a href="http://localhost/">x</a>`, "x", "x", nil},
		{"person", "HTML", `<a href="tg://user?id=42">x</a>`, "x", "x", []Entity{{Type: "text_mention", Length: 1, User: &User{ID: 42}}}},
		{"code with language", "HTML", `<pre><code class="language-go">x</code></pre>`, "x", `<pre><code class="language-go">x</code></pre>`, []Entity{{Type: "pre", Length: 1, Language: "go"}}},
		{"code", "HTML", `<code class="language-go">x</code>`, "x", `<code>x</code>`, []Entity{{Type: "code", Length: 1}}},
		{"spoilers", "HTML", `<tg-spoiler>a</tg-spoiler><span class="tg-spoiler">b</span>`, "ab", "<tg-spoiler>a</tg-spoiler><tg-spoiler>b</tg-spoiler>", []Entity{{Type: "spoiler", Length: 1}, {Type: "spoiler", Offset: 1, Length: 1}}},
		{"quotes", "HTML", "<blockquote expandable>a</blockquote>\n<blockquote>b</blockquote>", "a\nb", "<blockquote expandable>a</blockquote>\n<blockquote>b</blockquote>", []Entity{
			{Type: "expandable_blockquote", Length: 1}, {Type: "blockquote", Offset: 2, Length: 1},
		}},
		{
			"found", "", "қара /help@x_bot @some_one #ЖСН https://e.kz/a, gov.kz. a@b.kz", "қара /help@x_bot @some_one #ЖСН https://e.kz/a, gov.kz. a@b.kz",
			`қара /help@x_bot @some_one #ЖСН <a href="https://e.kz/a" target="_blank" rel="noopener">https://e.kz/a</a>, <a href="http://gov.kz" target="_blank" rel="noopener">gov.kz</a>. <a href="mailto:a@b.kz" target="_blank" rel="noopener">a@b.kz</a>`,
			[]Entity{
				{Type: "bot_command", Offset: 5, Length: 11},
				{Type: "mention", Offset: 17, Length: 9},
				{Type: "hashtag", Offset: 27, Length: 4},
				{Type: "url", Offset: 32, Length: 14},
				{Type: "url", Offset: 48, Length: 6},
				{Type: "email", Offset: 56, Length: 6},
			},
		},
		{"found nothing", "", "и/или 1/2 a.b.c 15.03.2026 п. 3 #1 x@y", "и/или 1/2 a.b.c 15.03.2026 п. 3 #1 x@y", "и/или 1/2 a.b.c 15.03.2026 п. 3 #1 x@y", nil},
		{"not found in code", "HTML", "<code>https://e.kz</code>", "https://e.kz", "<code>https://e.kz</code>", []Entity{{Type: "code", Length: 12}}},
		{
			"markdown", "MarkdownV2", "*b _i_* __u__ ~s~ ||p|| `c` [l](http://e.kz/\\)) \\.", "b i u s p c l .",
			`<b>b <i>i</i></b> <u>u</u> <s>s</s> <tg-spoiler>p</tg-spoiler> <code>c</code> <a href="http://e.kz/)" target="_blank" rel="noopener">l</a> .`,
			[]Entity{
				{Type: "bold", Length: 3},
				{Type: "italic", Offset: 2, Length: 1},
				{Type: "underline", Offset: 4, Length: 1},
				{Type: "strikethrough", Offset: 6, Length: 1},
				{Type: "spoiler", Offset: 8, Length: 1},
				{Type: "code", Offset: 10, Length: 1},
				{Type: "text_link", Offset: 12, Length: 1, URL: "http://e.kz/)"},
			},
		},
		{"markdown blocks", "MarkdownV2", ">q\n>r\nx\n```go\ny\n```", "q\nr\nx\ny", "<blockquote>q\nr\n</blockquote>x\n<pre><code class=\"language-go\">y</code></pre>", []Entity{
			{Type: "blockquote", Length: 4}, {Type: "pre", Offset: 6, Length: 1, Language: "go"},
		}},
	} {
		t.Run(row.name, func(t *testing.T) {
			f, err := parseText(row.raw, row.mode, "")
			if err != nil {
				t.Fatal(err)
			}
			f = finishText(f)
			if f.text != row.text || !reflect.DeepEqual(f.entities, row.entities) {
				t.Errorf("got  %q %+v\nwant %q %+v", f.text, f.entities, row.text, row.entities)
			}
			if got := renderHTML(f.text, f.entities); got != row.rendered {
				t.Errorf("rendered\n got %s\nwant %s", got, row.rendered)
			}
		})
	}
}

func TestEntitiesArgumentNests(t *testing.T) {
	list, err := readEntities("hello world", `[{"type":"bold","offset":0,"length":7},{"type":"italic","offset":3,"length":8},{"type":"url","offset":0,"length":3}]`)
	if err != nil {
		t.Fatal(err)
	}
	want := []Entity{{Type: "bold", Length: 7}, {Type: "italic", Offset: 3, Length: 4}}
	if !reflect.DeepEqual(list, want) {
		t.Errorf("got %+v, want %+v", list, want)
	}
}

// safe checks rendered HTML with a real parser: the plain text comes back, and nothing but the allowed tags is there.
func safe(t *testing.T, text, rendered string) {
	t.Helper()
	allowed := " b i u s code pre blockquote tg-spoiler a "
	var plain strings.Builder
	for z := html.NewTokenizer(strings.NewReader(rendered)); ; {
		switch z.Next() {
		case html.ErrorToken:
			if got := plain.String(); got != text && !strings.ContainsAny(text, "\r\x00") {
				t.Fatalf("rendered %q reads %q, want %q", rendered, got, text)
			}
			return
		case html.TextToken:
			plain.WriteString(z.Token().Data)
		case html.StartTagToken:
			token := z.Token()
			if !strings.Contains(allowed, " "+token.Data+" ") {
				t.Fatalf("tag %q in %q", token.Data, rendered)
			}
			for _, a := range token.Attr {
				if a.Key == "href" && !strings.HasPrefix(a.Val, "http") && !strings.HasPrefix(a.Val, "tg:") && !strings.HasPrefix(a.Val, "mailto:") ||
					strings.HasPrefix(a.Key, "on") || a.Key == "style" {
					t.Fatalf("attribute %v in %q", a, rendered)
				}
			}
		case html.CommentToken, html.DoctypeToken:
			t.Fatalf("markup in %q", rendered)
		}
	}
}

func fuzzText(f *testing.F, mode string) {
	for _, seed := range []string{
		"", "<b>x</b>", `<a href="https://e.kz">x</a>`, "<pre><code class=\"language-go\">x</code></pre>", "&#x1F600;&lt;", "<b", "<a href='", "</",
		"*b* _i_ [l](e.kz)", "```go\nx```", ">q\n>r", "||s||", "!\\[x](tg://emoji?id=5)", "/cmd@bot #tag @name a@b.kz e.kz/x", "<blockquote expandable>x</blockquote>",
		`<code class="language-&quot;onx">x</code>`, "<a href=\"http://e.kz/&quot;onx\">x</a>", "&#xD800;", "<a href=\"tg://x\">&#13;</a>",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		if !utf8.ValidString(raw) {
			return
		}
		got, err := parseText(raw, mode, "")
		if err != nil {
			return
		}
		got = finishText(got)
		size := utf16Len(got.text)
		for _, e := range got.entities {
			if e.Offset < 0 || e.Length <= 0 || e.end() > size {
				t.Fatalf("%q: entity %+v outside of %q", raw, e, got.text)
			}
		}
		safe(t, got.text, renderHTML(got.text, got.entities))
	})
}

func FuzzHTML(f *testing.F)     { fuzzText(f, "HTML") }
func FuzzMarkdown(f *testing.F) { fuzzText(f, "MarkdownV2") }

func FuzzEntities(f *testing.F) {
	f.Add("hello", `[{"type":"bold","offset":0,"length":5}]`)
	f.Add("😀x", `[{"type":"text_link","offset":1,"length":1,"url":"http://e.kz"},{"type":"bold","offset":0,"length":3}]`)
	f.Fuzz(func(t *testing.T, text, raw string) {
		if !utf8.ValidString(text) {
			return
		}
		list, err := readEntities(text, raw)
		if err != nil {
			return
		}
		got := finishText(formatted{text: text, entities: list})
		safe(t, got.text, renderHTML(got.text, got.entities))
	})
}

func BenchmarkReadText(b *testing.B) {
	reply := strings.Repeat("Референдум <b>2026 жылғы 15 наурызда</b> өтеді. <a href=\"https://example.kz/a\">Дереккөз</a> primeminister.kz\n", 10)
	p := params{values: map[string]string{"text": reply, "parse_mode": "HTML"}}
	b.SetBytes(int64(len(reply)))
	for b.Loop() {
		if _, err := p.readText("text", "entities"); err != nil {
			b.Fatal(err)
		}
	}
}
