package markup

import (
	"errors"
	"testing"
)

func TestParse(t *testing.T) {
	for in, want := range map[string]Text{
		"Просто текст":                                  {HTML: "Просто текст", Plain: "Просто текст", Units: 12},
		"<b>Важно</b>: 5 < 6 & 7 > 2":                   {HTML: "<b>Важно</b>: 5 &lt; 6 &amp; 7 &gt; 2", Plain: "Важно: 5 < 6 & 7 > 2", Units: 20},
		"<STRONG>a</strong><em>b</EM>":                  {HTML: "<b>a</b><i>b</i>", Plain: "ab", Units: 2},
		`<span class="tg-spoiler">x</span>`:             {HTML: "<tg-spoiler>x</tg-spoiler>", Plain: "x", Units: 1},
		"<blockquote expandable>x</blockquote>":         {HTML: "<blockquote expandable>x</blockquote>", Plain: "x", Units: 1},
		`<pre><code class="language-go">x</code></pre>`: {HTML: `<pre><code class="language-go">x</code></pre>`, Plain: "x", Units: 1},
		"&lt;b&gt; &#1046; &#x416; &nbsp; &":            {HTML: "&lt;b&gt; Ж Ж &amp;nbsp; &amp;", Plain: "<b> Ж Ж &nbsp; &", Units: 16},
		"  😀  ":                                         {HTML: "😀", Plain: "😀", Units: 2},
		"":                                              {},
	} {
		got, err := Parse(in)
		if err != nil || got.HTML != want.HTML || got.Plain != want.Plain || got.Units != want.Units {
			t.Errorf("Parse(%q) = %+v, %v\nwant %+v", in, got, err, want)
		}
	}
	got, err := Parse(`<a href='https://e.kz/?a=1&amp;b="2'>x</a>`)
	if err == nil {
		t.Errorf("a quotation mark in an address passed: %+v", got)
	}
	got, err = Parse(`<a href="https://e.kz/?a=1&b=2">x</a>`)
	if err != nil || got.HTML != `<a href="https://e.kz/?a=1&amp;b=2">x</a>` || got.Links[0] != "https://e.kz/?a=1&b=2" {
		t.Errorf("%+v %v", got, err)
	}
}

func TestFaults(t *testing.T) {
	for in, want := range map[string]Problem{
		"<p>x</p>":                              UnknownTag,
		"x<br>y":                                UnknownTag,
		"<b>x":                                  NotClosed,
		"x</b>":                                 NotOpened,
		"<b><i>x</b></i>":                       Crossed,
		"<a>x</a>":                              BadLink,
		`<a href="">x</a>`:                      BadLink,
		`<a href="javascript:alert(1)">x</a>`:   BadLink,
		`<a href="http://user:pass@e.kz">x</a>`: BadLink,
		`<a href="e.kz">x</a>`:                  BadLink,
		`<b class="x">x</b>`:                    BadTag,
		"<b":                                    BadTag,
		"<span>x</span>":                        BadTag,
		"<code><b>x</b></code>":                 Inside,
		"<b><b>x</b></b>":                       Inside,
		"<blockquote>a<blockquote>b</blockquote></blockquote>": Inside,
	} {
		_, err := Parse(in)
		var fault *Error
		if !errors.As(err, &fault) || fault.Problem != want {
			t.Errorf("Parse(%q): %v, want %s", in, err, want)
		}
	}
}

// FuzzParse: what has been parsed parses again to itself.
func FuzzParse(f *testing.F) {
	for _, s := range []string{"<b>x</b>", "&#12;&lt;", `<a href="https://e.kz">x</a>`, "<pre><code class=\"language-x\">y", "</", "<b <i>", "\xff<"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		first, err := Parse(s)
		if err != nil {
			return
		}
		again, err := Parse(first.HTML)
		if err != nil || again.HTML != first.HTML || again.Units > first.Units {
			t.Errorf("%q became %q, then %q, %v", s, first.HTML, again.HTML, err)
		}
	})
}
