package language

import (
	"strings"
	"testing"
)

// TestStemKazakhFamilies lists forms that have one stem, and the forms of other words that must not.
func TestStemKazakhFamilies(t *testing.T) {
	families := []string{
		"халық халқы халқының халыққа халықтың",
		"кеңес кеңесі кеңесінің кеңесінде кеңеске кеңестер",
		"құрылтай құрылтайда құрылтайдың құрылтайға",
		"депутат депутаты депутаттар депутаттардың депутаттық",
		"сайлау сайлаудың сайланады сайлайды сайланған сайлаушы сайлаушылар",
		"конституция конституцияның конституциялық конституцияда конституциямыз",
		"жыл жылы жылға жылғы жылдары жылдан",
		"бап бабы бапта баптың баптар бабында",
		"кітап кітабы кітаптарымыздан кітапты",
		"қабылдау қабылданды қабылдайды қабылдады қабылданбады",
		"президент президенттің президенті президентке",
		"келді келеді келген келмейді келу",
		"мүше мүшесі мүшелері мүшелерін",
		"әкім әкімі әкімдер әкімнің",
		"тіл тілі тілде тілдер тілінің",
		"облыс облысы облысының облыстарда",
	}
	seen := map[string]string{}
	for _, f := range families {
		words := strings.Fields(f)
		stem := Stem(Fold(words[0]), Kazakh)
		for _, w := range words[1:] {
			if got := Stem(Fold(w), Kazakh); got != stem {
				t.Errorf("%s → %s, but %s → %s", w, got, words[0], stem)
			}
		}
		if other, ok := seen[stem]; ok {
			t.Errorf("%s and %s share %s", words[0], other, stem)
		}
		seen[stem] = words[0]
	}
}

// TestStemKazakhSound checks that a form the sound rules would not have chosen stays.
func TestStemKazakhSound(t *testing.T) {
	for _, w := range []string{"қазақстан", "алматы", "астана", "адам", "туған", "орталық"} {
		folded := Fold(w)
		if got := Stem(folded, Kazakh); len(got)*2 < len(folded) {
			t.Errorf("%s → %s", w, got)
		}
	}
	for suffixed, stem := range map[string]string{
		"облыслар":  "облыслар", // after с only тар
		"мектепдер": "мектепдер",
		"ережелар":  "ережелар", // front stem, back suffix
		"ережелер":  "ереже",
	} {
		if got := Stem(suffixed, Kazakh); got != stem {
			t.Errorf("%s → %s, want %s", suffixed, got, stem)
		}
	}
}

func TestStemOtherLanguages(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		code Code
	}{
		{"избирателями", "избиратель", Russian},
		{"референдума", "референдум", Russian},
		{"votes", "voting", English},
		{"people's", "people", English},
	} {
		if Stem(tt.a, tt.code) != Stem(tt.b, tt.code) {
			t.Errorf("%s: %s → %s, %s → %s", tt.code, tt.a, Stem(tt.a, tt.code), tt.b, Stem(tt.b, tt.code))
		}
	}
	if got := Stem("слово", ""); got != "слово" {
		t.Errorf("without a language: %s", got)
	}
}

func FuzzStem(f *testing.F) {
	for _, s := range []string{"депутаттарымыздан", "кабылданбаганындагы", "халкы", "орн", "'s", "yyyy", "\xff", "ььь", "ааааааааа", "бб", "'''", "халг"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		folded := Fold(s)
		once := Stem(folded, Kazakh)
		if twice := Stem(once, Kazakh); twice != once {
			t.Fatalf("%q → %q → %q", folded, once, twice)
		}
		if len(once) > len(folded)+2 {
			t.Fatalf("%q grew to %q", folded, once)
		}
		Stem(folded, Russian)
		Stem(folded, English)
	})
}
