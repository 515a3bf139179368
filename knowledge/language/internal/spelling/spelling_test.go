package spelling

import "testing"

func TestSchemes(t *testing.T) {
	want := map[string]string{
		"kk-2021": "şeşım äñgıme", "kk-chat-zh": "sheshim angime", "kk-chat-gh": "sheshim anggime", "kk-2019": "sheshim áńgime",
	}
	for _, s := range Kazakh() {
		if w, ok := want[s.Name]; ok && s.Write("Шешім әңгіме") != w {
			t.Errorf("%s: %q, want %q", s.Name, s.Write("Шешім әңгіме"), w)
		}
	}
	names := map[string]bool{}
	for _, s := range append(Kazakh(), Russian()...) {
		if names[s.Name] || Cyrillic(s.Write("съешь ещё этих мягких французских булок да выпей чаю")) {
			t.Errorf("%s: %q", s.Name, s.Write("съешь ещё этих мягких французских булок да выпей чаю"))
		}
		names[s.Name] = true
	}
	if got := Plain().Write("Құрылтай әңгімесі"); got != "курылтай ангимеси" {
		t.Errorf("plain: %q", got)
	}
}
