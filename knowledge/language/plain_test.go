package language

import "testing"

func TestPlainWordsBringNoFact(t *testing.T) {
	for _, c := range []struct {
		word string
		code Code
		want bool
	}{
		{"касаются", Russian, true},
		{"соответственно", Russian, true},
		{"подписал", Russian, false},
		{"бесплатно", Russian, false},
		{"moreover", English, true},
		{"contains", English, true},
		{"free", English, false},
		{"signed", English, false},
		{"сондықтан", Kazakh, false}, // a cause is a fact
		{"мәтін", Kazakh, true},
		{"тегін", Kazakh, false},
		{"касаются", English, false},
		{"касаются", "", false},
	} {
		folded := Fold(c.word)
		if got := Plain(folded, Stem(folded, c.code), c.code); got != c.want {
			t.Errorf("%s (%s): %v", c.word, c.code, got)
		}
	}
}

func TestVerbal(t *testing.T) {
	for word, want := range map[string]bool{
		"пускают": true, "засчитали": true, "кетеді": true, "жіберген": true, "forced": true, "campaigning": true,
		"депутат": false, "бюджет": false, "орман": false, "tax": false, "red": false, "": false,
	} {
		if got := Verbal(Fold(word)); got != want {
			t.Errorf("%s: %v", word, got)
		}
	}
}
