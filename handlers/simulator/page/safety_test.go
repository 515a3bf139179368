package page_test

import (
	"fmt"
	"io/fs"
	"regexp"
	"strings"
	"testing"

	"refbot/handlers/browsertest"
	"refbot/handlers/simulator/page"
)

// TestNoInlineCode keeps the document fit for a strict policy.
func TestNoInlineCode(t *testing.T) {
	html, err := fs.ReadFile(page.FS, "index.html")
	if err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{`<style`, `\sstyle=`, `\son\w+=`, `<script>`, `https?://`} {
		if found := regexp.MustCompile(bad).Find(html); found != nil {
			t.Errorf("index.html contains %q", found)
		}
	}
}

func TestSanitiser(t *testing.T) {
	p := open(t, alone(t))
	p.ExpectProblems() // the policy reports the handlers it blocks
	const clean = `import('/sanitise.js').then(m => {
		const box = document.createElement('div');
		box.append(m.fragment(%q, {onLink: () => null, onCommand: () => {}, label: k => k}));
		return box.innerHTML;
	})`
	link := func(href, text string) string {
		return fmt.Sprintf(`<a href="%s" target="_blank" rel="noopener noreferrer">%s</a>`, href, text)
	}
	tests := []struct{ name, html, want string }{
		{"telegram's tags", "<b>a</b><i>b</i><u>c</u><s>d</s><code>e</code>", "<b>a</b><i>b</i><u>c</u><s>d</s><code>e</code>"},
		{"older names", "<strong>a</strong><em>b</em><ins>c</ins><del>d</del>", "<b>a</b><i>b</i><u>c</u><s>d</s>"},
		{"script", "a<script>alert(1)</script>b", "ab"},
		{"event handler", `<b onclick="alert(1)" style="x" class="y" id="log">a</b>`, "<b>a</b>"},
		{"image", `<img src=x onerror="alert(1)">a`, "a"},
		{"unknown tag keeps its text", "<h1>a</h1><marquee>b</marquee>", "ab"},
		{"javascript link", `<a href="javascript:alert(1)">a</a>`, "a"},
		{"data link", `<a href="data:text/html,x">a</a>`, "a"},
		{"relative link", `<a href="/sim/state">a</a>`, "a"},
		{"link", `<a href="https://inform.kz/a" target="_top" rel="">a</a>`, link("https://inform.kz/a", "a")},
		{"svg", `<svg><a href="https://x.kz"><text>a</text></a></svg>`, "a"},
		{"bare address", "см. https://gov.kz/a.", "см. " + link("https://gov.kz/a", "https://gov.kz/a") + "."},
		{"no link within a link", `<a href="https://gov.kz/">https://evil.kz</a>`, link("https://gov.kz/", "https://evil.kz")},
		{"command", "жмите /topics", `жмите <button type="button" class="command">/topics</button>`},
		{"no command inside words", "15/03 и/или /", "15/03 и/или /"},
		{"no command in code", "<code>/topics</code>", "<code>/topics</code>"},
		{"expandable quote", "<blockquote expandable cite=x>a</blockquote>", `<blockquote class="expandable">a</blockquote>`},
		{"line breaks beside a quote", "a\n<blockquote>b</blockquote>\n\nc", "a<blockquote>b</blockquote>\nc"},
		{"unclosed", "<b>a", "<b>a</b>"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := browsertest.Eval[string](p, fmt.Sprintf(clean, tt.html))
			if got != tt.want {
				t.Errorf("\n got %s\nwant %s", got, tt.want)
			}
		})
	}
}

func TestSpoilerAndExpandableQuote(t *testing.T) {
	f := alone(t)
	f.say("101", "<tg-spoiler>тайна</tg-spoiler><blockquote expandable>"+strings.Repeat("длинная цитата ", 60)+"</blockquote>", nil)
	p := open(t, f)
	p.Click(".spoiler")
	p.Wait("document.querySelector('.spoiler.shown') && !document.querySelector('.spoiler[role]')")
	before := browsertest.Eval[int](p, "document.querySelector('blockquote').offsetHeight")
	p.Click(".fold")
	p.Wait(fmt.Sprintf("document.querySelector('blockquote').offsetHeight > %d", before))
}

func TestPlainTextOfPeopleIsNotHTML(t *testing.T) {
	f := alone(t)
	f.add("101", object{"from": object{"id": 101, "name": "<i>Мария</i>"}, "text": "<b>жирный</b> <img src=x onerror=alert(1)>"})
	p := open(t, f)
	p.WaitText(".msg .body", "<b>жирный</b> <img")
}

// TestTexts expects each language to have the same keys and the same places.
func TestTexts(t *testing.T) {
	p := open(t, alone(t))
	const compare = `import('/texts.js').then(({languages}) => {
		const wrong = [];
		const places = s => (s.match(/\{\w+\}/g) ?? []).sort().join();
		for (const code of ['kk', 'ru']) {
			for (const key of new Set([...Object.keys(languages.en), ...Object.keys(languages[code])])) {
				const [a, b] = [languages.en[key], languages[code][key]];
				if (!a || !b || places(a) !== places(b)) wrong.push(code + ' ' + key);
			}
		}
		return wrong;
	})`
	for _, wrong := range browsertest.Eval[[]string](p, compare) {
		t.Errorf("text differs or is missing: %s", wrong)
	}
	const used = `Promise.all([import('/texts.js'), ...%s.map(f => fetch(f).then(r => r.text()))]).then(([{languages}, ...sources]) =>
		sources.flatMap(s => [...s.matchAll(/\bt\('(\w+)'/g), ...s.matchAll(/data-t(?:-label)?="(\w+)"/g)]).map(m => m[1]).filter(k => !(k in languages.en)))`
	files, err := fs.Glob(page.FS, "*.[hj]*")
	if err != nil {
		t.Fatal(err)
	}
	list := `["` + strings.Join(files, `","`) + `"]`
	for _, missing := range browsertest.Eval[[]string](p, fmt.Sprintf(used, list)) {
		t.Errorf("no text for key %s", missing)
	}
}
