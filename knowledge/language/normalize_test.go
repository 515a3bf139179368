package language

import (
	"testing"
	"unicode/utf8"
)

func TestNormalize(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"plain", "Когда референдум?", "Когда референдум?"},
		{"spaces", "  явка\t\n по  стране ", "явка по стране"},
		{"quotes", "«Халық кеңесі» – “what’s”", "\"Халық кеңесі\" - \"what's\""},
		{"compatibility", "ｒｅｆ ﬁ ²", "ref fi 2"},
		{"numero", "№ 5", "№ 5"},
		{"composed", "и\u0306од е\u0308ж", "йод ёж"},
		{"stress", "замо\u0301к", "замок"},
		{"zero width", "ре\u200bфе\u200dрен\ufeffдум\u00ad", "референдум"},
		{"split letter", "и\u200b\u0306", "й"},
		{"bidi", "\u202eявка\u202c", "явка"},
		{"tags", "явка\U000e0069\U000e0067", "явка"},
		{"invalid", "яв\xffка", "явка"},
		{"latin in cyrillic", "рефеpeндум", "референдум"},
		{"cyrillic in latin", "сonstitution", "constitution"},
		{"schwa", "əкім", "әкім"},
		{"all alike", "сaxа", "саха"},
		{"really mixed", "USBкабель", "USBкабель"},
		{"kazakh i", "Президенттiң", "Президенттің"},
		{"kazakh upper", "ӘКIМ", "ӘКІМ"},
	} {
		if got := Normalize(tt.in); got != tt.want {
			t.Errorf("%s: Normalize(%q) = %q, want %q", tt.name, tt.in, got, tt.want)
		}
	}
}

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"Ёлка": "елка", "ӘІҢҒҮҰҚӨҺ": "аингуукох", "әіңғүұқөһ": "аингуукох", "KURULTAI": "kurultai", "İzmir": "izmir",
		"Құрылтай": "курылтай", "Şeşim": "şeşim", "ѐѝ": "еи", "": "",
	} {
		if got := Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestFoldAllocates(t *testing.T) {
	for s, want := range map[string]float64{
		"когда референдум в 2026": 0, "when is it": 0, "Когда Құрылтай?": 1, "ТМД": 1,
	} {
		if got := testing.AllocsPerRun(100, func() { Fold(s) }); got > want {
			t.Errorf("Fold(%q) allocates %v times, want %v", s, got, want)
		}
	}
}

func FuzzFold(f *testing.F) {
	for _, s := range []string{
		"Когда?", "«Халық» – é ½ №", "и\u200b\u0306", "\xff", "İ", "ǅ ẞ ϓ K Å", "a\u0315\u0300б", "\u3164\uffa0", "ﷺ", "´`", "ᾳ", "א", "рaс",
		"ZAұ", "İб", "QҺ", "ѐz", "ͅa", "ё\u0301", "ﾞ", "\u1e9e\u0345",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n := Normalize(s)
		if !utf8.ValidString(n) || Normalize(n) != n {
			t.Fatalf("Normalize(%q) = %q, again %q", s, n, Normalize(n))
		}
		d := Fold(s)
		if Fold(d) != d {
			t.Fatalf("Fold(%q) = %q, again %q", s, d, Fold(d))
		}
		if Fold(n) != d {
			t.Fatalf("Fold(%q) = %q, of the normalized %q", s, d, Fold(n))
		}
	})
}

// TestFoldEveryLetter folds every character beside letters of both scripts: once must be enough.
func TestFoldEveryLetter(t *testing.T) {
	if testing.Short() {
		t.Skip("folds a million words")
	}
	for _, block := range [][2]rune{{0, 0x2ffff}, {0xe0000, 0xe0fff}} {
		for r := block[0]; r <= block[1]; r++ {
			c := string(r)
			for _, s := range []string{c, "z" + c + "q", "ы" + c + "з", "Z" + c + "ы", "а" + c + "a"} {
				if once := Fold(s); Fold(once) != once {
					t.Errorf("%U: Fold(%q) = %q, again %q", r, s, once, Fold(once))
				}
			}
		}
	}
}
