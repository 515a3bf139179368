package lid

import (
	"errors"
	"math"
	"slices"
	"testing"
	"unicode"
)

// tiny returns a model with one weight and one counted word.
func tiny(t *testing.T) *Model {
	t.Helper()
	cyrillic := make(Weights, 2*Buckets)
	for _, f := range Features(nil, "иә") {
		cyrillic[f*2+CyrillicKazakh] = 1
	}
	var spelling [Writings]*Counts
	for i := range spelling {
		spelling[i] = NewCounts()
	}
	for range 10 {
		spelling[WritesRussian].Add("явка")
	}
	m, err := Load(string(Encode(cyrillic, make(Weights, 3*Buckets), spelling)))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestModelKeepsWeights(t *testing.T) {
	m := tiny(t)
	features := Features(nil, "иә")
	var sum [MaxClasses]float64
	m.Score(Cyrillic, features, &sum)
	if got, want := sum[CyrillicKazakh], float64(len(features)); math.Abs(got-want) > 0.01 || sum[CyrillicRussian] != 0 {
		t.Errorf("sum %v, want %v", sum, want)
	}
	chances := m.Chances(Cyrillic, sum, len(features))
	if chances[CyrillicKazakh] < 0.9 || math.Abs(chances[0]+chances[1]-1) > 1e-9 {
		t.Errorf("chances %v", chances)
	}
}

func TestFluency(t *testing.T) {
	m := tiny(t)
	seen, n := m.Fluency(WritesRussian, "явка")
	other, _ := m.Fluency(WritesRussian, "квая")
	foreign, _ := m.Fluency(WritesEnglish, "явка")
	if n != 5 || seen >= other || other >= foreign {
		t.Errorf("costs %v, %v, %v over %d letters", seen, other, foreign, n)
	}
}

func TestLoadRejects(t *testing.T) {
	for _, data := range []string{"", "refblid1", string(make([]byte, Size))} {
		if _, err := Load(data); !errors.Is(err, ErrFormat) {
			t.Errorf("%d bytes: %v", len(data), err)
		}
	}
}

func TestFeatures(t *testing.T) {
	// 4 characters with the marks: 2 letters, 3 bigrams, 2 trigrams, 1 four-gram, the word.
	if got := len(Features(nil, "иә")); got != 9 {
		t.Errorf("%d features, want 9", got)
	}
	for _, f := range Features(nil, "референдум") {
		if f == 0 || f >= Buckets {
			t.Errorf("bucket %d", f)
		}
	}
}

func TestWords(t *testing.T) {
	want := []string{"qurylta'ida", "не", "за"}
	if got := Words(nil, "Qurylta'ida: НЕ 15 (за)"); !slices.Equal(got, want) {
		t.Errorf("Words = %q, want %q", got, want)
	}
}

func TestLetterIsThatOfUnicode(t *testing.T) {
	for r := rune(-1); r <= unicode.MaxRune; r++ {
		if Letter(r) != unicode.IsLetter(r) {
			t.Fatalf("%U", r)
		}
	}
}
